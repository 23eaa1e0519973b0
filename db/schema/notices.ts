/**
 * What leaves the outbox: for each message and channel one delivery, whose body was frozen when it was queued, and how each channel
 * fares. No secrets and no address of a webhook are kept here.
 */

import { instantColumn } from '../columns.ts';
import { index, integer, sql, sqliteTable, text, uniqueIndex } from '../drizzle.ts';
import { outbox } from './narrative.ts';

/** `name`: `webhook`, or `mail:` and the address. A row is made when the channel is first configured; what the outbox held before is not told to it. */
export const noticeChannels = sqliteTable('notice_channels', {
  name: text('name').primaryKey(),
  addedAt: instantColumn('added_at_ms').notNull(),
  /** Rows of the outbox up to this id are queued for it. */
  queuedTo: integer('queued_to').notNull(),
  lastSuccessAt: instantColumn('last_success_at_ms'),
  /** Since when every attempt has failed; null: the last one did not. */
  failingSince: instantColumn('failing_since_ms'),
  lastError: text('last_error'),
  disabledAt: instantColumn('disabled_at_ms'),
  disabledWhy: text('disabled_why'),
});

/** `dropped`: its turn came and it made no sense any more, or it was folded; `note` says why. */
export const noticeDeliveries = sqliteTable(
  'notice_deliveries',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    outboxId: integer('outbox_id')
      .notNull()
      .references(() => outbox.id),
    channel: text('channel').notNull(),
    /** `webhook-id` and the name in `Message-ID`: from the key of the outbox row and the channel, the same at every attempt. */
    key: text('key').notNull().unique(),
    type: text('type').notNull(),
    part: text('part', { enum: ['opens', 'updates', 'closes', 'tells'] }).notNull(),
    subject: text('subject'),
    /** As it is sent, frozen when it was queued. */
    body: text('body').notNull(),
    state: text('state', { enum: ['waiting', 'sending', 'delivered', 'dead', 'dropped'] }).notNull(),
    attempts: integer('attempts').notNull(),
    queuedAt: instantColumn('queued_at_ms').notNull(),
    /** Not sent before. */
    dueAt: instantColumn('due_at_ms').notNull(),
    endedAt: instantColumn('ended_at_ms'),
    /** The last error, or why it was dropped. */
    note: text('note'),
  },
  (table) => [
    uniqueIndex('one_delivery_per_channel').on(table.outboxId, table.channel),
    index('deliveries_by_subject').on(table.channel, table.subject, table.id).where(sql`subject IS NOT NULL`),
    index('deliveries_by_state').on(table.state, table.id),
    index('deliveries_by_type').on(table.type, table.id),
    index('deliveries_counted').on(table.channel, table.state, table.queuedAt),
  ],
);
