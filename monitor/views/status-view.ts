/**
 * The front page as plain data: one sentence, what is going on now, components by group with 90 days each, the last
 * fourteen days as told, and what was not measured. Instants in ms. `buildStatusPage` is pure: facts and time in, view
 * out; `status-page.ts` reads the facts.
 */

import type { ComponentFact, DisplayFacts, Impact, IncidentFact, LocationSpans } from '#db/queries/facts-types.ts';
import type { CheckKind } from '#domain/check/check-definition.ts';
import type { CheckResult } from '#domain/check/check-result.ts';
import type { Reason } from '#domain/check/reason.ts';
import { impactsAt, worseImpact } from '#domain/incident/impacts.ts';
import { concernedIds, updatesNewestFirst } from '#domain/incident/incident-fact.ts';
import { type DayBar, dayBars } from '#domain/sla/day-bars.ts';
import { type ComponentState, type Overall, overallState } from '#domain/sla/overall.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import type { Config, SupportChannel } from '#monitor/config/config.ts';
import { lastDays } from './days.ts';
import type { MonthFigure } from './month-figure.ts';
import type { MonthMark, ThisMonth } from './this-month.ts';
import { layersOf, timelineOf } from './timeline.ts';
import { type Unmeasured, unmeasuredIn } from './unmeasured.ts';
import type { Upkeep } from './upkeep.ts';

export const BAR_DAYS = 90;
export const STORY_DAYS = 14;
/** Holes older than this are told by the bars alone. */
const HOLES_TOLD_MS = 86_400_000;
const HOLES_TOLD = 4;
/** A day on which everything flaps is told by its first words; the bars and the component pages have the rest. */
const INCIDENTS_TOLD = 6;

/** Why a component is not well: what its last check found, that no heartbeat ever came, or that nothing is asked of it. */
export interface Cause {
  readonly reason: Reason | 'awaits_beat' | 'paused';
  readonly httpStatus: number | null;
}

export interface ComponentLine {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly critical: boolean;
  readonly state: ComponentState;
  /** Null: longer than the bars reach, or never measured. */
  readonly since: Instant | null;
  /** Why, by the last result that was not ok; null while all is well. */
  readonly cause: Cause | null;
  readonly investigating: boolean;
  readonly lastCheckAt: Instant | null;
  readonly bars: readonly DayBar[];
  /** Of the running month; null: it was not watched yet. */
  readonly month: MonthMark | null;
}

export interface IncidentView {
  readonly id: string;
  readonly title: string;
  readonly startedAt: Instant;
  readonly resolvedAt: Instant | null;
  readonly components: readonly { readonly slug: string; readonly name: string }[];
  /** The worst that is posted of any component now. */
  readonly impact: Impact;
  /** Newest first. */
  readonly updates: readonly { readonly at: Instant; readonly status: IncidentFact['updates'][number]['status']; readonly body: string }[];
}

export interface StoryDay extends Interval {
  /** Nothing was measured on this day before this instant's components began; the day says nothing. */
  readonly measured: boolean;
  readonly incidents: readonly IncidentView[];
  /** More began on this day than are told. */
  readonly omitted: number;
}

export interface StatusPageView {
  readonly asOf: Instant;
  readonly zone: string;
  readonly description: string;
  readonly overall: Overall;
  readonly investigating: readonly string[];
  readonly lastCheckAt: Instant | null;
  /** Nothing was ever measured, and nothing will be before a job reports: every component is a heartbeat. */
  readonly awaitsBeat: boolean;
  readonly groups: readonly { readonly name: string | null; readonly components: readonly ComponentLine[] }[];
  readonly openIncidents: readonly IncidentView[];
  /** `YYYY-MM`, the running month, and the figure of the service in it. */
  readonly month: string;
  readonly figure: MonthFigure | null;
  /** False: the facts are too old to speak of the present. */
  readonly current: boolean;
  /** Newest day first; an incident stands on the day it began. */
  readonly story: readonly StoryDay[];
  readonly unmeasured: readonly Unmeasured[];
  readonly unmeasuredOmitted: number;
  /** No configuration file: Avow watches itself and says how to add one's own service. */
  readonly watchesItself: boolean;
  readonly support: readonly SupportChannel[];
  /** Maintenance that runs and comes, and the last and next changes. */
  readonly upkeep: Upkeep;
}

export interface StatusFacts {
  readonly components: readonly ComponentFact[];
  readonly spans: readonly LocationSpans[];
  readonly lastResults: readonly CheckResult[];
  readonly incidents: readonly IncidentFact[];
  readonly display: DisplayFacts;
  readonly month: ThisMonth;
  readonly upkeep: Upkeep;
}

type Settings = Pick<Config, 'groups' | 'source' | 'support'> & { readonly zone: string; readonly description: string };

/** The newest result per component, by the component's slug. */
const newestResults = (results: readonly CheckResult[]): Map<string, CheckResult> => {
  const newest = new Map<string, CheckResult>();
  for (const result of results) {
    const known = newest.get(result.componentId);
    if (!known || known.at < result.at) newest.set(result.componentId, result);
  }
  return newest;
};

export const incidentView = (incident: IncidentFact, components: readonly ComponentFact[], asOf: Instant): IncidentView => ({
  id: incident.id,
  title: incident.title,
  startedAt: incident.startedAt,
  resolvedAt: incident.resolvedAt,
  components: components.filter((c) => concernedIds(incident).includes(c.id)).map(({ slug, name }) => ({ slug, name })),
  impact: [...impactsAt(incident, asOf).values()].reduce<Impact>(worseImpact, 'none'),
  updates: updatesNewestFirst(incident).map(({ displayAt, status, body }) => ({ at: displayAt, status, body })),
});

