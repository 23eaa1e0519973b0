/**
 * Releases as facts (semantics F): a version, revisions of its notes, when each became public, into which window it was planned, and
 * when it went to production. Rows are never edited and never deleted (triggers in migrations/); what holds is the last row.
 * `recorded_at_ms` is the server's clock at the insert.
 */

import { instantColumn } from '../columns.ts';
import { index, integer, primaryKey, sqliteTable, text } from '../drizzle.ts';
import { announcements } from './announcements.ts';

/** `author`: who is said to have done it; null when nobody was named. `authenticated` is 0 until people sign in. */
const byWhom = () => ({ author: text('author'), authenticated: integer('authenticated', { mode: 'boolean' }).notNull() });
const version = () =>
  text('version')
    .notNull()
    .references(() => releases.version);

export const releases = sqliteTable('releases', {
  version: text('version').primaryKey(),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
  kind: text('kind', { enum: ['standard', 'hotfix', 'emergency'] }).notNull(),
  title: text('title').notNull(),
  /** Canonical JSON: sorted names of the support requests it answers. */
  tickets: text('tickets_json').notNull(),
  ...byWhom(),
});

/** `rev` 1, 2, 3 …; a draft until one of `release_publications` names it. */
export const releaseNotes = sqliteTable(
  'release_notes',
  {
    version: version(),
    rev: integer('rev').notNull(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    /** Markdown as it was written. */
    notes: text('notes_md').notNull(),
    ...byWhom(),
  },
  (table) => [primaryKey({ columns: [table.version, table.rev] })],
);

/** A revision of the notes is public from `public_at_ms` on, never before it was recorded. */
export const releasePublications = sqliteTable(
  'release_publications',
  {
    version: version(),
    rev: integer('rev').notNull(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    publicAt: instantColumn('public_at_ms').notNull(),
    ...byWhom(),
  },
  (table) => [primaryKey({ columns: [table.version, table.rev] })],
);

/** Tested completely: ready for production. */
export const releaseTests = sqliteTable('release_tests', {
  version: text('version')
    .primaryKey()
    .references(() => releases.version),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
  testedAt: instantColumn('tested_at_ms').notNull(),
  ...byWhom(),
});

/** Planned into an announced window; `announcement_id` null: taken out of it again. */
export const releasePlans = sqliteTable(
  'release_plans',
  {
    version: version(),
    seq: integer('seq').notNull(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    announcementId: text('announcement_id').references(() => announcements.id),
    /** When within the window; null: from its start. */
    plannedAt: instantColumn('planned_at_ms'),
    ...byWhom(),
  },
  (table) => [primaryKey({ columns: [table.version, table.seq] }), index('release_plans_by_announcement').on(table.announcementId)],
);

/** Somebody asks to deploy outside of a window; good for one deployment once somebody else has approved it (semantics F4). */
export const releaseEmergencies = sqliteTable(
  'release_emergencies',
  {
    id: text('id').primaryKey(),
    version: version(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    reason: text('reason').notNull(),
    author: text('author').notNull(),
    authenticated: integer('authenticated', { mode: 'boolean' }).notNull(),
  },
  (table) => [index('release_emergencies_by_version').on(table.version)],
);
export const releaseEmergencyApprovals = sqliteTable('release_emergency_approvals', {
  emergencyId: text('emergency_id')
    .primaryKey()
    .references(() => releaseEmergencies.id),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
  approvedBy: text('approved_by').notNull(),
  authenticated: integer('authenticated', { mode: 'boolean' }).notNull(),
});

/** What went to production, and when. `place` as judged when it was recorded: outside once is outside for ever. */
export const releaseDeployments = sqliteTable(
  'release_deployments',
  {
    version: version(),
    seq: integer('seq').notNull(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    deployedAt: instantColumn('deployed_at_ms').notNull(),
    kind: text('kind', { enum: ['deploy', 'rollback'] }).notNull(),
    place: text('place', { enum: ['inside', 'outside_window'] }).notNull(),
    /** The window it was planned into then. */
    announcementId: text('announcement_id').references(() => announcements.id),
    /** The emergency path: why, and who besides the author answers for it (semantics F4). */
    reason: text('reason'),
    approvedBy: text('approved_by'),
    ...byWhom(),
  },
  (table) => [primaryKey({ columns: [table.version, table.seq] }), index('release_deployments_by_time').on(table.deployedAt)],
);
