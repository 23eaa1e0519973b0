/** What the measured product stored, read from its file after it has ended. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Rows of one statement over the store in `data`. */
export const readEvidence = <T>(data: string, sql: string, ...args: readonly number[]): T[] => {
  const store = new DatabaseSync(join(data, 'avow.db'));
  try {
    return store.prepare(sql).all(...args) as unknown as T[];
  } finally {
    store.close();
  }
};

export interface Window {
  readonly from: number;
  readonly to: number;
}
export interface Counted {
  /** Answered as expected, slow or not. */
  readonly good: number;
  /** Everything else: a failure under load, or a fault of our own. */
  readonly other: number;
}

/** Checks that became durable within the window (wall clock, ms). */
export const countStored = (data: string, { from, to }: Window): Counted => {
  const [row] = readEvidence<{ good: number | null; other: number | null }>(
    data,
    'SELECT sum(o <= 1) AS good, sum(o > 1) AS other FROM checks WHERE at + delay >= ? AND at + delay < ?',
    from,
    to,
  );
  return { good: row?.good ?? 0, other: row?.other ?? 0 };
};
