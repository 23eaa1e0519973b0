/**
 * Sends one message past the queue, for what cannot wait in the store: by the schedule of the queue, until the channel takes it or it is
 * over. The key is the one that its row of the outbox has or will have, so that who hears it twice can know.
 */

import type { OutboxMessage } from '#db/queries/outbox.ts';
import { waitAfter } from '#domain/notice/retry.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Log } from '#monitor/context.ts';
import type { Channel } from '#monitor/notify/channel.ts';
import { letterKey, type MessageSetting, messageFor } from '#monitor/notify/message.ts';

export interface Insisting {
  readonly clock: Clock;
  readonly log: Log;
  readonly setting: () => MessageSetting;
  /** [0, 1), for the jitter. */
  readonly chance: () => number;
}

/** Whether the channel took it; false: it was over before, or the schedule was at its end. */
export const insist = async (
  { clock, log, setting, chance }: Insisting,
  channel: Channel,
  { key, type, payload }: OutboxMessage,
  recordedAt: Instant,
  over: AbortSignal,
): Promise<boolean> => {
  const body = messageFor(channel.name, { type, payload, recordedAt }, setting());
  const letter = { key: letterKey(key, channel.name), type, body, openedBy: null };
  for (let attempts = 1; !over.aborted; attempts++) {
    const outcome = await channel
      .send(letter, over)
      .catch((cause: unknown) => ({ delivered: false, why: String(cause), retryAfterMs: null }) as const);
    if (outcome.delivered) {
      log.info('A notice was told.', { channel: channel.name, type, attempts });
      return true;
    }
    log.warn('A notice was not taken; it is sent again.', { channel: channel.name, type, attempts, why: outcome.why });
    const wait = waitAfter(attempts, outcome.retryAfterMs, chance());
    if (wait === null) return false;
    await clock.sleep(wait, over).catch(() => undefined);
  }
  return false;
};
