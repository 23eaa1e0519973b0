/**
 * One component as plain data: its state, the phases of its last check at every location, its latency over four ranges
 * and every stretch of state of ninety days. Instants ms, latencies µs. It tells why in public words only: targets,
 * addresses and what a target answered stay inside. `buildComponentPage` is pure.
 */
import type {
  ComponentFact,
  DailyFact,
  DisplayFacts,
  IncidentFact,
  LatencyPoint,
  LocationFact,
  LocationSpans,
} from '#db/queries/facts-types.ts';
import type { CheckKind } from '#domain/check/check-definition.ts';
import { type CheckResult, PHASES, type Phase } from '#domain/check/check-result.ts';
import { concernedIds } from '#domain/incident/incident-fact.ts';
import { type DayBar, dayBars, type StateInterval } from '#domain/sla/day-bars.ts';
import type { ComponentState } from '#domain/sla/overall.ts';
import { DAY, HOUR, type Instant, instant, MINUTE, type Millis, millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { dayOf } from '#domain/time/zone.ts';
import { lastDays } from './days.ts';
import { bucketed, daysOf, hoursOf, type LatencyBucket, sinceFirst } from './latency.ts';
import type { MonthRows } from './month-figure.ts';
import { BAR_DAYS, type Cause, causeIn, causeOf, type IncidentView, incidentView } from './status-view.ts';
import { layersOf, timelineOf } from './timeline.ts';

export const RANGES = ['24h', '7d', '30d', '90d'] as const;
export type Range = (typeof RANGES)[number];
/** 24 hours are shown in buckets of ten minutes: 144 points, two to a pixel on a phone. */
const SHORT_BUCKET = millis(10 * MINUTE);
const STRETCHES_LISTED = 200;

export interface LastCheck {
  readonly location: string;
  readonly at: Instant;
  readonly outcome: CheckResult['outcome'];
  readonly cause: Cause;
  readonly httpStatus: number | null;
  readonly latencyUs: number | null;
  /** In the order in which they happen; those that did not are absent. */
  readonly phases: readonly { readonly phase: Phase; readonly us: number }[];
  readonly certExpiresAt: Instant | null;
}

export interface Stretch {
  /** Null: it began before the ninety days. */
  readonly start: Instant | null;
  /** Null: it lasts. */
  readonly end: Instant | null;
  readonly state: ComponentState;
  /** Inside the ninety days. */
  readonly lengthMs: Millis;
}

export interface ComponentPageView {
  readonly asOf: Instant;
  readonly zone: string;
  readonly component: {
    readonly slug: string;
    readonly name: string;
    readonly description: string;
    readonly group: string | null;
    readonly critical: boolean;
    readonly kind: CheckKind;
    readonly intervalMs: Millis;
    readonly timeoutMs: Millis;
    readonly confirmations: number;
    readonly degradedMs: Millis;
    readonly quorum: number;
  };
  readonly locations: readonly string[];
  readonly state: ComponentState;
  readonly since: Instant | null;
  readonly cause: Cause | null;
  readonly investigating: boolean;
  readonly lastChecks: readonly LastCheck[];
  /** Where the latencies below were measured; null when there is no location. */
  readonly measuredFrom: string | null;
  readonly latency: readonly { readonly range: Range; readonly buckets: readonly LatencyBucket[] }[];
  readonly bars: readonly DayBar[];
  /** The running month first, then the twelve before it. */
  readonly months: MonthRows;
  /** False: the facts are too old to speak of the present. */
  readonly current: boolean;
  /** Newest first. */
  readonly stretches: readonly Stretch[];
  readonly stretchesOmitted: number;
  readonly openIncidents: readonly IncidentView[];
  /** No sentinel is configured: an outage of our own network cannot be told from one of the target. */
  readonly sentinelsOff: boolean;
}

export interface ComponentFacts {
  readonly component: ComponentFact;
  readonly components: readonly ComponentFact[];
  readonly locations: readonly LocationFact[];
  readonly spans: readonly LocationSpans[];
  readonly lastResults: readonly CheckResult[];
  readonly incidents: readonly IncidentFact[];
  readonly display: DisplayFacts;
  /** Where latency is shown from, with its raw points since the start of today (UTC) or 24 h ago, whichever is earlier. */
  readonly from: LocationFact | null;
  readonly points: readonly LatencyPoint[];
  /** Finished UTC days at that location, oldest first. */
  readonly daily: readonly DailyFact[];
  /** The running month first, then those before it. */
  readonly months: MonthRows;
}

const lastCheck = (result: CheckResult, location: string): LastCheck => ({
  location,
  at: result.at,
  outcome: result.outcome,
  cause: causeIn(result),
  httpStatus: result.httpStatus,
  latencyUs: result.latencyUs,
  phases: PHASES.flatMap((phase) => {
    const us = result.phases[phase];
    return us === undefined ? [] : [{ phase, us }];
  }),
  certExpiresAt: result.certExpiresAt,
});

/** Finished days come from rollups, the running UTC day from its raw points. */
const latencyRanges = ({ points, daily }: ComponentFacts, asOf: Instant): ComponentPageView['latency'] => {
  const today: Interval = { start: instant(dayOf(asOf) * DAY), end: asOf };
  const since = (buckets: readonly LatencyBucket[], days: number) => sinceFirst(buckets.filter((b) => b.start > asOf - days * DAY));
  const hours = [...hoursOf(daily), ...bucketed(points, today, HOUR)];
  const days = [...daysOf(daily), ...bucketed(points, today, DAY)];
  const newest = (Math.floor(asOf / SHORT_BUCKET) + 1) * SHORT_BUCKET;
  const short = bucketed(points, { start: instant(newest - DAY), end: asOf }, SHORT_BUCKET);
  return [
    { range: '24h', buckets: sinceFirst(short) },
    { range: '7d', buckets: since(hours, 7) },
    { range: '30d', buckets: since(days, 30) },
    { range: '90d', buckets: since(days, 90) },
  ];
};

const stretchesOf = (states: readonly StateInterval[], from: Instant): Stretch[] =>
  states
    .map(({ start, end, state }, i) => ({
      start: start === from ? null : start,
      end: i === states.length - 1 ? null : end,
      state,
      lengthMs: millis(end - start),
    }))
    .reverse();

/** Everything the page says, from facts of this component. */
export const buildComponentPage = (
  facts: ComponentFacts,
  settings: { readonly zone: string; readonly sentinels: number },
  asOf: Instant,
): ComponentPageView => {
  const { component, locations } = facts;
  const days = lastDays(settings.zone, asOf, BAR_DAYS);
  const from = days[0]?.start ?? asOf;
  const timeline = timelineOf(
    facts.spans,
    component.panels,
    { start: from, end: asOf },
    layersOf(facts.display, component, facts.incidents),
  );
  const mine = facts.lastResults.filter((result) => result.componentId === component.slug);
  const newest = mine.toSorted((a, b) => b.at - a.at)[0];
  const stretches = stretchesOf(timeline.states, from);
  const { slug, name, description, group, critical, quorum, check } = component;
  const { intervalMs, timeoutMs, confirmations, degradedMs } = check;
  return {
    asOf,
    zone: settings.zone,
    component: {
      slug,
      name,
      description,
      group,
      critical,
      kind: check.definition.kind,
      intervalMs,
      timeoutMs,
      confirmations,
      degradedMs,
      quorum,
    },
    locations: locations.map((location) => location.name),
    state: timeline.state,
    since: timeline.since,
    cause: causeOf(timeline.state, timeline.investigating, newest, component),
    investigating: timeline.investigating,
    lastChecks: locations.flatMap((location) => {
      const result = mine.find((r) => r.locationId === location.slug);
      return result ? [lastCheck(result, location.name)] : [];
    }),
    measuredFrom: facts.from?.name ?? null,
    latency: latencyRanges(facts, asOf),
    bars: dayBars(days, timeline.states, asOf),
    months: facts.months,
    current: true,
    stretches: stretches.slice(0, STRETCHES_LISTED),
    stretchesOmitted: Math.max(0, stretches.length - STRETCHES_LISTED),
    openIncidents: facts.incidents
      .filter((incident) => incident.resolvedAt === null && concernedIds(incident).includes(component.id))
      .map((incident) => incidentView(incident, facts.components, asOf)),
    sentinelsOff: settings.sentinels === 0,
  };
};

/** The same page once its facts are too old: the present state is unknown, everything else stays dated as it is. */
export const expireComponentPage = (view: ComponentPageView): ComponentPageView => ({
  ...view,
  state: 'unknown',
  since: view.lastChecks[0]?.at ?? null,
  cause: null,
  investigating: false,
  current: false,
});
