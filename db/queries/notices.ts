/** Deliveries of notices and how their channels fare: what waits, what is claimed, what became of it. */

import { hears, isNoticeType, type NoticePart, type NoticeType } from '#domain/notice/notice-kind.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { SqlValue, Statement, Store } from '../store.ts';

export type DeliveryState = 'waiting' | 'sending' | 'delivered' | 'dead' | 'dropped';

export interface OutboxRow {
  readonly id: number;
  readonly key: string;
  readonly type: NoticeType;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly recordedAt: Instant;
}
export interface ChannelRow {
  readonly name: string;
  readonly addedAt: Instant;
  readonly queuedTo: number;
  readonly lastSuccessAt: Instant | null;
  readonly failingSince: Instant | null;
  readonly lastError: string | null;
  readonly disabledAt: Instant | null;
  readonly disabledWhy: string | null;
}
export interface NewDelivery {
  readonly outboxId: number;
  readonly channel: string;
  readonly key: string;
  readonly type: NoticeType;
  readonly part: NoticePart;
  readonly subject: string | null;
  readonly body: string;
  readonly queuedAt: Instant;
  readonly dueAt: Instant;
}
export interface DeliveryRow {
  readonly id: number;
  readonly channel: string;
  readonly key: string;
  readonly type: NoticeType;
  readonly part: NoticePart;
  readonly subject: string | null;
  readonly body: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly queuedAt: Instant;
  readonly dueAt: Instant;
  readonly endedAt: Instant | null;
  readonly note: string | null;
}
/** The first of its subject that is not ended, with what its channel was told of the subject. */
export interface DueDelivery extends DeliveryRow {
  readonly opened: boolean;
  readonly closed: boolean;
  /** Key of the message by which it was told the beginning; null: it was not, or this is the beginning. */
  readonly openedBy: string | null;
}

const orNull = <T extends number>(value: SqlValue | undefined): T | null =>
  value === null || value === undefined ? null : (Number(value) as T);
const textOrNull = (value: SqlValue | undefined): string | null => (value === null || value === undefined ? null : String(value));
const typeOf = (value: SqlValue | undefined): NoticeType => {
  const type = String(value);
  if (!isNoticeType(type)) throw new RangeError(`the outbox holds the type ${type}; the store was written by a newer Avow`);
  return type;
};

const CHANNEL = 'name, added_at_ms, queued_to, last_success_at_ms, failing_since_ms, last_error, disabled_at_ms, disabled_why';
export const readChannels = async (store: Store): Promise<ChannelRow[]> => {
  const { rows } = await store.read({ sql: `SELECT ${CHANNEL} FROM notice_channels ORDER BY name DESC` });
  return rows.map(([name, addedAt, queuedTo, lastSuccessAt, failingSince, lastError, disabledAt, disabledWhy]) => ({
    name: String(name),
    addedAt: Number(addedAt) as Instant,
    queuedTo: Number(queuedTo),
    lastSuccessAt: orNull<Instant>(lastSuccessAt),
    failingSince: orNull<Instant>(failingSince),
    lastError: textOrNull(lastError),
    disabledAt: orNull<Instant>(disabledAt),
    disabledWhy: textOrNull(disabledWhy),
  }));
};

/** From now on it is told what comes; not what the outbox holds already. */
export const addChannel = (name: string, at: Instant): Statement => ({
  sql: `INSERT INTO notice_channels (name, added_at_ms, queued_to) SELECT ?, ?, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0)
    WHERE true ON CONFLICT DO NOTHING`,
  args: [name, at],
});
/** It is no longer configured: what waits for it is not told. */
export const removeChannel = (name: string, at: Instant): readonly Statement[] => [
  {
    sql: `UPDATE notice_deliveries SET state = 'dropped', ended_at_ms = ?, note = 'the channel is no longer configured'
      WHERE channel = ? AND state IN ('waiting', 'sending')`,
    args: [at, name],
  },
  { sql: 'DELETE FROM notice_channels WHERE name = ?', args: [name] },
];

/** Rows above an id, the oldest first. Types that only a newer Avow knows are told by a newer one, or by nobody: they hold nobody up. */
export const outboxAbove = async (
  store: Store,
  id: number,
  most: number,
): Promise<{ readonly rows: readonly OutboxRow[]; readonly last: number | null }> => {
  const { rows } = await store.read({
    sql: 'SELECT id, key, type, payload_json, recorded_at_ms FROM outbox WHERE id > ? ORDER BY id LIMIT ?',
    args: [id, most],
  });
  const known = rows.flatMap(([row, key, type, payload, recordedAt]): OutboxRow[] => {
    const told = String(type);
    if (!isNoticeType(told)) return [];
    const read = JSON.parse(String(payload)) as OutboxRow['payload'];
    return [{ id: Number(row), key: String(key), type: told, payload: read, recordedAt: Number(recordedAt) as Instant }];
  });
  const last = rows.at(-1)?.[0];
  return { rows: known, last: last === undefined ? null : Number(last) };
};

