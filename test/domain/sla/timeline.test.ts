import { describe, expect, it } from 'vitest';
import type { Panels } from '#domain/check/quorum.ts';
import { cutBy } from '#domain/sla/cut.ts';
import { evidenceOf, type LedgerState } from '#domain/sla/evidence.ts';
import { type CriticalComponent, contractTimeline } from '#domain/sla/timeline.ts';
import { instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { folded, majority } from './examples.ts';

const between = (start: number, end: number): Interval => ({ start: instant(start), end: instant(end) });
const state = (start: number, end: number, is: LedgerState) => ({ ...between(start, end), state: is });
const one = (id: string, states: ReturnType<typeof state>[], ...windows: Interval[]): CriticalComponent => ({ id, states, windows });
const told = (...components: CriticalComponent[]): string =>
  contractTimeline(components, between(0, 100))
    .map(({ start, end, kind }) => `${start}-${end} ${kind}`)
    .join(', ');

describe('a contract over time', () => {
  it('is down when any critical component is, and once when several are', () => {
    const a = one('a', [state(0, 20, 'up'), state(20, 40, 'down'), state(40, 100, 'up')]);
    const b = one('b', [state(0, 30, 'up'), state(30, 50, 'down'), state(50, 100, 'up')]);
    expect(told(a, b)).toBe('0-20 available, 20-50 down, 50-100 available');
  });
  it('down inside its own window is excluded', () => {
    expect(told(one('a', [state(0, 20, 'up'), state(20, 60, 'down'), state(60, 100, 'up')], between(30, 50)))).toBe(
      '0-20 available, 20-30 down, 30-50 excluded, 50-60 down, 60-100 available',
    );
  });
  it('a window for one component does not excuse another', () => {
    const a = one('a', [state(0, 100, 'up')], between(10, 90));
    const b = one('b', [state(0, 40, 'up'), state(40, 50, 'down'), state(50, 100, 'up')]);
    expect(told(a, b)).toBe('0-10 available, 10-40 excluded, 40-50 down, 50-90 excluded, 90-100 available');
  });
  it('excluded goes before unknown, and unknown before available', () => {
    const a = one('a', [state(0, 100, 'up')], between(10, 30));
    const b = one('b', [state(0, 20, 'up'), state(20, 40, 'unknown'), state(40, 100, 'up')]);
    expect(told(a, b)).toBe('0-10 available, 10-30 excluded, 30-40 unknown, 40-100 available');
  });
  it('where nothing is said of a component it is unknown, never available', () => {
    expect(told(one('a', []))).toBe('0-100 unknown');
    expect(told(one('a', [state(10, 20, 'up'), state(30, 40, 'down')]))).toBe(
      '0-10 unknown, 10-20 available, 20-30 unknown, 30-40 down, 40-100 unknown',
    );
  });
  it('windows that overlap exclude once, and pieces that reach beyond the period are clipped', () => {
    expect(told(one('a', [state(-50, 150, 'up')], between(-20, 40), between(30, 60)))).toBe('0-60 excluded, 60-100 available');
  });
  it('of an empty period has no slice', () => {
    expect(contractTimeline([one('a', [state(0, 100, 'up')])], between(50, 50))).toEqual([]);
  });
});

describe('the evidence of a component', () => {
  const ok = (n: number) => ({ at: instant(n * 60_000), outcome: 'ok' as const });
  const fail = (n: number) => ({ at: instant(n * 60_000), outcome: 'fail' as const });
  const minutes = (start: number, end: number): Interval => between(start * 60_000, end * 60_000);
  const shown = (pieces: ReturnType<typeof evidenceOf>): string =>
    pieces.map(({ start, end, state, cause }) => `${start / 60_000}-${end / 60_000} ${state}${cause ? ` ${cause}` : ''}`).join(', ');
  const good = folded('a', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(ok));
  const bad = folded('b', [0, 1, 2].map(ok).concat([3, 4, 5, 6, 7, 8, 9].map(fail) as never));

  it('a version of the quorum holds from its instant on, and the first one before as well', () => {
    const panels: Panels = [...majority(2, 2, instant(2 * 60_000)), ...majority(2, 1, instant(5 * 60_000))];
    const both = [good, { ...bad, locationId: 1 }];
    expect(shown(evidenceOf(both, panels, 'lenient', minutes(0, 9), instant(9 * 60_000)))).toBe('0-5 up, 5-9 down');
  });
  it('a location that is given up takes its word with it from then on, and only from then on', () => {
    const panels: Panels = [...majority(2, 1), { from: instant(7 * 60_000), locations: [0], needed: 1 }];
    const both = [good, { ...bad, locationId: 1 }];
    expect(shown(evidenceOf(both, panels, 'lenient', minutes(0, 9), instant(9 * 60_000)))).toBe('0-3 up, 3-7 down, 7-9 up');
  });
  it('a failure that is neither confirmed nor refuted yet is unknown because it is unconfirmed', () => {
    const fresh = folded('a', [...[0, 1, 2].map(ok), fail(3)]);
    expect(shown(evidenceOf([fresh], majority(1), 'lenient', minutes(0, 9), instant(4 * 60_000)))).toBe('0-3 up, 3-4 unknown unconfirmed');
  });
  it('silence is unknown because the location is silent', () => {
    expect(shown(evidenceOf([folded('a', [ok(0)])], majority(1), 'lenient', minutes(0, 9), instant(9 * 60_000)))).toBe(
      '0-2.5 up, 2.5-9 unknown location_silent',
    );
  });
});

describe('labels over stretches of time', () => {
  const cut = (over: Interval[], ...labelled: [number, number, string][]): string[] =>
    cutBy(
      over,
      labelled.map(([start, end, label]) => ({ ...between(start, end), label })),
      String,
    ).map(({ start, end, labels }) => `${start}-${end} ${labels.join('+')}`);
  it('are cut where one begins or ends, and stay one where none does', () => {
    expect(cut([between(0, 10), between(20, 30)], [5, 25, 'a'], [8, 22, 'b'])).toEqual([
      '0-5 ',
      '5-8 a',
      '8-10 a+b',
      '20-22 a+b',
      '22-25 a',
      '25-30 ',
    ]);
  });
  it('of one name count once, and follow themselves without a cut', () => {
    expect(cut([between(0, 10)], [0, 5, 'a'], [5, 10, 'a'], [2, 7, 'a'])).toEqual(['0-10 a']);
  });
  it('that end where nothing is looked at are gone afterwards, and those that begin there hold', () => {
    expect(cut([between(0, 10), between(20, 30)], [5, 15, 'a'], [12, 25, 'b'], [-9, -5, 'c'])).toEqual([
      '0-5 ',
      '5-10 a',
      '20-25 b',
      '25-30 ',
    ]);
  });
  it('of no length hold nowhere', () => {
    expect(cut([between(0, 10)], [5, 5, 'a'])).toEqual(['0-10 ']);
  });
});
