/** Every import rule fires on its planted breach, alone, and the tree itself keeps them all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import configuration from '../../.dependency-cruiser.mjs';
import { PlantedTree, runNode, treeRoot } from '../support/planted-tree.ts';

const value = (specifier: string): string => `import { thing } from '${specifier}';\nexport const use = thing;\n`;
const type = (specifier: string): string => `import type { Thing } from '${specifier}';\nexport type Use = Thing;\n`;

/** Planted file → its text and the one rule it breaks. */
const breaches: Readonly<Record<string, readonly [text: string, rule: string]>> = {
  'monitor/domain/sla/asks-clock.ts': [type('#monitor/clock.ts'), '1-domain-imports-itself'],
  'monitor/domain/sla/uses-crypto.ts': [
    `import { createHash } from 'node:crypto';\nexport const use = createHash;\n`,
    '1-domain-imports-itself',
  ],
  'monitor/domain/time/zone.ts': [value('#monitor/clock.ts'), '1-zone-imports-luxon-only'],
  'monitor/views/knows-luxon.ts': [`import { DateTime } from 'luxon';\nexport const use = DateTime;\n`, '1-luxon-in-zone-only'],
  'db/queries/asks-config.ts': [type('#monitor/config/config.ts'), '2-db-imports-domain'],
  'db/queries/opens-file.ts': [
    `import { createClient } from '@libsql/client';\nexport const use = createClient;\n`,
    '2-libsql-in-two-files',
  ],
  'monitor/actions/drizzles.ts': [`import { eq } from 'drizzle-orm';\nexport const use = eq;\n`, '2-drizzle-in-db'],
  'monitor/core/sees-driver.ts': [`import type { Client } from '@libsql/client';\nexport type Use = Client;\n`, '2-libsql-types-in-db'],
  'monitor/core/dials.ts': [`import { connect } from 'node:net';\nexport const use = connect;\n`, '3-sockets-in-egress'],
  'monitor/notify/dials.ts': [`import { request } from 'undici';\nexport const use = request;\n`, '3-sockets-in-egress'],
  'monitor/probe/http.ts': [`import { connect } from 'node:tls';\nexport const use = connect;\n`, '3-http-probe-drives-undici'],
  'site/server/dials.ts': [`import { request } from 'undici';\nexport const use = request;\n`, '3-site-listens-only'],
  'monitor/cli/commands/looks-up.ts': [
    `import { lookup } from 'node:dns/promises';\nexport const use = lookup;\n`,
    '3-cli-dials-its-socket',
  ],
  'monitor/cli/commands/asks-elsewhere.ts': [
    `import { request } from 'node:https';\nexport const use = request;\n`,
    '3-cli-dials-its-socket',
  ],
  'monitor/cli/remote.ts': [`import { connect } from 'node:tls';\nexport const use = connect;\n`, '3-cli-asks-one-address'],
  'monitor/egress/knows-probe.ts': [type('#monitor/probe/probe.ts'), '3-egress-imports-domain'],
  'monitor/probe/asks-store.ts': [type('#db/store.ts'), '3-probe-imports-egress'],
  'monitor/worker/asks-store.ts': [type('#db/store.ts'), '3-worker-never-db'],
  'monitor/actions/probes.ts': [value('#monitor/probe/probe.ts'), '4-verbs-and-views'],
  'monitor/core/sends.ts': [value('#monitor/notify/deliver.ts'), '5-messages-leave-through-the-outbox'],
  'monitor/cli/commands/second-start.ts': [value('#monitor/core/main.ts'), '6-core-main-is-a-root'],
  'monitor/core/runs-too.ts': [value('#monitor/core/run.ts'), '6-core-run-is-a-root'],
  'monitor/core/runs-without.ts': [value('#monitor/core/run-without-store.ts'), '6-core-run-is-a-root'],
  'monitor/core/imports-entry.ts': [value('#monitor/worker/thread-entry.ts'), '6-entries-are-roots'],
  'site/api/asks-front.ts': [value('#site/server/front.ts'), '6-site-server-is-a-root'],
  'monitor/core/knows-site.ts': [value('#site/format.ts'), '6-monitor-and-db-never-site'],
  'monitor/core/plays.ts': [value('#monitor/demo/scenario.ts'), '6-demo-is-no-part-of-the-product'],
  'monitor/demo/probes.ts': [value('#monitor/probe/probe.ts'), '6-demo-uses-the-product'],
  'site/components/computes.ts': [value('#monitor/views/page.ts'), '7-pages-show'],
  'site/format.ts': [
    `${value('#monitor/views/page.ts')}export const thing = 1;\n`.replace('{ thing }', '{ thing as other }').replace('= thing', '= other'),
    '7-format-asks-the-domain',
  ],
  'site/components/asks-store-type.ts': [type('#db/store.ts'), '7-pages-never-db-actions-clock'],
  'monitor/core/circle-a.ts': [`import { b } from './circle-b.ts';\nexport const a = (): unknown => b;\n`, '9-no-cycles'],
  'monitor/core/asks-test.ts': [value('../../test/support/fixture.ts'), '10-product-never-imports-tests'],
  'monitor/core/develops.ts': [`import { test } from 'vitest';\nexport const use = test;\n`, '10-product-needs-no-development-package'],
  'monitor/core/borrows.ts': [`import postcss from 'postcss';\nexport const use = postcss;\n`, '10-every-package-is-named'],
  'monitor/core/dangles.ts': [value('./not-there.ts'), '10-every-import-resolves'],
};

