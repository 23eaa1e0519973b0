/**
 * A listening HTTP server with every limit set: 16 KiB of headers, 10 s to send them, 30 s for a whole request, 60 s of
 * silence, 1,024 connections, 16 requests waiting behind one that is being answered. What is not HTTP gets one plain sentence
 * and a closed connection. Source: reliability D7.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '#monitor/clock.ts';
import { BARE_POLICY, type HeaderPairs } from './security-headers.ts';
import { type SocketRoom, socketRoom } from './socket-room.ts';

export const MOST_SOCKETS = 1_024;
/**
 * Requests of one connection that may wait for their turn. Node parses all that came in one piece, 1,500 small ones, and
 * keeps every answer: fifty clients that never read took 2.9 GB. No browser sends a second request before the answer.
 */
export const MOST_PIPELINED = 16;
/** Largest body that is read (and, here, thrown away). */
export const MOST_BODY_BYTES = 256 * 1_024;

export interface ListenerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Which setting to change when the port is taken. */
  readonly portSetting: string;
  readonly always: () => HeaderPairs;
  readonly clock: Clock;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface Listener {
  /** Where this machine reaches it: the bound address, loopback when bound to all. */
  readonly address: string;
  readonly port: number;
  readonly room: SocketRoom<Socket>;
  /** Stops accepting, lets answers under way finish for `graceMs`, then closes what is left. */
  close(graceMs: number): Promise<void>;
}

const CLIENT_FAULTS: Readonly<Record<string, readonly [status: string, sentence: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The request header is larger than 16 KiB.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request did not arrive in time.'],
};
const NOT_HTTP = ['400 Bad Request', 'What was sent is not a request this server understands.'] as const;

const rawAnswer = (status: string, sentence: string, always: HeaderPairs, extra: HeaderPairs = []): string => {
  const body = `${sentence}\n`;
  const lines = [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Length', String(Buffer.byteLength(body))],
    ['Content-Security-Policy', BARE_POLICY],
    ['Cache-Control', 'no-store'],
    ['Connection', 'close'],
    ...extra,
    ...always,
  ];
  return `HTTP/1.1 ${status}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
};

const HOST_V4 = '127.0.0.1';
/** All addresses: from here by loopback. */
const FROM_HERE: Readonly<Record<string, string>> = { '0.0.0.0': HOST_V4, '::': '::1' };

/** Resolves once it listens; rejects with a sentence when it cannot. */
export const listen = async (options: ListenerOptions): Promise<Listener> => {
  const { always, handle } = options;
  const server = createServer(
    {
      maxHeaderSize: 16 * 1_024,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 15_000,
      connectionsCheckingInterval: 1_000,
      noDelay: true,
      insecureHTTPParser: false,
      // A missing Host is judged together with a double one, by the front.
      requireHostHeader: false,
    },
    boundedPerConnection(handle),
  );
  // An expectation that we do not know is no reason to leave our own rules: Node would answer 417 by itself.
  server.on('checkExpectation', boundedPerConnection(handle));
  server.timeout = 60_000;
  // One more than the room holds, so that the room decides who goes.
  server.maxConnections = MOST_SOCKETS + 64;
  const room = socketRoom<Socket>(MOST_SOCKETS);
  server.on('connection', (socket: Socket) => room.enter(socket));
  server.on('clientError', (fault: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || fault.code === 'ECONNRESET') return void socket.destroy();
    const [status, sentence] = CLIENT_FAULTS[fault.code ?? ''] ?? NOT_HTTP;
    socket.end(rawAnswer(status, sentence, always()), () => socket.destroy());
  });
  server.on('connect', (_request, socket) => {
    socket.end(rawAnswer('405 Method Not Allowed', 'This server is not a proxy.', always(), [['Allow', 'GET, HEAD']]), () =>
      socket.destroy(),
    );
  });
  await opened(server, options);
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address : { address: HOST_V4, port: options.port };
  const { port } = bound;
  return { address: FROM_HERE[bound.address] ?? bound.address, port, room, close: (graceMs) => closed(server, options.clock, graceMs) };
};

/** `handle` for as many requests of one connection as may wait; one more ends the connection, unanswered ones with it. */
const boundedPerConnection = (handle: ListenerOptions['handle']): ListenerOptions['handle'] => {
  const waiting = new WeakMap<Socket, number>();
  return (request, response) => {
    const { socket } = request;
    // The parser goes on through the piece that ended the connection.
    if (socket.destroyed) return;
    // An answer has no socket while another one of its connection is not finished.
    if (response.socket === null) {
      const count = (waiting.get(socket) ?? 0) + 1;
      if (count > MOST_PIPELINED) return void socket.destroy();
      waiting.set(socket, count);
      response.once('close', () => waiting.set(socket, (waiting.get(socket) ?? 1) - 1));
    }
    handle(request, response);
  };
};

/** The machine refuses the address: a sentence for the person who starts Avow, and nothing of ours is broken. */
export class CannotListen extends Error {}

const opened = (server: Server, { host, port, portSetting }: ListenerOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    const refused = (cause: NodeJS.ErrnoException): void => {
      const why = cause.code === 'EADDRINUSE' ? 'another program listens there' : (cause.code ?? cause.message);
      reject(new CannotListen(`Cannot listen on ${host}:${port}: ${why}. Choose another port with ${portSetting}.`, { cause }));
    };
    server.once('error', refused);
    server.listen({ host, port, backlog: 1_024 }, () => {
      server.off('error', refused);
      resolve();
    });
  });

const closed = (server: Server, clock: Clock, graceMs: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = clock.after(graceMs, () => server.closeAllConnections());
    server.close(() => {
      timer.cancel();
      resolve();
    });
    server.closeIdleConnections();
  });
