/**
 * Who changed what: one row per change, in the transaction of the change, each bound to the one before by its hash. Never edited and
 * never deleted before its time (triggers in migrations/). Source: reliability P18 and section 4 (Audit).
 */

import { instantColumn } from '../columns.ts';
import { index, integer, sqliteTable, text } from '../drizzle.ts';

export const audit = sqliteTable(
  'audit',
  {
    /** 1, 2, 3 … without a gap. */
    seq: integer('seq').primaryKey(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    actorKind: text('actor_kind', { enum: ['system', 'file', 'socket', 'person', 'token'] }).notNull(),
    /** Id of the person or token; null: nobody who signs in. */
    actorId: text('actor_id'),
    actorName: text('actor_name').notNull(),
    /** Address of the client; null: from this machine. */
    from: text('from_address'),
    requestId: text('request_id'),
    /** `maintenance.announce`, `session.begin`, `session.refuse`, … */
    verb: text('verb').notNull(),
    /** `maintenance/abc`, `person/abc`, … */
    subject: text('subject').notNull(),
    /** Canonical JSON; null: there was nothing. Secrets stand as "•". */
    before: text('before_json'),
    after: text('after_json'),
    prevHash: text('prev_hash').notNull(),
    rowHash: text('row_hash').notNull(),
  },
  (table) => [
    index('audit_by_time').on(table.recordedAt),
    index('audit_by_subject').on(table.subject, table.seq),
    index('audit_by_actor').on(table.actorName, table.seq),
    index('audit_by_verb').on(table.verb, table.seq),
  ],
);
