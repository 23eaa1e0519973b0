/**
 * What is written when a channel turns: it answers again after a while, and what waits is due at once, folded when that while was long;
 * or it is disabled, and what waits becomes dead letters, with a notice on the others. Statements for the transaction of the attempt
 * that turned it. Source: reliability P6, P32; ADR 0014.
 */
import { insertEvent } from '#db/queries/events.ts';
import { backlogOf, type DeliveryRow, dueAtOnce, endDelivery, killWaiting, openedSubjects } from '#db/queries/notices.ts';
import { enqueue } from '#db/queries/outbox.ts';
import type { Statement, Store } from '#db/store.ts';
import { FOLD_AFTER, fold } from '#domain/notice/folding.ts';
import { frozenTitle } from '#domain/notice/frozen-title.ts';
import type { Instant, Millis } from '#domain/time/instant.ts';
import type { Log } from '#monitor/context.ts';

/** Names what was not told one by one, where the channel was away for long; told to that channel alone. */
export const toldLate = (
  channel: string,
  missed: readonly Pick<DeliveryRow, 'id' | 'body' | 'queuedAt'>[],
  away: Millis,
  now: Instant,
): Statement[] => {
  const [first] = missed;
  if (!first || away < FOLD_AFTER) return [];
  const named = missed.map(({ body, queuedAt }) => ({ title: frozenTitle(body), since: queuedAt }));
  const payload = { only: channel, since: now - away, until: now, missed: named };
  return [enqueue({ key: `ops.told_late:${channel}:${now}:${first.id}`, type: 'ops.told_late', payload }, now)];
};

/** The channel answers again, after `away`. */
export const answersAgain = async (
  { store, log }: { readonly store: Store; readonly log: Log },
  channel: string,
  away: Millis,
  now: Instant,
): Promise<Statement[]> => {
  if (away < FOLD_AFTER) return [dueAtOnce(channel, now)];
  const backlog = await backlogOf(store, channel);
  const subjects = backlog.flatMap(({ subject }) => subject ?? []);
  const { dropped, missed } = fold(backlog, await openedSubjects(store, channel, subjects));
  if (dropped.length === 0) return [dueAtOnce(channel, now)];
  const facts = { channel, away_ms: away, folded: dropped.length, missed: missed.length };
  log.warn('A channel of notices answers again; its backlog was folded to the latest state.', facts);
  return [
    ...dropped.map((id) => endDelivery(id, 'dropped', now, 'folded after a long outage of the channel')),
    insertEvent('notices_folded', now, facts),
    ...toldLate(
      channel,
      backlog.filter(({ id }) => missed.includes(id)),
      away,
      now,
    ),
    dueAtOnce(channel, now),
  ];
};

/** The channel is disabled from now on. */
export const disables = (log: Log, channel: string, why: string, now: Instant): Statement[] => {
  log.error('A channel of notices is disabled. Put the receiver right, then send a test: avow notices test.', { channel, why });
  return [
    killWaiting(channel, now, `the channel was disabled: ${why}`),
    insertEvent('channel_disabled', now, { channel, why }),
    enqueue(
      { key: `ops.channel_disabled:${channel}:${now}`, type: 'ops.channel_disabled', payload: { except: channel, channel, why } },
      now,
    ),
  ];
};
