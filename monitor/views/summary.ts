/**
 * How things are at one instant, for machines: overall indicator, components with their state, incidents, maintenance. Instants
 * in ms, nothing of the store's own numbers. `buildSummary` is pure; `readSummary` reads the facts; `expireSummary` is
 * the same view once its facts are too old to claim any state. Source: interfaces.md (/api/v2), semantics A9 (Display).
 */
import type { ComponentFact, DisplayFacts, Facts, IncidentFact, LocationSpans } from '#db/queries/facts-types.ts';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import type { DisplayLayers } from '#domain/sla/display-layers.ts';
import { type ComponentState, describeOverall, type Overall, overallState } from '#domain/sla/overall.ts';
import { type Instant, instant, later } from '#domain/time/instant.ts';
import { type SummaryIncident, summaryIncident } from './summary-incident.ts';
import { type SummaryMaintenance, summaryMaintenance } from './summary-maintenance.ts';
import { layersOf, timelineOf } from './timeline.ts';

/** How many incidents and windows that are over are told, as in the Statuspage format. */
export const PAST_TOLD = 50;

export interface SummaryComponent {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly group: string | null;
  readonly critical: boolean;
  readonly position: number;
  readonly state: ComponentState;
  /** Failures are not confirmed yet; the state is unknown meanwhile. */
  readonly investigating: boolean;
  readonly createdAt: Instant;
  /** Last change of definition or state. */
  readonly updatedAt: Instant;
}
export interface SummaryView {
  /** Stable identity of this installation. */
  readonly instanceId: string;
  readonly asOf: Instant;
  readonly overall: Overall;
  readonly description: string;
  readonly groups: readonly string[];
  readonly components: readonly SummaryComponent[];
  /** The open ones and those that began last, newest first. */
  readonly incidents: readonly SummaryIncident[];
  /** Those that run or are to come and those that were last, the latest first. */
  readonly maintenances: readonly SummaryMaintenance[];
  /** Last change of anything in here. */
  readonly updatedAt: Instant;
}

export interface SummaryFacts {
  readonly components: readonly ComponentFact[];
  readonly spans: readonly LocationSpans[];
  readonly incidents: readonly IncidentFact[];
  readonly display: DisplayFacts;
  readonly announcements: readonly AnnouncementFact[];
}

/** When a location last began to say what it says at `asOf`. */
const spokeSince = ({ open }: LocationSpans, asOf: Instant): Instant | null => {
  if (!open || open.start > asOf) return null;
  return open.coveredUntil <= asOf ? open.coveredUntil : open.start;
};

/** When anything last began or ceased to lie over the checks. */
const layersChanged = ({ windows, overrides, posted }: DisplayLayers, asOf: Instant): Instant[] =>
  [
    ...[...windows, ...overrides].flatMap(({ start, end }) => (end === null ? [start] : [start, end])),
    ...posted.map(({ start }) => start),
  ].filter((at) => at <= asOf);

const componentOf = (fact: ComponentFact, said: readonly LocationSpans[], layers: DisplayLayers, asOf: Instant): SummaryComponent => {
  const { state, investigating } = timelineOf(said, fact.panels, { start: instant(asOf - 1), end: asOf }, layers);
  const spoken = said.reduce((last, location) => later(last, spokeSince(location, asOf) ?? last), fact.updatedAt);
  const updatedAt = layersChanged(layers, asOf).reduce(later, spoken);
  const { slug, name, description, group, critical, position, createdAt } = fact;
  return { slug, name, description, group, critical, position, state, investigating, createdAt, updatedAt };
};

const maintenancesOf = (announcements: readonly AnnouncementFact[], asOf: Instant): SummaryMaintenance[] => {
  const all = announcements.map((fact) => summaryMaintenance(fact, asOf)).sort((a, b) => b.start - a.start || (a.id < b.id ? -1 : 1));
  const past = all.filter(({ endedAt }) => endedAt !== null).slice(0, PAST_TOLD);
  return all.filter((one) => one.endedAt === null || past.includes(one));
};

/** Everything a machine is told, from facts; `facts.spans` must hold what every location says in the last millisecond. */
export const buildSummary = (facts: SummaryFacts, groups: readonly string[], instanceId: string, asOf: Instant): SummaryView => {
  const said = Map.groupBy(facts.spans, (spans) => spans.componentId);
  const maintenances = maintenancesOf(facts.announcements, asOf);
  const components = facts.components.map((fact) =>
    componentOf(fact, said.get(fact.id) ?? [], layersOf(facts.display, fact, facts.incidents), asOf),
  );
  const incidents = facts.incidents
    .map((incident) => summaryIncident(incident, facts.components))
    .sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? -1 : 1));
  const changes = [
    ...components.map((component) => component.updatedAt),
    ...incidents.flatMap(({ confirmedAt, resolvedAt, updates }) => [
      confirmedAt,
      ...(resolvedAt === null ? [] : [resolvedAt]),
      ...updates.map(({ recordedAt }) => recordedAt),
    ]),
    ...maintenances.flatMap(({ posts }) => posts.map(({ recordedAt }) => recordedAt)),
  ];
  const overall = overallState(components);
  const used = groups.filter((group) => components.some((component) => component.group === group));
  const others = components.flatMap(({ group }) => (group !== null && !used.includes(group) ? [group] : []));
  return {
    instanceId,
    asOf,
    overall,
    description: describeOverall(
      overall,
      components.filter(({ investigating }) => investigating).map(({ name }) => name),
    ),
    groups: [...used, ...new Set(others)],
    components,
    incidents,
    maintenances,
    updatedAt: changes.reduce(later, instant(0)),
  };
};

/** The view as of `asOf`. Rejects when the store does not answer. */
export const readSummary = async (facts: Facts, groups: readonly string[], instanceId: string, asOf: Instant): Promise<SummaryView> => {
  const [components, spans, incidents, announcements, display] = await Promise.all([
    facts.components(),
    // One millisecond is enough: the state, and since when the open span has stood.
    facts.spans(instant(asOf - 1), asOf),
    facts.newestIncidents(PAST_TOLD),
    facts.announcements(),
    facts.display(asOf),
  ]);
  return buildSummary({ components, spans, incidents, announcements, display }, groups, instanceId, asOf);
};

/** Nothing was ever known. */
export const noSummary = (at: Instant): SummaryView => ({
  ...buildSummary(
    { components: [], spans: [], incidents: [], announcements: [], display: { windows: [], overrides: [] } },
    [],
    'unknown',
    at,
  ),
  updatedAt: at,
});

/** No state is claimed any more; who and what stays. */
export const expireSummary = (view: SummaryView): SummaryView => {
  const components = view.components.map((component) => ({ ...component, state: 'unknown' as const, investigating: false }));
  const overall = overallState(components);
  return { ...view, components, overall, description: describeOverall(overall) };
};
