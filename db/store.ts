/**
 * What the rest of Avow knows of the store: statements in, rows out, and whether it can commit. `db/client.ts` is the
 * implementation (one connection in its own thread); nothing else opens the file.
 */
import type { LibSQLDatabase } from 'drizzle-orm/libsql';
import type * as schema from './schema/index.ts';

/** Values as SQLite keeps them. Integers bind as INTEGER: whole JS numbers are sent as bigint by the gateway (a bare number would bind as REAL). */
export type SqlValue = null | string | number | bigint | Uint8Array;
export interface Statement {
  readonly sql: string;
  readonly args?: readonly SqlValue[];
}
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
  readonly rowsAffected: number;
}

/**
 * Why a statement failed, by what to do about it (reliability D2):
 * `full` | `io` | `readonly`: keep running, keep the work, try again later. `busy` (after start) | `corrupt`: stop writing,
 * serve the last good bytes, `/readyz` 503. `held`: at start, another process owns the file. `foreign`: at start,
 * it is the store of a newer Avow, of another build, or of another program. `constraint`: our own
 * statement broke a rule of the schema. `closed`: the store was shut. `other`: our own fault.
 */
export type StoreFaultKind = 'full' | 'io' | 'readonly' | 'busy' | 'corrupt' | 'held' | 'foreign' | 'constraint' | 'closed' | 'other';
export class StoreFault extends Error {
  readonly kind: StoreFaultKind;
  constructor(kind: StoreFaultKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreFault';
    this.kind = kind;
  }
}

export type StoreCondition =
  | { readonly state: 'open' }
  /** Commits fail for now; `kind` says why; reading may work. */
  | { readonly state: 'ailing'; readonly kind: StoreFaultKind; readonly message: string }
  /** No more writes in this process. */
  | { readonly state: 'lost'; readonly kind: StoreFaultKind; readonly message: string };

export interface Store {
  /** Drizzle over the same connection, for everything that is not the hot path. Its `transaction()` is refused: use `write`. */
  readonly db: LibSQLDatabase<typeof schema>;
  /** One read statement. */
  read(statement: Statement): Promise<Rows>;
  /** All statements in one immediate transaction, or none. Resolves after the commit is durable. */
  write(statements: readonly Statement[]): Promise<readonly Rows[]>;
  /**
   * Runs `work` with no other `exclusive` work in between, so that what it reads still holds when it writes. Every
   * read-then-write goes through here. Not re-entrant.
   */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Writes all of the store as of one instant, page for page, into the empty file `path`, on any disk; nothing is synced to it. Everything
   * asked meanwhile waits its turn. Rejects with a `StoreFault` about the copy, which may be there in part; the store is as before. Given
   * up within milliseconds once `signal` is aborted.
   */
  copyTo(path: string, signal?: AbortSignal): Promise<void>;
  /** Likewise, row for row (`VACUUM INTO`): without free pages, slower, and not to be broken off. `path` may be missing. */
  compactTo(path: string): Promise<void>;
  /** Such a copy is being written: commits wait, and nothing is wrong. */
  readonly copying: boolean;
  readonly condition: StoreCondition;
  onCondition(listener: (condition: StoreCondition) => void): void;
  readonly info: {
    readonly path: string;
    readonly sqliteVersion: string;
    readonly journalMode: string;
    readonly lockingMode: string;
    readonly instanceId: string;
  };
  close(): Promise<void>;
}
