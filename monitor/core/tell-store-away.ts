/**
 * A store that cannot be opened at the start: told to the channels that the file names, which need no store, until each has taken it. What
 * was told is noted in the data folder, so that a supervisor that starts Avow again and again wakes nobody twice for one reason; where
 * the folder takes no note, each start tells it once. When the store opens again it goes into the outbox like any trouble of the store,
 * with who was told, and that it is well. Nobody is told of a store that another process holds: that one works. Source: reliability D2.
 */
import { readFileSync, rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { enqueueOnce, type OutboxMessage } from '#db/queries/outbox.ts';
import type { Store } from '#db/store.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';
import type { Log } from '#monitor/context.ts';
import { insist } from './insist.ts';
import { type ChannelParts, chance, channelMaker } from './ops-channels.ts';

export const TROUBLE_FILE = 'store-trouble.json';
const MOST_MESSAGE = 2_000;

const schema = z.object({ since: z.int(), message: z.string().max(MOST_MESSAGE), told: z.array(z.string()) });
type Note = z.output<typeof schema>;

const readNote = (dataDir: string): Note | null => {
  try {
    return schema.safeParse(JSON.parse(readFileSync(join(dataDir, TROUBLE_FILE), 'utf8'))).data ?? null;
  } catch {
    return null;
  }
};
const writeNote = async (dataDir: string, note: Note): Promise<void> => {
  const path = join(dataDir, TROUBLE_FILE);
  await writeFile(`${path}.part`, `${JSON.stringify(note)}\n`, { mode: 0o600, flush: true });
  await rename(`${path}.part`, path);
};

const troubleOf = ({ since, message }: Pick<Note, 'since' | 'message'>): OutboxMessage => ({
  key: `ops.store_trouble:start:${since}`,
  type: 'ops.store_trouble',
  payload: { subject: `store:start:${since}`, since, lost: true, atStart: true, message },
});

interface AwayParts extends ChannelParts {
  readonly log: Log;
  readonly config: Config;
  /** Where links lead: the public origin. */
  readonly origin: string;
  readonly dataDir: string;
  /** Why the store could not be opened. */
  readonly fault: Error;
}

/** Resolves once the telling has begun. */
export const tellStoreAway = async (parts: AwayParts): Promise<{ readonly sending: Promise<unknown>; stop(): Promise<void> }> => {
  const { clock, log, config, origin, dataDir, fault } = parts;
  const message = fault.message.slice(0, MOST_MESSAGE);
  const before = readNote(dataDir);
  const same = before?.message === message ? before : null;
  const since = same?.since ?? clock.now();
  const told = new Set(same?.told);
  let writing: Promise<unknown> = Promise.resolve();
  const note = (): void => {
    writing = writing
      .then(() => writeNote(dataDir, { since, message, told: [...told] }))
      .catch((cause: unknown) =>
        log.warn('That ops were told could not be noted; the next start tells them again.', { cause: String(cause) }),
      );
  };
  note();
  const over = new AbortController();
  const setting = () => ({ origin, zone: config.policy.zone });
  const channels = await channelMaker(parts)(config.ops);
  const waiting = channels.filter(({ name }) => !told.has(name));
  const sending = Promise.all(
    waiting.map(async (channel) => {
      if (!(await insist({ clock, log, setting, chance }, channel, troubleOf({ since, message }), since as Instant, over.signal))) return;
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
export const rememberStoreAway = async (store: Store, clock: Clock, dataDir: string): Promise<void> => {
  const note = readNote(dataDir);
  if (!note) return;
  const since = instant(note.since);
  const until = clock.now();
  const { key, type, payload } = troubleOf(note);
  const well: OutboxMessage = {
    key: `ops.store_well:start:${since}`,
    type: 'ops.store_well',
    payload: { subject: `store:start:${since}`, since, until, atStart: true },
  };
  await store.write([enqueueOnce({ key, type, payload: { ...payload, told: note.told } }, since), enqueueOnce(well, until)]);
  rmSync(join(dataDir, TROUBLE_FILE), { force: true });
};
