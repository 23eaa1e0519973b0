/** What happened, as told: incidents and their updates, the outbox, events of Avow itself. */

import { instantColumn } from '../columns.ts';
import { index, integer, primaryKey, sql, sqliteTable, text, uniqueIndex } from '../drizzle.ts';
import { components } from './components.ts';

/**
 * A detected incident belongs to one component (`component_id`) and there is at most one open per component (partial
 * unique index). Incidents that people open have `component_id` null and name theirs in `incident_components`.
 */
export const incidents = sqliteTable(
  'incidents',
  {
    id: text('id').primaryKey(),
    componentId: integer('component_id').references(() => components.id),
    title: text('title').notNull(),
    /** First bad sample of the confirmed run. */
    startedAt: instantColumn('started_at_ms').notNull(),
    /** The sample that confirmed it. */
    confirmedAt: instantColumn('confirmed_at_ms').notNull(),
    /** First good sample; null while open. */
    resolvedAt: instantColumn('resolved_at_ms'),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
  },
  (table) => [
    uniqueIndex('one_open_incident').on(table.componentId).where(sql`resolved_at_ms IS NULL AND component_id IS NOT NULL`),
    index('incidents_by_resolution').on(table.resolvedAt),
  ],
);
export const incidentComponents = sqliteTable(
  'incident_components',
  {
    incidentId: text('incident_id')
      .notNull()
      .references(() => incidents.id),
    componentId: integer('component_id')
      .notNull()
      .references(() => components.id),
    impact: text('impact', { enum: ['none', 'degraded', 'partial_outage', 'major_outage'] }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.incidentId, table.componentId] })],
);
/** Texts that ops keep to begin posts with; one of each name. What they said before is in the audit. */
export const incidentTemplates = sqliteTable('incident_templates', {
  id: text('id').primaryKey(),
  /** The name as two are compared. */
  nameKey: text('name_key').notNull().unique(),
  name: text('name').notNull(),
  title: text('title'),
  texts: text('texts_json').notNull(),
  author: text('author'),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
  version: integer('version').notNull(),
});
/** Append-only (a trigger refuses UPDATE and DELETE). `author` null: Avow itself. */
export const incidentUpdates = sqliteTable(
  'incident_updates',
  {
    id: text('id').primaryKey(),
    incidentId: text('incident_id')
      .notNull()
      .references(() => incidents.id),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    displayAt: instantColumn('display_at_ms').notNull(),
    status: text('status', { enum: ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'] }).notNull(),
    body: text('body').notNull(),
    author: text('author'),
    /** What the incident is called from this update on; null: as before. */
    title: text('title'),
    /** Whether the author had signed in; 0 for everything before people did. */
    authenticated: integer('authenticated', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [index('incident_updates_by_incident').on(table.incidentId, table.displayAt)],
);

/** What an update says of components, from `display_at_ms` on; append-only. A component without a row is as it was. */
export const incidentUpdateImpacts = sqliteTable(
  'incident_update_impacts',
  {
    updateId: text('update_id')
      .notNull()
      .references(() => incidentUpdates.id),
    componentId: integer('component_id')
      .notNull()
      .references(() => components.id),
    impact: text('impact', { enum: ['none', 'degraded', 'partial_outage', 'major_outage'] }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.updateId, table.componentId] })],
);

/** One row per thing that somebody must be told; written with the fact it tells of. `key` makes it idempotent. */
export const outbox = sqliteTable('outbox', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  key: text('key').notNull().unique(),
  type: text('type').notNull(),
  payload: text('payload_json').notNull(),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
});

/** What befell Avow itself: start, stop, clock_jump, config_refused, results_dropped, stall, … */
export const events = sqliteTable(
  'events',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    kind: text('kind').notNull(),
    detail: text('detail_json').notNull(),
  },
  (table) => [index('events_by_time').on(table.recordedAt)],
);

/** Facts of the store itself: `instance_id` (random, made once) and `created_at_ms`. */
export const meta = sqliteTable('meta', { key: text('key').primaryKey(), value: text('value').notNull() });
