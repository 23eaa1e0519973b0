/**
 * What is watched, page by page in the order of the page: by position and, where that is the same, by slug. A page goes on behind a
 * (position, slug), so that it costs the same wherever it is and nothing is told twice while others are added. Search is for a part of
 * the name, the slug or the group, in any case.
 */
import type { CheckKind } from '#domain/check/check-definition.ts';
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

const CURRENT = `FROM components c JOIN component_versions v ON v.component_id = c.id
  AND v.recorded_at_ms = (SELECT max(recorded_at_ms) FROM component_versions WHERE component_id = c.id)
  WHERE v.removed = 0
    AND (?1 = '' OR instr(lower(v.name), ?1) > 0 OR instr(c.slug, ?1) > 0 OR instr(lower(coalesce(v.group_name, '')), ?1) > 0)
    AND (?2 IS NULL OR coalesce(v.group_name, '') = ?2)
    AND (?3 IS NULL OR v.managed = ?3)
    AND (?4 IS NULL OR (v.pause_reason IS NOT NULL) = ?4)`;

type Raw = [number, string, string, string | null, number, number, CheckKind, ManagedBy, number, number];

const argsOf = ({ search, group, managed, paused }: ListFilter) => [
  search.toLowerCase(),
  group,
  managed,
  paused === null ? null : Number(paused),
];

/** Up to `count` behind `after`; null: from the first. */
export const readComponentList = async (
  store: Store,
  filter: ListFilter,
  after: ListPlace | null,
  count: number,
): Promise<ListedComponent[]> => {
  const { rows } = await store.read({
    sql: `SELECT json_group_array(json_array(id, slug, name, group_name, critical, position, kind, managed, paused, recorded_at_ms)) FROM (
      SELECT c.id, c.slug, v.name, v.group_name, v.critical, v.position, v.definition_json->>'kind' AS kind, v.managed,
        v.pause_reason IS NOT NULL AS paused, v.recorded_at_ms ${CURRENT}
        AND (v.position > ?5 OR (v.position = ?5 AND c.slug > ?6)) ORDER BY v.position, c.slug LIMIT ?7)`,
    args: [...argsOf(filter), after?.position ?? -1, after?.slug ?? '', count],
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
  /** That the filter lets through. */
  readonly found: number;
  readonly paused: number;
  readonly console: number;
}
export const countComponents = async (store: Store, filter: ListFilter): Promise<ListCounts> => {
  const { rows } = await store.read({
    sql: `SELECT count(*), count(v.pause_reason), count(*) FILTER (WHERE v.managed = 'console') ${CURRENT}`,
    args: argsOf(filter),
  });
  const [found, paused, console] = rows[0] ?? [];
  return { found: Number(found), paused: Number(paused), console: Number(console) };
};

/** The groups that are in use, by the first component of each. */
export const readGroupNames = async (store: Store): Promise<string[]> => {
  const { rows } = await store.read({
    sql: `SELECT v.group_name ${CURRENT} AND v.group_name IS NOT NULL GROUP BY v.group_name ORDER BY min(v.position), v.group_name`,
    args: argsOf({ search: '', group: null, managed: null, paused: null }),
  });
  return rows.map(([name]) => String(name));
};
