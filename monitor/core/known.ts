/**
 * What the recorder keeps in memory of the store: definitions, one track per (component, location), open incidents. All of
 * it can be read again at any time; nothing here is truth. A batch works on a `Draft`, which becomes the new `Known` only
 * when its transaction has committed, so a failed commit leaves memory as it was.
 */

import { readCertificates } from '#db/queries/certificates.ts';
import { type EvidenceSample, type LastSeen, type Pair, readEvidence, readLastSeen } from '#db/queries/checks.ts';
import {
  type ComponentHistory,
  type Definitions,
  judgementAt,
  type LocationHistory,
  lastVersion,
  readDefinitions,
} from '#db/queries/definitions.ts';
import { readOpenIncidents, type StoredIncident } from '#db/queries/incidents.ts';
import { readTails } from '#db/queries/spans.ts';
import type { Store } from '#db/store.ts';
import { CONFIRMED_RUN, type Cursor, type Piece } from '#domain/check/confirmation.ts';
import type { Instant } from '#domain/time/instant.ts';

export interface Track {
  /** The newest stored check of any outcome. */
  readonly seenAt: Instant;
  /** Null when nothing but `error` was ever seen. */
  readonly cursor: Cursor | null;
  /** End of validity of the certificate it presented last; null when none was seen. */
  readonly certExpiresAt: Instant | null;
}

export interface Known {
  readonly components: ReadonlyMap<string, ComponentHistory>;
  readonly componentsById: ReadonlyMap<number, ComponentHistory>;
  readonly locations: ReadonlyMap<string, LocationHistory>;
  /** Locations that count for the quorum. */
  readonly activeLocations: readonly number[];
  readonly tracks: Map<number, Track>;
  /** Open detected incident by component. */
  readonly incidents: Map<number, StoredIncident>;
}

export const NOTHING_KNOWN: Known = {
  components: new Map(),
  componentsById: new Map(),
  locations: new Map(),
  activeLocations: [],
  tracks: new Map(),
  incidents: new Map(),
};

/** Ids are row numbers; a location's stays far below 65 536. */
export const keyOf = ({ componentId, locationId }: Pair): number => componentId * 65_536 + locationId;

/** A batch's view: reads fall through to what is known, writes stay here until `commit`. */
export class Draft {
  readonly known: Known;
  readonly #tracks = new Map<number, Track>();
  readonly #incidents = new Map<number, StoredIncident | null>();
  constructor(known: Known) {
    this.known = known;
  }
  track(key: number): Track | undefined {
    return this.#tracks.get(key) ?? this.known.tracks.get(key);
  }
  setTrack(key: number, track: Track): void {
    this.#tracks.set(key, track);
  }
  incident(componentId: number): StoredIncident | null {
    const drafted = this.#incidents.get(componentId);
    return drafted === undefined ? (this.known.incidents.get(componentId) ?? null) : drafted;
  }
  setIncident(componentId: number, incident: StoredIncident | null): void {
    this.#incidents.set(componentId, incident);
  }
  commit(): void {
    for (const [key, track] of this.#tracks) this.known.tracks.set(key, track);
    for (const [id, incident] of this.#incidents) {
      if (incident) this.known.incidents.set(id, incident);
      else this.known.incidents.delete(id);
    }
  }
}

/** Bad samples since the pending part of the tail began: what a restart must know to confirm at the Nth, not later. */
const runLength = (samples: readonly EvidenceSample[], tail: readonly Piece[], reading: 'lenient' | 'strict'): number => {
  const from = tail.find((piece) => piece[reading] === 'pending')?.start;
  return from === undefined
    ? 0
    : samples.filter(({ at, outcome }) => at >= from && (outcome === 'fail' || (reading === 'strict' && outcome === 'slow'))).length;
};

/** The cursor as the fold left it, from its spans and the few samples that are not decided yet. */
const rebuildCursor = async (
  store: Store,
  pair: Pair,
  heardAt: Instant,
  tail: readonly Piece[],
  component: ComponentHistory,
): Promise<Cursor | null> => {
  const open = tail.at(-1);
  if (!open) return null;
  const firstPending = tail.find((piece) => piece.lenient === 'pending' || piece.strict === 'pending');
  const samples = firstPending ? await readEvidence(store, pair, firstPending.start, heardAt) : [];
  const run = (reading: 'lenient' | 'strict'): Cursor['lenient'] =>
    open[reading] === 'down'
      ? CONFIRMED_RUN
      : { length: open[reading] === 'pending' ? runLength(samples, tail, reading) : 0, confirmed: false };
  return { lastAt: heardAt, hold: judgementAt(component.versions, heardAt).hold, lenient: run('lenient'), strict: run('strict'), tail };
};

/** Tracks of one pair or of all, from the store. */
export const readTracks = async (
  store: Store,
  components: ReadonlyMap<number, ComponentHistory>,
  only: Pair | null = null,
): Promise<Map<number, Track>> => {
  const [seen, tails, certificates] = await Promise.all([readLastSeen(store, only), readTails(store, only), readCertificates(store)]);
  const expiryOf = new Map(certificates.map((one) => [keyOf(one), one.expiresAt]));
  const tailOf = new Map(tails.map((tail) => [keyOf(tail), tail.pieces]));
  const tracks = new Map<number, Track>();
  const rebuild = async (last: LastSeen): Promise<void> => {
    const component = components.get(last.componentId);
    if (!component) return;
    const tail = tailOf.get(keyOf(last)) ?? [];
    const cursor = last.heardAt === null ? null : await rebuildCursor(store, last, last.heardAt, tail, component);
    tracks.set(keyOf(last), { seenAt: last.seenAt, cursor, certExpiresAt: expiryOf.get(keyOf(last)) ?? null });
  };
  for (const last of seen) await rebuild(last);
  return tracks;
};

const index = (definitions: Definitions): Pick<Known, 'components' | 'componentsById' | 'locations' | 'activeLocations'> => ({
  components: new Map(definitions.components.map((component) => [component.slug, component])),
  componentsById: new Map(definitions.components.map((component) => [component.id, component])),
  locations: new Map(definitions.locations.map((location) => [location.slug, location])),
  activeLocations: definitions.locations.filter(({ versions }) => !lastVersion(versions).removed).map(({ id }) => id),
});

/** Everything again, from the store. */
export const readKnown = async (store: Store): Promise<Known> => {
  const indexed = index(await readDefinitions(store));
  const [tracks, open] = await Promise.all([readTracks(store, indexed.componentsById), readOpenIncidents(store)]);
  return { ...indexed, tracks, incidents: new Map(open.map((incident) => [incident.componentId, incident])) };
};
