/**
 * The gateway to the store: opens it in its own thread, brings its schema up to date, and watches whether it can commit.
 * Nothing else in Avow opens the file. Refuses, as a rejected `StoreFault`, a file that another process holds (`held`),
 * that is damaged (`corrupt`), read-only or out of reach, and a schema newer than this Avow (`other`).
 */
import { randomUUID } from 'node:crypto';
import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import type { LibSQLDatabase } from 'drizzle-orm/libsql';
import type { Instant } from '#domain/time/instant.ts';
import { drizzleClient } from './drizzle-client.ts';
import { describeHolder, forgetHolder, noteHolder } from './holder.ts';
import { type Migration, type MigrationProgress, migrate } from './migrate.ts';
import type * as schema from './schema/index.ts';
import { type Rows, type Statement, type Store, type StoreCondition, StoreFault, type StoreFaultKind } from './store.ts';
import { faultSentence } from './store-fault.ts';
import { ThreadLink } from './thread-link.ts';
import type { Opened, Request, WireRows } from './thread-messages.ts';

export interface OpenStoreOptions {
  /** The store file, e.g. `<data>/avow.db`. Its folder must exist. */
  readonly path: string;
  readonly clock: { now(): Instant };
  readonly log: {
    info(message: string, facts?: Readonly<Record<string, unknown>>): void;
    warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  };
  /** `libsql://…` or `http(s)://…`: the store is a server, and `path` only says where notes about it lie. */
  readonly url?: string | undefined;
  readonly authToken?: string | undefined;
  readonly progress?: ((progress: MigrationProgress) => void) | undefined;
  /** The identity of a new store; random without it. */
  readonly newInstanceId?: (() => string) | undefined;
  /** Tests: other migrations than Avow's own, and a module of faults for the store thread (thread-messages.ts). */
  readonly migrations?: readonly Migration[] | undefined;
  readonly hooks?: URL | undefined;
}

const AILING: ReadonlySet<StoreFaultKind> = new Set(['full', 'io', 'readonly', 'busy']);
/** A file that is locked although we hold it alone; a server that is busy is asked again. */
const LOSING: ReadonlySet<StoreFaultKind> = new Set(['busy', 'corrupt']);
const LOSING_REMOTE: ReadonlySet<StoreFaultKind> = new Set(['corrupt']);

/** A single statement that changes something, as Drizzle sends them; it obeys and heals the condition as `write` does. */
const WRITES =
  /^\s*(?:insert|update|delete|replace|create|drop|alter)\b|^\s*with\b[\s\S]*\b(?:insert\s+into|update\s+\S+\s+set|delete\s+from)\b/i;

const load = createRequire(import.meta.url);
/** Drizzle and the schema take 30 MB, so they come with the first use of `store.db`. */
const loadDrizzle = (): typeof import('./drizzle-open.ts') => load('./drizzle-open.ts');

class ThreadStore implements Store {
  readonly #link: ThreadLink;
  readonly #path: string;
  readonly #losing: ReadonlySet<StoreFaultKind>;
  readonly #listeners: ((condition: StoreCondition) => void)[] = [];
  readonly #warn: (message: string) => void;
  #condition: StoreCondition = { state: 'open' };
  #turn: Promise<unknown> = Promise.resolve();
  #copies = 0;
  #info: Store['info'];
  #closed: Promise<void> | undefined;
  #db: LibSQLDatabase<typeof schema> | undefined;

