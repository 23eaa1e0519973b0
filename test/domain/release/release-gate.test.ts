import { describe, expect, it } from 'vitest';
import { canBePlanned, notesInTime, placeOf } from '#domain/release/release-gate.ts';
import { instant, millis } from '#domain/time/instant.ts';
import { at, stretch } from '../sla/examples.ts';

const window = stretch('2026-07-18T14:00:00Z', '2026-07-18T16:00:00Z');
const moved = (text: string, ms: number) => instant(at(text) + ms);

describe('a deployment', () => {
  it.each([
    [-1, 'outside_window'],
    [0, 'inside'],
    [7_199_999, 'inside'],
    [7_200_000, 'outside_window'],
  ])('%d ms after the effective start is %s', (ms, place) => {
    expect(placeOf(moved('2026-07-18T14:00:00Z', ms), [window])).toBe(place);
  });
  it('counts in any of several parts, and in none when nothing is excluded', () => {
    const later = stretch('2026-07-18T17:00:00Z', '2026-07-18T18:00:00Z');
    expect(placeOf(later.start, [window, later])).toBe('inside');
    expect(placeOf(window.end, [window, later])).toBe('outside_window');
    expect(placeOf(window.start, [])).toBe('outside_window');
  });
  it('can only be planned where something is excluded', () => {
    expect([canBePlanned([window]), canBePlanned([]), canBePlanned([{ start: window.end, end: window.end }])]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('notes', () => {
  it('are in time up to the start, a lead before it where one was set', () => {
    expect(notesInTime(window.start, window.start, millis(0))).toBe(true);
    expect(notesInTime(moved('2026-07-18T14:00:00Z', 1), window.start, millis(0))).toBe(false);
    expect(notesInTime(at('2026-07-18T13:00:00Z'), window.start, millis(3_600_000))).toBe(true);
    expect(notesInTime(moved('2026-07-18T13:00:00Z', 1), window.start, millis(3_600_000))).toBe(false);
    expect(notesInTime(null, window.start, millis(0))).toBe(false);
  });
});
