/** The sentences about a month: the budget says what is left, and whether one more Saturday would be too much, to the millisecond. */
import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, millis } from '#domain/time/instant.ts';
import type { MonthBudget } from '#monitor/views/month-figure.ts';
import { slaWords } from '#site/i18n/en/sla.ts';

const SLOT = 5 * HOUR;
const budget = (leftMs: number, more: Partial<MonthBudget> = {}): MonthBudget => ({
  wholeMs: millis(leftMs + 85 * MINUTE),
  usedMs: millis(85 * MINUTE),
  leftMs: millis(leftMs),
  weekday: 'SAT',
  slotMs: millis(SLOT),
  slotAhead: true,
  ...more,
});
const running = (leftMs: number, more?: Partial<MonthBudget>): string =>
  slaWords.budget({ budget: budget(leftMs, more), running: true }, 'November');
const over = (leftMs: number, more?: Partial<MonthBudget>): string =>
  slaWords.budget({ budget: budget(leftMs, more), running: false }, 'November');

describe('the error budget in words', () => {
  test('says what is left, and that one full unannounced Saturday would break the promise', () => {
    expect(running(130 * MINUTE)).toBe(
      '2 h 10 min of downtime left of the 3 h 35 min that November may have; one full unannounced Saturday would break the promise.',
    );
  });

  test.each([
    ['exactly a Saturday left: it would not', SLOT, false],
    ['one millisecond less: it would', SLOT - 1, true],
  ])('%s', (_, leftMs, breaks) => {
    expect(running(leftMs).includes('would break the promise')).toBe(breaks);
  });

  test('speaks of no Saturday when none is to come', () => {
    expect(running(MINUTE, { slotAhead: false })).toBe('1 minute of downtime left of the 1 h 26 min that November may have.');
  });

  test('tells a budget that is used up from one that is overdrawn, however little', () => {
    expect(running(0, { slotAhead: false })).toBe('No downtime left in November.');
    expect(running(-1)).toBe('1 h 25 min of downtime, 1 ms more than November may have.');
    expect(over(-1)).toBe('1 h 25 min of downtime, 1 ms more than the 1 h 24 min that the promise allows.');
  });

  test('of a month that is over says what was used of it', () => {
    expect(over(130 * MINUTE)).toBe('1 h 25 min of downtime, of the 3 h 35 min that the promise allows.');
    expect(over(130 * MINUTE, { usedMs: millis(0), wholeMs: millis(215 * MINUTE) })).toBe(
      'No downtime, of the 3 h 35 min that the promise allows.',
    );
  });
});

describe('the promise in words', () => {
  test('a running month is below while it can be made good, and broken when it cannot', () => {
    const of = (standing: 'met' | 'below' | 'missed' | 'indeterminate', isRunning: boolean) =>
      slaWords.verdict({ standing, targetPpm: 995_000, running: isRunning }, true).replaceAll('\u00a0', ' ');
    expect(of('met', true)).toBe('The promise of 99.5 % is kept so far.');
    expect(of('below', true)).toBe('That is below the promise of 99.5 %; the rest of the month can still make it good.');
    expect(of('missed', true)).toBe('The promise of 99.5 % is broken: the rest of the month cannot make it good.');
    expect(of('missed', false)).toBe('The promise of 99.5 % was not kept.');
    expect(of('indeterminate', false)).toMatch(/is undecided: time that was not measured could tip it either way/);
  });

  test('confirmations, notice and unknown time are told from the data', () => {
    expect(slaWords.outageTerm({ confirmations: [1, 1] })).toMatch(/^One failed check makes an outage/);
    expect(slaWords.outageTerm({ confirmations: [2, 3] })).toMatch(/^Two to three failed checks in a row make an outage, as the page/);
    expect(slaWords.noticeTerm(0)).toMatch(/^An announcement counts when it is public before the reserved time begins\./);
    expect(slaWords.noticeTerm(48 * HOUR)).toMatch(/public 2 days before the reserved time begins\./);
    expect(slaWords.unknownTerm('down')).toMatch(/^Time without evidence counts as down/);
  });
});
