/** The texts that ops keep to begin posts with, as they stand. Their history is in the audit. */
import { canonicalJson } from '#domain/canonical-json.ts';
import type { IncidentTemplate, TemplateTexts } from '#domain/incident/incident-template.ts';
import { nameKey } from '#domain/maintenance/text-rules.ts';
import { instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';

const COLUMNS = 'id, name_key, name, title, texts_json, author, recorded_at_ms, version';

/** By name; a verb sees to it that they stay few. */
export const readIncidentTemplates = async (store: Store): Promise<IncidentTemplate[]> => {
  const { rows } = await store.read({ sql: `SELECT ${COLUMNS} FROM incident_templates ORDER BY name_key` });
  return rows.map(([id, , name, title, texts, author, recordedAt, version]) => ({
    id: String(id),
    name: String(name),
    title: title === null ? null : String(title),
    texts: JSON.parse(String(texts)) as TemplateTexts,
    author: author === null ? null : String(author),
    recordedAt: instant(Number(recordedAt)),
    version: Number(version),
  }));
};
export const putIncidentTemplate = ({ id, name, title, texts, author, recordedAt, version }: IncidentTemplate): Statement => ({
  sql: `INSERT INTO incident_templates (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name_key = excluded.name_key, name = excluded.name, title = excluded.title, texts_json = excluded.texts_json,
      author = excluded.author, recorded_at_ms = excluded.recorded_at_ms, version = excluded.version`,
  args: [id, nameKey(name), name, title, canonicalJson(texts), author, recordedAt, version],
});
export const deleteIncidentTemplate = (id: string): Statement => ({ sql: 'DELETE FROM incident_templates WHERE id = ?', args: [id] });
