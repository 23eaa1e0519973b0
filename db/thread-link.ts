/**
 * The gateway's end of the store thread: requests go out one at a time and strictly in order, so the thread's event loop
 * turns between them (a tight run of statements would pile up native handles), and what waits can be refused at once
 * when the thread dies.
 */
import { Worker } from 'node:worker_threads';
import { StoreFault } from './store.ts';
import { toStoreFault } from './store-fault.ts';
import type { Reply, Request, ThreadData, WireError } from './thread-messages.ts';

type Answer = Exclude<Reply, { type: 'error' | 'gone' }>;
interface Pending {
  readonly request: Request;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (fault: StoreFault) => void;
}

/** What the thread makes is short-lived; left alone V8 would let it fill 48 MB before it looks. */
const YOUNG_MB = 6;

export class ThreadLink {
  readonly #worker: Worker;
  readonly #store: string;
  readonly #lost: (fault: StoreFault) => void;
  readonly #waiting: Pending[] = [];
  #current: Pending | undefined;
  #dead: StoreFault | undefined;

  /** `store` names the store in sentences; `lost` is told when the thread dies or the file under it disappears. */
  constructor(data: ThreadData, store: string, lost: (fault: StoreFault) => void) {
    this.#store = store;
    this.#lost = lost;
    this.#worker = new Worker(new URL('./store-thread.ts', import.meta.url), {
      workerData: data,
      name: 'avow-store',
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker.on('message', (reply: Reply) => this.#receive(reply));
    this.#worker.on('error', (error) =>
      this.#die(new StoreFault('other', `The store thread crashed (${error.message}). Restart Avow.`, { cause: error })),
    );
    this.#worker.on('exit', (code) => this.#die(new StoreFault('other', `The store thread ended with code ${code}. Restart Avow.`)));
  }

  ask(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#dead) return reject(this.#dead);
      this.#waiting.push({ request, resolve, reject });
      this.#next();
    });
  }

  /** Everything asked before is answered first. Further requests are refused as `closed`. */
  async close(): Promise<void> {
    const closing = this.ask({ op: 'close' }).catch(() => undefined);
    this.#dead ??= new StoreFault('closed', `The store ${this.#store} is closed.`);
    await closing;
    await this.#worker.terminate();
  }

  /** Ends the thread whatever it is doing. */
  async destroy(): Promise<void> {
    this.#dead ??= new StoreFault('closed', `The store ${this.#store} is closed.`);
    await this.#worker.terminate();
  }

  #next(): void {
    if (this.#current) return;
    this.#current = this.#waiting.shift();
    if (!this.#current) return;
    const { request } = this.#current;
    const prepared = 'statements' in request ? detachBlobs(request) : { request, transfer: [] };
    this.#worker.postMessage(prepared.request, prepared.transfer);
  }

  #receive(reply: Reply): void {
    if (reply.type === 'gone') {
      const error: WireError = { name: 'Error', message: reply.message, code: 'SQLITE_CORRUPT', extendedCode: undefined };
      const cause = toStoreFault(error, this.#store).cause;
      return this.#lost(
        new StoreFault(
          'corrupt',
          `The store ${this.#store} is gone: ${reply.message}. Nothing more is written: put it back or restore a backup, then restart Avow.`,
          { cause },
        ),
      );
    }
    const answered = this.#current;
    this.#current = undefined;
    if (reply.type === 'error') answered?.reject(toStoreFault(reply.error, this.#store));
    else answered?.resolve(reply);
    this.#next();
  }

  #die(fault: StoreFault): void {
    const expected = this.#dead !== undefined;
    this.#dead ??= fault;
    const pending = this.#current ? [this.#current, ...this.#waiting] : [...this.#waiting];
    this.#current = undefined;
    this.#waiting.length = 0;
    for (const { reject } of pending) reject(this.#dead);
    if (!expected) this.#lost(fault);
  }
}

/** Copies each blob once, without the pool it may lie in, and hands the copy over; the caller keeps its own for a retry. */
const detachBlobs = (request: Extract<Request, { statements: unknown }>): { request: Request; transfer: ArrayBuffer[] } => {
  const transfer: ArrayBuffer[] = [];
  const statements = request.statements.map((statement) => {
    if (!statement.args?.some((arg) => arg instanceof Uint8Array)) return statement;
    const args = statement.args.map((arg) => {
      if (!(arg instanceof Uint8Array)) return arg;
      const copy = new Uint8Array(arg);
      transfer.push(copy.buffer);
      return copy;
    });
    return { sql: statement.sql, args };
  });
  return { request: { ...request, statements }, transfer };
};
