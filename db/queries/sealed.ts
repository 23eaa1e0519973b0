/** Where the store keeps sealed texts, and which key the store was last opened with. Whoever keeps one more names its table here. */
import type { Statement, Store } from '../store.ts';

interface SealedPlace {
  readonly table: string;
  readonly key: string;
  readonly column: string;
  /** What the text is bound to, before the row's key. */
  readonly about: string;
}
const PLACES: readonly SealedPlace[] = [{ table: 'people', key: 'id', column: 'totp_sealed', about: 'totp/' }];

export interface SealedText {
  readonly sealed: string;
  /** What it is bound to (secret-box.ts). */
  readonly about: string;
  replace(sealed: string): Statement;
}

export const readSealed = async (store: Store): Promise<SealedText[]> => {
  const found: SealedText[] = [];
  for (const { table, key, column, about } of PLACES) {
    const { rows } = await store.read({ sql: `SELECT ${key}, ${column} FROM ${table} WHERE ${column} IS NOT NULL ORDER BY ${key}` });
    for (const [id, text] of rows)
      found.push({
        sealed: String(text),
        about: `${about}${String(id)}`,
        replace: (sealed) => ({
          sql: `UPDATE ${table} SET ${column} = ? WHERE ${key} = ? AND ${column} = ?`,
          args: [sealed, String(id), String(text)],
        }),
      });
  }
  return found;
};

const KEY_ID = 'secrets_key_id';
/** Null: no key was ever used. */
export const readSecretsKeyId = async (store: Store): Promise<string | null> => {
  const { rows } = await store.read({ sql: 'SELECT value FROM meta WHERE key = ?', args: [KEY_ID] });
  return rows[0] ? String(rows[0][0]) : null;
};
export const setSecretsKeyId = (id: string): Statement => ({
  sql: 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  args: [KEY_ID, id],
});
