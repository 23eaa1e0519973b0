/**
 * An incident as machines are told it: what each post said of components before and after it, and how much of the service was
 * affected at its worst. Nobody's name is in here. Pure. Source: interfaces.md (/api/v2); the grades are those of the Statuspage format.
 */
import type { ComponentFact } from '#db/queries/facts-types.ts';
import { peakImpact } from '#domain/incident/impacts.ts';
import { concernedIds, type Impact, type IncidentFact, type PostedStatus, statusOf } from '#domain/incident/incident-fact.ts';
import type { Indicator } from '#domain/sla/overall.ts';
import type { Instant } from '#domain/time/instant.ts';

type Update = IncidentFact['updates'][number];

export interface SummaryUpdate extends Pick<Update, 'id' | 'recordedAt' | 'displayAt' | 'status' | 'body'> {
  /** What it says of each component spoken of so far, and what was said before. */
  readonly affected: readonly { readonly slug: string; readonly before: Impact; readonly after: Impact }[];
}
export interface SummaryIncident extends Pick<IncidentFact, 'id' | 'detected' | 'title' | 'startedAt' | 'confirmedAt' | 'resolvedAt'> {
  /** Slugs, in the order of the page. */
  readonly components: readonly string[];
  readonly status: PostedStatus;
  /** At its worst. */
  readonly grade: Indicator;
  /** Newest first. */
  readonly updates: readonly SummaryUpdate[];
}

type Said = ReadonlyMap<number, Impact>;

/** Of two at one instant the facts have the later one first. */
const oldestFirst = (updates: readonly Update[]): Update[] =>
  updates.toReversed().toSorted((a, b) => a.displayAt - b.displayAt || a.recordedAt - b.recordedAt);

const isOver = ({ status, displayAt }: Update, resolvedAt: Instant | null): boolean =>
  status === 'resolved' || status === 'postmortem' || (resolvedAt !== null && displayAt >= resolvedAt);

/** `components`: those of the page, in its order; others are not spoken of. */
export const summaryIncident = (incident: IncidentFact, components: readonly ComponentFact[]): SummaryIncident => {
  const { id, detected, title, startedAt, confirmedAt, resolvedAt, componentIds } = incident;
  const found: Said = new Map(detected ? componentIds.map((componentId) => [componentId, 'major_outage'] as const) : []);
  let said: Said = new Map();
  const mentioned = new Set(concernedIds(incident));
  const updates: SummaryUpdate[] = [];
  for (const update of oldestFirst(incident.updates)) {
    const posted = update.impacts.map(({ componentId, impact }) => [componentId, impact] as const);
    const spoken: Said = new Map([...(updates.length === 0 ? found : []), ...said, ...posted]);
    const after: Said = isOver(update, resolvedAt) ? new Map([...spoken.keys()].map((key) => [key, 'none'])) : spoken;
    updates.unshift({
      id: update.id,
      recordedAt: update.recordedAt,
      displayAt: update.displayAt,
      status: update.status,
      body: update.body,
      affected: components
        .filter((component) => after.has(component.id))
        .map((component) => ({
          slug: component.slug,
          before: said.get(component.id) ?? 'none',
          after: after.get(component.id) ?? 'none',
        })),
    });
    said = after;
  }
  const concerned = components.filter((component) => mentioned.has(component.id)).map(({ slug }) => slug);
  const grade = peakImpact(incident, components);
  return { id, detected, title, startedAt, confirmedAt, resolvedAt, status: statusOf(incident), components: concerned, grade, updates };
};
