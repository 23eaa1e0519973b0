/**
 * When a component's outage becomes an incident and when it ends. Opens at the first confirmed quorum-down, dated from the
 * first bad sample; ends at the first composed up; unknown neither opens nor closes. At most one is open per component.
 * Also: what late evidence does to incidents already told. Nothing told is taken back: a start may move earlier, an
 * unfounded incident gets a note, an outage nobody saw is added as over. Units: ms UTC. Source: semantics A3, A4, A9.
 */
import { composeStates, type Quorum, stateAt } from '#domain/check/quorum.ts';
import type { OpenSpan } from '#domain/check/span.ts';
import { type Instant, later } from '#domain/time/instant.ts';
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
  /** Over, and not an outage any more. */
  | { readonly type: 'unfounded'; readonly id: string }
  /** Over before anybody knew. */
  | { readonly type: 'add'; readonly startedAt: Instant; readonly resolvedAt: Instant }
  | { readonly type: 'open'; readonly startedAt: Instant }
  | { readonly type: 'resolve'; readonly id: string; readonly resolvedAt: Instant; readonly founded: boolean };

type Composed = Interval & { readonly state: 'up' | 'down' | 'unknown' };
interface Outage {
  readonly start: Instant;
  /** Null: not over. */
  readonly end: Instant | null;
}

/** Outages of a composed timeline: from the first down to the first up after it. */
const outagesOf = (timeline: readonly Composed[]): Outage[] => {
  const found: Outage[] = [];
  let start: Instant | null = null;
  for (const interval of timeline) {
    if (interval.state === 'down' && start === null) start = interval.start;
    if (interval.state === 'up' && start !== null) {
      found.push({ start, end: interval.start });
      start = null;
    }
  }
  if (start !== null) found.push({ start, end: null });
  return found;
};

const touches = (incident: KnownIncident, { start, end }: Outage): boolean =>
  (end === null || incident.startedAt <= end) && (incident.resolvedAt === null || start <= incident.resolvedAt);

const corrected = (outage: Outage, incidents: readonly KnownIncident[]): Correction[] => {
  const { start, end } = outage;
  const told = incidents.filter((incident) => touches(incident, outage)).sort((a, b) => a.startedAt - b.startedAt);
  const [first] = told;
  const moved: Correction[] = first && start < first.startedAt ? [{ type: 'move-start', id: first.id, startedAt: start }] : [];
  if (end !== null) return first ? moved : [{ type: 'add', startedAt: start, resolvedAt: end }];
  if (told.some(({ resolvedAt }) => resolvedAt === null)) return moved;
  // Incidents never overlap: what was told as over stays over, and the outage goes on in a new one.
  return [...moved, { type: 'open', startedAt: told.reduce((from, { resolvedAt }) => later(from, resolvedAt ?? from), start) }];
};

const ended = (incident: KnownIncident, outages: readonly Outage[], timeline: readonly Composed[]): Correction[] => {
  const founded = outages.some((outage) => touches(incident, outage));
  const last = timeline.at(-1);
  const stretchStart = timeline[0]?.start ?? incident.startedAt;
  if (incident.resolvedAt === null) {
    if (last?.state !== 'up') return [];
    const over = outages.findLast((outage) => touches(incident, outage))?.end ?? last.start;
    const resolvedAt = later(over, incident.startedAt);
    return [{ type: 'resolve', id: incident.id, resolvedAt, founded: founded || incident.startedAt < stretchStart }];
  }
  const inside = incident.startedAt >= stretchStart && incident.resolvedAt <= (last?.end ?? incident.resolvedAt);
  return inside && !founded ? [{ type: 'unfounded', id: incident.id }] : [];
};

/** What late evidence changes: `timeline` as now derived, up to the newest evidence; `incidents` as told within it. */
export const correct = (timeline: readonly Composed[], incidents: readonly KnownIncident[]): Correction[] => {
  const outages = outagesOf(timeline);
  return [
    ...incidents.flatMap((incident) => ended(incident, outages, timeline)),
    ...outages.flatMap((outage) => corrected(outage, incidents)),
  ];
};
