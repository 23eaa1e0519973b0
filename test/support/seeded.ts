/** What a searching test begins with and how long it searches; both printed on failure, both settable from outside. */
import process from 'node:process';

/** From AVOW_TEST_SEED or the test's own number. */
export const testSeed = (fallback: number): number => Number(process.env['AVOW_TEST_SEED'] ?? fallback);

/** How many examples a law is tried on: `fast` of them in `npm test`, AVOW_TEST_RUNS times as many where somebody has the time. */
export const testRuns = (fast: number): number => fast * Number(process.env['AVOW_TEST_RUNS'] ?? 1);
