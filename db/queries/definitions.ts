/** Every version of every component and location, as the recorder and doctor need them to judge samples of any instant. */
import type { CheckPlan } from '#domain/check/check-definition.ts';
import type { Panel, Panels } from '#domain/check/quorum.ts';
import type { Judgement } from '#domain/check/span.ts';
import { between, type Instant, later, type Millis } from '#domain/time/instant.ts';
import type { Store } from '../store.ts';
import type { ManagedBy, PauseOrder } from './components.ts';
import { untilAdded } from './until-added.ts';

export interface ComponentVersion extends Judgement {
  readonly recordedAt: Instant;
  readonly name: string;
  readonly description: string;
  readonly group: string | null;
  readonly critical: boolean;
  readonly position: number;
  readonly quorum: number;
  readonly check: CheckPlan;
  readonly removed: boolean;
  readonly managed: ManagedBy;
  /** Who wrote this version; null: the file did. Never public. */
  readonly author: string | null;
  /** Not null: nothing is asked of it. Who and why are never public. */
  readonly pause: PauseOrder | null;
}
export interface ComponentHistory {
  readonly id: number;
  readonly slug: string;
  readonly createdAt: Instant;
  /** Ascending, at least one. */
  readonly versions: readonly [ComponentVersion, ...ComponentVersion[]];
}
export interface LocationVersion {
  readonly recordedAt: Instant;
  readonly name: string;
  readonly local: boolean;
  readonly removed: boolean;
}
export interface LocationHistory {
  readonly id: number;
  readonly slug: string;
  readonly versions: readonly [LocationVersion, ...LocationVersion[]];
}
export interface Definitions {
  readonly components: readonly ComponentHistory[];
  readonly locations: readonly LocationHistory[];
}

const SQL = `SELECT json_object(
  'components', (SELECT json_group_array(json_object('id', c.id, 'slug', c.slug, 'createdAt', c.created_at_ms, 'versions', (
    SELECT json_group_array(json_object('recordedAt', recorded_at_ms, 'name', name, 'description', description, 'group', group_name,
      'critical', critical, 'position', position, 'quorum', quorum, 'definition', json(definition_json), 'intervalMs', interval_ms,
      'timeoutMs', timeout_ms, 'hold', hold_ms, 'confirmations', confirmations, 'degradedMs', degraded_ms, 'removed', removed,
      'managed', managed, 'author', author, 'pauseReason', pause_reason, 'pausedBy', paused_by, 'pausedUntil', paused_until_ms))
    FROM (SELECT * FROM component_versions WHERE component_id = c.id ORDER BY recorded_at_ms))))
    FROM components c WHERE ?1 IS NULL OR c.id IN (SELECT value FROM json_each(?1))),
  'locations', (SELECT json_group_array(json_object('id', l.id, 'slug', l.slug, 'versions', (
    SELECT json_group_array(json_object('recordedAt', recorded_at_ms, 'name', name, 'local', local, 'removed', removed))
    FROM (SELECT * FROM location_versions WHERE location_id = l.id ORDER BY recorded_at_ms)))) FROM locations l))`;

type RawVersion = Omit<ComponentVersion, 'critical' | 'removed' | 'check' | 'pause'> & {
  readonly critical: number;
  readonly removed: number;
  readonly pauseReason: string | null;
  readonly pausedBy: string | null;
  readonly pausedUntil: Instant | null;
  readonly definition: CheckPlan['definition'];
  readonly intervalMs: CheckPlan['intervalMs'];
  readonly timeoutMs: CheckPlan['timeoutMs'];
  readonly degradedMs: CheckPlan['degradedMs'];
};
const componentVersion = ({
  definition,
  intervalMs,
  timeoutMs,
  degradedMs,
  pauseReason,
  pausedBy,
  pausedUntil,
  ...raw
}: RawVersion): ComponentVersion => ({
  ...raw,
  critical: raw.critical === 1,
  removed: raw.removed === 1,
  pause: pauseReason === null ? null : { reason: pauseReason, by: pausedBy, until: pausedUntil },
  check: { definition, intervalMs, timeoutMs, holdMs: raw.hold, confirmations: raw.confirmations, degradedMs },
});
type RawLocation = { readonly recordedAt: Instant; readonly name: string; readonly local: number; readonly removed: number };

const some = <T>(list: readonly T[]): list is readonly [T, ...T[]] => list.length > 0;

const readSome = async (store: Store, ids: readonly number[] | null): Promise<Definitions> => {
  const { rows } = await store.read({ sql: SQL, args: [ids === null ? null : JSON.stringify(ids)] });
  const raw = JSON.parse(String(rows[0]?.[0])) as {
    components: { id: number; slug: string; createdAt: Instant; versions: RawVersion[] }[];
    locations: { id: number; slug: string; versions: RawLocation[] }[];
  };
  return {
    components: raw.components.flatMap(({ versions, ...rest }) => {
      const all = versions.map(componentVersion);
      return some(all) ? [{ ...rest, versions: all }] : [];
    }),
    locations: raw.locations.flatMap(({ versions, ...rest }) => {
      const all = versions.map((v): LocationVersion => ({ ...v, local: v.local === 1, removed: v.removed === 1 }));
      return some(all) ? [{ ...rest, versions: all }] : [];
    }),
  };
};

