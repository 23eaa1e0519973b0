/** Seeded randomness for tests: mulberry32. The seed comes from AVOW_TEST_SEED or the test's own number, and is printed on failure. */
import process from 'node:process';

export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const testSeed = (fallback: number): number => Number(process.env['AVOW_TEST_SEED'] ?? fallback);
