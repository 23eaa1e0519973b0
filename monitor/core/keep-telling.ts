/**
 * Telling ops, put together: the channels that the configuration names, the queue in the store, and the loop that delivers. One file of
 * core beside ops-channels.ts and insist.ts that knows notify, so that run.ts says it in one line.
 */
import type { Store } from '#db/store.ts';
import type { DiskUse } from '#domain/notice/disk.ts';
import type { Config } from '#monitor/config/config.ts';
import type { Log } from '#monitor/context.ts';
import type { Channel } from '#monitor/notify/channel.ts';
import { startDelivery } from '#monitor/notify/deliver.ts';
import type { MessageSetting } from '#monitor/notify/message.ts';
import { openNoticeQueue } from './notice-queue.ts';
import { diskUseOf, watchForNotices } from './notice-watch.ts';
import { type ChannelParts, chance, channelMaker } from './ops-channels.ts';
import { rememberStoreAway } from './tell-store-away.ts';
import { tellStoreTrouble } from './tell-store-trouble.ts';

export interface TellingParts extends ChannelParts {
  readonly store: Store;
  readonly log: Log;
  readonly config: () => Config;
  /** Where links lead: the public origin. */
  readonly origin: string;
  /** AVOW_ADMIN_ORIGIN. */
  readonly consoleOrigin?: string | null;
  readonly dataDir: string;
  /** Where a note lies that the data folder does not take. */
  readonly spare: string;
  /** Instead of what the file system says. */
  readonly diskUse?: () => Promise<DiskUse>;
}

export interface Telling {
  /** The configuration has changed. */
  again(): Promise<void>;
  /** Something may have been written into the outbox. */
  wake(): void;
  stop(): Promise<void>;
}

export const keepTelling = async (parts: TellingParts): Promise<Telling> => {
  const { store, clock, log, config } = parts;
  const setting = (): MessageSetting => ({ origin: parts.origin, consoleOrigin: parts.consoleOrigin ?? null, zone: config().policy.zone });
  const queue = openNoticeQueue({ store, clock, log, setting, chance });
  const delivery = startDelivery({ clock, queue, log });

  const channels = channelMaker(parts);
  let inUse: readonly Channel[] = [];
  const again = async (): Promise<void> => {
    const made = await channels(config().ops);
    // What is recorded from here on is told to them; where the store is away the loop tries again.
    await queue.plan(made.map(({ name }) => name)).catch(() => undefined);
    inUse = made;
    delivery.use(made);
  };
  await again();
  await rememberStoreAway(store, clock, parts).catch((cause: unknown) =>
    log.error('That Avow was without its store could not be written down.', { cause: String(cause) }),
  );
  const trouble = tellStoreTrouble({ store, clock, log, channels: () => inUse, setting, chance, onNotice: delivery.wake });
  const watch = watchForNotices({ store, clock, log, config, diskUse: parts.diskUse ?? diskUseOf(parts.dataDir), onNotice: delivery.wake });
  return {
    again,
    wake: delivery.wake,
    async stop() {
      await Promise.all([watch.stop(), trouble.stop(), delivery.stop()]);
    },
  };
};
