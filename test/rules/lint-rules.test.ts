/** Every rule that Biome keeps for us fires on its planted breach, in .astro front matter too, and what looks alike and is allowed passes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlantedTree } from '../support/planted-tree.ts';

const page = (script: string): string => `---\n${script}\n---\n<p>{use}</p>\n`;

const breaches: readonly (readonly [path: string, text: string, rule: string])[] = [
  ['monitor/core/reads-date.ts', 'export const use = (): number => Date.now();\n', 'noRestrictedGlobals'],
  ['monitor/domain/sla/makes-date.ts', 'export const use = (): unknown => new Date(0);\n', 'noRestrictedGlobals'],
  ['db/reads-performance.ts', 'export const use = (): number => performance.now();\n', 'noRestrictedGlobals'],
  ['monitor/worker/sets-timer.ts', 'export const use = (): unknown => setTimeout(() => {}, 1);\n', 'noRestrictedGlobals'],
  ['site/server/sets-interval.ts', 'export const use = (): unknown => setInterval(() => {}, 1);\n', 'noRestrictedGlobals'],
  ['monitor/core/sets-immediate.ts', 'export const use = (): unknown => setImmediate(() => {});\n', 'noRestrictedGlobals'],
  ['monitor/actions/fetches.ts', "export const use = (): unknown => fetch('http://127.0.0.1/');\n", 'noRestrictedGlobals'],
  ['site/pages/reads-date.astro', page('const use = Date.now();'), 'noRestrictedGlobals'],
  [
    'monitor/core/takes-timers.ts',
    "import { setTimeout } from 'node:timers/promises';\nexport const use = setTimeout;\n",
    'noRestrictedImports',
  ],
  [
    'monitor/core/takes-performance.ts',
    "import { performance } from 'node:perf_hooks';\nexport const use = performance;\n",
    'noRestrictedImports',
  ],
  ['site/pages/asks-store.astro', page("import { use } from '#db/client.ts';"), 'noRestrictedImports'],
  ['site/pages/asks-store-by-path.astro', page("import { use } from '../../db/client.ts';"), 'noRestrictedImports'],
  ['site/pages/acts.astro', page("import { use } from '#monitor/actions/doctor.ts';"), 'noRestrictedImports'],
  ['site/layouts/asks-clock.astro', page("import { use } from '#monitor/clock.ts';"), 'noRestrictedImports'],
  ['site/layouts/asks-clock-by-path.astro', page("import { use } from '../../monitor/clock.ts';"), 'noRestrictedImports'],
  ['site/components/knows-front.astro', page("import { use } from '#site/server/front.ts';"), 'noRestrictedImports'],
  ['site/components/reads-files.astro', page("import { readFileSync as use } from 'node:fs';"), 'noRestrictedImports'],
  ['monitor/core/default.ts', 'export default function use(): void {}\n', 'noDefaultExport'],
  ['monitor/core/barrel.ts', "export * from './lawful.ts';\n", 'noBarrelFile'],
  ['monitor/core/extensionless.ts', "import { lawful } from './lawful';\nexport const use = lawful;\n", 'useImportExtensions'],
  ['monitor/core/bare-builtin.ts', "import { readFileSync } from 'fs';\nexport const use = readFileSync;\n", 'useNodejsImportProtocol'],
  ['monitor/core/type-as-value.ts', "import { Lawful } from './lawful.ts';\nexport const use: Lawful = 1;\n", 'useImportType'],
  [
    'monitor/core/forgets-promise.ts',
    'async function work(): Promise<void> {}\nexport function use(): void {\n  work();\n}\n',
    'noFloatingPromises',
  ],
  [
    'monitor/core/asks-promise.ts',
    'async function work(): Promise<boolean> {\n  return true;\n}\nexport const use = (): number => (work() ? 1 : 2);\n',
    'noMisusedPromises',
  ],
  ['monitor/core/any.ts', 'export const use = (value: any): unknown => value;\n', 'noExplicitAny'],
  ['test/domain/focus.test.ts', "import { it } from 'vitest';\nit.only('one', () => {});\n", 'noFocusedTests'],
  ['test/domain/skip.test.ts', "import { it } from 'vitest';\nit.skip('one', () => {});\n", 'noSkippedTests'],
];

const lawful: readonly (readonly [path: string, text: string])[] = [
  ['monitor/clock.ts', 'export const use = (): number => Date.now() + performance.now();\n'],
  ['monitor/core/lawful.ts', 'export const lawful = 1;\nexport type Lawful = 1;\n'],
  ['monitor/core/lag.ts', "import { monitorEventLoopDelay } from 'node:perf_hooks';\nexport const use = monitorEventLoopDelay;\n"],
  ['monitor/domain/sla/dates.ts', "export const Dated = 'Date.now() in words';\n"],
  ['site/client/relative.ts', 'export const use = (): number => Date.now();\n'],
  ['site/pages/shows.astro', page("import type { View } from '#monitor/views/page.ts';\nconst use: View = Astro.locals.view as View;")],
  ['test/domain/machine.test.ts', "import { it } from 'vitest';\nit.skipIf(process.platform !== 'linux')('one', () => {});\n"],
];

interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly severity: string;
    readonly location: { readonly path: string | { readonly file: string } };
  }[];
}

describe('lint rules', () => {
  const tree = new PlantedTree();
  const broken = new Map<string, Set<string>>();

  beforeAll(async () => {
    for (const [path, text] of [...breaches, ...lawful]) tree.write(path, text);
    const words = ['lint', '--reporter=json', '--max-diagnostics=none', '--diagnostic-level=error', '.'];
    const { stdout } = await tree.run('@biomejs/biome/bin/biome', words);
    const report: Report = JSON.parse(stdout);
    for (const { category, location } of report.diagnostics) {
      const path = (typeof location.path === 'string' ? location.path : location.path.file).replace(/^[.]\//, '');
      const rule = category.split('/').at(-1) ?? category;
      broken.set(path, (broken.get(path) ?? new Set()).add(rule));
    }
  });
  afterAll(() => tree.remove());

  it.each(breaches.map(([path, , rule]) => ({ path, rule })))('$rule fires on $path, and nothing else does', ({ path, rule }) => {
    expect([...(broken.get(path) ?? [])]).toEqual([rule]);
  });

  it('files that look alike and are allowed break nothing', () => {
    expect(lawful.map(([path]) => path).filter((path) => broken.has(path))).toEqual([]);
  });
});
