/** Whether a result may become evidence, and the row it becomes. Refuses unknown, removed and paused components, unknown locations, instants from the future, and numbers that are none. */

import type { Pair } from '#db/queries/checks.ts';
import { type ComponentHistory, type ComponentVersion, versionAt } from '#db/queries/definitions.ts';
import type { CheckRow } from '#db/queries/pack.ts';
import { type CheckResult, OUTCOMES, PHASES } from '#domain/check/check-result.ts';
import { REASONS } from '#domain/check/reason.ts';
import { between, type Instant, millis, SECOND } from '#domain/time/instant.ts';
import { type Known, keyOf } from './known.ts';

/** Semantics A2: a worker's clock may run ahead of ours by this much. */
export const FUTURE_LIMIT = millis(5 * SECOND);

export interface Admitted extends Pair {
  readonly key: number;
  readonly result: CheckResult;
  readonly component: ComponentHistory;
  readonly version: ComponentVersion;
}
export type RefusalReason = 'unknown component' | 'unknown location' | 'from the future' | 'not a valid result' | 'the component is paused';

const sound = (result: CheckResult): boolean =>
  Number.isSafeInteger(result.at) &&
  Number.isSafeInteger(result.scheduledAt) &&
  Number.isSafeInteger(result.finishedAt) &&
  result.at >= 0 &&
  result.finishedAt >= result.at &&
  OUTCOMES.includes(result.outcome) &&
  Object.hasOwn(REASONS, result.reason) &&
  (result.latencyUs === null || (Number.isSafeInteger(result.latencyUs) && result.latencyUs >= 0)) &&
  (result.httpStatus === null || (Number.isSafeInteger(result.httpStatus) && result.httpStatus >= 0));

export const admit = (known: Known, result: CheckResult, now: Instant): Admitted | RefusalReason => {
  const component = known.components.get(result.componentId);
  if (!component) return 'unknown component';
  const location = known.locations.get(result.locationId);
  if (!location || versionAt(location.versions, result.at).removed) return 'unknown location';
  if (!sound(result)) return 'not a valid result';
  if (between(now, result.at) > FUTURE_LIMIT) return 'from the future';
  const version = versionAt(component.versions, result.at);
  if (version.removed) return 'unknown component';
  if (version.pause !== null) return 'the component is paused';
  const pair = { componentId: component.id, locationId: location.id };
  return { ...pair, key: keyOf(pair), result, component, version };
};

const phasesOf = ({ phases }: CheckResult): number[] | null => {
  let some = false;
  const values = PHASES.map((phase) => {
    const us = phases[phase];
    if (us === undefined || !Number.isSafeInteger(us) || us < 0) return 0;
    some = true;
    return us + 1;
  });
  return some ? values : null;
};

export const toRow = (result: CheckResult, recordedAt: Instant): CheckRow => ({
  at: result.at,
  lag: result.at - result.scheduledAt,
  took: result.finishedAt - result.at,
  delay: recordedAt - result.at,
  outcome: OUTCOMES.indexOf(result.outcome),
  reason: REASONS[result.reason].id,
  canary: result.canaryOk === null ? null : result.canaryOk ? 1 : 0,
  status: result.httpStatus,
  latencyUs: result.latencyUs,
  phases: phasesOf(result),
  detail: result.outcome === 'ok' || result.detail === '' ? null : result.detail,
});
