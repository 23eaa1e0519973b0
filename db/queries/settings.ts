/**
 * What the configuration said beside components and contracts, as versions: the last one is in force, earlier ones judge the months
 * that began under them. Nothing is edited.
 */
import type { Policy } from '#domain/sla/terms.ts';
import { type Instant, instant, millis } from '#domain/time/instant.ts';
import type { SqlValue, Statement, Store } from '../store.ts';

/** In force from `recordedAt`. */
export interface RecordedSettings {
  readonly recordedAt: Instant;
  /** Canonical JSON of all of it, as it was applied. */
  readonly text: string;
  readonly policy: Policy;
  /** How many vouch for failures. */
  readonly sentinels: number;
}

const COLUMNS = 'recorded_at_ms, settings_json FROM settings_versions';
const settingsOf = ([recordedAt, stored]: readonly SqlValue[]): RecordedSettings => {
  const text = String(stored);
  const { policy, sentinels } = JSON.parse(text) as { readonly policy: Policy; readonly sentinels: readonly unknown[] };
  // Not in what was applied before there were releases.
  const notesLeadMs = policy.notesLeadMs ?? millis(0);
  return { recordedAt: instant(Number(recordedAt)), text, policy: { ...policy, notesLeadMs }, sentinels: sentinels.length };
};

/** Every version known by `asOf`, ascending. */
export const readSettings = async (store: Store, asOf: Instant): Promise<RecordedSettings[]> => {
  const { rows } = await store.read({ sql: `SELECT ${COLUMNS} WHERE recorded_at_ms <= ? ORDER BY recorded_at_ms`, args: [asOf] });
  return rows.map(settingsOf);
};

/** As last applied; null before the first. */
export const lastSettings = async (store: Store): Promise<RecordedSettings | null> => {
  const { rows } = await store.read({ sql: `SELECT ${COLUMNS} ORDER BY recorded_at_ms DESC LIMIT 1` });
  return rows[0] ? settingsOf(rows[0]) : null;
};

export const addSettings = (at: Instant, sha256: string, source: string | null, text: string): Statement => ({
  sql: 'INSERT INTO settings_versions (recorded_at_ms, sha256, source, settings_json) VALUES (?, ?, ?, ?)',
  args: [at, sha256, source, text],
});
