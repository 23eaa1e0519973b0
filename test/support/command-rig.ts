/** A command as a person runs it in a folder where nobody serves: its exit code, and what it wrote where. */
import { join } from 'node:path';
import { openStore } from '#db/client.ts';
import type { Store } from '#db/store.ts';
import type { Io } from '#monitor/cli/command.ts';
import { runVerb } from '#monitor/cli/main.ts';
import { systemClock } from '#monitor/clock.ts';
import { at } from './maintenance-desk.ts';
import { silentLog } from './temp-store.ts';
import { VirtualClock } from './virtual-clock.ts';

/** The store of a data folder. */
export const openStoreIn = (folder: string): Promise<Store> =>
  openStore({ path: join(folder, 'avow.db'), clock: systemClock, log: silentLog });

async function* pieces(input: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of input) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

/** `input`: what comes through standard input, in pieces as they are given; without it there is none. */
export const runIn = async (folder: string, now: string, argv: readonly string[], input?: readonly (string | Uint8Array)[]) => {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: { AVOW_DATA: folder },
    cwd: '/',
    clock: new VirtualClock(at(now)),
    ...(input && { input: pieces(input) }),
    lifetime: () => {
      throw new Error(`avow ${argv[0]} does not run until told to stop`);
    },
  };
  return { code: await runVerb(argv, io), out, err };
};
