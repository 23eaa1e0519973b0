/**
 * Telling ops, put together: the channels that the configuration names, the queue in the store, and the loop that delivers. One file of
 * core besides run.ts that knows notify, so that run.ts says it in one line.
 */
import { randomInt } from 'node:crypto';
import type { Store } from '#db/store.ts';
import type { DiskUse } from '#domain/notice/disk.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';
import type { Log } from '#monitor/context.ts';
import type { Egress } from '#monitor/egress/egress.ts';
import type { Channel } from '#monitor/notify/channel.ts';
import { startDelivery } from '#monitor/notify/deliver.ts';
import type { MessageSetting } from '#monitor/notify/message.ts';
import { openNoticeQueue } from './notice-queue.ts';
import { diskUseOf, watchForNotices } from './notice-watch.ts';
import { tellStoreTrouble } from './tell-store-trouble.ts';

export interface TellingParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: () => Config;
  /** Where links lead: the public origin. */
  readonly origin: string;
  /** AVOW_SMTP_URL. */
  readonly smtpUrl: string | null;
  /** Ports on which Avow itself listens. */
  readonly ownPorts: () => readonly number[];
  readonly dataDir: string;
  /** Instead of our own dialler … */
  readonly egress?: Egress;
  /** … and of what the file system says. */
  readonly diskUse?: () => Promise<DiskUse>;
}

export interface Telling {
  /** The configuration has changed. */
  again(): Promise<void>;
  /** Something may have been written into the outbox. */
  wake(): void;
  stop(): Promise<void>;
}

const CHANCES = 2 ** 40;
const chance = (): number => randomInt(CHANCES) / CHANCES;

export const keepTelling = async (parts: TellingParts): Promise<Telling> => {
  const { store, clock, log, config } = parts;
  const setting = (): MessageSetting => ({ origin: parts.origin, zone: config().policy.zone });
  const queue = openNoticeQueue({ store, clock, log, setting, chance });
  const delivery = startDelivery({ clock, queue, log });

  let dialler: Egress | null = parts.egress ?? null;
  /** Whoever is told nothing loads nothing that dials. */
  const egressOf = async (): Promise<Egress> => {
    const { createEgress } = await import('#monitor/egress/gateway.ts');
    dialler ??= createEgress({ clock, ownPorts: parts.ownPorts, selfOrigin: () => null });
    return dialler;
  };
  const channels = async (): Promise<Channel[]> => {
    const { webhook, mail } = config().ops;
    const made: Channel[] = [];
    if (webhook) {
      const { webhookChannel } = await import('#monitor/notify/webhook.ts');
      made.push(webhookChannel({ egress: await egressOf(), clock, url: webhook.url, secrets: webhook.secrets }));
    }
    if (mail && parts.smtpUrl !== null) {
      const { mailChannel } = await import('#monitor/notify/mail.ts');
      for (const to of mail.to) made.push(mailChannel({ egress: await egressOf(), clock, smtpUrl: parts.smtpUrl, from: mail.from, to }));
    }
    return made;
  };
  let inUse: readonly Channel[] = [];
  const again = async (): Promise<void> => {
    const made = await channels();
    // What is recorded from here on is told to them; where the store is away the loop tries again.
    await queue.plan(made.map(({ name }) => name)).catch(() => undefined);
    inUse = made;
    delivery.use(made);
  };
  await again();
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
