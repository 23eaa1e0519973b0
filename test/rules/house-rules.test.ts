/** Our own rules fire on planted breaches and nowhere else, and the tree keeps them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runNode, treeRoot } from '../support/planted-tree.ts';
import { type Fault, faultsOf, rules } from './house-rules.ts';
import { faultsOfManifest, floors, type Lock, type Manifest } from './manifest-rules.ts';

const word = '/** A word. */\n';
const names = (faults: readonly Fault[]): readonly string[] => faults.map(({ rule }) => rule);

const breaches: readonly (readonly [rule: string, path: string, text: string])[] = [
  ['no-transaction-calls', 'db/queries/a.ts', `${word}export const use = (db: any) => db.transaction(async () => {});\n`],
  ['no-transaction-calls', 'site/pages/a.astro', '---\nawait client.transaction("write");\n---\n<p></p>\n'],
  ['raw-sql-in-queries', 'monitor/actions/a.ts', `${word}export const use = sql.raw('select 1');\n`],
  ['raw-sql-in-queries', 'db/migrate.ts', `${word}export const use = sql.identifier(name);\n`],
  ['clock-is-handed', 'monitor/probe/a.ts', `${word}export const use = AbortSignal.timeout(5);\n`],
  ['clock-is-handed', 'monitor/core/a.ts', `${word}export const use = process.hrtime;\n`],
  ['clock-is-handed', 'monitor/core/b.ts', `${word}export const use = globalThis.setTimeout;\n`],
  ['clock-is-handed', 'monitor/domain/time/zone.ts', `${word}export const use = DateTime.now;\n`],
  ['clock-is-handed', 'site/pages/a.astro', '---\nconst signal = AbortSignal.timeout(5);\n---\n<p></p>\n'],
  ['rooms-by-name', 'monitor/core/a.ts', `${word}import { a } from '../../db/store.ts';\n`],
  ['rooms-by-name', 'monitor/core/b.ts', `${word}import { a } from '../domain/refusal.ts';\n`],
  ['rooms-by-name', 'site/api/a.ts', "export const use = () => import('../../monitor/clock.ts');\n"],
  ['rooms-by-name', 'test/domain/a.test.ts', "type A = import('../../monitor/clock.ts').Clock;\n"],
  ['no-hidden-tests', 'test/domain/a.test.ts', "it.todo('later');\n"],
  ['no-hidden-tests', 'test/domain/b.test.ts', "it.concurrent.skip('one', () => {});\n"],
  ['no-hidden-tests', 'test/domain/c.test.ts', "test.fails('one', () => {});\n"],
  ['no-notes-to-self', 'docs/a.md', `To${''}morrow\nTO${''}DO: the rest\n`],
  ['no-notes-to-self', 'monitor/core/a.ts', `${word}// FIX${''}ME\n`],
  ['files-say-what', 'monitor/core/utils.ts', word],
  ['tests-are-found', 'test/cli/a.test.ts', ''],
  ['tests-are-found', 'test/site/a.test.tsx', ''],
  ['tests-are-found', 'monitor/core/a.spec.ts', word],
  ['files-open-with-a-word', 'monitor/core/a.ts', 'export const a = 1;\n'],
];

const lawful: readonly (readonly [path: string, text: string])[] = [
  ['db/queries/a.ts', `${word}export const use = sql.raw('select 1');\n`],
  [
    'db/client.ts',
    `${word}// db.transaction() is refused\nexport const refuse = { transaction(): never { throw new Error('use write'); } };\n`,
  ],
  ['monitor/clock.ts', `${word}export const use = process.hrtime;\n`],
  ['monitor/core/a.ts', `${word}import { a } from '#db/store.ts';\nimport { b } from './b.ts';\nconst words = 'AbortSignal.timeout';\n`],
  ['monitor/domain/sla/a.ts', `${word}import { b } from '../time/instant.ts';\n`],
  [
    'test/domain/a.test.ts',
    "import { VirtualClock } from '../support/virtual-clock.ts';\nit.skipIf(noRoot)('one', () => {});\nskip.only.if;\n",
  ],
  ['monitor/cli/avow.mjs', `#!/usr/bin/env node\n${word}`],
];

