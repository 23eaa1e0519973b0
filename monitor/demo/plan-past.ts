/**
 * The evidence of a scenario: every check of every component at every location from its beginning to now, the incidents that
 * they make, and when the prober of each location ran. Computed whole, before anything is written (past.ts).
 */
import type { ComponentHistory, Definitions, LocationHistory } from '#db/queries/definitions.ts';
import { after, type Instant, later, millis, SECOND } from '#domain/time/instant.ts';
import { type Interval, isEmpty, subtract } from '#domain/time/interval.ts';
import { type Calendar, lengthOf } from './calendar.ts';
import { incidentPast } from './incident-past.ts';
import { type PairPast, pairPast, phasesFrom } from './pair-past.ts';
import type { Past } from './past.ts';
import type { Scenario } from './scenario.ts';
import { seeded } from './seeded.ts';
import type { Manner, Trouble } from './trouble.ts';

/** The troubles that a component's checks at a location meet by now. */
export const troublesOf = ({ troubles }: Scenario, calendar: Calendar, component: string, location: string): Trouble[] =>
  troubles.flatMap((line) => {
    if ((line.of !== '*' && !line.of.includes(component)) || (line.where !== undefined && line.where !== location)) return [];
    const start = calendar.at(line.at);
    const share = line.share === undefined ? {} : { share: line.share };
    return start < calendar.now ? [{ start, end: after(start, lengthOf(line.for)), reason: line.is, ...share }] : [];
  });

const watchedSince = ({ versions }: ComponentHistory, location: LocationHistory): Instant =>
  later(versions[0].recordedAt, location.versions[0].recordedAt);

/** A location's prober runs but while all of its components are silent. */
const runsOf = ({ troubles }: Scenario, calendar: Calendar, { slug, versions }: LocationHistory): Past['runs'] => {
  const silences = troubles
    .filter(({ is, of, where }) => is === 'silence' && of === '*' && (where === undefined || where === slug))
    .map((line): Interval => ({ start: calendar.at(line.at), end: after(calendar.at(line.at), lengthOf(line.for)) }));
  return subtract([{ start: versions[0].recordedAt, end: after(calendar.now, millis(-SECOND)) }], silences).map((run) => ({
    ...run,
    location: slug,
  }));
};

/** Every further location is further away. */
export const mannerOf = ({ pace }: Pick<Scenario, 'pace'>, slug: string, locationId: number, kind: string): Manner => ({
  baseUs: 1_000 * ((pace[slug] ?? 100) + 60 * (locationId - 1)),
  status: kind === 'http' ? 200 : null,
});

export interface Planning {
  readonly scenario: Scenario;
  readonly calendar: Calendar;
  readonly seed: number;
  readonly definitions: Definitions;
  /** A turn of the event loop between two components. */
  readonly turn: (done: number, total: number) => Promise<void>;
}

export const planPast = async ({ scenario, calendar, seed, definitions, turn }: Planning): Promise<Past> => {
  const { components, locations } = definitions;
  const until = calendar.now;
  const pairs: PairPast[] = [];
  const dated: Past['dated'][number][] = [];
  for (const [i, component] of components.entries()) {
    const { slug, versions } = component;
    const { intervalMs, definition } = versions[0].check;
    const pasts = locations.flatMap((location): PairPast[] => {
      const over = { start: watchedSince(component, location), end: until };
      if (isEmpty(over)) return [];
      const random = seeded(seed * 7_919 + component.id * 101 + location.id);
      const watch = {
        slug,
        intervalMs,
        over,
        troubles: troublesOf(scenario, calendar, slug, location.slug),
        phasesFrom: phasesFrom(until),
        ...mannerOf(scenario, slug, location.id, definition.kind),
      };
      return [pairPast({ componentId: component.id, locationId: location.id }, versions, watch, until, random)];
    });
    pairs.push(...pasts);
    dated.push(...incidentPast(component, pasts, locations, until).flat());
    await turn(i + 1, components.length);
  }
  return { pairs, dated, runs: locations.flatMap((location) => runsOf(scenario, calendar, location)) };
};
