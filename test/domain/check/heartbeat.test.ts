import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beatHeard, type HeartbeatState, listenAgain, missingBeats, nextMissing } from '#domain/check/heartbeat.ts';
import { type Instant, instant, millis } from '#domain/time/instant.ts';

const seed = Number(process.env['AVOW_TEST_SEED'] ?? 20260701);
const t = (seconds: number): Instant => instant(Date.UTC(2026, 6, 1) + seconds * 1_000);
const rhythm = { interval: millis(60_000), grace: millis(30_000) };
const unheard: HeartbeatState = { known: false, lastBeat: null, lastMissing: null, listeningSince: t(0) };

describe('a heartbeat', () => {
  it('that has never been received is not missing, however long it takes', () => {
    expect(missingBeats(unheard, rhythm, t(1e6))).toEqual([]);
  });
  it('is missing at last beat + interval + grace, not a millisecond before, and then once per interval', () => {
    const state = beatHeard(unheard, t(100));
    expect(missingBeats(state, rhythm, instant(t(190) - 1))).toEqual([]);
    expect(missingBeats(state, rhythm, t(190))).toEqual([t(190)]);
    expect(missingBeats(state, rhythm, t(310))).toEqual([t(190), t(250), t(310)]);
  });
  it('that was told missing is told again only an interval later', () => {
    const state = { ...beatHeard(unheard, t(100)), lastMissing: t(190) };
    expect(missingBeats(state, rhythm, t(249))).toEqual([]);
    expect(missingBeats(state, rhythm, t(250))).toEqual([t(250)]);
  });
  it('that comes late starts a new silence', () => {
    const state = beatHeard({ ...beatHeard(unheard, t(100)), lastMissing: t(190) }, t(200));
    expect(missingBeats(state, rhythm, t(289))).toEqual([]);
    expect(missingBeats(state, rhythm, t(290))).toEqual([t(290)]);
  });
});

describe('after Avow was down', () => {
  it('a full interval and grace pass again before a beat is missing, and nothing is told of the time between', () => {
    const restarted: HeartbeatState = { known: true, lastBeat: null, lastMissing: null, listeningSince: t(5_000) };
    expect(missingBeats(restarted, rhythm, t(5_089))).toEqual([]);
    expect(missingBeats(restarted, rhythm, t(5_090))).toEqual([t(5_090)]);
  });
  it('a suspended machine listens anew from its wake', () => {
    const state = listenAgain(beatHeard(unheard, t(100)), t(30_000));
    expect(nextMissing(state, rhythm)).toBe(t(30_090));
  });
  it('a clock set back ten years does not make the next beat due in ten years', () => {
    const past = instant(t(0) - 10 * 365 * 86_400_000);
    const state = listenAgain(beatHeard(unheard, t(100)), past);
    expect(nextMissing(state, rhythm)).toBe(past + 90_000);
  });
});

it('no sample lies in time in which Avow did not listen, samples are an interval apart, and a beat in time yields none', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ gap: fc.integer({ min: 1, max: 200_000 }), deaf: fc.boolean() }), { minLength: 1, maxLength: 60 }),
      (steps) => {
        let state = unheard;
        let now: number = t(0);
        let heard: number | null = null;
        for (const { gap, deaf } of steps) {
          now += gap;
          if (deaf) {
            state = listenAgain(state, instant(now));
            continue;
          }
          const due = missingBeats(state, rhythm, instant(now));
          for (const at of due) {
            expect(at).toBeGreaterThanOrEqual(state.listeningSince + 90_000);
            expect(heard).not.toBeNull();
            expect(at - (heard ?? 0)).toBeGreaterThanOrEqual(90_000);
          }
          due.slice(1).forEach((at, i) => void expect(at - (due[i] ?? 0)).toBe(60_000));
          state = beatHeard(state, instant(now));
          heard = now;
        }
      },
    ),
    { seed },
  );
});