/** What one result says: the number of an HTTP status only where it is the reason. */
export const causeIn = ({ reason, httpStatus }: CheckResult): Cause => ({
  reason,
  httpStatus: reason === 'status_unexpected' ? httpStatus : null,
});

/** Why a component is not well. A result that went well explains nothing, and a fault of ours only why nothing is known. */
export const causeOf = (
  state: ComponentState,
  investigating: boolean,
  last: CheckResult | undefined,
  { check, paused }: Pick<ComponentFact, 'check' | 'paused'>,
): Cause | null => {
  const { kind }: { readonly kind: CheckKind } = check.definition;
  if (paused) return { reason: 'paused', httpStatus: null };
  if (!last) return kind === 'heartbeat' ? { reason: 'awaits_beat', httpStatus: null } : null;
  if (last.outcome === 'ok' || (state === 'operational' && !investigating)) return null;
  return last.outcome === 'error' && (state !== 'unknown' || investigating) ? null : causeIn(last);
};

const grouped = (
  lines: readonly ComponentLine[],
  components: readonly ComponentFact[],
  order: readonly string[],
): StatusPageView['groups'] => {
  const names = [...new Set([...order, ...components.flatMap(({ group }) => group ?? [])])];
  return [...names, null]
    .map((name) => ({ name, components: lines.filter((_, i) => (components[i]?.group ?? null) === name) }))
    .filter((group) => group.components.length > 0);
};

const storyOf = (days: readonly Interval[], incidents: readonly IncidentView[], lines: readonly ComponentLine[]): StoryDay[] =>
  days
    .map((day) => ({ day, began: incidents.filter((incident) => incident.startedAt >= day.start && incident.startedAt < day.end) }))
    .map(({ day, began }) => ({
      ...day,
      measured: lines.some((line) =>
        line.bars.some((bar) => bar.start === day.start && bar.notYetMs + bar.unknownMs + bar.aheadMs < day.end - day.start),
      ),
      incidents: began.slice(0, INCIDENTS_TOLD),
      omitted: Math.max(0, began.length - INCIDENTS_TOLD),
    }))
    .reverse();

/** Everything the page says, from facts. `facts.spans` reach back to the first of `lastDays(zone, asOf, BAR_DAYS)`. */
export const buildStatusPage = (facts: StatusFacts, settings: Settings, asOf: Instant): StatusPageView => {
  const days = lastDays(settings.zone, asOf, BAR_DAYS);
  const range: Interval = { start: days[0]?.start ?? asOf, end: asOf };
  const byComponent = Map.groupBy(facts.spans, (s) => s.componentId);
  const newest = newestResults(facts.lastResults);
  const told = facts.components.map((component) => {
    const timeline = timelineOf(
      byComponent.get(component.id) ?? [],
      component.panels,
      range,
      layersOf(facts.display, component, facts.incidents),
    );
    const last = newest.get(component.slug);
    const line: ComponentLine = {
      slug: component.slug,
      name: component.name,
      description: component.description,
      critical: component.critical,
      state: timeline.state,
      since: timeline.since,
      cause: causeOf(timeline.state, timeline.investigating, last, component),
      investigating: timeline.investigating,
      lastCheckAt: last?.at ?? null,
      bars: dayBars(days, timeline.states, asOf),
      month: facts.month.components.get(component.slug) ?? null,
    };
    return { line, watched: { name: component.name, states: timeline.states } };
  });
  const lines = told.map(({ line }) => line);
  const incidents = facts.incidents.map((incident) => incidentView(incident, facts.components, asOf));
  const holes = unmeasuredIn(
    told.map(({ watched }) => watched),
    { start: instant(asOf - HOLES_TOLD_MS), end: asOf },
  );
  return {
    asOf,
    zone: settings.zone,
    description: settings.description,
    overall: overallState(lines),
    investigating: lines.filter((line) => line.investigating).map((line) => line.name),
    lastCheckAt: lines.reduce<Instant | null>(
      (latest, { lastCheckAt: at }) => (at !== null && (latest === null || at > latest) ? at : latest),
      null,
    ),
    awaitsBeat:
      lines.length > 0 &&
      lines.every((line) => line.lastCheckAt === null) &&
      facts.components.every(({ check }) => check.definition.kind === 'heartbeat'),
    groups: grouped(lines, facts.components, settings.groups),
    openIncidents: incidents.filter((incident) => incident.resolvedAt === null),
    month: facts.month.month,
    figure: facts.month.service,
    current: true,
    story: storyOf(days.slice(-STORY_DAYS), incidents, lines),
    unmeasured: holes.slice(0, HOLES_TOLD),
    unmeasuredOmitted: Math.max(0, holes.length - HOLES_TOLD),
    watchesItself: settings.source === null,
    support: settings.support,
    upkeep: facts.upkeep,
  };
};

/** The same page once its facts are too old to say how things are: history stays, every present state is unknown. */
export const expireStatusPage = (view: StatusPageView): StatusPageView => {
  const groups = view.groups.map((group) => ({
    ...group,
    components: group.components.map((line) => ({
      ...line,
      state: 'unknown' as const,
      since: line.lastCheckAt,
      cause: null,
      investigating: false,
    })),
  }));
  // What ran then may be over.
  const upkeep = { ...view.upkeep, running: [] };
  return { ...view, groups, upkeep, current: false, investigating: [], overall: overallState(groups.flatMap((group) => group.components)) };
};
