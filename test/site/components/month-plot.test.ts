import { describe, expect, test } from 'vitest';
import { HOUR, instant, MINUTE } from '#domain/time/instant.ts';
import { localDays } from '#domain/time/local-days.ts';
import { monthBounds } from '#domain/time/zone.ts';
import { drawMonth, MONTH_PLOT, type MonthPiece, monthMarkup, type PieceKind } from '#site/components/month-plot.ts';

const DAY = 24 * HOUR;
const days = [0, 1, 2].map((n) => ({ start: n * DAY, end: (n + 1) * DAY }));
const whole = { start: 0, end: 3 * DAY };
const piece = (kind: PieceKind, start: number, end: number, title = ''): MonthPiece => ({ kind, start, end, title });
const fillOf = (pieces: readonly MonthPiece[], kind: string, covered = whole): string | undefined =>
  drawMonth(days, pieces, covered).fills.find(({ fill }) => fill === kind)?.d;

describe('a month on one time line', () => {
  test('an hour is 30 units wide, a day 720, and the box has room for a day of 25 hours', () => {
    const drawn = drawMonth(days, [], whole);
    expect([drawn.width, drawn.height]).toEqual([750, 54]);
    expect(drawn.rows).toBe('M0 2.5h720v13H0zM0 20.5h720v13H0zM0 38.5h720v13H0z');
  });

  test('an outage stands in the row of its day, at its hours', () => {
    expect(fillOf([piece('down', DAY + 14 * HOUR, DAY + 15.5 * HOUR)], 'down')).toBe('M420 20.5h45v13H420z');
  });

  test('what goes over midnight is in both rows', () => {
    expect(fillOf([piece('down', DAY - HOUR, DAY + HOUR)], 'down')).toBe('M690 2.5h30v13H690zM0 20.5h30v13H0z');
  });

  test('edges are half-open: what ends at midnight is not in the next day, and what has no length is nowhere', () => {
    expect(fillOf([piece('down', DAY - HOUR, DAY)], 'down')).toBe('M690 2.5h30v13H690z');
    expect(fillOf([piece('down', DAY, DAY)], 'down')).toBeUndefined();
  });

  test('nothing is claimed of time that the report does not speak of', () => {
    expect(fillOf([], 'covered', { start: DAY + 12 * HOUR, end: 2 * DAY })).toBe('M360 20.5h360v13H360z');
    expect(drawMonth(days, [], { start: 0, end: 0 }).fills).toEqual([]);
  });

  test('announced time that counts is a bar at the foot of its row, so that an outage under it stays in sight', () => {
    const drawn = drawMonth(days, [piece('down', 0, HOUR), piece('refused', 0, 2 * HOUR)], whole);
    expect(drawn.fills.map(({ fill }) => fill)).toEqual(['covered', 'refused', 'down']);
    expect(drawn.fills[1]?.d).toBe('M0 11.5h60v4H0z');
  });

  test('a minute can be pointed at, also at the edges of the day', () => {
    const hits = drawMonth(days, [piece('down', 0, MINUTE), piece('down', DAY - MINUTE, DAY)], whole).hits;
    expect(hits.map(({ x, y, width }) => [x, y, width])).toEqual([
      [0, 0, 8],
      [715.8, 0, 8],
    ]);
  });

  test('what a piece says cannot break out of the drawing', () => {
    const inside = monthMarkup(drawMonth(days, [piece('down', 0, HOUR, '<script>alert(1)</script> & co')], whole));
    expect(inside).toContain('<title>&lt;script&gt;alert(1)&lt;/script&gt; &amp; co</title>');
    expect(inside).not.toContain('<script>');
  });

  test('60 outages in one day are one path', () => {
    const pieces = Array.from({ length: 60 }, (_, n) => piece('down', n * 20 * MINUTE, n * 20 * MINUTE + MINUTE));
    expect(fillOf(pieces, 'down')?.match(/z/g)).toHaveLength(60);
  });
});

describe('the days of a month in New York', () => {
  const rowsOf = (month: string): number[] => {
    const drawn = drawMonth(localDays('America/New_York', monthBounds('America/New_York', month)), [], whole);
    return [...drawn.rows.matchAll(/h([\d.]+)v/g)].map(([, width]) => Number(width) / MONTH_PLOT.hour);
  };
  test('8 March 2026 has 23 hours, 1 November 25, and every row is as long as its day', () => {
    const [march, november] = [rowsOf('2026-03'), rowsOf('2026-11')];
    expect([march.length, march[7], march.filter((hours) => hours !== 24)]).toEqual([31, 23, [23]]);
    expect([november.length, november[0], november.filter((hours) => hours !== 24)]).toEqual([30, 25, [25]]);
  });
  test('the hour that the clocks repeat is drawn twice as long, to its true length', () => {
    const november = localDays('America/New_York', monthBounds('America/New_York', '2026-11'));
    const twoHours = { start: instant(Date.UTC(2026, 10, 1, 5)), end: instant(Date.UTC(2026, 10, 1, 7)) };
    expect(drawMonth(november, [{ ...twoHours, kind: 'down', title: '' }], twoHours).fills[1]?.d).toBe('M30 2.5h60v13H30z');
  });
});
