/**
 * The queue of notices over a real store under a virtual clock, with a receiver that answers by script: `round` plays what the loop of
 * deliveries does until nothing is due. What was sent stands in `sent`, in order.
 */

import { type DeliveryRow, type DeliveryState, deliveriesIn } from '#db/queries/notices.ts';
import { enqueue, type OutboxMessage } from '#db/queries/outbox.ts';
import type { Store } from '#db/store.ts';
import type { Outcome } from '#domain/notice/attempt.ts';
import { openNoticeQueue } from '#monitor/core/notice-queue.ts';
import type { Claimed, Queue } from '#monitor/notify/deliver.ts';
import { openTempStore } from './temp-store.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface Sent {
  readonly channel: string;
  readonly key: string;
  readonly type: string;
  readonly subject: string;
  readonly body: string;
  readonly at: number;
  readonly taken: boolean;
}
export type Receiver = (claimed: Claimed, at: number) => Outcome;
export const takes: Receiver = () => ({ delivered: true });

export interface NoticeDesk extends AsyncDisposable {
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly sent: readonly Sent[];
  readonly logged: readonly string[];
  queue: Queue;
  receiver: Receiver;
  channels: readonly string[];
  say(...messages: readonly OutboxMessage[]): Promise<void>;
  /** Sends what is due until nothing is. */
  round(): Promise<void>;
  /** In steps of `step` ms, with a round after each. */
  pass(ms: number, step: number): Promise<void>;
  /** The process ends without a word and starts again. */
  restart(): Promise<void>;
  deliveries(state: DeliveryState): Promise<DeliveryRow[]>;
}

export const noticeDesk = async (channels: readonly string[] = ['webhook'], chance = 0.5): Promise<NoticeDesk> => {
  const clock = new VirtualClock(Date.UTC(2026, 10, 24, 12));
  const store = await openTempStore();
  const sent: Sent[] = [];
  const logged: string[] = [];
  const line = (message: string, facts: object = {}): void => void logged.push(`${message} ${JSON.stringify(facts)}`);
  const open = (): Queue =>
    openNoticeQueue({
      store,
      clock,
      log: { info: line, warn: line, error: line },
      setting: () => ({ origin: 'https://status.example.com', zone: 'America/New_York' }),
      chance: () => chance,
    });
  const desk: NoticeDesk = {
    store,
    clock,
    sent,
    logged,
    channels,
    receiver: takes,
    queue: open(),
    async say(...messages) {
      await store.write(messages.map((message) => enqueue(message, clock.now())));
    },
    async round() {
      await desk.queue.plan(desk.channels);
      for (const channel of desk.channels)
        for (;;) {
          const claimed = await desk.queue.claim(channel, 8);
          if (claimed.length === 0) break;
          for (const one of claimed) {
            const at = clock.now();
            const outcome = desk.receiver(one, at);
            const document = JSON.parse(one.body) as { data?: { incident?: string } };
            const { key, type, body } = one;
            sent.push({ channel, key, type, subject: document.data?.incident ?? '', body, at, taken: outcome.delivered });
            await desk.queue.remember(one, outcome);
          }
          await desk.queue.plan(desk.channels);
        }
    },
    async pass(ms, step) {
      for (let gone = 0; gone < ms; gone += step) {
        await clock.advance(step);
        await desk.round();
      }
    },
    async restart() {
      desk.queue = open();
      await desk.queue.plan(desk.channels);
    },
    deliveries: (state) => deliveriesIn(store, state, 10_000),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
  await desk.round();
  return desk;
};