  constructor(options: OpenStoreOptions, name: string) {
    this.#path = options.path;
    this.#losing = options.url === undefined ? LOSING : LOSING_REMOTE;
    this.#warn = (message) => options.log.warn(message);
    this.#info = { path: name, sqliteVersion: '', journalMode: '', lockingMode: '', instanceId: '' };
    this.#link = new ThreadLink(
      {
        target:
          options.url === undefined
            ? { kind: 'file', path: options.path }
            : { kind: 'remote', url: options.url, authToken: options.authToken },
        hooks: options.hooks?.href,
      },
      name,
      (fault) => this.#change({ state: 'lost', kind: fault.kind, message: fault.message }),
    );
  }

  get db(): LibSQLDatabase<typeof schema> {
    this.#db ??= loadDrizzle().openDrizzle(
      drizzleClient({
        execute: async (statement) => first(await this.#ask({ op: 'execute', statements: [statement] })),
        batch: (statements) => this.#ask({ op: 'batch', statements }),
        migrate: (statements) => this.#ask({ op: 'steps', statements }),
      }),
    );
    return this.#db;
  }

  get condition(): StoreCondition {
    return this.#condition;
  }
  get info(): Store['info'] {
    return this.#info;
  }
  onCondition(listener: (condition: StoreCondition) => void): void {
    this.#listeners.push(listener);
  }
  async read(statement: Statement): Promise<Rows> {
    return first(await this.#ask({ op: 'execute', statements: [statement] }));
  }
  write(statements: readonly Statement[]): Promise<readonly Rows[]> {
    return this.#ask({ op: 'batch', statements });
  }
  async steps(statements: readonly Statement[]): Promise<void> {
    await this.#ask({ op: 'steps', statements });
  }
  async copyTo(path: string, signal?: AbortSignal): Promise<void> {
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const giveUp = (): void => void Atomics.store(stop, 0, 1);
    if (signal?.aborted) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    await this.#copy(path, { op: 'copy', path, stop }).finally(() => signal?.removeEventListener('abort', giveUp));
  }
  compactTo(path: string): Promise<void> {
    return this.#copy(path, { op: 'compact', path });
  }
  async #copy(path: string, request: Request): Promise<void> {
    if (this.#info.journalMode === 'remote') throw new StoreFault('other', `The store ${this.#info.path} is a server: it copies itself.`);
    this.#copies++;
    try {
      await this.#link.ask(request);
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
      // Whatever else befalls the copy says nothing of the store.
      if (error.kind === 'corrupt') this.#judge(error);
      throw error.kind === 'corrupt' ? error : new StoreFault(error.kind, `The copy ${path} could not be written.`, { cause: error.cause });
    } finally {
      this.#copies--;
    }
  }
  get copying(): boolean {
    return this.#copies > 0;
  }
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
  close(): Promise<void> {
    this.#closed ??= this.#link.close().then(() => forgetHolder(this.#path));
    return this.#closed;
  }

  async open(): Promise<Opened> {
    const answer = await this.#link.ask({ op: 'open' });
    if (answer.type !== 'opened') throw new Error(`The store thread answered ${answer.type} when asked to open`);
    return answer.opened;
  }
  describe(opened: Opened, instanceId: string): void {
    this.#info = { ...this.#info, ...opened, instanceId };
  }
  destroy(): Promise<void> {
    return this.#link.destroy();
  }

  async #ask(request: Extract<Request, { statements: unknown }>): Promise<readonly WireRows[]> {
    const writes = request.op !== 'execute' || request.statements.some(({ sql }) => WRITES.test(sql));
    if (writes && this.#condition.state === 'lost') throw new StoreFault(this.#condition.kind, this.#condition.message);
    try {
      const answer = await this.#link.ask(request);
      if (answer.type !== 'rows') throw new Error(`The store thread answered ${answer.type} to ${request.op}`);
      if (writes && this.#condition.state === 'ailing') this.#change({ state: 'open' });
      return answer.results;
    } catch (error) {
      if (error instanceof StoreFault) this.#judge(error);
      throw error;
    }
  }

  #judge(fault: StoreFault): void {
    if (this.#losing.has(fault.kind)) this.#change({ state: 'lost', kind: fault.kind, message: fault.message });
    else if (AILING.has(fault.kind)) this.#change({ state: 'ailing', kind: fault.kind, message: fault.message });
  }

  #change(condition: StoreCondition): void {
    const before = this.#condition;
    if (
      before.state === 'lost' ||
      (before.state === condition.state && (before.state === 'open' || before.kind === (condition as typeof before).kind))
    )
      return;
    this.#condition = condition;
    if (condition.state !== 'open') this.#warn(condition.message);
    for (const listener of this.#listeners) listener(condition);
  }
}

const first = (results: readonly WireRows[]): WireRows => {
  const [only] = results;
  if (!only) throw new Error('The store thread answered no rows at all');
  return only;
};

const mayWrite = (path: string): boolean => {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'ENOENT';
  }
};

