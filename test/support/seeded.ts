/** The seed of a test: from AVOW_TEST_SEED or the test's own number; printed on failure. */
import process from 'node:process';

export const testSeed = (fallback: number): number => Number(process.env['AVOW_TEST_SEED'] ?? fallback);
