/**
 * The store thread: the one connection to the store file, and with it every SQL statement of the process. The client's
 * calls are synchronous underneath, so they are kept away from the thread that serves pages (reliability D1 to D3).
 *
 * First statement `locking_mode=EXCLUSIVE`, then WAL and `synchronous=FULL`: no other process can open the file, so the
 * WAL-reset defect of the SQLite inside libSQL has no second connection to happen with. One request at a time; writes
 * are batches, never interactive transactions. POSIX locks belong to the process: no other code of this process may open
 * and close the store file, or the lock is gone.
 */
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  rmSync,
  unwatchFile,
  watchFile,
  writeSync,
} from 'node:fs';
import process from 'node:process';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Client, ResultSet, Transaction } from '@libsql/client';
import type { SqlValue, Statement } from './store.ts';
import type { Opened, OpenFile, OpenRemote, Reply, Request, StatementHooks, ThreadData, WireError, WireRows } from './thread-messages.ts';

/** Reliability D4: a remote client has no timeout of its own. Reads and writes share the longer one. */
const REMOTE_TIMEOUT_MS = 5_000;
/** How often the file is looked at: a deleted store is noticed within about this time. */
const WATCH_MS = 500;

const FILE_PRAGMAS = [
  'PRAGMA synchronous=FULL',
  'PRAGMA foreign_keys=ON',
  'PRAGMA temp_store=MEMORY',
  // 16 MiB: the right-hand leaf of every (component, location) stays in memory for a few thousand of them.
  'PRAGMA cache_size=-8192',
  // 4 MiB between checkpoints, and a WAL that has grown beyond 16 MiB is cut back.
  'PRAGMA wal_autocheckpoint=1000',
  'PRAGMA journal_size_limit=16777216',
];

type BoundValue = null | string | number | bigint | Uint8Array;

/** Whole numbers as bigint: the client would bind them as REAL. */
const bind = (value: SqlValue | boolean): BoundValue => {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return value;
};
const bound = (statement: Statement): { sql: string; args: BoundValue[] } => ({
  sql: statement.sql,
  args: (statement.args ?? []).map(bind),
});

const toWire = (result: ResultSet, transfer: Set<ArrayBuffer>): WireRows => {
  const width = result.columns.length;
  const rows = result.rows.map((row) => {
    const values: SqlValue[] = new Array(width);
    for (let i = 0; i < width; i++) {
      const value = row[i];
      if (value instanceof ArrayBuffer) {
        transfer.add(value);
        values[i] = new Uint8Array(value);
      } else values[i] = value ?? null;
    }
    return values;
  });
  return {
    columns: result.columns,
    columnTypes: result.columnTypes,
    rows,
    rowsAffected: result.rowsAffected,
    lastInsertRowid: result.lastInsertRowid,
  };
};

const toWireError = (error: unknown): WireError => {
  const facts = error as { name?: string; message?: string; code?: unknown; extendedCode?: unknown };
  return {
    name: facts?.name ?? 'Error',
    message: facts?.message ?? String(error),
    code: typeof facts?.code === 'string' ? facts.code : undefined,
    extendedCode: typeof facts?.extendedCode === 'string' ? facts.extendedCode : undefined,
  };
};

const one = async (client: Client, sql: string): Promise<string> => String((await client.execute(sql)).rows[0]?.[0] ?? '');

const openFile = async (target: OpenFile): Promise<{ client: Client; opened: Opened }> => {
  const { createClient } = await import('@libsql/client/sqlite3');
  // `timeout` waits synchronously; at start it covers the moment in which a stopping Avow lets go of the file.
  const client = createClient({
    url: `file:${encodeURI(target.path).replaceAll('?', '%3F').replaceAll('#', '%23')}`,
    concurrency: 1,
    timeout: 250,
  });
  try {
    const lockingMode = await one(client, 'PRAGMA locking_mode=EXCLUSIVE');
    const journalMode = await one(client, 'PRAGMA journal_mode=WAL');
    for (const pragma of FILE_PRAGMAS) await client.execute(pragma);
    // The first transaction takes the lock that is then never given back.
    await client.batch([], 'write');
    if (lockingMode !== 'exclusive' || journalMode !== 'wal')
      throw new Error(`SQLite answered locking_mode=${lockingMode} and journal_mode=${journalMode} instead of exclusive and wal`);
    const shared = `${target.path}-shm`;
    // Left by some other program that was killed; we hold the file alone, so nobody can be using it.
    if (existsSync(shared)) rmSync(shared);
    await client.execute('SELECT count(*) FROM sqlite_schema');
    if (existsSync(shared)) throw new Error(`${shared} appeared although the connection is exclusive`);
    return { client, opened: { sqliteVersion: await one(client, 'SELECT sqlite_version()'), journalMode, lockingMode } };
  } catch (error) {
    client.close();
    throw error;
  }
};

