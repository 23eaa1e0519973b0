/** Deliveries of notices as documents for programs: keys in snake_case, instants ISO 8601 in UTC. The same facts as the view. */
import type { Instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { NoticeAnswer } from '#monitor/actions/notice-verb.ts';
import type { ChannelView, DeliveriesView, DeliveryView } from './deliveries.ts';

type Document = Readonly<Record<string, unknown>>;
const orNull = (at: Instant | null): string | null => (at === null ? null : isoOf(at));

const channelDocument = (channel: ChannelView): Document => ({
  name: channel.name,
  added_at: isoOf(channel.addedAt),
  waiting: channel.waiting,
  waiting_since: orNull(channel.waitingSince),
  delivered: channel.delivered,
  dead: channel.dead,
  left_out: channel.leftOut,
  last_success_at: orNull(channel.lastSuccessAt),
  failing_since: orNull(channel.failingSince),
  last_error: channel.lastError,
  disabled_at: orNull(channel.disabledAt),
  disabled_why: channel.disabledWhy,
});
export const deliveryDocument = (delivery: DeliveryView): Document => ({
  delivery: delivery.delivery,
  key: delivery.key,
  channel: delivery.channel,
  type: delivery.type,
  title: delivery.title,
  state: delivery.state,
  attempts: delivery.attempts,
  queued_at: isoOf(delivery.queuedAt),
  ended_at: orNull(delivery.endedAt),
  note: delivery.note,
});
export const deliveriesDocument = ({ asOf, channels, dead }: DeliveriesView): Document => ({
  as_of: isoOf(asOf),
  channels: channels.map(channelDocument),
  dead_letters: dead.map(deliveryDocument),
});
export const noticeAnswerDocument = ({ keys, channels, warnings }: NoticeAnswer): Document => ({ keys, channels, warnings });
