/**
 * How a verb reaches the store: through avow.sock of the running server, or by opening the store itself when none runs (the file is
 * locked while one does). Rejects with `Unreachable` when a server listens and does not answer properly, or may not be asked by this user.
 */
import { statSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join, resolve } from 'node:path';
import { openStore } from '#db/client.ts';
import { type Store, StoreFault } from '#db/store.ts';
import { exit, faultOf, type Io, tellProblem, Unreachable } from './command.ts';

export const dataFolder = (given: string | undefined, io: Io): string => resolve(io.cwd, given ?? io.env['AVOW_DATA'] ?? 'data');

export interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

const NOBODY: ReadonlySet<string> = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK', 'ENOTDIR', 'EINVAL', 'ENAMETOOLONG']);

const notAsked = (folder: string, { code = '', message }: NodeJS.ErrnoException): string =>
  code === 'EACCES' || code === 'EPERM'
    ? `This user may not look into ${folder}, or ask the Avow that runs there. Ask as the user that Avow runs as, such as: sudo -u avow npx avow …`
    : `The running Avow in ${folder} did not answer: ${message}.`;

/** The answer to be read, or null when no server listens in this data folder. */
export const askServer = (folder: string, { method, path, body }: Question): Promise<IncomingMessage | null> =>
  new Promise((settle, reject) => {
    const socketPath = join(folder, 'avow.sock');
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = { host: 'avow.sock', 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const asked = request({ socketPath, path, method, headers });
    asked.once('error', (fault: NodeJS.ErrnoException) => {
      if (fault.code !== undefined && NOBODY.has(fault.code)) settle(null);
      else reject(new Unreachable(notAsked(folder, fault), { cause: fault }));
    });
    asked.once('response', settle);
    asked.end(text);
  });

export const textOf = async (response: IncomingMessage): Promise<string> => {
  response.setEncoding('utf8');
  let text = '';
  for await (const chunk of response) text += chunk;
  return text;
};

/** What `work` answers with the store of the folder open, or the exit code when it cannot be opened; the reason is on standard error then. */
export const withStore = async <T extends object>(folder: string, io: Io, work: (store: Store) => Promise<T>): Promise<T | number> => {
  const path = join(folder, 'avow.db');
  if (!statSync(path, { throwIfNoEntry: false })) {
    const sentence = `There is no store at ${path}. Use --data for another folder, or start Avow once to make one.`;
    tellProblem(io, faultOf('no_store', 404, 'Not found', sentence));
    return exit.usage;
  }
  try {
    const silent = (): void => undefined;
    const store = await openStore({ path, clock: io.clock, log: { info: silent, warn: (message) => io.err(message) } });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } catch (fault) {
    return tellStoreFault(fault, io);
  }
};

/** Says why the store cannot be opened, and answers the exit code; throws what is no fault of the store's. */
export const tellStoreFault = (fault: unknown, io: Io): number => {
  if (!(fault instanceof StoreFault)) throw fault;
  const isHeld = fault.kind === 'held';
  tellProblem(io, faultOf(isHeld ? 'held' : 'store_fault', 503, 'The store cannot be opened', fault.message));
  return isHeld ? exit.held : exit.no;
};