const readEvery = untilAdded(['component_versions', 'location_versions'], (store) => readSome(store, null));

/** Of all components, or of those with these numbers; always of all locations. */
export const readDefinitions = (store: Store, ids: readonly number[] | null = null): Promise<Definitions> =>
  ids === null ? readEvery(store) : readSome(store, ids);

/** As it was known at `asOf`: versions recorded later do not exist, nor what had none yet. */
export const definitionsAsOf = ({ components, locations }: Definitions, asOf: Instant): Definitions => {
  const known = <V extends { readonly recordedAt: Instant }, H extends { readonly versions: readonly [V, ...V[]] }>(
    all: readonly H[],
  ): H[] =>
    all.flatMap((one) => {
      const versions = one.versions.filter(({ recordedAt }) => recordedAt <= asOf);
      return some(versions) ? [{ ...one, versions }] : [];
    });
  return {
    components: known<ComponentVersion, ComponentHistory>(components),
    locations: known<LocationVersion, LocationHistory>(locations),
  };
};

/** The version in force at `at`; before the first one, the first. */
export const versionAt = <V extends { readonly recordedAt: Instant }>(versions: readonly [V, ...V[]], at: Instant): V => {
  for (let i = versions.length - 1; i > 0; i--) {
    const version = versions[i];
    if (version && version.recordedAt <= at) return version;
  }
  return versions[0];
};
export const lastVersion = <V>(versions: readonly [V, ...V[]]): V => versions.at(-1) ?? versions[0];

/** Nothing is asked of it: it is removed, or paused. */
const isUnasked = ({ removed, pause }: ComponentVersion): boolean => removed || pause !== null;

/**
 * How a sample of a component is judged: by the version in force at its instant. It speaks no longer than the component is
 * watched, so that a component that is removed or paused, and watched again, begins anew.
 */
export const judgementAt = (versions: ComponentHistory['versions'], at: Instant): Judgement => {
  const version = versionAt(versions, at);
  if (version === versions.at(-1)) return version;
  const end = versions.find((later) => later.recordedAt > at && isUnasked(later));
  if (!end || between(at, end.recordedAt) >= version.hold) return version;
  return { hold: between(at, end.recordedAt) as Millis, confirmations: version.confirmations };
};

/** The pause that lasts, with the version that began it; null: it is asked. */
export const pauseNow = (versions: ComponentHistory['versions']): (PauseOrder & { readonly since: Instant }) | null => {
  const { pause, removed } = lastVersion(versions);
  if (pause === null || removed) return null;
  const since = versions.findLast((version, i) => version.pause !== null && (versions[i - 1]?.pause ?? null) === null);
  return { ...pause, since: (since ?? lastVersion(versions)).recordedAt };
};

/** When nothing was asked of a component because it was paused, ascending; the last may last (`end` null). */
export const pausesOf = (versions: ComponentHistory['versions']): { readonly start: Instant; readonly end: Instant | null }[] => {
  const found: { readonly start: Instant; readonly end: Instant | null }[] = [];
  versions.forEach(({ pause, recordedAt }, i) => {
    if (pause === null) return;
    const next = versions[i + 1]?.recordedAt ?? null;
    // It ended by itself, and only nobody was there to say so.
    const end = pause.until !== null && (next === null || pause.until < next) ? later(pause.until, recordedAt) : next;
    const last = found.at(-1);
    if (last?.end === recordedAt) found[found.length - 1] = { start: last.start, end };
    else found.push({ start: recordedAt, end });
  });
  return found;
};

/** Who was asked about a component when: one entry per change of its quorum or of the locations. */
export const panelsOf = (component: ComponentHistory, locations: readonly LocationHistory[]): Panels => {
  const changes = new Set([...component.versions, ...locations.flatMap(({ versions }) => versions)].map(({ recordedAt }) => recordedAt));
  const panels = [...changes]
    .sort((a, b) => a - b)
    .map((from): Panel => {
      const asked = locations.filter(({ versions }) => versions[0].recordedAt <= from && !versionAt(versions, from).removed);
      return { from, locations: asked.map(({ id }) => id), needed: versionAt(component.versions, from).quorum };
    });
  const told = panels.filter((panel, i) => panel.locations.length > 0 && !isSame(panel, panels[i - 1]));
  return some(told) ? told : [{ from: component.createdAt, locations: [], needed: lastVersion(component.versions).quorum }];
};
const isSame = (a: Panel, b: Panel | undefined): boolean =>
  b !== undefined &&
  a.needed === b.needed &&
  a.locations.length === b.locations.length &&
  a.locations.every((id, i) => id === b.locations[i]);
