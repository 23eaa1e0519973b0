/**
 * One HTTP/1.1 request and its answer over a connection that the egress gateway dialled: undici's parser, none of its
 * connecting, pooling, decoding or redirecting, and only that part of it is loaded: the whole takes 12 MB more. Resolves with what came, however it ended; never rejects. Bodies are
 * not decoded; at most 256 KiB minus a margin of them are read. Units: bytes, monotonic µs.
 */
import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import errors from 'undici/lib/core/errors.js';
import Client from 'undici/lib/dispatcher/client.js';
import type { Dialled } from '#monitor/egress/egress.ts';
import type { Hop } from './http-plan.ts';

/** Reading stops here and the rest counts as unread: below the wire cap, so that a big page is not mistaken for a flood. */
const BODY_CAP = 229_376;
const MAX_HEADERS = 65_536;
const MAX_STATUS_TEXT = 4_096;

export type Ended = 'complete' | 'body_cap' | 'deadline' | 'error';

export interface Answer {
  /** 0: no final status line was understood. */
  readonly status: number;
  readonly header: (lowerCaseName: string) => string | null;
  readonly body: readonly Buffer[];
  readonly bodyBytes: number;
  readonly ended: Ended;
  /** Set when `ended` is `error`. */
  readonly error: Error | null;
  readonly sentUs: number;
  readonly endUs: number;
}

const OPTIONS = {
  pipelining: 1,
  allowH2: false,
  headersTimeout: 0,
  bodyTimeout: 0,
  connectTimeout: 0,
  keepAliveTimeout: 1,
  maxHeaderSize: MAX_HEADERS,
} as const;

const STACK_DEPTH = Error.stackTraceLimit;
const withStacks = (): void => {
  Error.stackTraceLimit = STACK_DEPTH;
};
/** Until this turn ends: undici makes an Error of the end it was asked for, and to note the parser's frames takes longer than to parse (docs/performance.md, G1). */
const withoutStacks = (): void => {
  Error.stackTraceLimit = 0;
  queueMicrotask(withStacks);
};

type Headers = Readonly<Record<string, string | string[] | undefined>>;

class Exchange implements Dispatcher.DispatchHandler, Answer {
  readonly #dialled: Dialled;
  readonly #keepBody: boolean;
  readonly #signal: AbortSignal;
  readonly #monotonicUs: () => number;
  readonly #resolve: (answer: Answer) => void;
  #headers: Headers = {};
  #settled = false;
  status = 0;
  body: Buffer[] = [];
  bodyBytes = 0;
  ended: Ended = 'complete';
  error: Error | null = null;
  readonly sentUs: number;
  endUs = 0;

  constructor(dialled: Dialled, keepBody: boolean, signal: AbortSignal, monotonicUs: () => number, resolve: (answer: Answer) => void) {
    this.#dialled = dialled;
    this.#keepBody = keepBody;
    this.#signal = signal;
    this.#monotonicUs = monotonicUs;
    this.#resolve = resolve;
    this.sentUs = monotonicUs();
    signal.addEventListener('abort', this);
  }

  readonly header = (name: string): string | null => {
    const value = Object.hasOwn(this.#headers, name) ? this.#headers[name] : undefined;
    return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
  };

  /** The deadline. */
  handleEvent(): void {
    this.settle('deadline', null);
  }
  onRequestStart(): void {}
  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers, text = ''): void {
    if (status < 200) return;
    // undici counts the headers but not the words beside the status (and hands over only the last piece of long ones).
    if (text.length > MAX_STATUS_TEXT) return this.settle('error', new errors.HeadersOverflowError());
    this.status = status;
    this.#headers = headers;
  }
  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#settled) return;
    this.bodyBytes += chunk.length;
    if (this.#keepBody) this.body.push(chunk);
    if (this.bodyBytes >= BODY_CAP) this.settle('body_cap', null);
  }
  onResponseEnd(): void {
    withoutStacks();
    this.settle('complete', null);
  }
  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.settle('error', error);
  }

  settle(ended: Ended, error: Error | null): void {
    if (this.#settled) return;
    this.#settled = true;
    this.ended = ended;
    this.error = error;
    this.endUs = this.#monotonicUs();
    this.#signal.removeEventListener('abort', this);
    this.#dialled.socket.destroy();
    this.#resolve(this);
  }
}

/** A connection is handed over once: undici must never make one of its own, nor ask for a second. */
const handOver = (socket: Socket): ((options: unknown, callback: (error: Error | null, socket: Socket | null) => void) => void) => {
  let given = false;
  return (_options, callback) => {
    if (given) return callback(new Error('the connection ended'), null);
    given = true;
    // undici asks while it is still deciding what to do next; an answer in the same breath would be overlooked.
    queueMicrotask(() => callback(null, socket));
  };
};

export const exchange = (dialled: Dialled, hop: Hop, keepBody: boolean, signal: AbortSignal, monotonicUs: () => number): Promise<Answer> =>
  new Promise((resolve) => {
    const handler = new Exchange(dialled, keepBody, signal, monotonicUs, resolve);
    if (signal.aborted) return handler.settle('deadline', null);
    try {
      const client = new Client(hop.origin, { ...OPTIONS, connect: handOver(dialled.socket) as never });
      client.dispatch({ path: hop.path, method: hop.method, headers: hop.headers as string[], body: hop.body, reset: true }, handler);
    } catch (error) {
      handler.settle('error', error as Error);
    }
  });
