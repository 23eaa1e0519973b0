/**
 * What components are told to be now, some at a time: the same fold, quorum and layers as the pages (timeline.ts), asked for a handful
 * of components and not for all of them.
 */
import { type Definitions, readDefinitions } from '#db/queries/definitions.ts';
import { componentFact, factsOf, spansAmong } from '#db/queries/facts.ts';
import type { ComponentFact, DisplayFacts, IncidentFact } from '#db/queries/facts-types.ts';
import type { Store } from '#db/store.ts';
import { after, DAY, type Instant, instant, millis } from '#domain/time/instant.ts';
import { layersOf, type Timeline, timelineOf } from './timeline.ts';

/** How far back the beginning of a state is looked for. */
const LOOKED_BACK = millis(7 * DAY);

/** What lies over the checks of all components. */
export interface Overlay {
  readonly display: DisplayFacts;
  readonly incidents: readonly IncidentFact[];
}

export const readOverlay = async (store: Store, asOf: Instant): Promise<Overlay> => {
  const facts = factsOf(store);
  const [display, incidents] = await Promise.all([facts.display(asOf), facts.incidents(asOf)]);
  return { display, incidents };
};

export interface ComponentNow {
  readonly fact: ComponentFact;
  readonly timeline: Timeline;
  /** The newest check of any outcome; null: none. */
  readonly lastCheckAt: Instant | null;
}

/** By their numbers. `withSince`: looks back for when the state began; without it only the state itself is known. */
export const componentsNow = async (
  store: Store,
  ids: readonly number[],
  overlay: Overlay,
  asOf: Instant,
  withSince: boolean,
): Promise<Map<number, ComponentNow>> => {
  const definitions: Definitions = await readDefinitions(store, ids);
  const from = withSince ? instant(Math.max(0, asOf - LOOKED_BACK)) : instant(Math.max(0, asOf - 1));
  const until = after(asOf, millis(1));
  const { spans, seen } = await spansAmong(store, definitions, from, until);
  const spansOf = Map.groupBy(spans, ({ componentId }) => componentId);
  const seenOf = Map.groupBy(seen, ({ componentId }) => componentId);
  return new Map(
    definitions.components.map((history) => {
      const fact = componentFact(history, definitions.locations);
      const layers = layersOf(overlay.display, fact, overlay.incidents);
      const timeline = timelineOf(spansOf.get(history.id) ?? [], fact.panels, { start: from, end: asOf }, layers);
      const last = (seenOf.get(history.id) ?? []).reduce<Instant | null>(
        (latest, { seenAt }) => (latest === null || seenAt > latest ? seenAt : latest),
        null,
      );
      return [history.id, { fact, timeline, lastCheckAt: last }];
    }),
  );
};
