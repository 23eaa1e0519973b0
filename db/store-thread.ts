/**
 * The store thread: the one connection to the store file, and with it every SQL statement of the process. The client's
 * calls are synchronous underneath, so they are kept away from the thread that serves pages (reliability D1 to D3).
 *
 * First statement `locking_mode=EXCLUSIVE`, then WAL and `synchronous=FULL`: no other process can open the file, so the
 * WAL-reset defect of the SQLite inside libSQL has no second connection to happen with. One request at a time; writes
 * are batches, never interactive transactions. POSIX locks belong to the process: no other code of this process may open
 * and close the store file, or the lock is gone.
 */
import { existsSync, fstatSync, openSync, readSync, rmSync, unwatchFile, watchFile } from 'node:fs';
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
 * holds its pages in memory, would notice that much later. The descriptor stays open as long as the process lives: to
 * close it would give SQLite's lock away.
 */
const watchForLoss = (path: string, gone: (message: string) => void): void => {
  const file = openSync(path, 'r');
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

class StoreThread {
  readonly #port: MessagePort;
  readonly #target: OpenFile | OpenRemote;
  readonly #hooks: StatementHooks;
  #client: Client | undefined;

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
    if (this.#target.kind === 'file') watchForLoss(this.#target.path, (message) => this.#port.postMessage({ type: 'gone', message }));
    return opened;
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
