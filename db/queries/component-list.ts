/**
 * What is watched, page by page in the order of the page: by position and, where that is the same, by slug. A page goes on behind a
 * (position, slug), so that it costs the same wherever it is and nothing is told twice while others are added. Search is for a part of
 * the name, the slug or the group, in any case. Where a state is looked for, one statement leaves out what cannot be in it, so that three
 * of ten thousand are found without judging the others; the judgement itself is the views'.
 */

import type { CheckKind } from '#domain/check/check-definition.ts';
import { OUTCOMES } from '#domain/check/check-result.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Store } from '../store.ts';
import type { ManagedBy } from './components.ts';

export interface ListedComponent {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly group: string | null;
  readonly critical: boolean;
  readonly position: number;
  readonly kind: CheckKind;
  readonly managed: ManagedBy;
  readonly paused: boolean;
  /** Of the version in force. */
  readonly recordedAt: Instant;
}
export interface ListPlace {
  readonly position: number;
  readonly slug: string;
}
export interface ListFilter {
  /** Empty: everything. */
  readonly search: string;
  /** Null: every group; empty: those without one. */
  readonly group: string | null;
  readonly managed: ManagedBy | null;
  readonly paused: boolean | null;
}

const ERROR = OUTCOMES.indexOf('error');

/** Versions in force (v) of what is watched (c). */
const WATCHED = `FROM components c JOIN component_versions v ON v.component_id = c.id
  AND v.recorded_at_ms = (SELECT max(recorded_at_ms) FROM component_versions WHERE component_id = c.id)
  WHERE v.removed = 0`;
const matching = (c: string, v: string): string => `(?1 = '' OR instr(lower(${v}.name), ?1) > 0 OR instr(${c}.slug, ?1) > 0
    OR instr(lower(coalesce(${v}.group_name, '')), ?1) > 0)
  AND (?2 IS NULL OR coalesce(${v}.group_name, '') = ?2)
  AND (?3 IS NULL OR ${v}.managed = ?3)
  AND (?4 IS NULL OR (${v}.pause_reason IS NOT NULL) = ?4)`;

/** What the checks must say for a state, as the open spans have it: `silent` is everything of which not all locations surely say the same. */
export type CheckSign = 'up' | 'down' | 'troubled' | 'silent' | 'any' | 'none';
export interface Candidates {
  readonly sign: CheckSign;
  /** Looked at whatever their checks say: people said something of them. */
  readonly slugs: readonly string[];
  readonly ids: readonly number[];
  readonly asOf: Instant;
}
const spanned = (condition: string): string => `c.id IN (SELECT component_id FROM spans WHERE end_ms IS NULL AND ${condition})`;
const ACTIVE = `SELECT x.location_id FROM location_versions x WHERE x.removed = 0
  AND x.recorded_at_ms = (SELECT max(recorded_at_ms) FROM location_versions WHERE location_id = x.location_id)`;
const COUNT = `(SELECT count(*) FROM (${ACTIVE}))`;
/** The most locations that say one thing, judged under the version in force and still speaking: where all do, nobody can call it unknown. */
const AGREED = `(SELECT max(total(s.lenient IN ('up', 'blip')), total(s.lenient = 'down')) FROM spans s INDEXED BY one_open_span
  WHERE s.component_id = c.id AND s.end_ms IS NULL AND s.location_id IN (${ACTIVE})
    AND EXISTS (SELECT 1 FROM checks k WHERE k.c = c.id AND k.l = s.location_id AND k.o <> ${ERROR}
      AND k.at > max(?8 - v.hold_ms, v.recorded_at_ms) AND k.at <= ?8))`;
const SIGNS: Readonly<Record<CheckSign, string>> = {
  up: spanned(`lenient IN ('up', 'blip')`),
  down: spanned(`lenient = 'down'`),
  troubled: spanned(`(lenient = 'down' OR slow = 1)`),
  silent: `NOT (${COUNT} > 0 AND ${AGREED} >= ${COUNT})`,
  any: 'true',
  none: 'false',
};
const among = (candidates: Candidates | null): string =>
  candidates === null
    ? 'true'
    : `(${SIGNS[candidates.sign]} OR c.slug IN (SELECT value FROM json_each(?9)) OR c.id IN (SELECT value FROM json_each(?10)))`;

type Raw = [number, string, string, string | null, number, number, CheckKind, ManagedBy, number, number];

const argsOf = ({ search, group, managed, paused }: ListFilter) => [
  search.toLowerCase(),
  group,
  managed,
  paused === null ? null : Number(paused),
];

/** Up to `count` behind `after`; null: from the first. `candidates` null: whatever their states. */
export const readComponentList = async (
  store: Store,
  filter: ListFilter,
  after: ListPlace | null,
  count: number,
  candidates: Candidates | null = null,
): Promise<ListedComponent[]> => {
  const { rows } = await store.read({
    sql: `SELECT json_group_array(json_array(id, slug, name, group_name, critical, position, kind, managed, paused, recorded_at_ms)) FROM (
      SELECT c.id, c.slug, v.name, v.group_name, v.critical, v.position, v.definition_json->>'kind' AS kind, v.managed,
        v.pause_reason IS NOT NULL AS paused, v.recorded_at_ms ${WATCHED} AND ${matching('c', 'v')}
        AND (v.position > ?5 OR (v.position = ?5 AND c.slug > ?6)) AND ${among(candidates)} ORDER BY v.position, c.slug LIMIT ?7)`,
    args: [
      ...argsOf(filter),
      after?.position ?? -1,
      after?.slug ?? '',
      count,
      ...(candidates === null ? [] : [candidates.asOf, JSON.stringify(candidates.slugs), JSON.stringify(candidates.ids)]),
    ],
  });
  return (JSON.parse(String(rows[0]?.[0])) as Raw[]).map(
    ([id, slug, name, group, critical, position, kind, managed, paused, recordedAt]): ListedComponent => ({
      id,
      slug,
      name,
      group,
      critical: critical === 1,
      position,
      kind,
      managed,
      paused: paused === 1,
      recordedAt: instant(recordedAt),
    }),
  );
};

export interface ListCounts {
  readonly total: number;
  readonly paused: number;
  readonly console: number;
  /** That the filter lets through. */
  readonly found: number;
  /** That are in use, by the first component of each. */
  readonly groups: readonly string[];
}
/** Of everything, in one pass. */
export const readListCounts = async (store: Store, filter: ListFilter): Promise<ListCounts> => {
  const { rows } = await store.read({
    sql: `WITH now AS MATERIALIZED (SELECT c.slug, v.name, v.group_name, v.managed, v.pause_reason, v.position ${WATCHED})
      SELECT count(*), count(pause_reason), count(*) FILTER (WHERE managed = 'console'), count(*) FILTER (WHERE ${matching('now', 'now')}),
        (SELECT json_group_array(group_name) FROM (SELECT group_name FROM now WHERE group_name IS NOT NULL
          GROUP BY group_name ORDER BY min(position), group_name))
      FROM now`,
    args: argsOf(filter),
  });
  const [total, paused, console, found, groups] = rows[0] ?? [];
  return {
    total: Number(total),
    paused: Number(paused),
    console: Number(console),
    found: Number(found),
    groups: JSON.parse(String(groups)) as string[],
  };
};
