/** The targets of the four levels, row by row as the policy promises them. */
import { describe, expect, it } from 'vitest';
import { SEVERITIES } from '#domain/support/severity.ts';

const hours = (count: number) => ({ elapsedMs: count * 3_600_000 });
const days = (businessDays: number) => ({ businessDays });

describe('severities', () => {
  it.each([
    [1, hours(1), hours(4), days(1), 'telephone'],
    [2, null, hours(8), days(2), 'any'],
    [3, null, days(1), days(5), 'any'],
    [4, null, days(2), days(10), 'any'],
  ])('level %d begins, answers and is completed as promised', (level, beginWork, initialResponse, completion, channel) => {
    expect(SEVERITIES[level - 1]).toEqual({ level, beginWork, initialResponse, completion, channel });
  });
  it('there are four', () => {
    expect(SEVERITIES.map(({ level }) => level)).toEqual([1, 2, 3, 4]);
  });
});
