/**
 * How things are at one instant, for machines: overall indicator, components with their state, open incidents. Instants
 * in ms, nothing of the store's own numbers. `buildSummary` is pure; `readSummary` reads the facts; `expireSummary` is
 * the same view once its facts are too old to claim any state. Source: interfaces.md (/api/v2), semantics A9 (Display).
 */
import type { ComponentFact, DisplayFacts, Facts, IncidentFact, LocationSpans } from '#db/queries/facts-types.ts';
import type { DisplayLayers } from '#domain/sla/display-layers.ts';
import { type ComponentState, describeOverall, type Overall, overallState } from '#domain/sla/overall.ts';
import { type Instant, instant, later } from '#domain/time/instant.ts';
import { layersOf, timelineOf } from './timeline.ts';

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
export interface SummaryIncident extends Omit<IncidentFact, 'componentIds'> {
  readonly components: readonly string[];
}
export interface SummaryView {
  /** Stable identity of this installation. */
  readonly instanceId: string;
  readonly asOf: Instant;
  readonly overall: Overall;
  readonly description: string;
  readonly groups: readonly string[];
  readonly components: readonly SummaryComponent[];
  /** Open ones, newest first. */
  readonly incidents: readonly SummaryIncident[];
  /** Last change of anything in here. */
  readonly updatedAt: Instant;
}

export interface SummaryFacts {
  readonly components: readonly ComponentFact[];
  readonly spans: readonly LocationSpans[];
  readonly incidents: readonly IncidentFact[];
  readonly display: DisplayFacts;
}

/** When a location last began to say what it says at `asOf`. */
const spokeSince = ({ open }: LocationSpans, asOf: Instant): Instant | null => {
  if (!open || open.start > asOf) return null;
  return open.coveredUntil <= asOf ? open.coveredUntil : open.start;
};

const componentOf = (fact: ComponentFact, said: readonly LocationSpans[], layers: DisplayLayers, asOf: Instant): SummaryComponent => {
  const { state, investigating } = timelineOf(said, fact.panels, { start: instant(asOf - 1), end: asOf }, layers);
  const updatedAt = said.reduce((last, location) => later(last, spokeSince(location, asOf) ?? last), fact.updatedAt);
  const { slug, name, description, group, critical, position, createdAt } = fact;
  return { slug, name, description, group, critical, position, state, investigating, createdAt, updatedAt };
};

/** Everything a machine is told, from facts; `facts.spans` must hold what every location says in the last millisecond. */
export const buildSummary = (facts: SummaryFacts, groups: readonly string[], instanceId: string, asOf: Instant): SummaryView => {
  const said = Map.groupBy(facts.spans, (spans) => spans.componentId);
  const components = facts.components.map((fact) =>
    componentOf(fact, said.get(fact.id) ?? [], layersOf(facts.display, fact, facts.incidents), asOf),
  );
  const slugOf = new Map(facts.components.map((fact) => [fact.id, fact.slug]));
  const incidents = facts.incidents
    .filter((incident) => incident.resolvedAt === null)
    .map(({ componentIds, ...incident }) => ({ ...incident, components: componentIds.flatMap((id) => slugOf.get(id) ?? []) }));
  const changes = [
    ...components.map((component) => component.updatedAt),
    ...incidents.flatMap((incident) => [incident.confirmedAt, ...incident.updates.map((update) => update.recordedAt)]),
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
    updatedAt: changes.reduce(later, instant(0)),
  };
};

/** The view as of `asOf`. Rejects when the store does not answer. */
export const readSummary = async (facts: Facts, groups: readonly string[], instanceId: string, asOf: Instant): Promise<SummaryView> => {
  const [components, spans, incidents, display] = await Promise.all([
    facts.components(),
    // One millisecond is enough: the state, and since when the open span has stood.
    facts.spans(instant(asOf - 1), asOf),
    facts.incidents(asOf),
    facts.display(asOf),
  ]);
  return buildSummary({ components, spans, incidents, display }, groups, instanceId, asOf);
};

/** No state is claimed any more; who and what stays. */
export const expireSummary = (view: SummaryView): SummaryView => {
  const components = view.components.map((component) => ({ ...component, state: 'unknown' as const, investigating: false }));
  const overall = overallState(components);
  return { ...view, components, overall, description: describeOverall(overall) };
};
