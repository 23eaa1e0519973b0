/**
 * What an incident says of components over time, and how grave it is as a whole. A detected incident says `major_outage` of its
 * component from its start; everything else is said by updates and holds until the next one that speaks of the component, at the
 * longest until the incident is resolved. Narrative only: the ledger never reads it. Instants ms UTC, intervals half-open.
 * Source: semantics A9; the grades are those of the Statuspage format.
 */
import type { Indicator } from '../sla/overall.ts';
import type { Instant } from '../time/instant.ts';
import { type ComponentImpact, concernedIds, IMPACTS, type Impact, type IncidentFact } from './incident-fact.ts';

interface Step {
  readonly at: Instant;
  readonly impacts: readonly ComponentImpact[];
}
export const worseImpact = (a: Impact, b: Impact): Impact => (IMPACTS.indexOf(a) >= IMPACTS.indexOf(b) ? a : b);
const isOver = ({ resolvedAt }: IncidentFact, at: Instant): boolean => resolvedAt !== null && at >= resolvedAt;

/** What was posted while it was open, oldest first. */
const postedSteps = (incident: IncidentFact): Step[] =>
  incident.updates
    .filter(({ impacts, displayAt }) => impacts.length > 0 && !isOver(incident, displayAt))
    .toReversed()
    .toSorted((a, b) => a.displayAt - b.displayAt || a.recordedAt - b.recordedAt)
    .map(({ displayAt, impacts }) => ({ at: displayAt, impacts }));

const steps = (incident: IncidentFact): Step[] => {
  const found = incident.componentIds.map((componentId): ComponentImpact => ({ componentId, impact: 'major_outage' }));
  return [...(incident.detected ? [{ at: incident.startedAt, impacts: found }] : []), ...postedSteps(incident)];
};

/** The impact on every component spoken of by `at`; once it is resolved, `none` on each. */
export const impactsAt = (incident: IncidentFact, at: Instant): ReadonlyMap<number, Impact> => {
  if (isOver(incident, at)) return new Map(concernedIds(incident).map((id) => [id, 'none']));
  const said = steps(incident).filter((step) => step.at <= at);
  return new Map(said.flatMap(({ impacts }) => impacts.map(({ componentId, impact }) => [componentId, impact])));
};

/** The worst that was said of every component that it concerns. */
export const worstImpacts = (incident: IncidentFact): ReadonlyMap<number, Impact> => {
  const worst = new Map<number, Impact>(concernedIds(incident).map((id) => [id, 'none']));
  for (const { impacts } of steps(incident))
    for (const { componentId, impact } of impacts) worst.set(componentId, worseImpact(worst.get(componentId) ?? 'none', impact));
  return worst;
};

interface Graded {
  readonly id: number;
  readonly critical: boolean;
}
/**
 * `critical`: every critical component is down. `major`: one is, wholly or partly. `minor`: one is degraded, or one that is not
 * critical is down. `components`: all that are watched, and those spoken of.
 */
export const wholeImpact = (impacts: ReadonlyMap<number, Impact>, components: readonly Graded[]): Indicator => {
  const critical = components.filter((component) => component.critical).map(({ id }) => impacts.get(id) ?? 'none');
  if (critical.length > 0 && critical.every((impact) => impact === 'major_outage')) return 'critical';
  if (critical.some((impact) => impact === 'major_outage' || impact === 'partial_outage')) return 'major';
  return [...impacts.values()].some((impact) => impact !== 'none') ? 'minor' : 'none';
};

const GRADES: readonly Indicator[] = ['none', 'minor', 'major', 'critical'];
/** The gravest that it ever was, which is what people remember it as. */
export const peakImpact = (incident: IncidentFact, components: readonly Graded[]): Indicator =>
  steps(incident).reduce<Indicator>((peak, { at }) => {
    const grade = wholeImpact(impactsAt(incident, at), components);
    return GRADES.indexOf(grade) > GRADES.indexOf(peak) ? grade : peak;
  }, 'none');

export interface PostedStretch {
  readonly start: Instant;
  /** Null: until the incident is resolved or something else is said. */
  readonly end: Instant | null;
  readonly impact: Exclude<Impact, 'none'>;
}
interface Said {
  readonly start: Instant;
  readonly end: Instant | null;
  readonly impact: Impact;
}

const saidOf = (incident: IncidentFact, componentId: number): Said[] => {
  const own = postedSteps(incident).flatMap(({ at, impacts }) =>
    impacts.filter((one) => one.componentId === componentId).map(({ impact }) => ({ at, impact })),
  );
  return own.map(({ at, impact }, i) => ({ start: at, end: own[i + 1]?.at ?? incident.resolvedAt, impact }));
};

/**
 * When which impact was posted on one component, the worst where incidents say different things; disjoint and in order. What the
 * checks found by themselves is not posted and not in it.
 */
export const postedStretches = (incidents: readonly IncidentFact[], componentId: number): PostedStretch[] => {
  const said = incidents.flatMap((incident) => saidOf(incident, componentId));
  const edges = [...new Set(said.flatMap(({ start, end }) => (end === null ? [start] : [start, end])))].sort((a, b) => a - b);
  const found: PostedStretch[] = [];
  for (const [i, start] of edges.entries()) {
    const covering = said.filter((one) => one.start <= start && (one.end === null || start < one.end));
    const impact = covering.reduce<Impact>((worst, one) => worseImpact(worst, one.impact), 'none');
    if (impact === 'none') continue;
    const end = edges[i + 1] ?? null;
    const last = found.at(-1);
    if (last && last.end === start && last.impact === impact) found[found.length - 1] = { ...last, end };
    else found.push({ start, end, impact });
  }
  return found;
};
