/** Codes that stand in for a second factor that is lost, each once; hashes only. */
import type { Instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';

/** How many are left, and whether this one is among them. */
export const askRecoveryCode = async (
  store: Store,
  personId: string,
  codeHash: string,
): Promise<{ readonly left: number; readonly isOpen: boolean }> => {
  const { rows } = await store.read({
    sql: 'SELECT count(*), coalesce(sum(code_hash = ?), 0) FROM recovery_codes WHERE person_id = ? AND used_at_ms IS NULL',
    args: [codeHash, personId],
  });
  return { left: Number(rows[0]?.[0]), isOpen: Number(rows[0]?.[1]) > 0 };
};
export const recoveryCodesLeft = async (store: Store, personId: string): Promise<number> =>
  (await askRecoveryCode(store, personId, '')).left;

export const takeRecoveryCode = (personId: string, codeHash: string, now: Instant): Statement => ({
  sql: 'UPDATE recovery_codes SET used_at_ms = ? WHERE person_id = ? AND code_hash = ? AND used_at_ms IS NULL',
  args: [now, personId, codeHash],
});
/** These instead of all that were. */
export const replaceRecoveryCodes = (personId: string, codeHashes: readonly string[]): Statement[] => [
  { sql: 'DELETE FROM recovery_codes WHERE person_id = ?', args: [personId] },
  ...codeHashes.map((hash) => ({ sql: 'INSERT INTO recovery_codes (person_id, code_hash) VALUES (?, ?)', args: [personId, hash] })),
];
