import { describe, expect, it } from 'vitest';
import { HOUR } from '#domain/time/instant.ts';
import { clockChange, localDays } from '#domain/time/local-days.ts';
import { monthBounds } from '#domain/time/zone.ts';
import { at, stretch } from '../sla/examples.ts';

const hoursOf = (zone: string, month: string): number[] =>
  localDays(zone, monthBounds(zone, month)).map(({ start, end }) => (end - start) / HOUR);

describe('the local days of a month', () => {
  it('tile it, whatever the clocks do', () => {
    for (const [zone, month] of [
      ['America/New_York', '2026-03'],
      ['America/New_York', '2026-11'],
      ['Australia/Lord_Howe', '2026-04'],
      ['Asia/Tokyo', '2026-02'],
      ['America/Santiago', '2026-09'],
      ['UTC', '2028-02'],
    ] as const) {
      const [days, bounds] = [localDays(zone, monthBounds(zone, month)), monthBounds(zone, month)];
      expect([days[0]?.start, days.at(-1)?.end]).toEqual([bounds.start, bounds.end]);
      expect(days.slice(1).map(({ start }) => start)).toEqual(days.slice(0, -1).map(({ end }) => end));
    }
  });
  it('last 23 and 25 hours in New York, 24.5 on Lord Howe', () => {
    expect(hoursOf('America/New_York', '2026-03').indexOf(23)).toBe(7);
    expect(hoursOf('America/New_York', '2026-11').indexOf(25)).toBe(0);
    expect(hoursOf('Australia/Lord_Howe', '2026-04').indexOf(24.5)).toBe(4);
    expect(hoursOf('UTC', '2028-02')).toHaveLength(29);
  });
  it('of a stretch within a day are that day; of none, none', () => {
    expect(localDays('America/New_York', stretch('2026-06-10T12:00:00Z', '2026-06-10T12:00:01Z'))).toEqual([
      stretch('2026-06-10T04:00:00Z', '2026-06-11T04:00:00Z'),
    ]);
    expect(localDays('UTC', { start: at('2026-06-10T00:00:00Z'), end: at('2026-06-10T00:00:00Z') })).toEqual([]);
  });
  it('say by how much the clocks were set', () => {
    const changes = localDays('America/New_York', monthBounds('America/New_York', '2026-03')).map((day) =>
      clockChange('America/New_York', day),
    );
    expect(changes.filter((minutes) => minutes !== 0)).toEqual([60]);
  });
});
