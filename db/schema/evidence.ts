/**
 * What the probes saw. `checks` holds the last days hot, one row per check; `check_packs` the rest, one blob per
 * (component, location, UTC day). Both tables are WITHOUT ROWID; migrations/ has the exact SQL. Written by the recorder
 * and the compaction only, through plain SQL (queries/checks.ts): Drizzle costs three to five times as much here.
 */

import { instantColumn } from '../columns.ts';
import { blob, index, integer, primaryKey, sql, sqliteTable, text, uniqueIndex } from '../drizzle.ts';

export const checks = sqliteTable(
  'checks',
  {
    componentId: integer('c').notNull(),
    locationId: integer('l').notNull(),
    at: instantColumn('at').notNull(),
    /** at - scheduled_at, ms. */
    lag: integer('lag').notNull(),
    /** finished_at - at, ms. */
    took: integer('took').notNull(),
    /** recorded_at - at, ms; recorded_at is the store's own clock. */
    delay: integer('delay').notNull(),
    /** Index into OUTCOMES. */
    outcome: integer('o').notNull(),
    /** REASONS[…].id */
    reason: integer('r').notNull(),
    /** 1, 0 or null. */
    canary: integer('k'),
    status: integer('s'),
    latencyUs: integer('u'),
    /** dns, connect, tls, ttfb, transfer in µs as unsigned LEB128 varints of (µs + 1), 0 = absent; null when all absent. */
    phases: blob('p', { mode: 'buffer' }),
    /** The sentence for a person; null for `ok`. */
    detail: text('d'),
  },
  (table) => [primaryKey({ columns: [table.componentId, table.locationId, table.at] })],
);

export const checkPacks = sqliteTable(
  'check_packs',
  {
    componentId: integer('component_id').notNull(),
    locationId: integer('location_id').notNull(),
    /** Days since 1970-01-01, UTC. */
    day: integer('day').notNull(),
    count: integer('count').notNull(),
    /** All columns but the phases; format in queries/pack.ts. */
    core: blob('core', { mode: 'buffer' }).notNull(),
    /** Phases: of every sample for 7 days, afterwards only of samples that are not `ok`. */
    phases: blob('phases', { mode: 'buffer' }),
  },
  (table) => [primaryKey({ columns: [table.componentId, table.locationId, table.day] })],
);

/**
 * State spans (domain/check/span.ts). `end_ms` null: the open span, whose cover follows from the last sample. At most one
 * is open per component and location (partial unique index): close the old one before the new one is inserted.
 */
export const spans = sqliteTable(
  'spans',
  {
    componentId: integer('component_id').notNull(),
    locationId: integer('location_id').notNull(),
    start: instantColumn('start_ms').notNull(),
    end: instantColumn('end_ms'),
    lenient: text('lenient', { enum: ['up', 'blip', 'down', 'unknown', 'pending'] }).notNull(),
    strict: text('strict', { enum: ['up', 'blip', 'down', 'unknown', 'pending'] }).notNull(),
    slow: integer('slow', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.componentId, table.locationId, table.start] }),
    uniqueIndex('one_open_span').on(table.componentId, table.locationId).where(sql`end_ms IS NULL`),
    index('spans_by_end').on(table.end),
  ],
);

/** One row per finished UTC day; absent = not rolled up (yet, or again after a late result). Speed, never truth. */
export const daily = sqliteTable(
  'daily',
  {
    componentId: integer('component_id').notNull(),
    locationId: integer('location_id').notNull(),
    day: integer('day').notNull(),
    /** Samples by outcome. */
    ok: integer('ok').notNull(),
    slow: integer('slow').notNull(),
    fail: integer('fail').notNull(),
    error: integer('error').notNull(),
    /** Milliseconds by state, lenient and strict; up includes blips; the parts of each reading sum to the day. */
    upMs: integer('up_ms').notNull(),
    downMs: integer('down_ms').notNull(),
    unknownMs: integer('unknown_ms').notNull(),
    blips: integer('blips').notNull(),
    blipMs: integer('blip_ms').notNull(),
    strictUpMs: integer('strict_up_ms').notNull(),
    strictDownMs: integer('strict_down_ms').notNull(),
    strictUnknownMs: integer('strict_unknown_ms').notNull(),
    slowMs: integer('slow_ms').notNull(),
    /** JSON: 24 entries [count, p50, p95, max] in µs of ok and slow samples, null for an hour without one; then the same for the day as entry 25. */
    latency: text('latency_json').notNull(),
  },
  (table) => [primaryKey({ columns: [table.componentId, table.locationId, table.day] })],
);

/** Runs of the prober: from start to last beat. Time outside every run of a location is `worker_silent`. */
export const workerRuns = sqliteTable(
  'worker_runs',
  {
    locationId: integer('location_id').notNull(),
    startedAt: instantColumn('started_at_ms').notNull(),
    lastBeatAt: instantColumn('last_beat_at_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.locationId, table.startedAt] })],
);

/** The certificate each pair presented last: written when its end of validity changes. No evidence for figures; for the page, metrics and notices. */
export const certificates = sqliteTable(
  'certificates',
  {
    componentId: integer('component_id').notNull(),
    locationId: integer('location_id').notNull(),
    /** Earliest end of validity in the chain. */
    expiresAt: instantColumn('expires_at_ms').notNull(),
    /** The check that saw it first. */
    seenAt: instantColumn('seen_at_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.componentId, table.locationId] })],
);
