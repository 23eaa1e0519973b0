/** What happened, as told: incidents and their updates, the outbox, events of Avow itself. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instantColumn } from '../columns.ts';

/**
 * A detected incident belongs to one component (`component_id`) and there is at most one open per component (partial
 * unique index). Incidents that people open have `component_id` null and name theirs in `incident_components`.
 */
export const incidents = sqliteTable('incidents', {
  id: text('id').primaryKey(),
  componentId: integer('component_id'),
  title: text('title').notNull(),
  /** First bad sample of the confirmed run. */
  startedAt: instantColumn('started_at_ms').notNull(),
  /** The sample that confirmed it. */
  confirmedAt: instantColumn('confirmed_at_ms').notNull(),
  /** First good sample; null while open. */
  resolvedAt: instantColumn('resolved_at_ms'),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
});
export const incidentComponents = sqliteTable('incident_components', {
  incidentId: text('incident_id').notNull(),
  componentId: integer('component_id').notNull(),
  impact: text('impact', { enum: ['none', 'degraded', 'partial_outage', 'major_outage'] }).notNull(),
});
/** Append-only. `author` null: Avow itself. */
export const incidentUpdates = sqliteTable('incident_updates', {
  id: text('id').primaryKey(),
  incidentId: text('incident_id').notNull(),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
  displayAt: instantColumn('display_at_ms').notNull(),
  status: text('status', { enum: ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'] }).notNull(),
  body: text('body').notNull(),
  author: text('author'),
});

/** One row per thing that somebody must be told; written with the fact it tells of. `key` makes it idempotent. */
export const outbox = sqliteTable('outbox', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  key: text('key').notNull().unique(),
  type: text('type').notNull(),
  payload: text('payload_json').notNull(),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
});

/** What befell Avow itself: start, stop, clock_jump, config_refused, results_dropped, stall, … */
export const events = sqliteTable('events', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
  kind: text('kind').notNull(),
  detail: text('detail_json').notNull(),
});

export const meta = sqliteTable('meta', { key: text('key').primaryKey(), value: text('value').notNull() });
