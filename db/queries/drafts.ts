/** Drafts as they stand; one of each kind and subject. A change is conditional on the version that was seen. */

import { canonicalJson } from '#domain/canonical-json.ts';
import type { Draft, DraftKind } from '#domain/draft.ts';
import { instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';

const COLUMNS = 'id, kind, subject, document_json, author, recorded_at_ms, version';

const read = async (store: Store, rest: string, args: readonly (string | number)[]): Promise<Draft[]> => {
  const { rows } = await store.read({ sql: `SELECT ${COLUMNS} FROM drafts WHERE ${rest}`, args });
  return rows.map(([id, kind, subject, document, author, recordedAt, version]) => ({
    id: String(id),
    kind: String(kind) as DraftKind,
    subject: String(subject),
    document: JSON.parse(String(document)) as Draft['document'],
    author: String(author),
    recordedAt: instant(Number(recordedAt)),
    version: Number(version),
  }));
};

export const findDraft = async (store: Store, id: string): Promise<Draft | null> => (await read(store, 'id = ?', [id]))[0] ?? null;
/** The one about something, such as an incident. */
export const findDraftOf = async (store: Store, kind: DraftKind, subject: string): Promise<Draft | null> =>
  (await read(store, 'kind = ? AND subject = ?', [kind, subject]))[0] ?? null;
/** All of a kind, the one that was written last first; a verb sees to it that they stay few. */
export const draftsOf = (store: Store, kind: DraftKind): Promise<Draft[]> =>
  read(store, 'kind = ? ORDER BY recorded_at_ms DESC, id', [kind]);

export const countDrafts = async (store: Store, kind: DraftKind): Promise<number> => {
  const { rows } = await store.read({ sql: 'SELECT count(*) FROM drafts WHERE kind = ?', args: [kind] });
  return Number(rows[0]?.[0]);
};

export const insertDraft = (draft: Draft): Statement => ({
  sql: `INSERT INTO drafts (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  args: [draft.id, draft.kind, draft.subject, canonicalJson(draft.document), draft.author, draft.recordedAt, draft.version],
});
/** `draft.version` is the new one. */
export const updateDraft = ({ id, document, author, recordedAt, version }: Draft): Statement => ({
  sql: 'UPDATE drafts SET document_json = ?, author = ?, recorded_at_ms = ?, version = ? WHERE id = ? AND version = ?',
  args: [canonicalJson(document), author, recordedAt, version, id, version - 1],
});
export const deleteDraft = (id: string): Statement => ({ sql: 'DELETE FROM drafts WHERE id = ?', args: [id] });
