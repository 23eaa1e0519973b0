/** Doctor's look at the file itself: SQLite's own checks, references, triggers, and order among incidents. */
import { changedGuards } from '#db/queries/guards.ts';
import type { Store } from '#db/store.ts';
import type { Difference } from './doctor-types.ts';

const whole = (what: Difference['what'], message: string): Difference => ({ component: null, location: null, what, message });

export const fileChecks = async (store: Store): Promise<Difference[]> => {
  const found: Difference[] = [];
  const integrity = await store.read({ sql: 'PRAGMA integrity_check(20)' });
  for (const [line] of integrity.rows) if (line !== 'ok') found.push(whole('store', `The file is damaged: ${line}. Restore a backup.`));
  const foreign = await store.read({ sql: 'PRAGMA foreign_key_check' });
  for (const [table, rowid, parent] of foreign.rows)
    found.push(whole('store', `Row ${rowid ?? 'without number'} of ${table} refers to something in ${parent} that is not there.`));
  const { lost, strange } = await changedGuards(store);
  if (lost.length > 0)
    found.push(whole('store', `Triggers that keep rows from being edited are missing or were changed: ${lost.join(', ')}.`));
  if (strange.length > 0) found.push(whole('store', `Somebody put triggers into the store that Avow did not make: ${strange.join(', ')}.`));
  const incidents = await store.read({
    sql: `SELECT id, 'was resolved at another time than was posted' FROM incidents AS i WHERE component_id IS NULL
        AND resolved_at_ms IS NOT (SELECT min(display_at_ms) FROM incident_updates WHERE incident_id = i.id AND status = 'resolved')
      UNION ALL SELECT id, 'ends before it starts' FROM incidents WHERE resolved_at_ms < started_at_ms
      UNION ALL SELECT min(id), 'is not the only open one of its component' FROM incidents
        WHERE resolved_at_ms IS NULL AND component_id IS NOT NULL GROUP BY component_id HAVING count(*) > 1
      UNION ALL SELECT a.id, 'overlaps incident ' || b.id FROM incidents a JOIN incidents b ON a.component_id = b.component_id AND a.id < b.id
        AND a.started_at_ms < coalesce(b.resolved_at_ms, 9e15) AND b.started_at_ms < coalesce(a.resolved_at_ms, 9e15)`,
  });
  for (const [id, fault] of incidents.rows) found.push(whole('incidents', `Incident ${id} ${fault}.`));
  return found;
};