export const insertDelivery = (delivery: NewDelivery): Statement => ({
  sql: `INSERT INTO notice_deliveries (outbox_id, channel, key, type, part, subject, body, state, attempts, queued_at_ms, due_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?, ?) ON CONFLICT DO NOTHING`,
  args: [
    delivery.outboxId,
    delivery.channel,
    delivery.key,
    delivery.type,
    delivery.part,
    delivery.subject,
    delivery.body,
    delivery.queuedAt,
    delivery.dueAt,
  ],
});
/** It was told while the store was away. */
export const toldAlready = (key: string, at: Instant): Statement => ({
  sql: `UPDATE notice_deliveries SET state = 'delivered', attempts = 1, ended_at_ms = ? WHERE key = ? AND state = 'waiting'`,
  args: [at, key],
});
/** It was in the outbox of a backup and in no queue yet: it is given up before it is sent. */
export const heldBack = (key: string, at: Instant, note: string): Statement => ({
  sql: `UPDATE notice_deliveries SET state = 'dead', ended_at_ms = ?, note = ? WHERE key = ? AND state = 'waiting'`,
  args: [at, note, key],
});
export const queuedUpTo = (channel: string, outboxId: number): Statement => ({
  sql: 'UPDATE notice_channels SET queued_to = ? WHERE name = ? AND queued_to < ?',
  args: [outboxId, channel, outboxId],
});

const DELIVERY =
  'd.id, d.channel, d.key, d.type, d.part, d.subject, d.body, d.state, d.attempts, d.queued_at_ms, d.due_at_ms, d.ended_at_ms, d.note';
const deliveryOf = (row: readonly SqlValue[]): DeliveryRow => {
  const [id, channel, key, type, part, subject, body, state, attempts, queuedAt, dueAt, endedAt, note] = row;
  return {
    id: Number(id),
    channel: String(channel),
    key: String(key),
    type: typeOf(type),
    part: String(part) as NoticePart,
    subject: textOrNull(subject),
    body: String(body),
    state: String(state) as DeliveryState,
    attempts: Number(attempts),
    queuedAt: Number(queuedAt) as Instant,
    dueAt: Number(dueAt) as Instant,
    endedAt: orNull<Instant>(endedAt),
    note: textOrNull(note),
  };
};
/** Whether the channel took a message of that part of the subject. */
const took = (part: 'opens' | 'closes'): string =>
  `EXISTS (SELECT 1 FROM notice_deliveries AS t WHERE t.channel = d.channel AND t.subject = d.subject AND t.part = '${part}' AND t.state = 'delivered')`;

/** What is due, of each subject only the first that is not ended. `testsOnly`: the channel is disabled. */
export const dueDeliveries = async (
  store: Store,
  channel: string,
  now: Instant,
  most: number,
  testsOnly: boolean,
): Promise<DueDelivery[]> => {
  const { rows } = await store.read({
    sql: `SELECT ${DELIVERY}, ${took('opens')}, ${took('closes')}, (SELECT t.key FROM notice_deliveries AS t WHERE t.channel = d.channel
        AND t.subject = d.subject AND t.part = 'opens' AND t.state = 'delivered' AND t.id <> d.id ORDER BY t.id LIMIT 1)
      FROM notice_deliveries AS d
      WHERE d.channel = ? AND d.state = 'waiting' AND d.due_at_ms <= ? ${testsOnly ? "AND d.type = 'ops.test'" : ''}
      AND NOT EXISTS (SELECT 1 FROM notice_deliveries AS e WHERE e.channel = d.channel AND e.subject = d.subject AND e.id < d.id
        AND e.state IN ('waiting', 'sending'))
      ORDER BY d.id LIMIT ?`,
    args: [channel, now, most],
  });
  return rows.map((row) => ({
    ...deliveryOf(row),
    opened: Number(row[13]) === 1,
    closed: Number(row[14]) === 1,
    openedBy: textOrNull(row[15]),
  }));
};

