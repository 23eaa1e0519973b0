/** Whether Avow does its work: the store commits and the prober beats. Values in, verdict out. Source: reliability P7b, interfaces.md (/readyz). */

import type { StoreCondition } from '#db/store.ts';
import type { Instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';

/** What the prober last said of itself; `lastBeatAt` null: it has not beaten yet. */
export interface ProberStatus {
  readonly lastBeatAt: Instant | null;
  readonly loopLagMs: number;
  readonly inFlight: number;
  readonly due: number;
}

/** The prober beats once a second; silence longer than this is a stall. */
const BEAT_SILENCE_MS = 30_000;

export interface Readiness {
  readonly ready: boolean;
  readonly store: { readonly state: string; readonly reason: string | null };
  readonly prober: { readonly last_beat_at: string | null; readonly last_beat_age_ms: number | null };
  readonly reasons: readonly string[];
}

/** `condition` null: the store was never opened. */
export const readiness = (condition: StoreCondition | null, prober: ProberStatus | null, now: Instant): Readiness => {
  const reasons: string[] = [];
  const store = condition ?? { state: 'closed', message: 'The store is not open.' };
  const message = 'message' in store ? store.message : null;
  if (store.state !== 'open') reasons.push(message ?? 'The store is not open.');
  const beat = prober?.lastBeatAt ?? null;
  const age = beat === null ? null : Math.max(0, now - beat);
  if (age === null) reasons.push('The prober has not started yet.');
  else if (age > BEAT_SILENCE_MS) reasons.push(`The prober has been silent for ${Math.floor(age / 1_000)} s.`);
  return {
    ready: reasons.length === 0,
    store: { state: store.state, reason: message },
    prober: { last_beat_at: beat === null ? null : isoOf(beat), last_beat_age_ms: age },
    reasons,
  };
};
