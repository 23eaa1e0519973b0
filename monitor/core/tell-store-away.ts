/**
 * A start without a store, told to the channels that the file names, which need no store. Three kinds: the store cannot be opened and the
 * last pages are served (told until each channel has taken it); the same with nothing to show, so that the start ends; and the store is
 * held by another process, so that the start ends too. Who was told is noted outside the store (told-note.ts), so that a supervisor that
 * starts Avow again and again wakes nobody twice for one reason. Once a start succeeds it goes into the outbox like any other notice, with
 * who was told, and that the store is well where it was not. Source: reliability D2.
 */
import { enqueueOnce, type OutboxMessage } from '#db/queries/outbox.ts';
import type { Store } from '#db/store.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';
import type { Log } from '#monitor/context.ts';
import { insist } from './insist.ts';
import { type ChannelParts, chance, channelMaker } from './ops-channels.ts';
import { MOST_REASON, type NoteFolders, noteBook, type ToldNote } from './told-note.ts';

export const TROUBLE_FILE = 'store-trouble.json';
export const REFUSED_FILE = 'start-refused.json';

/** The last pages are served; or the start ends, because there are none, or because the store works for somebody else. */
export type AwayKind =
  | { readonly kind: 'served' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'held'; readonly holderAnswers: boolean };

const troubleOf = ({ since, message }: ToldNote, ended: boolean): OutboxMessage => ({
  key: `ops.store_trouble:start:${since}`,
  type: 'ops.store_trouble',
  payload: { subject: `store:start:${since}`, since, lost: true, atStart: true, ...(ended && { ended }), message },
});
const refusedOf = ({ since, message, answers = false }: ToldNote): OutboxMessage => ({
  key: `ops.start_refused:${since}`,
  type: 'ops.start_refused',
  payload: { since, message, holderAnswers: answers },
});

interface AwayParts extends ChannelParts, NoteFolders {
  readonly log: Log;
  readonly config: Config;
  /** Where links lead: the public origin. */
  readonly origin: string;
  /** AVOW_ADMIN_ORIGIN. */
  readonly consoleOrigin?: string | null;
  /** Why the store could not be opened. */
  readonly fault: Error;
  readonly away?: AwayKind;
}

/** Resolves once the telling has begun. */
export const tellStoreAway = async (parts: AwayParts): Promise<{ readonly sending: Promise<unknown>; stop(): Promise<void> }> => {
  const { clock, log, config, origin, consoleOrigin = null, fault, away = { kind: 'served' } } = parts;
  const held = away.kind === 'held';
  const book = noteBook(parts, held ? REFUSED_FILE : TROUBLE_FILE);
  const message = fault.message.slice(0, MOST_REASON);
  const before = book.read();
  // Whether the other one answers is a reason of its own: "nothing is lost" and "it may hang" are two things to be told.
  const answers = held ? away.holderAnswers : undefined;
  const same = before?.message === message && before.answers === answers ? before : null;
  const since = same?.since ?? clock.now();
  const told = new Set(same?.told);
  const noted = (): ToldNote => ({ since, message, told: [...told], ...(answers !== undefined && { answers }) });
  let writing: Promise<unknown> = Promise.resolve();
  const note = (): void => {
    writing = writing
      .then(() => book.write(noted()))
      .catch((cause: unknown) =>
        log.warn('That ops were told could not be noted; the next start tells them again.', { cause: String(cause) }),
      );
  };
  note();
  const over = new AbortController();
  const setting = () => ({ origin, consoleOrigin, zone: config.policy.zone });
  const channels = await channelMaker(parts)(config.ops);
  const waiting = channels.filter(({ name }) => !told.has(name));
  const row = held ? refusedOf(noted()) : troubleOf(noted(), away.kind === 'ended');
  const sending = Promise.all(
    waiting.map(async (channel) => {
      if (!(await insist({ clock, log, setting, chance }, channel, row, since as Instant, over.signal))) return;
      told.add(channel.name);
      note();
    }),
  ).then(() => writing);
  return {
    sending,
    async stop() {
      over.abort();
      await sending;
      await writing;
    },
  };
};

/** The store is open: what was told without it is written down, and that it is over. */
export const rememberStoreAway = async (store: Store, clock: Clock, folders: NoteFolders): Promise<void> => {
  const [trouble, refused] = [noteBook(folders, TROUBLE_FILE), noteBook(folders, REFUSED_FILE)];
  const [lost, held] = [trouble.read(), refused.read()];
  const until = clock.now();
  const remembered = (note: ToldNote, { key, type, payload }: OutboxMessage) =>
    enqueueOnce({ key, type, payload: { ...payload, told: note.told } }, instant(note.since));
  const wellSince = (since: number): OutboxMessage => ({
    key: `ops.store_well:start:${since}`,
    type: 'ops.store_well',
    payload: { subject: `store:start:${since}`, since, until, atStart: true },
  });
  const statements = [
    ...(lost ? [remembered(lost, troubleOf(lost, false)), enqueueOnce(wellSince(lost.since), until)] : []),
    ...(held ? [remembered(held, refusedOf(held))] : []),
  ];
  if (statements.length === 0) return;
  await store.write(statements);
  trouble.forget();
  refused.forget();
};
