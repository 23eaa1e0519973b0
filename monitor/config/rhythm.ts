/**
 * How often a check runs and how its results are judged, from what the file says and the defaults of the policy. Units
 * ms. Refuses what cannot hold: a timeout that reaches the next probe, a hold shorter than the interval (semantics A3, A9).
 */
import type { CheckDefinition, CheckPlan } from '#domain/check/check-definition.ts';
import { type Millis, millis } from '#domain/time/instant.ts';
import type { PolicyDefaults } from './config.ts';
import { durationText } from './fields.ts';

export interface RhythmFields {
  readonly interval?: Millis | undefined;
  readonly timeout?: Millis | undefined;
  readonly hold?: Millis | undefined;
  readonly confirmations?: number | undefined;
  readonly degraded?: Millis | undefined;
}
export type Rhythm = Omit<CheckPlan, 'definition'>;
export type RhythmReport = (key: keyof RhythmFields, predicate: string) => void;

const TIMEOUT = 10_000;
const DEGRADED = 5_000;

/** The hold of an interval when nobody chose one: two and a half intervals tolerate one lost probe. */
export const defaultHold = (intervalMs: number): Millis => millis(Math.floor((intervalMs * 5) / 2));

const heartbeatRhythm = (intervalMs: Millis, graceMs: Millis, fields: RhythmFields, report: RhythmReport): Rhythm => {
  for (const key of ['timeout', 'hold', 'confirmations', 'degraded'] as const)
    if (fields[key] !== undefined)
      report(key, 'has no meaning for a heartbeat, which holds for interval + grace and counts at once; remove it');
  return { intervalMs, timeoutMs: millis(0), holdMs: millis(intervalMs + graceMs), confirmations: 1, degradedMs: millis(DEGRADED) };
};

export const rhythmOf = (
  definition: CheckDefinition | null,
  fields: RhythmFields,
  defaults: PolicyDefaults,
  report: RhythmReport,
): Rhythm => {
  const interval = fields.interval ?? millis(60_000);
  if (definition?.kind === 'heartbeat') return heartbeatRhythm(interval, definition.graceMs, fields, report);
  const timeout = fields.timeout ?? millis(Math.min(TIMEOUT, Math.floor(interval / 2)));
  if (timeout >= interval)
    report('timeout', `must be shorter than the interval of ${durationText(interval)}, not ${durationText(timeout)}`);
  if (fields.degraded !== undefined && fields.degraded >= timeout)
    report('degraded', `must be shorter than the timeout of ${durationText(timeout)}, or no answer could ever be slow`);
  const hold = fields.hold ?? (defaults.holdMs === null ? defaultHold(interval) : millis(defaults.holdMs));
  if (hold < interval && fields.hold !== undefined)
    report(
      'hold',
      `must be at least the interval of ${durationText(interval)}, not ${durationText(hold)}; between results nothing would be known`,
    );
  else if (hold < interval)
    report(
      'interval',
      `must be at most ${durationText(hold)}, the hold of the policy, not ${durationText(interval)}; give this component a hold of its own`,
    );
  return {
    intervalMs: interval,
    timeoutMs: timeout,
    holdMs: hold,
    confirmations: fields.confirmations ?? defaults.confirmations,
    degradedMs: fields.degraded ?? millis(DEGRADED),
  };
};
