import { describe, expect, it } from 'vitest';
import { type ReserveRule, slotsBetween } from '#domain/sla/reserve.ts';
import { instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';

const seed: ReserveRule = { weekday: 'SAT', start: '10:00', durationMin: 300, zone: 'America/New_York' };
const at = (text: string) => instant(Date.parse(text));
const starts = (rule: ReserveRule, from: string, to: string): string[] =>
  slotsBetween(rule, at(from), at(to)).map((slot) => isoOf(slot.start).slice(0, 16));

describe('the Saturday reserve', () => {
  it('starts 15:00Z in winter and 14:00Z in summer of 2026, on both sides of both changes', () => {
    expect(starts(seed, '2026-03-07T00:00Z', '2026-03-15T00:00Z')).toEqual(['2026-03-07T15:00', '2026-03-14T14:00']);
    expect(starts(seed, '2026-10-31T00:00Z', '2026-11-08T00:00Z')).toEqual(['2026-10-31T14:00', '2026-11-07T15:00']);
  });
  it('lasts 18 000 000 ms in every week of the year', () => {
    const slots = slotsBetween(seed, at('2026-01-01T00:00Z'), at('2027-01-01T00:00Z'));
    expect(slots).toHaveLength(52);
    for (const slot of slots) expect(slot.end - slot.start).toBe(18_000_000);
  });
  it('read literally as EST is the zone Etc/GMT+5: 15:00Z all year', () => {
    const literal = { ...seed, zone: 'Etc/GMT+5' };
    expect(new Set(starts(literal, '2026-01-01T00:00Z', '2027-01-01T00:00Z').map((text) => text.slice(11)))).toEqual(new Set(['15:00']));
  });
  it('that would start in a gap is shifted forward by the gap, and keeps its length', () => {
    const gap = { weekday: 'SUN', start: '02:30', durationMin: 60, zone: 'America/New_York' } as const;
    expect(slotsBetween(gap, at('2026-03-08T00:00Z'), at('2026-03-09T00:00Z'))).toEqual([
      { start: at('2026-03-08T07:30Z'), end: at('2026-03-08T08:30Z') },
    ]);
  });
  it('that would start twice starts the first time', () => {
    const fold = { weekday: 'SUN', start: '01:30', durationMin: 60, zone: 'America/New_York' } as const;
    expect(starts(fold, '2026-11-01T00:00Z', '2026-11-02T00:00Z')).toEqual(['2026-11-01T05:30']);
  });
  it('belongs to an interval that it touches by a millisecond, and not to one that it only borders', () => {
    expect(starts(seed, '2026-07-04T18:59:59.999Z', '2026-07-05T00:00Z')).toEqual(['2026-07-04T14:00']);
    expect(starts(seed, '2026-07-04T19:00Z', '2026-07-05T00:00Z')).toEqual([]);
    expect(starts(seed, '2026-07-04T00:00Z', '2026-07-04T14:00Z')).toEqual([]);
    expect(starts(seed, '2026-07-04T00:00Z', '2026-07-04T14:00:00.001Z')).toEqual(['2026-07-04T14:00']);
  });
  it('with a start that is no time of day is an error of ours', () => {
    expect(() => slotsBetween({ ...seed, start: '24:00' }, at('2026-01-01T00:00Z'), at('2026-02-01T00:00Z'))).toThrow('not a time of day');
  });
});
