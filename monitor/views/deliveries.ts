/**
 * How telling ops fares: each channel with what waits, what arrived last and whether it is disabled, the dead letters, and the last tests.
 * Plain JSON, instants as ms, as of now. Not for the public: it names addresses.
 */
import { countDeliveries, countFailedTests, type DeliveryRow, deadLetters, deliveriesOfType, readChannels } from '#db/queries/notices.ts';
import { frozenTitle } from '#domain/notice/frozen-title.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { NoticeContext } from '#monitor/actions/notice-verb.ts';

/** Of each, the newest. */
const MOST_DEAD = 200;
const MOST_TESTS = 50;

export interface ChannelView {
  readonly name: string;
  readonly addedAt: Instant;
  readonly waiting: number;
  /** Since when the oldest of them waits. */
  readonly waitingSince: Instant | null;
  readonly delivered: number;
  /** Tests that did not arrive are not among them. */
  readonly dead: number;
  readonly leftOut: number;
  readonly lastSuccessAt: Instant | null;
  readonly failingSince: Instant | null;
  readonly lastError: string | null;
  readonly disabledAt: Instant | null;
  readonly disabledWhy: string | null;
}
export interface DeliveryView {
  readonly delivery: number;
  readonly key: string;
  readonly channel: string;
  readonly type: string;
  readonly title: string;
  readonly state: DeliveryRow['state'];
  readonly attempts: number;
  readonly queuedAt: Instant;
  readonly endedAt: Instant | null;
  readonly note: string | null;
}
export interface DeliveriesView {
  readonly asOf: Instant;
  /** The policy's, in which people are told times. */
  readonly zone: string;
  readonly channels: readonly ChannelView[];
  readonly dead: readonly DeliveryView[];
  readonly tests: readonly DeliveryView[];
}

const viewOf = ({ id, key, channel, type, body, state, attempts, queuedAt, endedAt, note }: DeliveryRow): DeliveryView => ({
  delivery: id,
  key,
  channel,
  type,
  title: frozenTitle(body),
  state,
  attempts,
  queuedAt,
  endedAt,
  note,
});

export const deliveriesView = async ({
  store,
  clock,
  policy,
}: Pick<NoticeContext, 'store' | 'clock' | 'policy'>): Promise<DeliveriesView> => {
  const asOf = clock.now();
  const [channels, counts, failedTests, dead, tests] = await Promise.all([
    readChannels(store),
    countDeliveries(store),
    countFailedTests(store),
    deadLetters(store, MOST_DEAD),
    deliveriesOfType(store, 'ops.test', MOST_TESTS),
  ]);
  return {
    asOf,
    zone: policy.zone,
    channels: channels.map(({ queuedTo: _queuedTo, ...channel }) => {
      const mine = counts.filter((one) => one.channel === channel.name);
      const count = (...states: readonly DeliveryRow['state'][]): number =>
        mine.filter(({ state }) => states.includes(state)).reduce((sum, one) => sum + one.count, 0);
      const open = mine.filter(({ state }) => state === 'waiting' || state === 'sending').map(({ oldestQueuedAt }) => oldestQueuedAt);
      return {
        ...channel,
        waiting: count('waiting', 'sending'),
        waitingSince: open.length === 0 ? null : (Math.min(...open) as Instant),
        delivered: count('delivered'),
        dead: count('dead') - (failedTests.get(channel.name) ?? 0),
        leftOut: count('dropped'),
      };
    }),
    dead: dead.map(viewOf),
    tests: tests.map(viewOf),
  };
};
