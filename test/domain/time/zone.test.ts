import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOf, dateText, dayNumber, isoWeekday } from '#domain/time/civil.ts';
import { instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import { dayOf, isKnownZone, monthBounds, offsetMinutes, startOfDay, wallParts, wallToInstant } from '#domain/time/zone.ts';

const at = (text: string) => instant(Date.parse(text));
const hours = (month: string, zone: string): number => {
  const { start, end } = monthBounds(zone, month);
  return (end - start) / 3_600_000;
};
const seeded = { seed: Number(process.env['AVOW_TEST_SEED'] ?? 20261123), numRuns: 400 };
const ZONES = [
  'UTC',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/Havana',
  'America/Sao_Paulo',
];

describe('a zone id', () => {
  it('is known when it is an IANA id with a slash in its own spelling, or UTC', () => {
    for (const zone of ['UTC', 'America/New_York', 'Etc/GMT+5', 'US/Eastern', 'Asia/Kolkata', 'America/Argentina/Ushuaia'])
      expect(isKnownZone(zone), zone).toBe(true);
  });
  it('is refused when it is an abbreviation, an offset, a POSIX name, misspelt or unknown', () => {
    for (const zone of [
      'EST',
      'est',
      'EST5EDT',
      'EDT',
      'GMT',
      'utc',
      '+05:00',
      'SystemV/EST5',
      'america/new_york',
      'America/Nowhere',
      '',
      '/',
    ])
      expect(isKnownZone(zone), zone).toBe(false);
  });
});

describe('a wall time', () => {
  it('that the spring change skips moves forward by the gap', () => {
    expect(isoOf(wallToInstant('America/New_York', 2026, 3, 8, 2, 30))).toBe('2026-03-08T07:30:00.000Z');
    expect(isoOf(wallToInstant('Australia/Lord_Howe', 2026, 10, 4, 2, 15))).toBe('2026-10-03T15:45:00.000Z');
  });
  it('that the autumn change repeats is the first of the two', () => {
    expect(isoOf(wallToInstant('America/New_York', 2026, 11, 1, 1, 30))).toBe('2026-11-01T05:30:00.000Z');
    expect(isoOf(wallToInstant('Australia/Lord_Howe', 2026, 4, 5, 1, 45))).toBe('2026-04-04T14:45:00.000Z');
  });
  it('of a day that the zone skipped moves forward by the whole day', () => {
    expect(isoOf(wallToInstant('Pacific/Apia', 2011, 12, 30, 10, 0))).toBe('2011-12-30T20:00:00.000Z');
    expect(wallParts('Pacific/Apia', at('2011-12-30T20:00Z'))).toMatchObject({ month: 12, day: 31, hour: 10 });
  });
  it('just before and just after the change is unambiguous', () => {
    expect(isoOf(wallToInstant('America/New_York', 2026, 3, 8, 1, 59))).toBe('2026-03-08T06:59:00.000Z');
    expect(isoOf(wallToInstant('America/New_York', 2026, 3, 8, 3, 0))).toBe('2026-03-08T07:00:00.000Z');
  });
  it('of a date or zone that does not exist is an error of ours', () => {
    expect(() => wallToInstant('UTC', 2026, 2, 30, 0, 0)).toThrow('2026-2-30 is not a date of the calendar');
    expect(() => wallToInstant('America/Nowhere', 2026, 2, 3, 0, 0)).toThrow('not a time zone');
    expect(() => wallToInstant('UTC', 2026, 2, 3, 24, 0)).toThrow('not a time of day');
  });
  it('read from any instant leads back to that instant, unless it is the second of two', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2040, 0) }), (zone, ms) => {
        const minute = instant(Math.floor(ms / 60_000) * 60_000);
        const wall = wallParts(zone, minute);
        const back = wallToInstant(zone, wall.year, wall.month, wall.day, wall.hour, wall.minute);
        const again = wallParts(zone, back);
        expect([again.day, again.hour, again.minute]).toEqual([wall.day, wall.hour, wall.minute]);
        expect(back).toBeLessThanOrEqual(minute);
        if (back !== minute) expect(offsetMinutes(zone, back)).toBeGreaterThan(offsetMinutes(zone, minute));
      }),
      seeded,
    );
  });
});

