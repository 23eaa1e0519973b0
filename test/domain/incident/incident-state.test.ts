import { describe, expect, test } from 'vitest';
import { correct, type KnownIncident } from '#domain/incident/incident-state.ts';
import { instant } from '#domain/time/instant.ts';

type State = 'up' | 'down' | 'unknown';
const timeline = (...parts: [number, number, State][]) =>
  parts.map(([start, end, state]) => ({ start: instant(start), end: instant(end), state }));
const told = (id: string, startedAt: number, resolvedAt: number | null): KnownIncident => ({
  id,
  startedAt: instant(startedAt),
  resolvedAt: resolvedAt === null ? null : instant(resolvedAt),
});

describe('what late evidence does to incidents', () => {
  test('an outage nobody was told of is added when it is over, and opened when it is not', () => {
    expect(correct(timeline([0, 10, 'up'], [10, 20, 'down'], [20, 30, 'up']), [])).toEqual([
      { type: 'add', startedAt: 10, resolvedAt: 20 },
    ]);
    expect(correct(timeline([0, 10, 'up'], [10, 20, 'down'], [20, 30, 'unknown']), [])).toEqual([{ type: 'open', startedAt: 10 }]);
  });
  test('a start moves earlier and never later', () => {
    expect(correct(timeline([0, 10, 'up'], [10, 30, 'down']), [told('a', 15, null)])).toEqual([
      { type: 'move-start', id: 'a', startedAt: 10 },
    ]);
    expect(correct(timeline([0, 20, 'up'], [20, 30, 'down']), [told('a', 15, null)])).toEqual([]);
  });
  test('an open incident ends at the first up after its outage, if the newest evidence says up', () => {
    const over = timeline([0, 10, 'up'], [10, 20, 'down'], [20, 25, 'unknown'], [25, 30, 'up']);
    expect(correct(over, [told('a', 10, null)])).toEqual([{ type: 'resolve', id: 'a', resolvedAt: 25, founded: true }]);
    expect(correct([...over, ...timeline([30, 40, 'unknown'])], [told('a', 10, null)])).toEqual([]);
  });
  test('an open incident that began before the stretch is not called unfounded for it', () => {
    expect(correct(timeline([10, 20, 'unknown'], [20, 30, 'up']), [told('a', 5, null)])).toEqual([
      { type: 'resolve', id: 'a', resolvedAt: 20, founded: true },
    ]);
    expect(correct(timeline([0, 30, 'up']), [told('a', 5, null)])).toEqual([{ type: 'resolve', id: 'a', resolvedAt: 5, founded: false }]);
  });
  test('what was told as over stays over: an outage that lasts longer goes on in a second incident that does not overlap it', () => {
    expect(correct(timeline([0, 10, 'up'], [10, 40, 'down']), [told('a', 10, 20)])).toEqual([{ type: 'open', startedAt: 20 }]);
  });
  test('an incident that is over and was no outage gets a note, if the whole of it was judged anew', () => {
    expect(correct(timeline([0, 30, 'up']), [told('a', 10, 20)])).toEqual([{ type: 'unfounded', id: 'a' }]);
    expect(correct(timeline([15, 30, 'up']), [told('a', 10, 20)])).toEqual([]);
    expect(correct(timeline([0, 15, 'up']), [told('a', 10, 20)])).toEqual([]);
  });
});
