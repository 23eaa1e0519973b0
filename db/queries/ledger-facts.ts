/** What the ledger reads of the store: evidence of components, and (with the other rows) everything that a month is judged by. */
import type { Reading } from '#domain/check/quorum.ts';
import { type Evidence, evidenceOf } from '#domain/sla/evidence.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import type { Store } from '../store.ts';
import { definitionsAsOf, readDefinitions } from './definitions.ts';
import { readTimelines } from './timelines.ts';

/** One component as its checks tell it, in both readings of `slow`, without overrides; null: no component ever had that slug. */
export const readComponentEvidence = async (
  store: Store,
  slug: string,
  over: Interval,
  asOf: Instant,
): Promise<Record<Reading, readonly Evidence[]> | null> => {
  const definitions = definitionsAsOf(await readDefinitions(store), asOf);
  const known = definitions.components.find((component) => component.slug === slug);
  if (!known) return null;
  const request = { range: over, source: 'spans', recordedBy: null, components: new Set([known.id]) } as const;
  const [found] = await readTimelines(store, definitions, request);
  if (!found) return null;
  const told = (reading: Reading): Evidence[] => evidenceOf(found.timelines, found.panels, reading, over, asOf);
  return { lenient: told('lenient'), strict: told('strict') };
};
