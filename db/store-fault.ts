/**
 * Turns what SQLite, libSQL or the network said into a `StoreFault` (reliability D2): the kind says what to do, the
 * sentence says what happened, to which store, and what to do next.
 */
import { StoreFault, type StoreFaultKind } from './store.ts';
import type { WireError } from './thread-messages.ts';

/** By base result code (sqlite.org/rescode.html), or the codes of @libsql/client. What is missing is `other`. */
const KINDS: Readonly<Record<string, StoreFaultKind>> = {
  SQLITE_FULL: 'full',
  SQLITE_NOMEM: 'io',
  SQLITE_IOERR: 'io',
  SQLITE_CANTOPEN: 'io',
  SQLITE_READONLY: 'readonly',
  SQLITE_PERM: 'readonly',
  SQLITE_BUSY: 'busy',
  SQLITE_LOCKED: 'busy',
  SQLITE_PROTOCOL: 'busy',
  SQLITE_CORRUPT: 'corrupt',
  SQLITE_NOTADB: 'corrupt',
  SQLITE_CONSTRAINT: 'constraint',
  // Of a copy of the file, which is written past SQLite.
  ENOSPC: 'full',
  EDQUOT: 'full',
  EIO: 'io',
  EROFS: 'readonly',
  EACCES: 'readonly',
  CLIENT_CLOSED: 'closed',
  SERVER_ERROR: 'io',
  HRANA_PROTO_ERROR: 'io',
  HRANA_CLOSED_ERROR: 'io',
  HRANA_WEBSOCKET_ERROR: 'io',
};

const SENTENCES: Readonly<Record<StoreFaultKind, (store: string) => string>> = {
  full: (store) => `${store} cannot grow: the disk is full. Free some space; Avow keeps what it measured meanwhile and tries again`,
  io: (store) => `${store} cannot be read or written. Check the disk and its mount; Avow keeps what it measured meanwhile and tries again`,
  readonly: (store) => `${store} is read-only. Make the file and its folder writable for the user that runs Avow`,
  busy: (store) =>
    `${store} is locked by another connection. Nothing more is written by this process: stop the other program, then restart Avow`,
  corrupt: (store) =>
    `${store} is damaged or no SQLite file. Nothing more is written: move it away and restore a backup, then restart Avow`,
  held: (store) => `${store} is held by another process. Stop it first, or use --data for another folder`,
  foreign: (store) => `${store} is not a store that this Avow can read`,
  constraint: (store) => `${store} refused a statement that breaks its rules`,
  closed: (store) => `${store} is closed`,
  other: (store) => `${store} could not run a statement`,
};

export const faultKind = (error: WireError): StoreFaultKind => {
  // The poisoned connection of libsql-client-ts issue 352: a statement that was never reset. Nothing commits after it.
  if (/statements? in progress/i.test(error.message)) return 'busy';
  // The file was moved or deleted under the connection.
  if (error.extendedCode === 'SQLITE_READONLY_DBMOVED') return 'corrupt';
  // The native open fails without a code; 14 is SQLITE_CANTOPEN.
  if (/unable to open connection to local database/i.test(error.message)) return 'io';
  const known = error.code === undefined ? undefined : KINDS[error.code];
  if (known) return known;
  // fetch and its abort, when the store is a server.
  return error.name === 'AbortError' || error.name === 'TimeoutError' || /fetch failed/i.test(error.message) ? 'io' : 'other';
};

const SERVER_SILENT = 'does not answer. Check the server and the way to it; Avow keeps what it measured meanwhile and tries again';

/** `store` as it stands in sentences; a server is named by its URL, a file by its path. */
export const faultSentence = (kind: StoreFaultKind, store: string, detail: string): string => {
  const server = kind === 'io' && /^The store [a-z]+:\/\//.test(store);
  const why = detail.replace(/^(\w+: )\1/, '$1').replace(/[.\s]+$/, '');
  return `${server ? `${store} ${SERVER_SILENT}` : SENTENCES[kind](store)} (${why}).`;
};

/** `store` names the store in sentences: its path or its URL. */
export const toStoreFault = (error: WireError, store: string): StoreFault => {
  const kind = faultKind(error);
  return new StoreFault(kind, faultSentence(kind, `The store ${store}`, error.message), {
    cause: Object.assign(new Error(error.message), { name: error.name, code: error.code, extendedCode: error.extendedCode }),
  });
};
