/**
 * A client of @libsql/client's shape whose statements go through the gateway, for Drizzle. Interactive transactions and
 * scripts are refused: on one connection another statement could slip between their parts.
 */
import type { Client, InStatement, InValue, ResultSet, Row } from '@libsql/client';
import type { SqlValue, Statement } from './store.ts';
import type { WireRows } from './thread-messages.ts';

export interface StatementRunner {
  execute(statement: Statement): Promise<WireRows>;
  batch(statements: readonly Statement[]): Promise<readonly WireRows[]>;
  migrate(statements: readonly Statement[]): Promise<readonly WireRows[]>;
}

const toSqlValue = (value: InValue): SqlValue => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  throw new TypeError('A date cannot be stored as it is: use a column type of db/columns.ts');
};

const toStatement = (statement: InStatement | [string, unknown?], args?: unknown): Statement => {
  const given =
    typeof statement === 'string'
      ? { sql: statement, args }
      : Array.isArray(statement)
        ? { sql: statement[0], args: statement[1] }
        : statement;
  if (given.args !== undefined && !Array.isArray(given.args)) throw new TypeError('Named arguments are not used here: pass a list');
  return { sql: given.sql, args: ((given.args ?? []) as InValue[]).map(toSqlValue) };
};

const VALUES = Symbol('values');

/** Rows as the libSQL client makes them: by index and by column name, the names alone enumerable. */
const toResultSet = (result: WireRows): ResultSet => {
  const byIndex: PropertyDescriptorMap = { length: { value: result.columns.length } };
  result.columns.forEach((_, i) => {
    byIndex[i] = {
      get(this: { [VALUES]: unknown[] }) {
        return this[VALUES][i];
      },
    };
  });
  const prototype = Object.create(Object.prototype, byIndex) as object;
  const rows = result.rows.map((values) => {
    const cells = values.map((value) => (value instanceof Uint8Array ? (value.buffer as ArrayBuffer) : value));
    const row = Object.create(prototype) as Record<string | symbol, unknown>;
    row[VALUES] = cells;
    result.columns.forEach((column, i) => {
      if (!Object.hasOwn(row, column)) row[column] = cells[i];
    });
    return row as unknown as Row;
  });
  const shape = {
    columns: [...result.columns],
    columnTypes: [...result.columnTypes],
    rows,
    rowsAffected: result.rowsAffected,
    lastInsertRowid: result.lastInsertRowid,
  };
  return { ...shape, toJSON: () => shape };
};

const refuse = (what: string): never => {
  throw new Error(
    `${what} is not available on Avow's store: another statement could slip in between. Use store.write, which is one transaction.`,
  );
};

export const drizzleClient = (runner: StatementRunner): Client => ({
  closed: false,
  protocol: 'file',
  execute: async (statement: InStatement | string, args?: unknown) => toResultSet(await runner.execute(toStatement(statement, args))),
  batch: async (statements: (InStatement | [string, unknown?])[]) =>
    (await runner.batch(statements.map((statement) => toStatement(statement)))).map(toResultSet),
  migrate: async (statements: InStatement[]) =>
    (await runner.migrate(statements.map((statement) => toStatement(statement)))).map(toResultSet),
  transaction: async () => refuse('transaction()'),
  executeMultiple: async () => refuse('executeMultiple()'),
  sync: async () => refuse('sync()'),
  reconnect: async () => refuse('reconnect()'),
  close: () => refuse('close()'),
});
