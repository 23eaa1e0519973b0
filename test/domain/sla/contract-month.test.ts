import { describe, expect, it } from 'vitest';
import { contractMonth } from '#domain/sla/contract-month.ts';
import { isoOf } from '#domain/time/iso.ts';
import { at } from './examples.ts';

const month = (name: string, zone: string, from: string | null = null, to: string | null = null, asOf: string | null = null) => {
  const found = contractMonth(name, { reportZone: zone, startDate: from, endDate: to }, asOf === null ? null : at(asOf));
  const { period, coveredDays, daysInMonth } = found;
  return { from: isoOf(period.start), to: isoOf(period.end), ms: period.end - period.start, days: `${coveredDays}/${daysInMonth}` };
};

describe('a month of a contract', () => {
  it('is the calendar month of its zone: 743 hours in March and 721 in November of 2026 in New York', () => {
    expect(month('2026-03', 'America/New_York')).toEqual({
      from: '2026-03-01T05:00:00.000Z',
      to: '2026-04-01T04:00:00.000Z',
      ms: 743 * 3_600_000,
      days: '31/31',
    });
    expect(month('2026-11', 'America/New_York').ms).toBe(721 * 3_600_000);
    expect(month('2026-11', 'Asia/Tokyo')).toMatchObject({ from: '2026-10-31T15:00:00.000Z', ms: 720 * 3_600_000 });
  });
  it('begins and ends with the contract, both days included', () => {
    expect(month('2026-06', 'America/New_York', '2026-06-17')).toMatchObject({
      from: '2026-06-17T04:00:00.000Z',
      ms: 1_209_600_000,
      days: '14/30',
    });
    expect(month('2026-06', 'America/New_York', null, '2026-06-16')).toMatchObject({ to: '2026-06-17T04:00:00.000Z', days: '16/30' });
    expect(month('2026-06', 'America/New_York', '2026-06-30', '2026-06-30')).toMatchObject({ ms: 86_400_000, days: '1/30' });
  });
  it('that the contract does not touch is empty', () => {
    expect(month('2026-06', 'America/New_York', '2026-07-01')).toMatchObject({ ms: 0, days: '0/30' });
    expect(month('2026-06', 'America/New_York', null, '2026-05-31')).toMatchObject({ ms: 0, days: '0/30' });
  });
  it('that still runs ends now, and one to come has not begun; the days billed are the same', () => {
    expect(month('2026-06', 'UTC', null, null, '2026-06-10T12:00:00Z')).toMatchObject({ ms: 9.5 * 86_400_000, days: '30/30' });
    expect(month('2026-06', 'UTC', null, null, '2026-05-10T12:00:00Z')).toMatchObject({ ms: 0, days: '30/30' });
    expect(month('2026-06', 'UTC', null, null, '2026-07-10T12:00:00Z')).toMatchObject({ ms: 30 * 86_400_000 });
  });
  it('with a date that is none is an error of ours', () => {
    expect(() => month('2026-06', 'UTC', '2026-06-31')).toThrow('"2026-06-31" is not a date');
    expect(() => month('2026-13', 'UTC')).toThrow('not a month');
  });
});
