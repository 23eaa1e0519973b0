/**
 * Targets that misbehave in every way we know (fixture F3), each a real server on loopback, and what a check of each
 * must say. Raw sockets, because no decent server library would send this.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { HttpDefinition } from '#domain/check/check-definition.ts';
import type { Outcome } from '#domain/check/check-result.ts';
import type { Reason } from '#domain/check/reason.ts';
import { systemClock } from '#monitor/clock.ts';
import { certificate, type TestCertificate } from './certificates.ts';

export interface Hostile {
  readonly name: string;
  readonly wishes?: Partial<HttpDefinition>;
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  /** TLS below, with this certificate. */
  readonly tls?: TestCertificate;
  readonly maxVersion?: 'TLSv1.2';
  /** When: at once, or (default) when the request begins to arrive. */
  readonly when?: 'accept';
  readonly act: (socket: Socket, farmPort: number, request: string) => void;
}

const FLOOD = 65_536;
/** Writes `piece` for as long as the peer takes it. */
const flood = (socket: Socket, piece: string | Buffer): void => {
  const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(piece);
  const chunk = Buffer.concat(Array<Buffer>(Math.ceil(FLOOD / bytes.length)).fill(bytes));
  const pour = (): void => {
    while (!socket.destroyed && socket.writable && socket.write(chunk));
  };
  socket.on('drain', pour);
  pour();
};
/** One byte of `text` per 100 ms, from the start again at its end. */
const drip = (socket: Socket, text: string, at = 0): void => {
  if (socket.destroyed) return;
  socket.write(text.charAt(at % text.length));
  systemClock.after(100, () => drip(socket, text, at + 1), { background: true });
};
const say = (text: string | Buffer) => (socket: Socket) => void socket.end(text);
const ok = (headers: string, body: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${headers}\r\n`, 'latin1'), Buffer.from(body as string)]);
const redirect = (location: string): string => `HTTP/1.1 302 Found\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`;
const ZEROS = Buffer.alloc(32 * 1_024 * 1_024);
const text = { expectBody: [{ contains: 'well' }] };

let gzipBomb: Buffer | null = null;
let brotliBomb: Buffer | null = null;
const gzipped = (): Buffer => (gzipBomb ??= gzipSync(ZEROS));
const brotlied = (): Buffer => (brotliBomb ??= brotliCompressSync(ZEROS.subarray(0, 4 * 1_024 * 1_024), { params: { 1: 1 } }));

export const HOSTILES: readonly Hostile[] = [
  { name: 'a status line at one byte per 100 ms', outcome: 'fail', reasons: ['timeout'], act: (s) => drip(s, 'HTTP/1.1 200 OK\r\n') },
  {
    name: 'headers at one byte per 100 ms',
    outcome: 'fail',
    reasons: ['timeout'],
    act: (s) => {
      s.write('HTTP/1.1 200 OK\r\nx: ');
      drip(s, 'y');
    },
  },
  {
    name: 'a body at one byte per 100 ms',
    outcome: 'fail',
    reasons: ['timeout'],
    act: (s) => {
      s.write('HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n');
      drip(s, 'x');
    },
  },
  {
    name: 'a body of 10 GB, when text is wanted of it',
    wishes: text,
    outcome: 'fail',
    reasons: ['too_large'],
    act: (s) => {
      s.write('HTTP/1.1 200 OK\r\ncontent-length: 10737418240\r\n\r\n');
      flood(s, 'zero');
    },
  },
  {
    name: 'endless headers',
    outcome: 'fail',
    reasons: ['too_large'],
    act: (s) => {
      s.write('HTTP/1.1 200 OK\r\n');
      flood(s, 'x-more: and more\r\n');
    },
  },
  {
    name: 'endless interim answers',
    outcome: 'fail',
    reasons: ['too_large'],
    act: (s) => flood(s, 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'),
  },
  {
    name: 'an endless chunk extension',
    outcome: 'fail',
    reasons: ['too_large', 'protocol_error'],
    act: (s) => {
      s.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;ext=');
      flood(s, 'more');
    },
  },
  {
    name: 'endless trailers',
    outcome: 'fail',
    reasons: ['too_large', 'protocol_error'],
    act: (s) => {
      s.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n');
      flood(s, 'x-trailer: and more\r\n');
    },
  },
  {
    name: 'a gzip bomb',
    wishes: text,
    outcome: 'fail',
    reasons: ['protocol_error'],
    act: (s) => say(ok(`content-encoding: gzip\r\ncontent-length: ${gzipped().length}\r\n`, gzipped()))(s),
  },
  {
    name: 'a brotli bomb',
    wishes: text,
    outcome: 'fail',
    reasons: ['protocol_error'],
    act: (s) => say(ok(`content-encoding: br\r\ncontent-length: ${brotlied().length}\r\n`, brotlied()))(s),
  },
  {
    name: 'six encodings on top of each other',
    wishes: text,
    outcome: 'fail',
    reasons: ['protocol_error'],
    act: say(ok('content-encoding: gzip, br, gzip, deflate, gzip, br\r\ncontent-length: 4\r\n', 'well')),
  },
  { name: 'a redirect to itself', outcome: 'fail', reasons: ['redirect_refused'], act: say(redirect('/')) },
  {
    name: 'fifty hops',
    outcome: 'fail',
    reasons: ['redirect_refused'],
    act: (s, _port, request) => say(redirect(`/${Number(/^GET \/(\d*)/.exec(request)?.[1] ?? 0) + 1}`))(s),
  },
  { name: 'a redirect to a file', outcome: 'fail', reasons: ['redirect_refused'], act: say(redirect('file:///etc/passwd')) },
  {
    name: 'a redirect to the metadata service',
    outcome: 'fail',
    reasons: ['redirect_refused'],
    act: say(redirect('http://169.254.169.254/latest/meta-data/')),
  },
  {
    name: 'both a length and chunks',
    outcome: 'fail',
    reasons: ['protocol_error'],
    act: say('HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'),
  },
  {
    name: 'two lengths',
    outcome: 'fail',
    reasons: ['protocol_error'],
    act: say('HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 5\r\n\r\nhello'),
  },
  {
    name: 'a NUL in a header',
    outcome: 'fail',
    reasons: ['protocol_error'],
    act: say('HTTP/1.1 200 OK\r\nx-a: b\0c\r\ncontent-length: 0\r\n\r\n'),
  },
  { name: 'HTTP/0.9', outcome: 'fail', reasons: ['protocol_error'], act: say('<html>hello</html>') },
  {
    name: 'an HTTP/2 preface',
    outcome: 'fail',
    reasons: ['protocol_error'],
    when: 'accept',
    act: say(Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])])),
  },
  { name: 'junk instead of TLS', wishes: { url: 'https:' }, outcome: 'fail', reasons: ['tls_failed'], act: say('SSH-2.0-OpenSSH_9.6\r\n') },
  { name: 'silence instead of TLS', wishes: { url: 'https:' }, outcome: 'fail', reasons: ['timeout'], act: () => undefined },
  {
    name: 'renegotiation without end',
    tls: 'good',
    maxVersion: 'TLSv1.2',
    outcome: 'fail',
    reasons: ['too_large', 'timeout'],
    act: (s) => {
      const again = (): void => {
        if (!s.destroyed) (s as TLSSocket).renegotiate({}, again);
      };
      again();
    },
  },
  {
    name: 'an expired certificate',
    tls: 'expired',
    outcome: 'fail',
    reasons: ['tls_expired'],
    act: say(ok('content-length: 4\r\n', 'well')),
  },
  {
    name: 'a certificate for another name',
    tls: 'other',
    outcome: 'fail',
    reasons: ['tls_wrong_name'],
    act: say(ok('content-length: 4\r\n', 'well')),
  },
  { name: 'a huge certificate', tls: 'huge', outcome: 'ok', reasons: ['ok'], act: say(ok('content-length: 4\r\n', 'well')) },
  { name: 'a reset at accept', outcome: 'fail', reasons: ['connection_lost'], when: 'accept', act: (s) => void s.resetAndDestroy() },
  {
    name: 'a reset in the headers',
    outcome: 'fail',
    reasons: ['connection_lost'],
    act: (s) => void s.write('HTTP/1.1 200 OK\r\nx-a', () => s.resetAndDestroy()),
  },
  {
    name: 'a reset in the body',
    outcome: 'fail',
    reasons: ['connection_lost'],
    act: (s) => void s.write('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhel', () => s.resetAndDestroy()),
  },
  {
    name: 'a half-closed connection',
    outcome: 'fail',
    reasons: ['connection_lost', 'protocol_error'],
    act: say('HTTP/1.1 200 OK\r\nx-half: y'),
  },
  {
    name: 'a body cut short',
    outcome: 'fail',
    reasons: ['connection_lost', 'protocol_error'],
    act: say('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nshort'),
  },
  {
    name: 'a window that never opens',
    wishes: { method: 'POST', body: 'x'.repeat(1_000_000) },
    when: 'accept',
    outcome: 'fail',
    reasons: ['timeout'],
    act: (s) => void s.pause(),
  },
  {
    name: 'a second answer after the first',
    wishes: text,
    outcome: 'ok',
    reasons: ['ok'],
    act: say('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nwellHTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n'),
  },
  { name: 'a 304 nobody asked for', outcome: 'fail', reasons: ['status_unexpected'], act: say('HTTP/1.1 304 Not Modified\r\n\r\n') },
  { name: 'a 204 with a body', outcome: 'ok', reasons: ['ok'], act: say('HTTP/1.1 204 No Content\r\ncontent-length: 4\r\n\r\nwell') },
  {
    name: 'a status text of 100 kB',
    outcome: 'fail',
    reasons: ['too_large'],
    act: say(`HTTP/1.1 200 ${'O'.repeat(100_000)}\r\ncontent-length: 0\r\n\r\n`),
  },
  {
    name: 'a body that is not UTF-8',
    wishes: { expectJson: [{ path: '$.a' }] },
    outcome: 'fail',
    reasons: ['json_mismatch'],
    act: say(ok('content-length: 6\r\n', Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xa0, 0xe2]))),
  },
  {
    name: 'a cookie of 1 MB',
    outcome: 'fail',
    reasons: ['too_large'],
    act: say(`HTTP/1.1 200 OK\r\nset-cookie: a=${'b'.repeat(1_000_000)}\r\ncontent-length: 0\r\n\r\n`),
  },
  {
    name: 'JSON ten thousand levels deep',
    wishes: { expectJson: [{ path: '$..a' }] },
    outcome: 'fail',
    reasons: ['too_large'],
    act: say(ok('content-length: 20000\r\n', '['.repeat(10_000) + ']'.repeat(10_000))),
  },
];

export interface Target {
  readonly url: string;
  readonly port: number;
}
export interface Farm {
  readonly hostile: ReadonlyMap<Hostile, Target>;
  readonly healthy: readonly Target[];
  /** Connections the farm itself still holds. */
  held(): number;
  close(): Promise<void>;
}

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

/** Every hostile beside `healthyCount` targets that answer "all is well". */
export const startFarm = async (healthyCount = HOSTILES.length): Promise<Farm> => {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const own = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  };
  const startHostile = async (hostile: Hostile): Promise<Target> => {
    let port = 0;
    const meet = (socket: Socket): void => {
      own(socket);
      if (hostile.when === 'accept') return hostile.act(socket, port, '');
      socket.once('data', (chunk) => hostile.act(socket, port, String(chunk)));
    };
    const server = hostile.tls
      ? createTlsServer({ ...certificate(hostile.tls), ...(hostile.maxVersion ? { maxVersion: hostile.maxVersion } : {}) }, meet)
      : createServer(meet);
    server.on('tlsClientError', () => undefined);
    servers.push(server);
    port = await listen(server);
    const secure = hostile.tls !== undefined || hostile.wishes?.url === 'https:';
    return { url: `${secure ? 'https' : 'http'}://127.0.0.1:${port}/`, port };
  };
  const startHealthy = async (): Promise<Target> => {
    const server = createServer((socket) => {
      own(socket);
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\nall is well'));
    });
    servers.push(server);
    const port = await listen(server);
    return { url: `http://127.0.0.1:${port}/`, port };
  };
  const hostile = new Map<Hostile, Target>();
  for (const entry of HOSTILES) hostile.set(entry, await startHostile(entry));
  const healthy: Target[] = [];
  for (let i = 0; i < healthyCount; i++) healthy.push(await startHealthy());
  return {
    hostile,
    healthy,
    held: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
};
