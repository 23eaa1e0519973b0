/** Who asked to deploy outside of a window, and who approved it, as rows and as facts. Rows are only ever added. */
import type { EmergencyFact } from '#domain/release/emergency.ts';
import type { Statement, Store } from '../store.ts';

const SELECT = `SELECT json_group_array(json_object('id', e.id, 'version', e.version, 'recordedAt', e.recorded_at_ms, 'reason', e.reason,
    'author', e.author, 'authenticated', json(iif(e.authenticated, 'true', 'false')),
    'approval', iif(a.emergency_id IS NULL, NULL, json_object('recordedAt', a.recorded_at_ms, 'approvedBy', a.approved_by,
      'authenticated', json(iif(a.authenticated, 'true', 'false'))))))
  FROM (SELECT * FROM release_emergencies WHERE version = ? ORDER BY recorded_at_ms, id) AS e
  LEFT JOIN release_emergency_approvals a ON a.emergency_id = e.id`;

/** Of one version, in the order in which they were asked for. */
export const readEmergencies = async (store: Store, version: string): Promise<EmergencyFact[]> => {
  const { rows } = await store.read({ sql: SELECT, args: [version] });
  return JSON.parse(String(rows[0]?.[0])) as EmergencyFact[];
};

export const insertEmergency = ({
  id,
  version,
  recordedAt,
  reason,
  author,
  authenticated,
}: Omit<EmergencyFact, 'approval'>): Statement => ({
  sql: 'INSERT INTO release_emergencies (id, version, recorded_at_ms, reason, author, authenticated) VALUES (?, ?, ?, ?, ?, ?)',
  args: [id, version, recordedAt, reason, author, authenticated ? 1 : 0],
});
export const insertEmergencyApproval = (
  id: string,
  { recordedAt, approvedBy, authenticated }: NonNullable<EmergencyFact['approval']>,
): Statement => ({
  sql: 'INSERT INTO release_emergency_approvals (emergency_id, recorded_at_ms, approved_by, authenticated) VALUES (?, ?, ?, ?)',
  args: [id, recordedAt, approvedBy, authenticated ? 1 : 0],
});
