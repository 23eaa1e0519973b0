/** `avow notices …`: shows how telling ops fares, sends a test, and sends dead letters again. */
import { isRefusal } from '#domain/refusal.ts';
import { deliveriesDocument, deliveryDocument, noticeAnswerDocument } from '#monitor/views/delivery-document.ts';
import { parseArguments } from '../arguments.ts';
import { askRoom, askShown } from '../ask-room.ts';
import { type Command, exit, type Io, UsageFault } from '../command.ts';
import { noticeLines, testLine } from '../notice-lines.ts';
import { COMMON, type Common, oneId, oneWord, refusedWith, runNamed, tellAnswer, tellView, type Verb } from '../verb-words.ts';

/** A test is tried once, and an attempt takes half a minute at most. */
const WAIT_MS = 40_000;
const LOOK_MS = 250;

export const command: Command = {
  name: 'notices',
  remote: true,
  summary: 'shows how telling the people who run this fares; sends a test; sends dead letters again',
  usage: `avow notices list
avow notices test [CHANNEL]
avow notices retry DELIVERY

Who is told, and where, stands under "ops" in the configuration (docs/notices.md). CHANNEL is webhook, or mail: and an address.

list shows each channel, what waits for it, and the dead letters: messages that were given up after about three days, or because the
receiver will never take them. test sends a message to every channel, or to one, and waits for what becomes of it; a channel that was
disabled is enabled by the first test that arrives. retry sends a dead letter again, under the same key, with the rest of its story.

A running Avow is asked through avow.sock in its data folder; otherwise the store is opened here, and what is to be sent waits until
Avow runs.

  --url URL                a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR               the data folder (default: AVOW_DATA, else ./data)
  --json                   JSON documents on standard output, one a line

Exit codes: 0 done, 1 refused, or a test did not arrive, 2 wrong use or bad input, 75 another process holds the store.`,
  run: (argv, io) => runNamed('notices', VERBS, argv, io),
};

const seen = (common: Common, io: Io) =>
  askShown('/notices', common, io, async () => (await import('#monitor/views/deliveries.ts')).deliveriesView);

const test: Verb = async (argv, io) => {
  const { values, positionals } = parseArguments('notices test', argv, { options: COMMON, positionals: 'CHANNEL' });
  const channel = oneWord('notices test', positionals, 'channel');
  const since = io.clock.now();
  const answer = await askRoom('noticeRoom', 'test', values, { channel }, io);
  if (typeof answer === 'number') return answer;
  if (isRefusal(answer)) return refusedWith(answer, io);
  for (const line of answer.says) io.err(line);
  const until = io.clock.monotonicUs() + WAIT_MS * 1_000;
  for (;;) {
    const view = await seen(values, io);
    if (typeof view === 'number') return view;
    if (isRefusal(view)) return refusedWith(view, io);
    const mine = view.tests.filter((one) => answer.channels.includes(one.channel) && one.queuedAt >= since);
    const ended = mine.filter(({ endedAt }) => endedAt !== null);
    if (ended.length >= answer.channels.length || io.clock.monotonicUs() >= until) {
      for (const one of mine) io.out(values.json ? JSON.stringify(deliveryDocument(one)) : testLine(one));
      if (mine.length < answer.channels.length)
        io.err('Not every channel has sent it yet. Does Avow run? avow notices list shows what waits.');
      return ended.filter(({ state }) => state === 'delivered').length >= answer.channels.length ? exit.done : exit.no;
    }
    await io.clock.sleep(LOOK_MS);
  }
};

const retry: Verb = async (argv, io: Io) => {
  const { values, positionals } = parseArguments('notices retry', argv, { options: COMMON, positionals: 'DELIVERY' });
  const id = oneId('notices retry', positionals, 'delivery', '`avow notices list` shows the dead letters');
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new UsageFault(`avow notices retry takes the number of a delivery, and "${id}" is none.`);
  const answer = await askRoom('noticeRoom', 'retry', values, { delivery: Number(id) }, io);
  return tellAnswer(answer, values, io, noticeAnswerDocument);
};

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  [
    'list',
    async (argv, io) => {
      const { values } = parseArguments('notices list', argv, { options: COMMON });
      const view = await seen(values, io);
      return tellView(view, values, io, { document: deliveriesDocument, lines: noticeLines });
    },
  ],
  ['test', test],
  ['retry', retry],
]);
