/** The words of a scenario: its Saturdays are Saturdays, whatever now is. */
import { describe, expect, it } from 'vitest';
import { HOUR, type Instant, instant, MINUTE } from '#domain/time/instant.ts';
import { instantOfIso, isoOf } from '#domain/time/iso.ts';
import { wallParts } from '#domain/time/zone.ts';
import { calendarOf, lengthOf } from '#monitor/demo/calendar.ts';

const ZONE = 'America/New_York';
const at = (text: string): Instant => instantOfIso(text) as Instant;
const iso = (now: string, when: string): string => isoOf(calendarOf(ZONE, at(now)).at(when)).slice(0, 16);

describe('the calendar of a scenario', () => {
  it('counts months from the one that the wall of its zone shows', () => {
    const lateJuly = '2026-08-01T03:59:59Z';
    expect(calendarOf(ZONE, at(lateJuly)).month(0)).toBe('2026-07');
    expect(calendarOf(ZONE, at('2026-08-01T04:00Z')).month(0)).toBe('2026-08');
    expect(calendarOf(ZONE, at('2026-01-15T12:00Z')).month(-1)).toBe('2025-12');
    expect(isoOf(calendarOf(ZONE, at('2026-11-15T12:00Z')).monthStart(-1))).toBe('2026-10-01T04:00:00.000Z');
  });

  it('finds days, weekdays and the last day of a month in summer and in winter time', () => {
    expect(iso('2026-08-20T12:00Z', '-1 d9 14:20')).toBe('2026-07-09T18:20');
    expect(iso('2026-08-20T12:00Z', '-1 sat2 10:00')).toBe('2026-07-11T14:00');
    expect(iso('2026-08-20T12:00Z', '-1 wed4 09:30')).toBe('2026-07-22T13:30');
    expect(iso('2026-08-20T12:00Z', '-6 last 23:20')).toBe('2026-03-01T04:20');
    expect(iso('2026-02-01T05:00Z', '-1 sat1 10:00')).toBe('2026-01-03T15:00');
  });

  it('knows the nights on which the clocks changed last', () => {
    expect(iso('2026-08-20T12:00Z', 'spring 01:50')).toBe('2026-03-08T06:50');
    expect(iso('2026-03-20T12:00Z', 'spring 01:50')).toBe('2025-03-09T06:50');
    expect(iso('2026-08-20T12:00Z', 'autumn 00:30')).toBe('2025-11-02T04:30');
  });

  it('names the Saturdays to come, the first only while it is at least three hours away', () => {
    expect(iso('2026-08-22T11:00Z', 'coming1 10:00')).toBe('2026-08-22T14:00');
    expect(iso('2026-08-22T11:00:00.001Z', 'coming1 10:00')).toBe('2026-08-29T14:00');
    expect(iso('2026-10-28T12:00Z', 'coming2 10:00')).toBe('2026-11-07T15:00');
    expect(iso('2026-10-28T12:00Z', 'coming10 10:00')).toBe('2027-01-02T15:00');
    expect(iso('2026-08-22T14:30Z', 'coming0 10:00')).toBe('2026-08-22T14:00');
    // One Saturday, whatever the time of day.
    expect([iso('2026-08-22T12:00Z', 'coming1 09:00'), iso('2026-08-22T12:00Z', 'coming1 16:00')]).toEqual([
      '2026-08-29T13:00',
      '2026-08-29T20:00',
    ]);
    for (let now = at('2026-01-01T00:00Z'); now < at('2026-02-01T00:00Z'); now = instant(now + 7 * HOUR + MINUTE))
      expect(wallParts(ZONE, calendarOf(ZONE, now).at('coming1 10:00'))).toMatchObject({ weekday: 6, hour: 10 });
  });

  it('counts back from now, and reads lengths', () => {
    expect(iso('2026-08-20T12:00Z', 'now-26h')).toBe('2026-08-19T10:00');
    expect([lengthOf('47m'), lengthOf('3h10m'), lengthOf('2d')]).toEqual([47 * MINUTE, 190 * MINUTE, 48 * HOUR]);
  });

  it('refuses any other word', () => {
    for (const when of ['-1 foo2 10:00', 'yesterday', '-1 sat2', 'now-', '-1 d31 10:00'])
      expect(() => iso('2026-07-20T12:00Z', when), when).toThrow(RangeError);
    for (const length of ['', '10', '3x', '1h 5m']) expect(() => lengthOf(length), length).toThrow(RangeError);
  });
});
