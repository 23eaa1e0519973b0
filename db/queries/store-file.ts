/** What the store says of its own file: how large a copy of it is, and which steps of the schema it has taken. */
import type { Store } from '../store.ts';

/** Of all pages, free ones among them. */
export const readSize = async (store: Store): Promise<number> => {
  const { rows } = await store.read({ sql: 'SELECT page_count * page_size FROM pragma_page_count, pragma_page_size' });
  return Number(rows[0]?.[0]);
};

export const readSchema = async (store: Store): Promise<{ readonly last: string; readonly steps: number }> => {
  const { rows } = await store.read({ sql: 'SELECT name, id FROM avow_migrations ORDER BY id DESC LIMIT 1' });
  return { last: String(rows[0]?.[0]), steps: Number(rows[0]?.[1]) };
};