describe('a day', () => {
  it('starts at local midnight', () => {
    expect(isoOf(startOfDay('America/New_York', at('2026-07-04T03:59:59.999Z')))).toBe('2026-07-03T04:00:00.000Z');
    expect(isoOf(startOfDay('America/New_York', at('2026-07-04T04:00Z')))).toBe('2026-07-04T04:00:00.000Z');
  });
  it('without a midnight starts at its first instant', () => {
    // Havana: 00:00 → 01:00 on 2026-03-08; Sao Paulo: likewise on 2018-11-04.
    expect(isoOf(startOfDay('America/Havana', at('2026-03-08T12:00Z')))).toBe('2026-03-08T05:00:00.000Z');
    expect(isoOf(startOfDay('America/Sao_Paulo', at('2018-11-04T12:00Z')))).toBe('2018-11-04T03:00:00.000Z');
  });
  it('with two midnights starts at the first', () => {
    expect(isoOf(startOfDay('America/Havana', at('2025-11-02T12:00Z')))).toBe('2025-11-02T04:00:00.000Z');
  });
  it('contains the instant it was asked for, and the instant before it belongs to the day before', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2040, 0) }), (zone, ms) => {
        const start = startOfDay(zone, instant(ms));
        expect(start).toBeLessThanOrEqual(ms);
        expect(dateText(wallParts(zone, start))).toBe(dateText(wallParts(zone, instant(ms))));
        expect(dateText(wallParts(zone, instant(start - 1)))).not.toBe(dateText(wallParts(zone, start)));
      }),
      seeded,
    );
  });
});

describe('a month', () => {
  it('has the hours that its clock changes leave it', () => {
    expect(hours('2026-01', 'America/New_York')).toBe(744);
    expect(hours('2026-03', 'America/New_York')).toBe(743);
    expect(hours('2026-11', 'America/New_York')).toBe(721);
    expect(hours('2026-10', 'Australia/Lord_Howe')).toBe(743.5);
  });
  it('of Vancouver in November 2026 has 720 hours since tzdb 2026b, 721 before', () => {
    expect(hours('2026-11', 'America/Vancouver')).toBe((process.versions['tz'] ?? '') >= '2026b' ? 720 : 721);
  });
  it('tiles the line with the next one, in every zone', () => {
    for (const zone of ZONES)
      for (let month = 1; month < 12; month++)
        expect(monthBounds(zone, `2026-${String(month).padStart(2, '0')}`).end).toBe(
          monthBounds(zone, `2026-${String(month + 1).padStart(2, '0')}`).start,
        );
    expect(monthBounds('UTC', '2026-12').end).toBe(at('2027-01-01T00:00Z'));
  });
  it('is written YYYY-MM and nothing else', () => {
    for (const text of ['2026-13', '2026-00', '2026-1', '26-01', '2026-01-01'])
      expect(() => monthBounds('UTC', text)).toThrow('written YYYY-MM');
  });
});

describe('dates and UTC text', () => {
  it('agree with the platform for every kind of instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2400, 0) }), (ms) => {
        const platform = new Date(ms);
        expect(isoOf(instant(ms))).toBe(platform.toISOString());
        const day = dayOf(instant(ms));
        expect(dateOf(day)).toEqual({ year: platform.getUTCFullYear(), month: platform.getUTCMonth() + 1, day: platform.getUTCDate() });
        expect(isoWeekday(day) % 7).toBe(platform.getUTCDay());
        expect(dayNumber(platform.getUTCFullYear(), platform.getUTCMonth() + 1, platform.getUTCDate())).toBe(day);
      }),
      seeded,
    );
  });
});
