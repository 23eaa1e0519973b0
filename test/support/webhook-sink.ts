/**
 * A receiver of webhooks on loopback (fixture F4): records every post, and answers by script: a status with headers, or it accepts and dies,
 * stalls, or floods. `publicly` is an egress that believes it to be at a public address under the name good.test.
 */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Clock } from '#monitor/clock.ts';
import { connectTcp } from '#monitor/egress/dial.ts';
import type { Egress } from '#monitor/egress/egress.ts';
import { createEgress } from '#monitor/egress/gateway.ts';
import { certificate, type TestCertificate, testRoot } from './certificates.ts';

export interface Post {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
export type HookAnswer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Takes the whole post, then cuts the connection without an answer. */
  | 'die'
  /** Takes the whole post and never answers. */
  | 'stall'
  /** Answers with headers without end. */
  | 'flood';
export type HookScript = (post: Post, nth: number) => HookAnswer;

export interface WebhookSink {
  readonly url: string;
  readonly posts: readonly Post[];
  /** From now on it answers so. */
  answer(script: HookScript): void;
  /** Resolves once there are that many posts. */
  received(count: number): Promise<void>;
  close(): Promise<void>;
}

const OK: HookScript = () => ({ status: 204 });

export const startWebhookSink = async (script: HookScript = OK, shows: TestCertificate = 'good'): Promise<WebhookSink> => {
  const posts: Post[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let current = script;
  const server = createServer(certificate(shows), (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const post: Post = {
        path: request.url ?? '',
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString(),
      };
      posts.push(post);
      const answer = current(post, posts.length - 1);
      if (answer === 'die') request.socket.destroy();
      else if (answer === 'flood') {
        const more = (): void => {
          while (!request.socket.destroyed && request.socket.write(`HTTP/1.1 103 Early Hints\r\nx: ${'y'.repeat(16_000)}\r\n\r\n`));
        };
        request.socket.on('drain', more).on('error', () => undefined);
        more();
      } else if (answer !== 'stall') response.writeHead(answer.status, answer.headers).end('ignored');
      for (const one of waiting) if (posts.length >= one.count) one.resolve();
    });
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://good.test:${(server.address() as AddressInfo).port}/hooks/avow`,
    posts,
    answer(next) {
      current = next;
    },
    received: (count) => (posts.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve }))),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};

const PUBLIC = '93.184.215.14';

/** good.test is at a public address as far as every rule of the gateway sees; only the last step leads to loopback. Others are dialled as they are. */
export const publicly = (clock: Clock, hostsFile: string): Egress =>
  createEgress({
    clock,
    hostsFile,
    ownPorts: () => [],
    selfOrigin: () => null,
    extraCa: [testRoot()],
    connect(wire, address, port) {
      if (address === PUBLIC) Object.defineProperty(wire, 'remoteAddress', { get: () => PUBLIC });
      connectTcp(wire, address === PUBLIC ? '127.0.0.1' : address, port);
    },
  });
export const PUBLIC_HOSTS = `${PUBLIC} good.test\n`;
