/**
 * What the self-test runs. Two lanes for two cores: the tools one after the other, beside the tests. Each type project and each lint tool counts
 * one; the tests count themselves.
 */
import { type Count, countTests, countTool } from './count.ts';

export interface Step {
  readonly name: string;
  readonly lane: 'tools' | 'tests';
  /** Words for Node: a program of a package, or one of ours; paths from the top of the tree. */
  readonly words: readonly string[];
  /** Lines are shown as they come; otherwise only those of a failure are shown. */
  readonly live: boolean;
  readonly count: (output: string, code: number | null) => Count;
}

const tool = (name: string, ...words: readonly string[]): Step => ({
  name,
  lane: 'tools',
  words,
  live: false,
  count: (_, code) => countTool(code),
});

const tsc = 'node_modules/typescript/bin/tsc';

/** `only`: words that name test files; none means all. */
export const stepsOf = (only: readonly string[]): readonly Step[] => [
  tool('lint: biome', 'node_modules/@biomejs/biome/bin/biome', 'check', '.'),
  tool('lint: house rules', 'test/rules/main.ts'),
  tool(
    'lint: import rules',
    'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    ...['--config', '.dependency-cruiser.mjs', 'monitor', 'db', 'site', 'test'],
  ),
  tool('types: domain', tsc, '--project', 'monitor/domain/tsconfig.json'),
  tool('types: all', tsc, '--project', 'tsconfig.json'),
  tool(
    'types: pages',
    'node_modules/astro/bin/astro.mjs',
    'check',
    '--tsconfig',
    'site/tsconfig.json',
    '--minimumFailingSeverity',
    'error',
  ),
  { name: 'tests', lane: 'tests', words: ['node_modules/vitest/vitest.mjs', 'run', ...only], live: true, count: countTests },
];
