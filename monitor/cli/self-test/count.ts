/**
 * What a run of the tests comes to, from its output and exit code: counts and skips. Pure. A run that did not count itself, that ran nothing, or
 * that failed outside every test counts as one failure: silence is no success.
 */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** Names of skipped tests, as the reporter printed them. */
  readonly skipped: readonly string[];
  /** A sentence for a failure that no test stands for. */
  readonly words: string | null;
}

/** `output` as printed by test/support/summary-reporter.ts at its end, colours and all; `code` null when a signal ended the run. */
export function countTests(output: string, code: number | null): Count {
  const lines = plain(output).split('\n');
  const skipped = (lines.findLast((line) => line.startsWith('skipped: ')) ?? 'skipped: ').slice('skipped: '.length);
  const names = skipped === '' ? [] : skipped.split('; ');
  const totals = lines.map((line) => /^(\d+) passed, (\d+) failed$/.exec(line.trim())).findLast((match) => match !== null);
  if (!totals) return { passed: 0, failed: 1, skipped: names, words: `The tests ended (${ending(code)}) before they were counted.` };
  const [passed, failed] = [Number(totals[1]), Number(totals[2])];
  if (passed + failed === 0) return { passed, failed: 1, skipped: names, words: 'No test ran at all.' };
  if (failed === 0 && code !== 0)
    return { passed, failed: 1, skipped: names, words: `Every test passed, and yet the run ended with ${ending(code)}.` };
  return { passed, failed, skipped: names, words: null };
}

/** A tool passes or fails as a whole. */
export function countTool(code: number | null): Count {
  return code === 0
    ? { passed: 1, failed: 0, skipped: [], words: null }
    : { passed: 0, failed: 1, skipped: [], words: code === 1 || code === 2 ? null : `It ended with ${ending(code)}.` };
}

export function sum(counts: readonly Count[]): Count {
  return {
    passed: counts.reduce((total, one) => total + one.passed, 0),
    failed: counts.reduce((total, one) => total + one.failed, 0),
    skipped: counts.flatMap((one) => one.skipped),
    words: null,
  };
}

const ending = (code: number | null): string => (code === null ? 'a signal' : `exit code ${code}`);

/** Without the escape sequences of colours. */
const plain = (text: string): string => text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
