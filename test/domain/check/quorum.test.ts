import { describe, expect, test } from 'vitest';
import { composeLocations, composePanels, type LocationTimeline, type Panels, stateAt } from '#domain/check/quorum.ts';
import type { LocationState, OpenSpan } from '#domain/check/span.ts';
import { instant } from '#domain/time/instant.ts';

const open = (start: number, coveredUntil: number, lenient: LocationState, strict = lenient, slow = false): OpenSpan => ({
  start: instant(start),
  coveredUntil: instant(coveredUntil),
  lenient,
  strict,
  slow,
});
const lane = (...parts: [number, number, LocationState][]): LocationTimeline => ({
  spans: parts.map(([start, end, state]) => ({ start: instant(start), end: instant(end), lenient: state, strict: state, slow: false })),
  open: null,
});
const over = { start: instant(0), end: instant(100) };
const shown = (lanes: LocationTimeline[], locations: number, needed: number, asOf = 100) =>
  composeLocations(lanes, { locations, needed }, 'lenient', over, instant(asOf)).map(
    (p) => `${p.start}-${p.end} ${p.state}${p.reachability ? ' reachability' : ''}${p.investigating ? ' investigating' : ''}`,
  );

describe('locations together', () => {
  test('two of three down is down; one of three is up with doubtful reachability', () => {
    const lanes = [lane([0, 100, 'up']), lane([0, 20, 'up'], [20, 60, 'down'], [60, 100, 'up']), lane([0, 40, 'up'], [40, 100, 'down'])];
    expect(shown(lanes, 3, 2)).toEqual(['0-20 up', '20-40 up reachability', '40-60 down', '60-100 up reachability']);
  });
  test('one up, one down and one configured location that never spoke are unknown', () => {
    expect(shown([lane([0, 100, 'up']), lane([0, 100, 'down'])], 3, 2)).toEqual(['0-100 unknown reachability']);
  });
  test('an open span speaks until its cover ends, and nothing is said after the asked instant', () => {
    const timeline = { spans: [], open: open(10, 70, 'up') };
    expect(shown([timeline], 1, 1)).toEqual(['0-10 unknown', '10-70 up', '70-100 unknown']);
    expect(shown([timeline], 1, 1, 50)).toEqual(['0-10 unknown', '10-50 up']);
    expect(shown([timeline], 1, 1, 0)).toEqual([]);
  });
  test('failures not confirmed yet are unknown in figures and investigated on the page; a blip is up', () => {
    expect(shown([{ ...lane([0, 10, 'blip']), open: open(10, 100, 'pending') }], 1, 1)).toEqual([
      '0-10 up',
      '10-100 unknown investigating',
    ]);
  });
  test('the reading decides whether slow is down', () => {
    const slow = { spans: [], open: open(0, 100, 'up', 'down', true) };
    const [lenient] = composeLocations([slow], { locations: 1, needed: 1 }, 'lenient', over, instant(100));
    const [strict] = composeLocations([slow], { locations: 1, needed: 1 }, 'strict', over, instant(100));
    expect([lenient?.state, lenient?.slow, strict?.state]).toEqual(['up', true, 'down']);
  });
  test('at the last covered millisecond a span speaks, one later it does not', () => {
    expect(stateAt(open(10, 70, 'up'), instant(69)).lenient).toBe('up');
    expect(stateAt(open(10, 70, 'up'), instant(70)).lenient).toBe('unknown');
    expect(stateAt(open(10, 70, 'up'), instant(9)).lenient).toBe('unknown');
  });
  test('where nobody is asked nothing is up, whatever the quorum says', () => {
    expect(shown([], 0, 1)).toEqual(['0-100 unknown']);
    expect(shown([lane([0, 100, 'pending'])], 1, 2)).toEqual(['0-100 unknown investigating']);
  });
});

describe('who is asked changes', () => {
  const asked = (panels: Panels, ...lanes: LocationTimeline[]) =>
    composePanels(
      lanes.map((timeline, i) => ({ ...timeline, locationId: i + 1 })),
      panels,
      'lenient',
      over,
      instant(100),
    ).map((p) => `${p.start}-${p.end} ${p.state}${p.reachability ? ' reachability' : ''}`);
  const panel = (from: number, locations: number[], needed: number) => ({ from: instant(from), locations, needed });

  test('a location that was given up keeps its word in the past and has none afterwards', () => {
    const down = lane([0, 100, 'down']);
    const up = lane([0, 100, 'up']);
    expect(asked([panel(0, [1, 2], 2), panel(40, [1], 1)], up, down)).toEqual(['0-40 up reachability', '40-100 up']);
    expect(asked([panel(0, [1, 2], 2), panel(40, [2], 1)], up, down)).toEqual(['0-40 up reachability', '40-100 down']);
  });
  test('a location that is added later casts no doubt on the time before', () => {
    expect(asked([panel(10, [1], 1), panel(60, [1, 2, 3], 2)], lane([0, 100, 'up']), lane([70, 100, 'up']))).toEqual([
      '0-60 up',
      '60-70 unknown',
      '70-100 up',
    ]);
  });
  test('a quorum that is raised later does not take an outage back', () => {
    const lanes = [lane([0, 100, 'up']), lane([0, 30, 'down'], [30, 100, 'up']), lane([0, 100, 'up'])];
    expect(asked([panel(0, [1, 2, 3], 1), panel(50, [1, 2, 3], 2)], ...lanes)).toEqual(['0-30 down', '30-100 up']);
  });
});