describe('house rules', () => {
  it.each(breaches.map(([rule, path, text]) => ({ rule, path, text })))('$rule fires on $path', ({ rule, path, text }) => {
    expect(names(faultsOf({ path, text }))).toEqual([rule]);
  });
  it.each(lawful.map(([path, text]) => ({ path, text })))('$path is lawful', ({ path, text }) => {
    expect(faultsOf({ path, text })).toEqual([]);
  });
  it('every rule has a planted breach', () => {
    const planted = new Set(breaches.map(([rule]) => rule));
    expect(rules.map((rule) => rule.name).filter((name) => !planted.has(name))).toEqual([]);
  });
  it('a fault names the line it is on', () => {
    expect(faultsOf({ path: 'site/pages/a.astro', text: '---\nconst a = 1;\nclient.transaction();\n---\n' })[0]?.line).toBe(3);
  });
});

describe('package rules', () => {
  const doc = '| package | why |\n| --- | --- |\n| `hono` | routes |\n';
  const manifest: Manifest = { dependencies: { hono: '4.13.19' } };
  const lock = (entry: Lock['packages'][string]): Lock => ({ packages: { '': {}, 'node_modules/hono': entry } });
  const sound = lock({ version: '4.13.19', integrity: 'sha512-x' });

  it('a pinned, locked and explained package is sound', () => {
    expect(faultsOfManifest(manifest, sound, doc)).toEqual([]);
  });
  it.each(['^4.13.19', '~4.13.19', '*', 'latest', '>=4', 'npm:hono@4.13.19', ''])('"%s" is no exact version', (version) => {
    expect(names(faultsOfManifest({ dependencies: { hono: version } }, lock({ version, integrity: 'sha512-x' }), doc))).toContain(
      'exact-versions',
    );
  });
  it('a lock file that disagrees with package.json is named', () => {
    expect(names(faultsOfManifest(manifest, lock({ version: '4.13.20', integrity: 'sha512-x' }), doc))).toEqual(['lock-agrees']);
  });
  it('a locked package without integrity is named', () => {
    expect(names(faultsOfManifest(manifest, lock({ version: '4.13.19' }), doc))).toEqual(['lock-has-integrity']);
  });
  it('a lock file that names a private mirror is refused', () => {
    const entry = { version: '4.13.19', integrity: 'sha512-x', resolved: 'https://mirror.example/hono.tgz' };
    expect(names(faultsOfManifest(manifest, lock(entry), doc))).toEqual(['lock-names-no-mirror']);
  });
  it.each(Object.entries(floors))('%s below %s is refused, wherever it hides', (name, floor) => {
    const at = (version: string): Lock => ({ packages: { [`node_modules/x/node_modules/${name}`]: { version, integrity: 'sha512-x' } } });
    const below = floor.replace(/^(\d+)/, (major) => String(Number(major) - 1));
    expect(names(faultsOfManifest({}, at(below), ''))).toEqual(['floor-versions']);
    expect(names(faultsOfManifest({}, at(`${floor}-beta.1`), ''))).toEqual(['floor-versions']);
    expect(faultsOfManifest({}, at(floor), '')).toEqual([]);
  });
  it('4.13.5 is below 4.13.19, as numbers and not as letters', () => {
    const entry = { version: '4.13.19', integrity: 'sha512-x' };
    expect(faultsOfManifest({}, { packages: { 'node_modules/hono': entry } }, '')).toEqual([]);
  });
  it('a package without a reason, and a reason without a package, are named', () => {
    expect(names(faultsOfManifest(manifest, sound, ''))).toEqual(['packages-have-reasons']);
    expect(names(faultsOfManifest({}, { packages: {} }, doc))).toEqual(['packages-have-reasons']);
  });
});

describe('the tree', () => {
  it('keeps every rule', async () => {
    const { stdout, code } = await runNode(['test/rules/main.ts'], treeRoot);
    expect(stdout).toMatch(/^0 broken rules in \d+ files\n$/);
    expect(code).toBe(0);
  });
  it('runs the same in CI as for a newcomer', () => {
    const lines = readFileSync(join(treeRoot, '.ci/run'), 'utf8').split('\n');
    expect(lines.filter((line) => /^(npm|npx|node)\b/.test(line))).toEqual(['npm test']);
  });
});
