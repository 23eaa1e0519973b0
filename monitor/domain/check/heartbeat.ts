/**
 * When a heartbeat is missing. A beat is an `ok` sample at its receipt; at last beat + interval + grace a `fail` sample
 * falls due, then one per interval until the next beat. Time in which Avow did not listen speaks of nobody: after it a
 * full interval + grace must pass again. Before the first beat ever there is no sample: unknown. Instants are wall
 * clock ms, lengths ms. Source: semantics A9.
 */
import type { Instant, Millis } from '../time/instant.ts';

export interface HeartbeatState {
  /** A beat has been seen at some time, in this process or an earlier one. */
  readonly known: boolean;
  /** The last beat this process knows the time of; null: it was before this process. */
  readonly lastBeat: Instant | null;
  /** The last `fail` sample given out for the present silence; null when there is none. */
  readonly lastMissing: Instant | null;
  /** Since when Avow has listened without a break. */
  readonly listeningSince: Instant;
}

export interface HeartbeatRhythm {
  readonly interval: Millis;
  readonly grace: Millis;
}

/** The next `fail` sample's instant if no beat comes before; null while no beat has ever been seen. */
export const nextMissing = (state: HeartbeatState, rhythm: HeartbeatRhythm): Instant | null => {
  if (!state.known) return null;
  if (state.lastMissing !== null) return (state.lastMissing + rhythm.interval) as Instant;
  const heard = state.lastBeat === null ? state.listeningSince : Math.max(state.lastBeat, state.listeningSince);
  return (heard + rhythm.interval + rhythm.grace) as Instant;
};

/** The `fail` samples due up to and including `now`, in order. */
export const missingBeats = (state: HeartbeatState, rhythm: HeartbeatRhythm, now: Instant): Instant[] => {
  const due: Instant[] = [];
  let at = nextMissing(state, rhythm);
  while (at !== null && at <= now) {
    due.push(at);
    at = nextMissing({ ...state, lastMissing: at }, rhythm);
  }
  return due;
};

/** A beat was received. */
export const beatHeard = (state: HeartbeatState, at: Instant): HeartbeatState => ({
  ...state,
  known: true,
  lastBeat: at,
  lastMissing: null,
});

/** Avow did not listen until `since`: its own start, the end of a stall or of a suspension, or a jump of its clock. */
export const listenAgain = (state: HeartbeatState, since: Instant): HeartbeatState => ({
  known: state.known,
  lastBeat: state.lastBeat !== null && state.lastBeat <= since ? state.lastBeat : null,
  lastMissing: null,
  listeningSince: since,
});
