/** A store with components and locations in it, and results to record: what tests of recorder, facts, compaction and doctor share. */

import type { Store } from '#db/store.ts';
import type { CheckResult, Outcome } from '#domain/check/check-result.ts';
import { type Instant, instant } from '#domain/time/instant.ts';

export interface PlannedComponent {
  readonly slug: string;
  readonly quorum?: number;
  readonly intervalMs?: number;
  readonly holdMs?: number;
  readonly confirmations?: number;
}

/** Writes first versions, in force since `at`. Ids follow the order, from 1. */
export const define = async (
  store: Store,
  components: readonly PlannedComponent[],
  locations: readonly string[],
  at = 0,
): Promise<void> => {
  await store.write([
    ...locations.flatMap((slug, i) => [
      { sql: 'INSERT INTO locations VALUES (?, ?, ?)', args: [i + 1, slug, at] },
      { sql: 'INSERT INTO location_versions VALUES (?, ?, ?, ?, 0)', args: [i + 1, at, slug.toUpperCase(), i === 0 ? 1 : 0] },
    ]),
    ...components.flatMap(({ slug }, i) => [
      { sql: 'INSERT INTO components VALUES (?, ?, ?)', args: [i + 1, slug, at] },
      versionStatement(i + 1, at, components[i] as PlannedComponent, locations.length),
    ]),
  ]);
};

export const versionStatement = (id: number, at: number, component: PlannedComponent, locations: number, removed = false) => {
  const { slug, quorum = Math.floor(locations / 2) + 1, intervalMs = 60_000, holdMs = intervalMs * 2.5, confirmations = 2 } = component;
  return {
    sql: `INSERT INTO component_versions (component_id, recorded_at_ms, name, description, group_name, critical, position, quorum,
      definition_json, interval_ms, timeout_ms, hold_ms, confirmations, degraded_ms, removed)
      VALUES (?, ?, ?, ?, NULL, 1, ?, ?, ?, ?, 10000, ?, ?, 5000, ?)`,
    args: [
      id,
      at,
      `The ${slug}`,
      '',
      id,
      quorum,
      '{"kind":"http","url":"http://127.0.0.1/"}',
      intervalMs,
      holdMs,
      confirmations,
      removed ? 1 : 0,
    ],
  };
};

export const result = (componentId: string, locationId: string, at: number, outcome: Outcome): CheckResult => ({
  componentId,
  locationId,
  scheduledAt: instant(at - 3),
  at: instant(at),
  finishedAt: instant(at + 40),
  outcome,
  reason: outcome === 'ok' ? 'ok' : outcome === 'slow' ? 'over_latency_limit' : outcome === 'fail' ? 'connect_refused' : 'own_network',
  detail: outcome === 'ok' ? '' : `what was seen at ${at}`,
  httpStatus: outcome === 'fail' || outcome === 'error' ? null : 200,
  latencyUs: outcome === 'error' ? null : 40_000 + (at % 977),
  phases: outcome === 'ok' || outcome === 'slow' ? { dns: 100, connect: 2_000 + (at % 13), ttfb: 30_000, transfer: 70 } : {},
  canaryOk: null,
  certExpiresAt: null,
});

/** Every row of a table as JSON text, in a fixed order: to compare stores. */
export const tableText = async (
  store: Store,
  table: 'spans' | 'incidents' | 'outbox' | 'daily' | 'incident_updates' | 'checks',
  columns = '*',
): Promise<string[]> => {
  const { rows } = await store.read({ sql: `SELECT ${columns} FROM ${table} ORDER BY ${columns === '*' ? '1, 2, 3' : '1'}` });
  return rows.map((row) => JSON.stringify(row));
};

export const count = async (store: Store, sql: string): Promise<number> => Number((await store.read({ sql })).rows[0]?.[0]);
export const at = (ms: number): Instant => instant(ms);
