/** From "next Saturday, 10:00 to 12:00" to instants, on the days on which clocks change and across midnight. */
import { describe, expect, test } from 'vitest';
import { clockIn, dateIn, nextSlots, resolveWindow, slotsOf } from '#domain/maintenance/window.ts';
import { isRefusal } from '#domain/refusal.ts';
import type { ReserveRule } from '#domain/sla/reserve.ts';
import type { Instant } from '#domain/time/instant.ts';
import { instantOfIso, isoOf } from '#domain/time/iso.ts';

const at = (text: string): Instant => instantOfIso(text) as Instant;
const EASTERN: ReserveRule = { weekday: 'SAT', start: '10:00', durationMin: 300, zone: 'America/New_York' };
const NIGHT: ReserveRule = { ...EASTERN, start: '22:00' };

const ask = (reserve: ReserveRule, slot: string, from: string, to: string, now = '2026-03-02T12:00Z'): string => {
  const window = resolveWindow(reserve, { slot, from, to }, at(now));
  return isRefusal(window) ? window.code : `${isoOf(window.start).slice(5, 16)} ${isoOf(window.end).slice(5, 16)}`;
};

describe('a window', () => {
  test('is on the wall of the reserve: 15:00Z in winter, 14:00Z in summer', () => {
    expect(ask(EASTERN, '2026-03-07', '10:00', '12:00')).toBe('03-07T15:00 03-07T17:00');
    expect(ask(EASTERN, '2026-03-14', '10:00', '12:00')).toBe('03-14T14:00 03-14T16:00');
    expect(ask({ ...EASTERN, zone: 'Etc/GMT+5' }, '2026-03-14', '10:00', '12:00')).toBe('03-14T15:00 03-14T17:00');
  });
  test('"next" is the first slot that starts now or later', () => {
    expect(ask(EASTERN, 'next', '10:00', '12:00', '2026-03-07T15:00Z')).toBe('03-07T15:00 03-07T17:00');
    expect(ask(EASTERN, 'next', '10:00', '12:00', '2026-03-07T15:00:00.001Z')).toBe('03-14T14:00 03-14T16:00');
    expect(nextSlots(EASTERN, at('2026-10-30T00:00Z'), 2).map(({ start }) => isoOf(start))).toEqual([
      '2026-10-31T14:00:00.000Z',
      '2026-11-07T15:00:00.000Z',
    ]);
  });
  test('on a Sunday when clocks change, skipped times move on and repeated ones are the first', () => {
    expect(ask(EASTERN, '2026-03-08', '02:30', '04:00')).toBe('03-08T07:30 03-08T08:00');
    expect(ask(EASTERN, '2026-11-01', '01:30', '02:00')).toBe('11-01T05:30 11-01T07:00');
  });
  test('of a reserve past midnight belongs to the day on which the slot starts', () => {
    expect(ask(NIGHT, '2026-03-14', '22:00', '03:00')).toBe('03-15T02:00 03-15T07:00');
    expect(ask(NIGHT, '2026-03-14', '01:00', '02:00')).toBe('03-15T05:00 03-15T06:00');
    expect(ask(NIGHT, '2026-03-14', '23:00', '23:00')).toBe('03-15T03:00 03-15T03:00');
    // A Tuesday has no slot: the end is not carried over midnight, and the rules will refuse it.
    expect(ask(NIGHT, '2026-03-10', '22:00', '03:00')).toBe('03-11T02:00 03-10T07:00');
  });
  test.each([
    ['2026-02-29', '10:00', '12:00', 'bad_slot'],
    ['28.11.2026', '10:00', '12:00', 'bad_slot'],
    ['next', '24:00', '12:00', 'bad_time'],
    ['next', '10:00', '1:00', 'bad_time'],
  ])('%s from %s to %s is %s', (slot, from, to, code) => {
    expect(ask(EASTERN, slot, from, to)).toBe(code);
  });
  test('touches the slots it shares an instant with, and no more than three are ever looked at', () => {
    const slots = (start: string, end: string): number => slotsOf(EASTERN, { start: at(start), end: at(end) }).length;
    expect(slots('2026-03-07T14:00Z', '2026-03-07T15:00Z')).toBe(0);
    expect(slots('2026-03-07T14:00Z', '2026-03-07T15:00:00.001Z')).toBe(1);
    expect(slots('2026-03-07T19:59:59.999Z', '2026-03-14T14:00Z')).toBe(1);
    expect(slots('2026-03-07T19:59:59.999Z', '2026-03-14T14:00:00.001Z')).toBe(2);
    expect(slots('2026-03-07T15:00Z', '9999-03-14T14:00Z')).toBe(3);
  });
  test('is read back on the wall', () => {
    expect([dateIn('Asia/Tokyo', at('2026-11-28T15:00Z')), clockIn('Asia/Tokyo', at('2026-11-28T15:00Z'))]).toEqual([
      '2026-11-29',
      '00:00',
    ]);
  });
});