const openRemote = async (target: OpenRemote): Promise<{ client: Client; opened: Opened }> => {
  const { createClient } = await import('@libsql/client/http');
  const client = createClient({
    url: target.url,
    ...(target.authToken === undefined ? {} : { authToken: target.authToken }),
    fetch: (request: globalThis.Request) => fetch(request, { signal: AbortSignal.timeout(REMOTE_TIMEOUT_MS) }),
  });
  return { client, opened: { sqliteVersion: await one(client, 'SELECT sqlite_version()'), journalMode: 'remote', lockingMode: 'remote' } };
};

/** The first bytes of every SQLite file (sqlite.org/fileformat.html, 1.3). */
const MAGIC = Buffer.from('SQLite format 3\0');

/**
 * Calls `gone` once when the file at `path` is no longer the one that was opened, or no longer a store: SQLite, which
 * holds its pages in memory, would notice that much later.
 */
const watchForLoss = (path: string, file: number, gone: (message: string) => void): void => {
  const { ino } = fstatSync(file);
  const found = Buffer.alloc(MAGIC.length);
  const overwritten = (): boolean => readSync(file, found, 0, MAGIC.length, 0) < MAGIC.length || !found.equals(MAGIC);
  watchFile(path, { interval: WATCH_MS, persistent: false }, (now) => {
    const what =
      now.nlink === 0
        ? 'it was deleted'
        : now.ino !== ino
          ? 'another file was put in its place'
          : overwritten()
            ? 'something else was written over it'
            : null;
    if (what === null) return;
    unwatchFile(path);
    gone(`${what} while Avow was running`);
  });
};

/** Copied between two looks at whether to go on: about a millisecond. */
const PIECE_BYTES = 1_024 * 1_024;
/** Where the header says by which kind of log the file is written; 2 is a write-ahead log, 1 a journal (sqlite.org/fileformat.html, 1.3.2). */
const LOG_KIND_AT = 18;

const writeWhole = (file: number, piece: Uint8Array): void => {
  for (let done = 0; done < piece.length; ) done += writeSync(file, piece, done);
};

/**
 * Copies a store whose log is empty. It says in its header that it has no log, as what `VACUUM INTO` writes does. Through the descriptor
 * that stays open: to close one of this file would give SQLite's lock away. Never through a link that somebody put in its place.
 */
const copyPages = (from: number, path: string, bytes: number, stop: Int32Array): void => {
  const to = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  try {
    if (fstatSync(to).size > 0) throw Object.assign(new Error(`${path} is not empty`), { code: 'EEXIST' });
    const buffer = Buffer.alloc(PIECE_BYTES);
    for (let done = 0; done < bytes; ) {
      if (Atomics.load(stop, 0) !== 0) throw new Error('the copy was given up');
      const piece = buffer.subarray(0, readSync(from, buffer, 0, Math.min(PIECE_BYTES, bytes - done), done));
      if (piece.length === 0) throw Object.assign(new Error(`the store ended after ${done} of ${bytes} bytes`), { code: 'SQLITE_CORRUPT' });
      if (done === 0) piece.fill(1, LOG_KIND_AT, LOG_KIND_AT + 2);
      writeWhole(to, piece);
      done += piece.length;
    }
  } finally {
    closeSync(to);
  }
};

/**
 * Makes sure that a copy by SQLite, which follows links, goes into an empty file of ours: what is in its place already must be that. Looked
 * at and never opened, for it may be the store itself under another name.
 */
const ownEmptyFile = (path: string): void => {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined) return closeSync(openSync(path, 'wx', 0o600));
  const own = process.getuid === undefined || there.uid === process.getuid();
  if (!there.isFile() || !own || there.nlink !== 1 || there.size > 0)
    throw Object.assign(new Error(`${path} is no empty file of our own`), { code: 'EEXIST' });
};

