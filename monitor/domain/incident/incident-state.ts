/**
 * When a component's outage becomes an incident and when it ends. Opens at the first confirmed quorum-down, dated from the
 * first bad sample; ends at the first composed up; unknown neither opens nor closes. At most one is open per component.
 * Also: what late evidence does to incidents already told. Nothing told is taken back: a start may move earlier, an
 * unfounded incident gets a note, an outage nobody saw is added as over. Units: ms UTC. Source: semantics A3, A4, A9.
 */
import { composeStates, type Quorum, stateAt } from '#domain/check/quorum.ts';
import type { OpenSpan } from '#domain/check/span.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';

export interface OpenIncident {
  readonly id: string;
  readonly startedAt: Instant;
}

export type Transition =
  | { readonly type: 'open'; readonly startedAt: Instant }
  | { readonly type: 'resolve'; readonly resolvedAt: Instant }
  | { readonly type: 'none' };
const NONE: Transition = { type: 'none' };

/** The nth smallest, counted from 1. */
const nth = (starts: readonly Instant[], n: number): Instant | undefined => [...starts].sort((a, b) => a - b)[n - 1];

/**
 * What the newest evidence means: `locations` are the open spans of the configured locations that were ever heard, `at`
 * the newest instant any of them was heard at.
 */
export const decide = (incident: OpenIncident | null, locations: readonly OpenSpan[], quorum: Quorum, at: Instant): Transition => {
  const states = locations.map((open) => stateAt(open, at));
  const { state } = composeStates(states, quorum, 'lenient');
  const startsOf = (...wanted: readonly string[]): Instant[] =>
    locations.filter((open, i) => wanted.includes(states[i]?.lenient ?? '') && at < open.coveredUntil).map((open) => open.start);
  if (!incident && state === 'down') return { type: 'open', startedAt: nth(startsOf('down'), quorum.needed) ?? at };
  if (incident && state === 'up') {
    const since = nth(startsOf('up', 'blip'), quorum.locations - quorum.needed + 1) ?? at;
    return { type: 'resolve', resolvedAt: since > incident.startedAt ? since : at };
  }
  return NONE;
};

export interface KnownIncident extends OpenIncident {
  readonly resolvedAt: Instant | null;
}
export type Correction =
  | { readonly type: 'move-start'; readonly id: string; readonly startedAt: Instant }
  | { readonly type: 'unfounded'; readonly id: string }
  | { readonly type: 'add'; readonly startedAt: Instant; readonly resolvedAt: Instant };

/** Outages of a composed timeline: from the first down to the first up after it; null: not over. */
export const outagesOf = (
  intervals: readonly (Interval & { readonly state: 'up' | 'down' | 'unknown' })[],
): (readonly [Instant, Instant | null])[] => {
  const found: (readonly [Instant, Instant | null])[] = [];
  let start: Instant | null = null;
  for (const interval of intervals) {
    if (interval.state === 'down' && start === null) start = interval.start;
    if (interval.state === 'up' && start !== null) {
      found.push([start, interval.start]);
      start = null;
    }
  }
  if (start !== null) found.push([start, null]);
  return found;
};

/** What late evidence changes: `outages` as now derived, `incidents` as told, both within the stretch that was judged anew. */
export const correct = (
  outages: readonly (readonly [Instant, Instant | null])[],
  incidents: readonly KnownIncident[],
  stretch: Interval,
): Correction[] => {
  const touches = (incident: KnownIncident, start: Instant, end: Instant | null): boolean =>
    (end === null || incident.startedAt <= end) && (incident.resolvedAt === null || start <= incident.resolvedAt);
  const corrections: Correction[] = [];
  for (const [start, end] of outages) {
    const told = incidents.filter((incident) => touches(incident, start, end));
    const first = told.reduce<KnownIncident | null>((least, one) => (least && least.startedAt <= one.startedAt ? least : one), null);
    if (first && start < first.startedAt) corrections.push({ type: 'move-start', id: first.id, startedAt: start });
    if (!first && end !== null) corrections.push({ type: 'add', startedAt: start, resolvedAt: end });
  }
  for (const incident of incidents) {
    const inside = incident.resolvedAt !== null && incident.startedAt >= stretch.start && incident.resolvedAt <= stretch.end;
    if (inside && !outages.some(([start, end]) => touches(incident, start, end))) corrections.push({ type: 'unfounded', id: incident.id });
  }
  return corrections;
};
