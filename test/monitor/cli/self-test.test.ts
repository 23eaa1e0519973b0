/** The self-test's sum: what counts, what is named, and that silence is no success. */
import { describe, expect, it } from 'vitest';
import { countTests, countTool, sum } from '#monitor/cli/self-test/count.ts';
import { stepsOf } from '#monitor/cli/self-test/steps.ts';

describe('counting the tests', () => {
  it('takes the last line of the reporter, colours or not', () => {
    const output = '1 passed, 0 failed\n\u001b[32mskipped: a > b; c\u001b[39m\n\u001b[1m12 passed, 3 failed\u001b[22m\n';
    expect(countTests(output, 1)).toEqual({ passed: 12, failed: 3, skipped: ['a > b', 'c'], words: null });
  });
  it('a run that ended before it counted is one failure, with the reason', () => {
    expect(countTests('Startup Error', 1)).toMatchObject({
      passed: 0,
      failed: 1,
      words: 'The tests ended (exit code 1) before they were counted.',
    });
    expect(countTests('', null)).toMatchObject({ failed: 1, words: 'The tests ended (a signal) before they were counted.' });
  });
  it('a run without a single test is one failure, even with exit code 0', () => {
    expect(countTests('0 passed, 0 failed', 0)).toMatchObject({ failed: 1, words: 'No test ran at all.' });
  });
  it('a bad ending after good tests is one failure', () => {
    expect(countTests('5 passed, 0 failed', 1)).toMatchObject({ passed: 5, failed: 1 });
  });
});

describe('the sum', () => {
  it('adds types, lint and tests: each project and each tool counts one', () => {
    const total = sum([countTool(0), countTool(0), countTool(1), countTests('skipped: x\n10 passed, 1 failed', 1)]);
    expect(total).toMatchObject({ passed: 12, failed: 2, skipped: ['x'] });
  });
  it('a tool that a signal ended has failed, and says so', () => {
    expect(countTool(null)).toMatchObject({ passed: 0, failed: 1, words: 'It ended with a signal.' });
  });
  it('covers three type projects, three lint tools and the tests', () => {
    const names = stepsOf([]).map((step) => step.name);
    expect(names.filter((name) => name.startsWith('types: '))).toHaveLength(3);
    expect(names.filter((name) => name.startsWith('lint: '))).toHaveLength(3);
    expect(names.filter((name) => name === 'tests')).toHaveLength(1);
  });
});
