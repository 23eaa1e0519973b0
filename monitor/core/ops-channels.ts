/** The channels that a configuration names. Whoever is told nothing loads nothing that dials. */
import { randomInt } from 'node:crypto';
import type { Clock } from '#monitor/clock.ts';
import type { OpsSettings } from '#monitor/config/config.ts';
import type { Egress } from '#monitor/egress/egress.ts';
import type { Channel } from '#monitor/notify/channel.ts';

export interface ChannelParts {
  readonly clock: Clock;
  /** AVOW_SMTP_URL. */
  readonly smtpUrl: string | null;
  /** Ports on which Avow itself listens. */
  readonly ownPorts: () => readonly number[];
  /** Instead of our own dialler. */
  readonly egress?: Egress;
}

const CHANCES = 2 ** 40;
/** [0, 1), for the jitter of what is sent again. */
export const chance = (): number => randomInt(CHANCES) / CHANCES;

/** One dialler for all channels it ever makes. */
export const channelMaker = ({ clock, smtpUrl, ownPorts, egress }: ChannelParts): ((ops: OpsSettings) => Promise<Channel[]>) => {
  let dialler: Egress | null = egress ?? null;
  const egressOf = async (): Promise<Egress> => {
    const { createEgress } = await import('#monitor/egress/gateway.ts');
    dialler ??= createEgress({ clock, ownPorts, selfOrigin: () => null });
    return dialler;
  };
  return async ({ webhook, mail }) => {
    const made: Channel[] = [];
    if (webhook) {
      const { webhookChannel } = await import('#monitor/notify/webhook.ts');
      made.push(webhookChannel({ egress: await egressOf(), clock, url: webhook.url, secrets: webhook.secrets }));
    }
    if (mail && smtpUrl !== null) {
      const { mailChannel } = await import('#monitor/notify/mail.ts');
      for (const to of mail.to) made.push(mailChannel({ egress: await egressOf(), clock, smtpUrl, from: mail.from, to }));
    }
    return made;
  };
};
