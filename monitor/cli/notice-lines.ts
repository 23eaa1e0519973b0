/** How telling ops fares, as lines for a terminal: each channel in a sentence, then the dead letters and how to send one again. */
import { instantWords } from '#domain/maintenance/words.ts';
import { lengthText } from '#domain/time/length-text.ts';
import type { ChannelView, DeliveriesView, DeliveryView } from '#monitor/views/deliveries.ts';

/** To the second. */
const lasted = (from: number, to: number): string =>
  to - from < 1_000 ? 'less than a second' : lengthText(to - from - ((to - from) % 1_000));

const stateOf = (channel: ChannelView, zone: string): string => {
  if (channel.disabledAt !== null)
    return `disabled since ${instantWords(zone, channel.disabledAt)}: ${channel.disabledWhy}. Put the receiver right, then: avow notices test`;
  if (channel.failingSince !== null)
    return `does not take anything since ${instantWords(zone, channel.failingSince)}: ${channel.lastError ?? ''}`;
  return channel.lastSuccessAt === null ? 'has been told nothing yet' : `last told ${instantWords(zone, channel.lastSuccessAt)}`;
};
const channelLines = (channel: ChannelView, { asOf, zone }: DeliveriesView): string[] => {
  const { waiting, waitingSince, delivered, dead, leftOut } = channel;
  const queue = waitingSince === null ? 'nothing waits' : `${waiting} waiting, the oldest for ${lasted(waitingSince, asOf)}`;
  return [`${channel.name}  ${stateOf(channel, zone)}`, `    ${queue}; ${delivered} told, ${dead} dead, ${leftOut} left out`];
};
const givenUp = (attempts: number): string =>
  attempts === 0 ? 'not tried' : `given up after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;
const deadLine = ({ delivery, channel, title, attempts, endedAt, note }: DeliveryView, zone: string): string[] => [
  `${delivery}  ${title}`,
  `    to ${channel}, ${givenUp(attempts)}${endedAt === null ? '' : ` on ${instantWords(zone, endedAt)}`}: ${note ?? 'no reason was noted'}`,
];

const AGAIN = 'Once the reason is put right: avow notices retry NUMBER sends one again, with the rest of its story.';

export const noticeLines = (view: DeliveriesView): string[] => {
  if (view.channels.length === 0) return ['Nobody is told: the configuration names no channel. docs/notices.md says how to be told.'];
  return [
    ...view.channels.flatMap((channel) => channelLines(channel, view)),
    ...(view.dead.length > 0
      ? ['', 'Dead letters, the newest first:', ...view.dead.flatMap((one) => deadLine(one, view.zone)), '', AGAIN]
      : []),
  ];
};

/** What became of a test. */
export const testLine = ({ channel, state, note }: DeliveryView): string => {
  if (state === 'delivered') return `${channel}: arrived.`;
  return state === 'dead' ? `${channel}: not taken. ${note ?? ''}` : `${channel}: still on its way.`;
};
