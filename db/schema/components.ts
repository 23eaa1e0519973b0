/** What is watched: components and locations, with every version of their definition (semantics A9). Rows are never edited. */

import { instantColumn, millisColumn } from '../columns.ts';
import { integer, primaryKey, sqliteTable, text } from '../drizzle.ts';

/** Identity only. Deleting a component writes a version with `removed`; its ledger stays. */
export const components = sqliteTable('components', {
  id: integer('id').primaryKey(),
  slug: text('slug').notNull().unique(),
  createdAt: instantColumn('created_at_ms').notNull(),
});

/** In force from `recorded_at` until the next version. The current state of a component is its last version. */
export const componentVersions = sqliteTable(
  'component_versions',
  {
    componentId: integer('component_id')
      .notNull()
      .references(() => components.id),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    name: text('name').notNull(),
    description: text('description').notNull(),
    group: text('group_name'),
    critical: integer('critical', { mode: 'boolean' }).notNull(),
    position: integer('position').notNull(),
    quorum: integer('quorum').notNull(),
    /** CheckDefinition as JSON with sorted keys. */
    definition: text('definition_json').notNull(),
    intervalMs: millisColumn('interval_ms').notNull(),
    timeoutMs: millisColumn('timeout_ms').notNull(),
    holdMs: millisColumn('hold_ms').notNull(),
    confirmations: integer('confirmations').notNull(),
    degradedMs: millisColumn('degraded_ms').notNull(),
    removed: integer('removed', { mode: 'boolean' }).notNull(),
    /** Who says what it is: `file` (also what is built in) or `console`. */
    managed: text('managed').notNull().default('file'),
    /** Who wrote this version; null: the file did. */
    author: text('author'),
    /** Not null: from here on nothing is asked of it, and this is why; carried on by later versions until one resumes it. */
    pauseReason: text('pause_reason'),
    pausedBy: text('paused_by'),
    /** When it resumes by itself; null: when somebody says so. */
    pausedUntil: instantColumn('paused_until_ms'),
  },
  (table) => [primaryKey({ columns: [table.componentId, table.recordedAt] })],
);

export const locations = sqliteTable('locations', {
  id: integer('id').primaryKey(),
  slug: text('slug').notNull().unique(),
  createdAt: instantColumn('created_at_ms').notNull(),
});
export const locationVersions = sqliteTable(
  'location_versions',
  {
    locationId: integer('location_id')
      .notNull()
      .references(() => locations.id),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    name: text('name').notNull(),
    local: integer('local', { mode: 'boolean' }).notNull(),
    removed: integer('removed', { mode: 'boolean' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.locationId, table.recordedAt] })],
);

/** Page, policy, support channels and sentinels as applied, one row per change. */
export const settingsVersions = sqliteTable('settings_versions', {
  recordedAt: instantColumn('recorded_at_ms').primaryKey(),
  sha256: text('sha256').notNull(),
  source: text('source'),
  settings: text('settings_json').notNull(),
});

/** Configuration that was applied without a file of its own on this machine: the last one is in force where no file is. */
export const appliedConfigurations = sqliteTable('applied_configurations', {
  recordedAt: instantColumn('recorded_at_ms').primaryKey(),
  /** Name under which it was given. */
  name: text('name').notNull(),
  sha256: text('sha256').notNull(),
  /** As it was written: references to secrets stay references. */
  document: text('document').notNull(),
  /** Files that it names, by the name they have in it, as base64. */
  beside: text('beside_json').notNull(),
  author: text('author'),
});
