/**
 * Sends a test to every channel, or to one: a row of the outbox like any other, tried once, also where the channel is disabled; the first
 * one that arrives enables it again. Refuses when there is no channel, or none of that name.
 */
import { insertEvent } from '#db/queries/events.ts';
import { readChannels } from '#db/queries/notices.ts';
import { enqueue } from '#db/queries/outbox.ts';
import { type Refusal, refuse } from '#domain/refusal.ts';
import { auditOf } from './audit.ts';
import { idFrom } from './new-id.ts';
import type { NoticeAnswer, NoticeContext } from './notice-verb.ts';

export interface TestRequest {
  /** `webhook`, or `mail:` and an address; null: all. */
  readonly channel: string | null;
}

const toList = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

export const sendTestNotice = (ctx: NoticeContext, { channel }: TestRequest): Promise<NoticeAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const { store, clock } = ctx;
    const known = (await readChannels(store)).map(({ name }) => name);
    if (known.length === 0)
      return refuse(
        'no_channel',
        'Nobody is told: the configuration names no channel. Write "ops" into it (docs/notices.md) and have it read again.',
      );
    if (channel !== null && !known.includes(channel))
      return refuse('unknown_channel', `There is no channel ${channel.slice(0, 300)}. There is ${toList(known)}.`, { channels: known });
    const at = clock.now();
    const id = idFrom(ctx);
    const key = `ops.test:${id}`;
    const channels = channel === null ? known : [channel];
    await store.write([
      enqueue({ key, type: 'ops.test', payload: channel === null ? {} : { only: channel } }, at),
      insertEvent('notice_test', at, { channels }),
      ...(await auditOf(ctx, { verb: 'notice.test', subject: `notice/${id}`, before: null, after: { channels } })),
    ]);
    return { keys: [key], channels, warnings: [], says: [`A test goes to ${toList(channels)}.`] };
  });
