/**
 * The store's side of telling: which rows of the outbox are queued for which channel, which may go now, and what became of them, each in
 * one transaction. The domain decides (order, retry, folding); here it is written down.
 */

import {
  addChannel,
  type ChannelRow,
  claimDelivery,
  type DueDelivery,
  dueDeliveries,
  endDelivery,
  type HeldOutbox,
  heldBack,
  insertDelivery,
  type OutboxRow,
  outboxAbove,
  putBackDelivery,
  queuedUpTo,
  readChannels,
  readHeldOutbox,
  releaseClaims,
  removeChannel,
  saveHealth,
  toldAlready,
  waitAgain,
} from '#db/queries/notices.ts';
import type { Statement, Store } from '#db/store.ts';
import { consequenceOf, type Outcome } from '#domain/notice/attempt.ts';
import { hears, NOTICE_KINDS } from '#domain/notice/notice-kind.ts';
import { whyUntold } from '#domain/notice/order.ts';
import { after, type Instant, later, millis } from '#domain/time/instant.ts';
import { instantOfIso } from '#domain/time/iso.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Log } from '#monitor/context.ts';
import type { Claimed, Queue } from '#monitor/notify/deliver.ts';
import { letterKey, type MessageSetting, messageFor } from '#monitor/notify/message.ts';
import { answersAgain, disables, toldLate } from './channel-turns.ts';

const ROWS_AT_ONCE = 200;

interface QueueParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly setting: () => MessageSetting;
  /** [0, 1), for the jitter. */
  readonly chance: () => number;
}

/** What carries `public_at` is told to nobody before it. */
const dueOf = ({ payload, recordedAt }: OutboxRow, now: Instant): Instant => {
  const publicAt = typeof payload['public_at'] === 'string' ? instantOfIso(payload['public_at']) : null;
  return publicAt === null ? now : later(later(publicAt, recordedAt), now);
};

/** The queue. The first plan gives back what the process before this one had claimed; until the store takes that, nothing is told. */
export const openNoticeQueue = ({ store, clock, log, setting, chance }: QueueParts): Queue => {
  let begun = false;
  let held: HeldOutbox | null = null;
  let channels: ReadonlyMap<string, ChannelRow> = new Map();
  const readAll = async (): Promise<void> => {
    channels = new Map((await readChannels(store)).map((row) => [row.name, row]));
  };

  /** Channels that are configured have a row, and no others. */
  const settle = async (names: readonly string[], now: Instant): Promise<void> => {
    const added = names.filter((name) => !channels.has(name));
    const removed = [...channels.keys()].filter((name) => !names.includes(name));
    if (added.length + removed.length === 0) return;
    await store.write([...added.map((name) => addChannel(name, now)), ...removed.flatMap((name) => removeChannel(name, now))]);
    for (const channel of removed) log.info('A channel of notices is no longer configured; what waited for it is dropped.', { channel });
    await readAll();
  };
  const rowsFor = (row: OutboxRow, now: Instant): Statement[] =>
    [...channels.values()]
      .filter(
        ({ name, queuedTo, disabledAt }) =>
          row.id > queuedTo && hears(name, row.type, row.payload) && (disabledAt === null || row.type === 'ops.test'),
      )
      .flatMap(({ name }) => {
        const { part, subject } = NOTICE_KINDS[row.type];
        const queued = insertDelivery({
          outboxId: row.id,
          channel: name,
          key: letterKey(row.key, name),
          type: row.type,
          part,
          subject: subject(row.payload),
          body: messageFor(name, row, setting()),
          queuedAt: now,
          dueAt: dueOf(row, now),
        });
        const { told } = row.payload;
        if (Array.isArray(told) && told.includes(name)) return [queued, toldAlready(letterKey(row.key, name), now)];
        return held !== null && row.id <= held.to ? [queued, heldBack(letterKey(row.key, name), now, held.note)] : [queued];
      });

  const begin = async (now: Instant): Promise<void> => {
    await store.write([releaseClaims(now)]);
    held = await readHeldOutbox(store);
    await readAll();
    begun = true;
  };
  return {
    plan: (names) =>
      store.exclusive(async () => {
        const now = clock.now();
        if (!begun) await begin(now);
        await settle(names, now);
        for (;;) {
          const from = Math.min(...[...channels.values()].map(({ queuedTo }) => queuedTo));
          if (!Number.isFinite(from)) return;
          const { rows, last } = await outboxAbove(store, from, ROWS_AT_ONCE);
          if (last === null) return;
          await store.write([...rows.flatMap((row) => rowsFor(row, now)), ...[...channels.keys()].map((name) => queuedUpTo(name, last))]);
          await readAll();
        }
      }),

    claim: (channel, most) =>
      store.exclusive(async () => {
        const now = clock.now();
        const health = channels.get(channel);
        if (!health) return [];
        const due = await dueDeliveries(store, channel, now, most, health.disabledAt !== null);
        if (due.length === 0) return [];
        const claimed: Claimed[] = [];
        const missed: DueDelivery[] = [];
        const statements: Statement[] = [];
        for (const one of due) {
          const { id, key, type, body, part, attempts, opened, closed, openedBy } = one;
          const why = whyUntold(part, { opened, closed });
          if (why === null) {
            claimed.push({ id, channel, key, type, body, openedBy, attempts: attempts + 1 });
            statements.push(claimDelivery(id));
          } else {
            log.info('A notice is not told.', { channel, type, why });
            statements.push(endDelivery(id, 'dropped', now, why));
            if (part === 'closes' && !opened) missed.push(one);
          }
        }
        // Its beginning was given up while the channel was away: the end alone would say nothing, the summary does.
        const away = millis(health.failingSince === null ? 0 : Math.max(0, now - health.failingSince));
        await store.write([...statements, ...toldLate(channel, missed, away, now)]);
        return claimed;
      }),

    remember: (claimed, outcome: Outcome) =>
      store.exclusive(async () => {
        const { id, channel, type, attempts } = claimed;
        const now = clock.now();
        const before = channels.get(channel);
        // It was taken out of the configuration while this was on its way.
        if (!before) return;
        const result = consequenceOf(outcome, { attempts, test: type === 'ops.test', at: now, chance: chance() }, before);
        const note = outcome.delivered ? null : outcome.why;
        const own =
          result.state === 'waiting'
            ? waitAgain(id, result.dueAt ?? after(now, millis(0)), note ?? '')
            : endDelivery(id, result.state, now, note);
        const disabledWhy = result.health.disabledAt === null ? null : (result.disabled ?? before.disabledWhy);
        await store.write([
          own,
          saveHealth(channel, { ...result.health, lastError: note, disabledWhy }, outcome.delivered ? now : null),
          ...(result.recoveredAfter === null ? [] : await answersAgain({ store, log }, channel, result.recoveredAfter, now)),
          ...(result.disabled === null ? [] : disables(log, channel, result.disabled, now)),
        ]);
        await readAll();
        if (result.state === 'dead')
          log.error('A notice could not be told; it is among the dead letters (avow notices list).', {
            channel,
            type,
            attempts,
            why: note,
          });
        else if (result.state === 'waiting') log.warn('A notice was not taken; it is sent again.', { channel, type, attempts, why: note });
        else log.info('A notice was told.', { channel, type, attempts });
      }),

    putBack: async ({ id }) => {
      await store.write([putBackDelivery(id, clock.now())]);
    },
  };
};
