import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '#domain/time/instant.ts';
import { drawBudget, roundUpLength } from '#site/components/budget-plot.ts';

const month = { start: 0, end: 720 * HOUR };

describe('downtime against the budget', () => {
  test('it rises while something is down, and is level elsewhere', () => {
    const { line, points, budgetY } = drawBudget([{ start: 72 * HOUR, end: 74 * HOUR }], month, month.end, 4 * HOUR);
    expect(line).toBe('M0,160L72,160L74,80L720,80');
    expect(points.map(({ lost }) => lost / HOUR)).toEqual([0, 0, 2, 2]);
    expect(budgetY).toBe(0);
  });
  test('it ends where knowledge ends: a running month is not level in the future', () => {
    expect(drawBudget([], month, 360 * HOUR, HOUR).line).toBe('M0,160L360,160');
  });
  test('the axis ends at a plain length that neither budget nor downtime exceeds', () => {
    expect([0, 4 * MINUTE, 5 * MINUTE, 216 * MINUTE, 241 * MINUTE, 25 * HOUR].map((ms) => roundUpLength(ms) / MINUTE)).toEqual([
      4, 4, 8, 240, 480, 2_880,
    ]);
    expect(drawBudget([{ start: 0, end: 720 * HOUR }], month, month.end, HOUR).levels[0]).toBeGreaterThanOrEqual(720 * HOUR);
  });
  test('the axis spans the whole month', () => {
    expect(drawBudget([], month, HOUR, HOUR).times.map((at) => at / HOUR)).toEqual([0, 240, 480, 720]);
  });
});
