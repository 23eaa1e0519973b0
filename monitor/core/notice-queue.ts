/**
 * The store's side of telling: which rows of the outbox are queued for which channel, which may go now, and what became of them, each in
 * one transaction. The domain decides (order, retry, folding); here it is written down.
 */

import { insertEvent } from '#db/queries/events.ts';
import {
  addChannel,
  backlogOf,
  type ChannelRow,
  claimDelivery,
  dueAtOnce,
  dueDeliveries,
  endDelivery,
  insertDelivery,
  killWaiting,
  type OutboxRow,
  openedSubjects,
  outboxAbove,
  putBackDelivery,
  queuedUpTo,
  readChannels,
  releaseClaims,
  removeChannel,
  saveHealth,
  toldAlready,
  waitAgain,
} from '#db/queries/notices.ts';
import { enqueue } from '#db/queries/outbox.ts';
import type { Statement, Store } from '#db/store.ts';
import { consequenceOf, type Outcome } from '#domain/notice/attempt.ts';
import { FOLD_AFTER, fold } from '#domain/notice/folding.ts';
import { hears, NOTICE_KINDS } from '#domain/notice/notice-kind.ts';
import { whyUntold } from '#domain/notice/order.ts';
import { after, type Instant, later, type Millis, millis } from '#domain/time/instant.ts';
import { instantOfIso } from '#domain/time/iso.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Log } from '#monitor/context.ts';
import type { Claimed, Queue } from '#monitor/notify/deliver.ts';
import { letterKey, type MessageSetting, messageFor } from '#monitor/notify/message.ts';

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
        return Array.isArray(told) && told.includes(name) ? [queued, toldAlready(letterKey(row.key, name), now)] : [queued];
      });

  const summary = (
    channel: string,
    missed: readonly { readonly title: string; readonly since: Instant }[],
    away: Millis,
    now: Instant,
  ): Statement[] =>
    missed.length === 0
      ? []
      : [
          enqueue(
            {
              key: `ops.told_late:${channel}:${now}`,
              type: 'ops.told_late',
              payload: { only: channel, since: now - away, until: now, missed },
            },
            now,
          ),
        ];
  /** The title of a frozen body; both forms of it have one. */
  const titleOf = (body: string): string => {
    const document = JSON.parse(body) as { readonly subject?: string; readonly data?: { readonly title?: string } };
    return document.subject ?? document.data?.title ?? '';
  };
  /** The channel answers again. */
  const recovered = async (channel: string, away: Millis, now: Instant): Promise<Statement[]> => {
    if (away < FOLD_AFTER) return [dueAtOnce(channel, now)];
    const backlog = await backlogOf(store, channel);
    const opened = await openedSubjects(
      store,
      channel,
      backlog.flatMap(({ subject }) => subject ?? []),
    );
    const { dropped, missed } = fold(backlog, opened);
    const named = backlog.filter(({ id }) => missed.includes(id)).map(({ body, queuedAt }) => ({ title: titleOf(body), since: queuedAt }));
    if (dropped.length > 0)
      log.warn('A channel of notices answers again; its backlog was folded to the latest state.', {
        channel,
        away_ms: away,
        folded: dropped.length,
        missed: missed.length,
      });
    return [
      ...dropped.map((id) => endDelivery(id, 'dropped', now, 'folded after a long outage of the channel')),
      ...(dropped.length > 0
        ? [insertEvent('notices_folded', now, { channel, away_ms: away, folded: dropped.length, missed: missed.length })]
        : []),
      ...summary(channel, named, away, now),
      dueAtOnce(channel, now),
    ];
  };
  const disabled = (channel: string, why: string, now: Instant): Statement[] => {
    log.error('A channel of notices is disabled. Put the receiver right, then send a test: avow notices test.', { channel, why });
    return [
      killWaiting(channel, now, `the channel was disabled: ${why}`),
      insertEvent('channel_disabled', now, { channel, why }),
      enqueue({ key: `ops.channel_disabled:${channel}:${now}`, type: 'ops.channel_disabled', payload: { except: channel, why } }, now),
    ];
  };

  const begin = async (now: Instant): Promise<void> => {
    await store.write([releaseClaims(now)]);
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
        const statements: Statement[] = [];
        for (const { id, key, type, body, part, attempts, opened, closed } of due) {
          const why = whyUntold(part, { opened, closed });
          if (why === null) {
            claimed.push({ id, channel, key, type, body, attempts: attempts + 1 });
            statements.push(claimDelivery(id));
          } else {
            log.info('A notice is not told.', { channel, type, why });
            statements.push(endDelivery(id, 'dropped', now, why));
          }
        }
        await store.write(statements);
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
          ...(result.recoveredAfter === null ? [] : await recovered(channel, result.recoveredAfter, now)),
          ...(result.disabled === null ? [] : disabled(channel, result.disabled, now)),
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