/** Why a folder is none in which a store can lie; null: it can. */
const notIn = (folder: string): string | null => {
  try {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (!found) return `The folder ${folder} for the store does not exist. Create it, or use --data for another folder.`;
    if (!found.isDirectory()) return `${folder} is a file, and a store lies in a folder. Move it away, or use --data for another folder.`;
    accessSync(folder, constants.X_OK);
    return null;
  } catch (error) {
    if ((error as { code?: string }).code !== 'EACCES') throw error;
    return `This user may not look into ${folder}, where the store lies. Come as the user who owns it, or use --data for another folder.`;
  }
};

/** What SQLite would say less clearly, or not at all. Looks without opening: to close the file here would drop another store's lock on it. */
const refuseBadPlace = (path: string): void => {
  const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? -1;
  const unfit = notIn(dirname(path));
  if (unfit !== null) throw new StoreFault('io', unfit);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new StoreFault('io', `The store ${path} is a folder, not a file. Move it away, or use --data for another folder.`);
  for (const place of [dirname(path), path, `${path}-wal`])
    if (!mayWrite(place))
      throw new StoreFault(
        'readonly',
        `The store ${path} cannot be used: ${place} is read-only for this user. Make it writable, or use --data for another folder.`,
      );
  // SQLite would throw the log away and start empty.
  if (sizeOf(path) <= 0 && sizeOf(`${path}-wal`) > 0)
    throw new StoreFault(
      'corrupt',
      `The store ${path} is missing, but ${path}-wal with its last changes is there. Put the store back beside it, or move the log away to start empty.`,
    );
};

const explainStart = (fault: StoreFault, path: string, local: boolean): StoreFault => {
  if (!local || fault.kind !== 'busy') return fault;
  return new StoreFault('held', `The store ${path} is held by ${describeHolder(path)}. Stop it first, or use --data for another folder.`, {
    cause: fault,
  });
};

/** Opens, migrates and claims the store; rejects with a `StoreFault` whose sentence says what to do. */
export const openStore = async (given: OpenStoreOptions): Promise<Store> => {
  const local = given.url === undefined;
  const options: OpenStoreOptions = { ...given, path: resolve(given.path) };
  const name = given.url ?? options.path;
  if (local) refuseBadPlace(options.path);
  const store = new ThreadStore(options, name);
  try {
    const opened = await store.open();
    const now = options.clock.now();
    if (local) noteHolder(options.path);
    const applied = await migrate(store, { store: name, now, migrations: options.migrations, progress: options.progress });
    store.describe(opened, await claim(store, now, (options.newInstanceId ?? randomUUID)()));
    options.log.info('store open', {
      path: name,
      sqlite: opened.sqliteVersion,
      journal: opened.journalMode,
      locking: opened.lockingMode,
      migrations: applied,
    });
    return store;
  } catch (error) {
    await store.destroy();
    if (local && !(error instanceof StoreFault && error.kind === 'busy')) forgetHolder(options.path);
    if (error instanceof StoreFault) throw explainStart(error, options.path, local);
    const message = error instanceof Error ? error.message : faultSentence('other', `The store ${name}`, String(error));
    throw new StoreFault('other', message, { cause: error });
  }
};

/**
 * Opens a store file as it is and closes it again, so that what its log holds is in the file itself. Nothing is brought up to date.
 * Rejects as `openStore` does: `held` when another process has it.
 */
export const settleStore = async (given: string): Promise<void> => {
  const path = resolve(given);
  const lost = (): void => undefined;
  const link = new ThreadLink({ target: { kind: 'file', path }, hooks: undefined }, path, lost);
  try {
    await link.ask({ op: 'open' });
    await link.close();
  } catch (error) {
    await link.destroy();
    throw error instanceof StoreFault ? explainStart(error, path, true) : error;
  }
};

/** Gives a new store its identity, which tells a wiped server from the one that was known; answers it. */
const claim = async (store: Store, now: Instant, instanceId: string): Promise<string> => {
  const insert = 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING';
  const results = await store.write([
    { sql: insert, args: ['instance_id', instanceId] },
    { sql: insert, args: ['created_at_ms', String(now)] },
    { sql: `SELECT value FROM meta WHERE key = 'instance_id'` },
  ]);
  return String(results[2]?.rows[0]?.[0]);
};
