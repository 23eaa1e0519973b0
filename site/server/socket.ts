/**
 * The command line's door: HTTP over a Unix socket in the data folder, for its owner only (0600). A socket left behind
 * by a process that died is removed; one that answers is not ours to take. Source: house.md, interfaces.md.
 */
import { chmod, lstat, unlink } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createConnection } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Clock } from '#monitor/clock.ts';

export const SOCKET_FILE = 'avow.sock';
/** sun_path holds 108 bytes on Linux, 104 elsewhere, with the final zero. */
const LONGEST_PATH = 103;

export interface SocketServer {
  /** Stops accepting, lets answers finish for `graceMs`, removes the file. */
  close(graceMs?: number): Promise<void>;
}
export type FetchHandler = (request: Request) => Response | Promise<Response>;

/** Whether somebody listens at `path`. */
const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createConnection({ path });
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });

const removeStale = async (path: string): Promise<void> => {
  const found = await lstat(path).catch(() => null);
  if (!found) return;
  if (!found.isSocket()) throw new Error(`${path} is in the way: it is not a socket. Move it away, or use --data for another folder.`);
  if (await answers(path)) throw new Error(`Another Avow answers at ${path}. Stop it first, or use --data for another folder.`);
  await unlink(path);
};

/** Rejects with a sentence when the path is too long, taken, or no socket. */
export const serveSocket = async (path: string, handler: FetchHandler, clock: Clock): Promise<SocketServer> => {
  if (Buffer.byteLength(path) > LONGEST_PATH)
    throw new Error(
      `The path ${path} is too long for a socket (${LONGEST_PATH} bytes at most). Use --data for a folder with a shorter path.`,
    );
  await removeStale(path);
  const listener: RequestListener = getRequestListener(handler, { overrideGlobalObjects: false, hostname: 'avow.sock' });
  const server = createServer({ maxHeaderSize: 16 * 1_024, headersTimeout: 10_000, connectionsCheckingInterval: 1_000 }, listener);
  await bound(server, path);
  return {
    close: (graceMs = 5_000) =>
      new Promise((resolve) => {
        const timer = clock.after(graceMs, () => server.closeAllConnections());
        // Node removes the file of a socket it listens on.
        server.close(() => {
          timer.cancel();
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
};

/** The folder (0700) keeps others out until the file's own mode does. */
const bound = async (server: Server, path: string): Promise<void> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new Error(`Cannot listen at ${path}: ${cause.message}.`, { cause })));
    server.listen(path, resolve);
  });
  await chmod(path, 0o600);
};
