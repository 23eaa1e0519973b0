/** The sentences about windows: whether they count, how far they have got, what is next. */
import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, type Millis, millis } from '#domain/time/instant.ts';
import { maintenanceWords as words } from '#site/i18n/en/maintenance.ts';

type Account = Parameters<typeof words.account>[0];
const of = (more: Partial<Account>): Account => ({
  state: 'past',
  announcedMs: millis(150 * MINUTE),
  excludedMs: millis(150 * MINUTE),
  refused: [],
  decides: true,
  imported: null,
  ...more,
});
const refused = (reason: Account['refused'][number]['reason'], ms: number) => ({
  excludedMs: millis(0),
  refused: [{ reason, ms: millis(ms) }],
});

describe('whether a window counts', () => {
  test.each([
    [{}, 'Announced on Tuesday: excluded from availability, 2 h 30 min.'],
    [{ excludedMs: 90 * MINUTE }, 'Announced on Tuesday: excluded from availability, 1 h 30 min of 2 h 30 min.'],
    [refused('late', 150 * MINUTE), 'Announced on Tuesday: unscheduled, counts as any other time.'],
    [refused('outside_reserve', 150 * MINUTE), 'Announced on Tuesday: unscheduled, counts as any other time.'],
    [
      { state: 'cancelled', ...refused('cancelled', 150 * MINUTE) },
      'Announced on Tuesday, and cancelled before it began: nothing is excluded.',
    ],
    [{ state: 'cancelled', ...refused('late', 150 * MINUTE) }, 'Announced on Tuesday: unscheduled, counts as any other time.'],
    [
      { imported: { approvedAt: null }, ...refused('unapproved_import', HOUR) },
      'Said to have been announced on Tuesday: unscheduled, counts as any other time.',
    ],
  ] as [Partial<Account>, string][])('%j reads "%s"', (more, sentence) => {
    expect(words.account(of(more), 'Tuesday')).toBe(sentence);
  });

  test('what does not count has its reason', () => {
    expect(words.refused('late', 90 * MINUTE)).toBe('Not excluded: 1 h 30 min. It was announced after the deadline.');
  });
});

describe('how far a window has got', () => {
  const progress = (passed: number, whole = 2 * HOUR) => ({
    wholeMs: millis(whole),
    passedMs: millis(passed),
    leftMs: millis(whole - passed) as Millis,
  });
  test.each([
    [0, 'It has just begun; 2 hours to go.'],
    [42 * MINUTE, '42 minutes of 2 hours have passed; 1 h 18 min to go.'],
    [2 * HOUR - 1, '1 h 59 min of 2 hours have passed; 1 ms to go.'],
  ])('after %i ms', (passed, sentence) => {
    expect(words.progress(progress(passed))).toBe(sentence);
  });
});

describe('the head of the page', () => {
  test.each([
    [['Upgrade'], 'Saturday', true, 'Maintenance is running: Upgrade.'],
    [['Upgrade', 'Move'], null, true, '“Upgrade” and “Move” are running.'],
    [[], 'Saturday 28 November', true, 'The next maintenance is announced for Saturday 28 November.'],
    [[], null, true, 'No maintenance is announced; the service stays up.'],
    [[], null, false, 'No maintenance is announced.'],
  ] as [string[], string | null, boolean, string][])('%j, next %s', (running, next, ahead, sentence) => {
    expect(words.headline(running, next, ahead)).toBe(sentence);
  });
});
