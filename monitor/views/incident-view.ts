/**
 * One incident as plain data: what was posted of it, and beside it what the checks saw of its components from a little before its
 * start to a little after its end. Instants ms. No authors, none of the store's own numbers. `buildIncidentPage` is pure.
 */
import type { ComponentFact, Impact, IncidentFact, LocationSpans } from '#db/queries/facts-types.ts';
import { impactsAt, peakImpact, worseImpact, worstImpacts } from '#domain/incident/impacts.ts';
import { type ComponentImpact, concernedIds, type PostedStatus, statusOf, updatesNewestFirst } from '#domain/incident/incident-fact.ts';
import type { Indicator } from '#domain/sla/overall.ts';
import { after, earlier, type Instant, MINUTE, millis } from '#domain/time/instant.ts';
import { type Interval, lengthOf } from '#domain/time/interval.ts';
import { monthAt, monthsFrom } from '#domain/time/month.ts';
import { type Stretch, timelineOf } from './timeline.ts';

/** The line begins this long before the incident: enough to see that all was well, little beside what happened. */
const LEAD = millis(10 * MINUTE);
const LEAD_SHARE = 20;
/** A component that flaps for days is told by its first stretches; its own page has the rest. */
const STRETCHES_TOLD = 60;

interface Named {
  readonly slug: string;
  readonly name: string;
}
export interface PostView {
  readonly at: Instant;
  readonly status: PostedStatus;
  /** What it is called from here on; null: as before. */
  readonly title: string | null;
  readonly body: string;
  readonly impacts: readonly (Named & { readonly impact: Impact })[];
}
export interface AffectedView extends Named {
  /** As posted, now; `none` once it is resolved. */
  readonly impact: Impact;
  /** The worst that was posted. */
  readonly worst: Impact;
  /** What the checks saw in `range`, oldest first; empty: nothing was measured. */
  readonly seen: readonly Stretch[];
  /** Later stretches that are not told. */
  readonly omitted: number;
  /** The months, `YYYY-MM`, whose figures of this component it may have counted in. */
  readonly months: readonly string[];
}
export interface IncidentPageView {
  readonly asOf: Instant;
  readonly zone: string;
  /** False: the facts are too old to speak of the present. */
  readonly current: boolean;
  readonly id: string;
  readonly title: string;
  readonly detected: boolean;
  readonly status: PostedStatus;
  /** The gravest that it ever was. */
  readonly impact: Indicator;
  /** The worst impact on any component now. */
  readonly worstNow: Impact;
  readonly startedAt: Instant;
  readonly resolvedAt: Instant | null;
  /** What the time lines show. */
  readonly range: Interval;
  /** Those that are still watched, in the order of the page. */
  readonly components: readonly AffectedView[];
  /** Newest first. */
  readonly posts: readonly PostView[];
}

export interface IncidentFacts {
  readonly incident: IncidentFact;
  readonly components: readonly ComponentFact[];
  /** At least those of its components, for `rangeOf`. */
  readonly spans: readonly LocationSpans[];
}

/** What the time lines of an incident show, never beyond `asOf`. */
export const rangeOf = ({ startedAt, resolvedAt }: Pick<IncidentFact, 'startedAt' | 'resolvedAt'>, asOf: Instant): Interval => {
  const end = resolvedAt ?? asOf;
  const lead = millis(Math.max(LEAD, Math.floor(lengthOf({ start: startedAt, end }) / LEAD_SHARE)));
  return { start: after(startedAt, millis(-lead)), end: earlier(after(end, lead), asOf) };
};

const seenOf = (component: ComponentFact, spans: readonly LocationSpans[], range: Interval): Pick<AffectedView, 'seen' | 'omitted'> => {
  const own = spans.filter(({ componentId }) => componentId === component.id);
  const { states } = timelineOf(own, component.panels, range);
  return { seen: states.slice(0, STRETCHES_TOLD), omitted: Math.max(0, states.length - STRETCHES_TOLD) };
};

/** Everything the page says, from facts. */
export const buildIncidentPage = ({ incident, components, spans }: IncidentFacts, zone: string, asOf: Instant): IncidentPageView => {
  const { id, title, detected, startedAt, resolvedAt } = incident;
  const range = rangeOf(incident, asOf);
  const now = impactsAt(incident, asOf);
  const worst = worstImpacts(incident);
  const concerned = new Set(concernedIds(incident));
  const nameOf = new Map(components.map(({ id: number, slug, name }) => [number, { slug, name }]));
  const months = monthsFrom(monthAt(zone, startedAt), monthAt(zone, resolvedAt ?? asOf));
  const named = ({ componentId, impact }: ComponentImpact): (Named & { readonly impact: Impact })[] => {
    const one = nameOf.get(componentId);
    return one ? [{ ...one, impact }] : [];
  };
  return {
    asOf,
    zone,
    current: true,
    id,
    title,
    detected,
    status: statusOf(incident),
    impact: peakImpact(incident, components),
    worstNow: [...now.values()].reduce<Impact>(worseImpact, 'none'),
    startedAt,
    resolvedAt,
    range,
    components: components
      .filter((component) => concerned.has(component.id))
      .map((component) => ({
        slug: component.slug,
        name: component.name,
        impact: now.get(component.id) ?? 'none',
        worst: worst.get(component.id) ?? 'none',
        ...seenOf(component, spans, range),
        months,
      })),
    posts: updatesNewestFirst(incident).map(({ displayAt, status, title: called, body, impacts }) => ({
      at: displayAt,
      status,
      title: called,
      body,
      impacts: impacts.flatMap(named),
    })),
  };
};

/** The same page once its facts are too old: what is over stays as it is, what was open may be over. */
export const expireIncidentPage = (view: IncidentPageView): IncidentPageView => ({ ...view, current: view.resolvedAt !== null });