export const claimDelivery = (id: number): Statement => ({
  sql: `UPDATE notice_deliveries SET state = 'sending', attempts = attempts + 1 WHERE id = ? AND state = 'waiting'`,
  args: [id],
});
/** Of the process before this one: whether they arrived nobody knows, so they are sent again. */
export const releaseClaims = (now: Instant): Statement => ({
  sql: `UPDATE notice_deliveries SET state = 'waiting', due_at_ms = ? WHERE state = 'sending'`,
  args: [now],
});
/** Cut off by our own stop: no attempt of the receiver's. */
export const putBackDelivery = (id: number, now: Instant): Statement => ({
  sql: `UPDATE notice_deliveries SET state = 'waiting', due_at_ms = ?, attempts = max(attempts - 1, 0) WHERE id = ? AND state = 'sending'`,
  args: [now, id],
});
export const waitAgain = (id: number, dueAt: Instant, note: string): Statement => ({
  sql: `UPDATE notice_deliveries SET state = 'waiting', due_at_ms = ?, note = ? WHERE id = ? AND state = 'sending'`,
  args: [dueAt, note, id],
});
export const endDelivery = (id: number, state: 'delivered' | 'dead' | 'dropped', at: Instant, note: string | null): Statement => ({
  sql: `UPDATE notice_deliveries SET state = ?, ended_at_ms = ?, note = ? WHERE id = ? AND state IN ('waiting', 'sending')`,
  args: [state, at, note, id],
});
/** Dead letters, and what was dropped because of them, wait again from the beginning. */
export const requeueDelivery = (id: number, at: Instant): Statement => ({
  sql: `UPDATE notice_deliveries SET state = 'waiting', attempts = 0, due_at_ms = ?, ended_at_ms = NULL WHERE id = ? AND state IN ('dead', 'dropped')`,
  args: [at, id],
});

/** The channel answers again: what waits is due at once, save what is not to be told before its time. */
export const dueAtOnce = (channel: string, now: Instant): Statement => ({
  sql: `UPDATE notice_deliveries SET due_at_ms = ? WHERE channel = ? AND state = 'waiting' AND attempts > 0 AND due_at_ms > ?`,
  args: [now, channel, now],
});
export const killWaiting = (channel: string, at: Instant, note: string): Statement => ({
  sql: `UPDATE notice_deliveries SET state = 'dead', ended_at_ms = ?, note = ? WHERE channel = ? AND state = 'waiting' AND type <> 'ops.test'`,
  args: [at, note, channel],
});

/** Of every channel: nothing of it is sent unless somebody has it sent again. */
export const holdWaiting = (at: Instant, note: string): Statement => ({
  sql: `UPDATE notice_deliveries SET state = 'dead', ended_at_ms = ?, note = ? WHERE state IN ('waiting', 'sending')`,
  args: [at, note],
});

