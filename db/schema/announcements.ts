/**
 * Announced maintenance as facts (semantics B2): an announcement, its revisions, its end before time and, for a historic
 * import, the approval. Rows are never edited and never deleted (triggers in migrations/ refuse it, and refuse a revision that
 * is dated before the one it follows); a correction is a new revision. `recorded_at_ms` is the server's clock at the insert.
 */

import { instantColumn } from '../columns.ts';
import { index, integer, primaryKey, sqliteTable, text } from '../drizzle.ts';

/** `author`: who is said to have done it; null when nobody was named. `authenticated` is 0 until people sign in. */
const author = () => text('author');
const authenticated = () => integer('authenticated', { mode: 'boolean' }).notNull();

export const announcements = sqliteTable('announcements', {
  id: text('id').primaryKey(),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
  /** Canonical JSON: "*" or a sorted list of slugs. */
  components: text('components_json').notNull(),
  /** Made from records of a time before Avow: excludes nothing until a second person approves. */
  imported: integer('imported', { mode: 'boolean' }).notNull(),
  author: author(),
  authenticated: authenticated(),
});

export const announcementRevisions = sqliteTable(
  'announcement_revisions',
  {
    announcementId: text('announcement_id')
      .notNull()
      .references(() => announcements.id),
    /** 1, 2, 3 … */
    rev: integer('rev').notNull(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    /** When it was public: `recorded_at_ms`, except for an import, which says it itself. */
    publicAt: instantColumn('public_at_ms').notNull(),
    start: instantColumn('start_ms').notNull(),
    end: instantColumn('end_ms').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    author: author(),
    authenticated: authenticated(),
  },
  (table) => [primaryKey({ columns: [table.announcementId, table.rev] }), index('announcement_revisions_by_end').on(table.end)],
);

/** One at most: what is cancelled cannot be completed, and the other way round. */
export const announcementEndings = sqliteTable('announcement_endings', {
  announcementId: text('announcement_id')
    .primaryKey()
    .references(() => announcements.id),
  kind: text('kind', { enum: ['cancelled', 'completed'] }).notNull(),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
  author: author(),
  authenticated: authenticated(),
});

/** The second person of a historic import, with the evidence that the notice was given at the time. */
export const announcementApprovals = sqliteTable('announcement_approvals', {
  announcementId: text('announcement_id')
    .primaryKey()
    .references(() => announcements.id),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
  approvedBy: text('approved_by').notNull(),
  authenticated: authenticated(),
  evidence: text('evidence').notNull(),
});