class StoreThread {
  readonly #port: MessagePort;
  readonly #target: OpenFile | OpenRemote;
  readonly #hooks: StatementHooks;
  #client: Client | undefined;
  /** Of the file, open as long as the process lives. */
  #descriptor: number | undefined;

  constructor(port: MessagePort, target: OpenFile | OpenRemote, hooks: StatementHooks) {
    this.#port = port;
    this.#target = target;
    this.#hooks = hooks;
  }

  async answer(request: Request): Promise<void> {
    const transfer = new Set<ArrayBuffer>();
    let reply: Reply;
    try {
      reply = await this.#perform(request, transfer);
    } catch (error) {
      transfer.clear();
      reply = { type: 'error', error: toWireError(error) };
    }
    this.#port.postMessage(reply, [...transfer]);
    if (request.op === 'close') this.#port.close();
  }

  async #perform(request: Request, transfer: Set<ArrayBuffer>): Promise<Reply> {
    if (request.op === 'open') return { type: 'opened', opened: await this.#open() };
    const client = this.#client;
    if (!client) throw Object.assign(new Error('no connection is open'), { code: 'CLIENT_CLOSED' });
    if (request.op === 'close') {
      if (this.#target.kind === 'file') unwatchFile(this.#target.path);
      client.close();
      return { type: 'closed' };
    }
    if (request.op === 'copy') {
      this.#hooks.before?.('copy', []);
      await this.#copy(client, request.path, request.stop);
      return { type: 'copied' };
    }
    if (request.op === 'compact') {
      this.#hooks.before?.('compact', []);
      ownEmptyFile(request.path);
      await client.execute({ sql: 'VACUUM INTO ?', args: [request.path] });
      return { type: 'copied' };
    }
    const statements = request.statements.map(bound);
    const sql = statements.map((statement) => statement.sql);
    let results: ResultSet[];
    if (request.op === 'steps') results = await this.#steps(client, statements);
    else {
      this.#hooks.before?.(request.op, sql);
      const [single] = statements;
      results = request.op === 'batch' || !single ? await client.batch(statements, 'write') : [await client.execute(single)];
    }
    this.#hooks.committed?.(request.op, sql);
    return { type: 'rows', results: results.map((result) => toWire(result, transfer)) };
  }

  async #open(): Promise<Opened> {
    const { client, opened } = this.#target.kind === 'file' ? await openFile(this.#target) : await openRemote(this.#target);
    this.#client = client;
    if (this.#target.kind === 'file') {
      this.#descriptor = openSync(this.#target.path, 'r');
      watchForLoss(this.#target.path, this.#descriptor, (message) => this.#port.postMessage({ type: 'gone', message }));
    }
    return opened;
  }

  /** Nothing is written meanwhile: this thread does one thing at a time, and nobody else has the file. */
  async #copy(client: Client, path: string, stop: Int32Array): Promise<void> {
    const { rows } = await client.execute('PRAGMA wal_checkpoint(TRUNCATE)');
    if (Number(rows[0]?.[0]) !== 0 || this.#descriptor === undefined) throw new Error('the log of the store could not be emptied');
    const bytes = Number(await one(client, 'SELECT page_count * page_size FROM pragma_page_count, pragma_page_size'));
    copyPages(this.#descriptor, path, bytes, stop);
  }

  /** A transaction held across statements is safe here and only here: nothing else runs in this thread until it ends. */
  async #steps(client: Client, statements: readonly { sql: string; args: BoundValue[] }[]): Promise<ResultSet[]> {
    await client.execute('PRAGMA foreign_keys=OFF');
    let transaction: Transaction | undefined;
    try {
      transaction = await client.transaction('write');
      const results: ResultSet[] = [];
      for (const statement of statements) {
        this.#hooks.before?.('steps', [statement.sql]);
        results.push(await transaction.execute(statement));
      }
      this.#hooks.before?.('steps', ['COMMIT']);
      await transaction.commit();
      return results;
    } finally {
      transaction?.close();
      await client.execute('PRAGMA foreign_keys=ON');
    }
  }
}

if (parentPort) {
  const data = workerData as ThreadData;
  const hooks: StatementHooks = data.hooks === undefined ? {} : ((await import(data.hooks)) as { hooks: StatementHooks }).hooks;
  const thread = new StoreThread(parentPort, data.target, hooks);
  let turn: Promise<void> = Promise.resolve();
  parentPort.on('message', (request: Request) => {
    turn = turn.then(() => thread.answer(request));
  });
}