const HELD = 'notices_held';
/** What the outbox holds and no channel has yet was due in the very second of the backup: queued as dead letters, once somebody queues it. */
export const holdOutbox = (note: string): Statement => ({
  sql: `INSERT INTO meta (key, value)
    SELECT ?, json_object('to', coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0), 'note', ?)
    WHERE true ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  args: [HELD, note],
});
/** Rows of the outbox up to `to` are not sent unless somebody has them sent again. */
export interface HeldOutbox {
  readonly to: number;
  readonly note: string;
}
export const readHeldOutbox = async (store: Store): Promise<HeldOutbox | null> => {
  const { rows } = await store.read({ sql: 'SELECT value FROM meta WHERE key = ?', args: [HELD] });
  return rows[0] ? (JSON.parse(String(rows[0][0])) as HeldOutbox) : null;
};
/** How many deliveries the outbox holds that no channel has yet. */
export const countUnqueued = async (store: Store): Promise<number> => {
  const channels = (await readChannels(store)).filter(({ disabledAt }) => disabledAt === null);
  let count = 0;
  for (let from = Math.min(...channels.map(({ queuedTo }) => queuedTo)); Number.isFinite(from); ) {
    const { rows, last } = await outboxAbove(store, from, 1_000);
    if (last === null) break;
    for (const { id, type, payload } of rows)
      count += channels.filter(({ name, queuedTo }) => id > queuedTo && hears(name, type, payload)).length;
    from = last;
  }
  return count;
};

export const saveHealth = (
  channel: string,
  health: Pick<ChannelRow, 'failingSince' | 'lastError' | 'disabledAt' | 'disabledWhy'>,
  lastSuccessAt: Instant | null,
): Statement => ({
  sql: `UPDATE notice_channels SET failing_since_ms = ?, last_error = ?, disabled_at_ms = ?, disabled_why = ?,
    last_success_at_ms = coalesce(?, last_success_at_ms) WHERE name = ?`,
  args: [health.failingSince, health.lastError, health.disabledAt, health.disabledWhy, lastSuccessAt, channel],
});

/** What waits for a channel, in the order of telling. */
export const backlogOf = async (store: Store, channel: string): Promise<DeliveryRow[]> => {
  const { rows } = await store.read({
    sql: `SELECT ${DELIVERY} FROM notice_deliveries AS d WHERE d.channel = ? AND d.state = 'waiting' ORDER BY d.id`,
    args: [channel],
  });
  return rows.map(deliveryOf);
};
/** Of these subjects, those whose beginning the channel took, or is taking. */
export const openedSubjects = async (store: Store, channel: string, subjects: readonly string[]): Promise<Set<string>> => {
  const { rows } = await store.read({
    sql: `SELECT DISTINCT d.subject FROM notice_deliveries AS d JOIN json_each(?) AS s ON d.subject = s.value
      WHERE d.channel = ? AND d.part = 'opens' AND d.state IN ('delivered', 'sending')`,
    args: [JSON.stringify(subjects), channel],
  });
  return new Set(rows.map(([subject]) => String(subject)));
};
/** Of one message and what follows it in its subject and channel. */
export const storyFrom = async (
  store: Store,
  { channel, subject, id }: Pick<DeliveryRow, 'channel' | 'subject' | 'id'>,
): Promise<DeliveryRow[]> => {
  const { rows } = await store.read({
    sql: `SELECT ${DELIVERY} FROM notice_deliveries AS d WHERE d.channel = ? AND d.subject = ? AND d.id >= ? ORDER BY d.id`,
    args: [channel, subject, id],
  });
  return rows.map(deliveryOf);
};
export const readDelivery = async (store: Store, id: number): Promise<DeliveryRow | null> => {
  const { rows } = await store.read({ sql: `SELECT ${DELIVERY} FROM notice_deliveries AS d WHERE d.id = ?`, args: [id] });
  return rows[0] ? deliveryOf(rows[0]) : null;
};
export const deliveriesIn = async (store: Store, state: DeliveryState, most: number): Promise<DeliveryRow[]> => {
  const { rows } = await store.read({
    sql: `SELECT ${DELIVERY} FROM notice_deliveries AS d WHERE d.state = ? ORDER BY d.id DESC LIMIT ?`,
    args: [state, most],
  });
  return rows.map(deliveryOf);
};

/** What was given up, the newest first. A test is none of it: whoever asked for it was told at once. */
export const deadLetters = async (store: Store, most: number): Promise<DeliveryRow[]> => {
  const { rows } = await store.read({
    sql: `SELECT ${DELIVERY} FROM notice_deliveries AS d WHERE d.state = 'dead' AND d.type <> 'ops.test' ORDER BY d.id DESC LIMIT ?`,
    args: [most],
  });
  return rows.map(deliveryOf);
};

export const deliveriesOfType = async (store: Store, type: NoticeType, most: number): Promise<DeliveryRow[]> => {
  const { rows } = await store.read({
    sql: `SELECT ${DELIVERY} FROM notice_deliveries AS d WHERE d.type = ? ORDER BY d.id DESC LIMIT ?`,
    args: [type, most],
  });
  return rows.map(deliveryOf);
};

export interface DeliveryCount {
  readonly channel: string;
  readonly state: DeliveryState;
  readonly count: number;
  readonly oldestQueuedAt: Instant;
}
export const countDeliveries = async (store: Store): Promise<DeliveryCount[]> => {
  const { rows } = await store.read({
    sql: 'SELECT channel, state, count(*), min(queued_at_ms) FROM notice_deliveries GROUP BY channel, state ORDER BY channel, state',
  });
  return rows.map(([channel, state, count, oldest]) => ({
    channel: String(channel),
    state: String(state) as DeliveryState,
    count: Number(count),
    oldestQueuedAt: Number(oldest) as Instant,
  }));
};

/** Tests that did not arrive, by channel. */
export const countFailedTests = async (store: Store): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await store.read({
    sql: `SELECT channel, count(*) FROM notice_deliveries WHERE type = 'ops.test' AND state = 'dead' GROUP BY channel`,
  });
  return new Map(rows.map(([channel, count]) => [String(channel), Number(count)]));
};

/** How telling ops fares, by channel; null: nobody is told. */
export interface NoticeFigures {
  readonly channels: readonly { readonly name: string; readonly failing: boolean; readonly disabled: boolean }[];
  readonly counts: readonly DeliveryCount[];
}
export const noticeFigures = async (store: Store): Promise<NoticeFigures | null> => {
  const channels = await readChannels(store);
  if (channels.length === 0) return null;
  return {
    channels: channels.map(({ name, failingSince, disabledAt }) => ({
      name,
      failing: failingSince !== null,
      disabled: disabledAt !== null,
    })),
    counts: await countDeliveries(store),
  };
};
