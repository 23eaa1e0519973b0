/**
 * What the gateway (`client.ts`) and the store thread (`store-thread.ts`) say to each other. One request is under way at
 * a time; everything here survives a structured clone. Errors travel as `WireError`, because a clone drops their codes.
 */
import type { SqlValue, Statement } from './store.ts';

export interface OpenFile {
  readonly kind: 'file';
  /** Absolute path of the store file. */
  readonly path: string;
}
export interface OpenRemote {
  readonly kind: 'remote';
  readonly url: string;
  readonly authToken: string | undefined;
}
export interface ThreadData {
  readonly target: OpenFile | OpenRemote;
  /** Module URL that exports `hooks: StatementHooks`. Tests inject faults there; the product passes none. */
  readonly hooks: string | undefined;
}

/** Called in the store thread around every request that touches the file; what it throws counts as the store's own answer. */
export interface StatementHooks {
  /** Before `sql` runs. In `steps` once per statement, in `batch` once per transaction with all its statements. */
  before?(op: Request['op'], sql: readonly string[]): void;
  /** After the commit, before anybody is told: the moment in which an acknowledgement can be lost. */
  committed?(op: Request['op'], sql: readonly string[]): void;
}

export type Request =
  | { readonly op: 'open' }
  /** One statement by itself. */
  | { readonly op: 'execute'; readonly statements: readonly Statement[] }
  /** All in one immediate transaction. */
  | { readonly op: 'batch'; readonly statements: readonly Statement[] }
  /** Likewise with foreign keys off, statement by statement: migrations. */
  | { readonly op: 'steps'; readonly statements: readonly Statement[] }
  /** The file page for page into `path`, missing or empty; given up once the one number of `stop` is not 0. */
  | { readonly op: 'copy'; readonly path: string; readonly stop: Int32Array }
  /** Likewise row for row. */
  | { readonly op: 'compact'; readonly path: string }
  | { readonly op: 'close' };

export interface WireRows {
  readonly columns: readonly string[];
  readonly columnTypes: readonly string[];
  readonly rows: SqlValue[][];
  readonly rowsAffected: number;
  readonly lastInsertRowid: bigint | undefined;
}
export interface Opened {
  readonly sqliteVersion: string;
  readonly journalMode: string;
  readonly lockingMode: string;
}
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly extendedCode: string | undefined;
}
export type Reply =
  | { readonly type: 'rows'; readonly results: readonly WireRows[] }
  | { readonly type: 'opened'; readonly opened: Opened }
  | { readonly type: 'closed' }
  | { readonly type: 'copied' }
  | { readonly type: 'error'; readonly error: WireError }
  /** Unasked: the file under the open connection was deleted or replaced. */
  | { readonly type: 'gone'; readonly message: string };
