/**
 * Trouble of the store cannot wait in the store: it is sent directly, again and again by the same schedule while the trouble lasts, under
 * the key it will have, and written into the outbox when the store is back, with the channels that took it, so that nobody hears twice.
 */
import { enqueueOnce, type OutboxMessage } from '#db/queries/outbox.ts';
import type { Store, StoreCondition } from '#db/store.ts';
import { patienceWith } from '#domain/notice/store-trouble.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Clock, Timer } from '#monitor/clock.ts';
import type { Log } from '#monitor/context.ts';
import type { Channel } from '#monitor/notify/channel.ts';
import type { MessageSetting } from '#monitor/notify/message.ts';
import { insist } from './insist.ts';

interface TroubleParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly channels: () => readonly Channel[];
  readonly setting: () => MessageSetting;
  readonly chance: () => number;
  /** Something was written into the outbox. */
  readonly onNotice: () => void;
}

interface Trouble {
  readonly since: Instant;
  readonly timer: Timer;
  /** Null while there is still patience. */
  told: {
    readonly message: OutboxMessage;
    readonly taken: Set<string>;
    readonly over: AbortController;
    readonly sending: Promise<unknown>;
  } | null;
}

export const tellStoreTrouble = (parts: TroubleParts): { stop(): Promise<void> } => {
  const { store, clock, log, channels, setting, chance, onNotice } = parts;
  const stopping = new AbortController();
  let trouble: Trouble | null = null;

  const tell = async (channel: Channel, message: OutboxMessage, at: Instant, taken: Set<string>, over: AbortSignal): Promise<void> => {
    if (await insist({ clock, log, setting, chance }, channel, message, at, over)) taken.add(channel.name);
  };
  const begin = (condition: Exclude<StoreCondition, { state: 'open' }>): void => {
    const lost = condition.state === 'lost';
    const since = trouble?.since ?? clock.now();
    trouble?.timer.cancel();
    const timer = clock.after(
      patienceWith(lost),
      () => {
        if (!trouble || trouble.told) return;
        const payload = { subject: `store:${since}`, since, lost, message: condition.message };
        const message: OutboxMessage = { key: `ops.store_trouble:${since}`, type: 'ops.store_trouble', payload };
        const taken = new Set<string>();
        const over = new AbortController();
        stopping.signal.addEventListener('abort', () => over.abort(), { once: true });
        const sending = Promise.all(channels().map((channel) => tell(channel, message, since, taken, over.signal)));
        trouble.told = { message, taken, over, sending };
      },
      { background: true },
    );
    trouble = { since, timer, told: trouble?.told ?? null };
  };
  const remember = async ({ since, told }: Trouble, until: Instant): Promise<void> => {
    if (!told) return;
    told.over.abort();
    await told.sending;
    const { key, type, payload } = told.message;
    const well: OutboxMessage = {
      key: `ops.store_well:${since}`,
      type: 'ops.store_well',
      payload: { subject: `store:${since}`, since, until },
    };
    await store.write([enqueueOnce({ key, type, payload: { ...payload, told: [...told.taken] } }, since), enqueueOnce(well, until)]);
    onNotice();
  };
  store.onCondition((condition) => {
    if (stopping.signal.aborted) return;
    if (condition.state !== 'open') return begin(condition);
    const past = trouble;
    trouble = null;
    past?.timer.cancel();
    if (past)
      remember(past, clock.now()).catch((cause: unknown) =>
        log.error('That the store was in trouble could not be written down.', { cause: String(cause) }),
      );
  });
  return {
    async stop() {
      stopping.abort();
      trouble?.timer.cancel();
      await trouble?.told?.sending;
    },
  };
};