/** What the breaches import; and what looks alike and is allowed. */
const lawful: Readonly<Record<string, string>> = {
  'monitor/clock.ts': 'export const thing = 1;\nexport type Thing = 1;\n',
  'monitor/config/config.ts': 'export type Thing = 1;\n',
  'monitor/probe/probe.ts': `import type { TLSSocket } from 'node:tls';\nexport const thing = 1;\nexport type Thing = TLSSocket;\n`,
  'monitor/notify/deliver.ts': 'export const thing = 1;\n',
  'monitor/worker/thread-entry.ts': value('#monitor/probe/probe.ts'),
  'monitor/core/main.ts': `export { thing } from '#monitor/core/run.ts';\n`,
  'monitor/core/run.ts': `import { front } from '#site/server/front.ts';\nexport const thing = front;\n`,
  'monitor/core/run-without-store.ts': 'export const thing = 1;\n',
  'monitor/core/listen.ts': `import { front } from '#site/server/front.ts';\nexport const thing = front;\n`,
  'monitor/cli/commands/start.ts': value('#monitor/core/main.ts'),
  'monitor/demo/scenario.ts': 'export const thing = 1;\n',
  'monitor/cli/commands/demo.ts': value('#monitor/demo/scenario.ts'),
  'monitor/egress/dial.ts': `import { connect } from 'node:net';\nexport const use = connect;\n`,
  'monitor/views/page.ts': `${type('#db/store.ts')}export const thing = 1;\nexport type Thing = 1;\n`,
  'db/store.ts': 'export type Thing = 1;\n',
  'db/client.ts': `import { createClient } from '@libsql/client';\nexport const use = createClient;\n`,
  'site/components/civil.ts': value('#site/format.ts'),
  'site/server/front.ts': `import { createServer } from 'node:http';\nexport const thing = 1;\nexport const front = createServer;\n`,
  'site/components/shows.ts': type('#monitor/views/page.ts'),
  // A circle is reported where it is first entered.
  'monitor/core/circle-b.ts': `import { a } from './circle-a.ts';\nexport const b = (): unknown => a;\n`,
  'test/support/fixture.ts': 'export const thing = 1;\n',
};

interface Report {
  readonly summary: { readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[] };
}
const cruise = 'dependency-cruiser/bin/dependency-cruiser.mjs';
const words = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'monitor', 'db', 'site', 'test'];

describe('import rules', () => {
  const tree = new PlantedTree();
  let broken: ReadonlyMap<string, ReadonlySet<string>>;

  beforeAll(async () => {
    for (const [path, [text]] of Object.entries(breaches)) tree.write(path, text);
    for (const [path, text] of Object.entries(lawful)) tree.write(path, text);
    const { stdout, stderr } = await tree.run(cruise, words);
    expect(stderr).toBe('');
    const report: Report = JSON.parse(stdout);
    const byFile = new Map<string, Set<string>>();
    for (const { from, rule } of report.summary.violations) byFile.set(from, (byFile.get(from) ?? new Set()).add(rule.name));
    broken = byFile;
  });
  afterAll(() => tree.remove());

  it.each(Object.entries(breaches).map(([path, [, rule]]) => ({ path, rule })))(
    '$rule fires on $path, and nothing else does',
    ({ path, rule }) => {
      expect([...(broken.get(path) ?? [])]).toEqual([rule]);
    },
  );

  it('files that look alike and are allowed break nothing', () => {
    expect(Object.keys(lawful).filter((path) => broken.has(path))).toEqual([]);
  });

  it('no rule stands without a planted breach', () => {
    const planted = new Set(Object.values(breaches).map(([, rule]) => rule));
    expect(configuration.forbidden.map((rule) => rule.name).filter((name) => !planted.has(name))).toEqual([]);
  });

  it('the tree itself keeps them all', async () => {
    const { stdout, code } = await runNode([`node_modules/${cruise}`, ...words], treeRoot);
    const report: Report = JSON.parse(stdout);
    expect(report.summary.violations.map(({ from, rule }) => `${from} breaks ${rule.name}`)).toEqual([]);
    expect(code).toBe(0);
  });
});
