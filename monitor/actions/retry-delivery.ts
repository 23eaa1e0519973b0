/**
 * Has a dead letter sent again, from the first attempt on, under the same key and with the same body; what of its story was left out
 * because it was not told comes with it, so that whoever hears the beginning hears the end (reliability P6). Refuses what is no dead letter.
 */
import { insertEvent } from '#db/queries/events.ts';
import { type DeliveryRow, readChannels, readDelivery, requeueDelivery, storyFrom } from '#db/queries/notices.ts';
import { type Refusal, refuse } from '#domain/refusal.ts';
import { auditOf } from './audit.ts';
import type { NoticeAnswer, NoticeContext } from './notice-verb.ts';

export interface RetryRequest {
  readonly delivery: number;
}

const WHAT: Readonly<Record<DeliveryRow['state'], string>> = {
  waiting: 'waits and is sent by itself',
  sending: 'is on its way',
  delivered: 'was delivered',
  dropped: 'was left out',
  dead: 'is a dead letter',
};

export const retryDelivery = (ctx: NoticeContext, { delivery: id }: RetryRequest): Promise<NoticeAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const { store, clock } = ctx;
    const row = await readDelivery(store, id);
    if (!row)
      return refuse('unknown_delivery', `There is no delivery ${id}. \`avow notices list\` shows the dead letters.`, { delivery: id });
    if (row.state !== 'dead')
      return refuse(
        'not_dead',
        `Delivery ${id} ${WHAT[row.state]}${row.note === null ? '' : ` (${row.note})`}. Only dead letters are sent again.`,
        {
          delivery: id,
          state: row.state,
        },
      );
    const channel = (await readChannels(store)).find(({ name }) => name === row.channel);
    if (!channel)
      return refuse('unknown_channel', `The channel ${row.channel} is no longer configured, so nothing is sent to it.`, {
        channel: row.channel,
      });
    if (channel.disabledAt !== null)
      return refuse(
        'channel_disabled',
        `The channel ${row.channel} is disabled. Send a test first: avow notices test. When it arrives, try again.`,
        {
          channel: row.channel,
        },
      );
    const story = row.subject === null ? [row] : await storyFrom(store, row);
    const again = story.filter((one) => one.id === id || one.state === 'dropped' || one.state === 'dead');
    const at = clock.now();
    await store.write([
      ...again.map((one) => requeueDelivery(one.id, at)),
      insertEvent('notice_retried', at, { delivery: id, channel: row.channel, type: row.type, rows: again.length }),
      ...(await auditOf(ctx, {
        verb: 'delivery.retry',
        subject: `delivery/${id}`,
        before: { state: row.state, attempts: row.attempts },
        after: { state: 'waiting', rows: again.length },
      })),
    ]);
    const rest =
      again.length === 1
        ? ''
        : ` With it ${again.length - 1 === 1 ? 'one more message' : `${again.length - 1} more messages`} of the same story.`;
    return {
      keys: again.map(({ key }) => key),
      channels: [row.channel],
      warnings: [],
      says: [`Delivery ${id} (${row.type}) is sent again to ${row.channel}.${rest}`],
    };
  });
