/**
 * What is derived from rows that are only ever added: read once for a store, told again as it was while no row came to its tables, and read
 * anew when one did. Whoever is told shares it with others and leaves it as it is. What could not be read is not kept.
 */
import type { Store } from '../store.ts';

interface Kept<T> {
  /** How many rows there were of each table. */
  readonly as: string;
  readonly value: Promise<T>;
}

/** Rows of `tables` are neither edited nor deleted: as many as before are the same. */
export const untilAdded = <T>(tables: readonly string[], load: (store: Store) => Promise<T>): ((store: Store) => Promise<T>) => {
  const sql = `SELECT ${tables.map((table) => `(SELECT count(*) FROM ${table})`).join(', ')}`;
  const kept = new WeakMap<Store, Kept<T>>();
  return async (store) => {
    const as = JSON.stringify((await store.read({ sql })).rows[0]);
    const before = kept.get(store);
    if (before?.as === as) return before.value;
    // What is added while this is read makes the next one who asks read anew.
    const now: Kept<T> = { as, value: load(store) };
    kept.set(store, now);
    now.value.catch(() => {
      if (kept.get(store) === now) kept.delete(store);
    });
    return now.value;
  };
};
