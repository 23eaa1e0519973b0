/** The incidents that people were told of last: what a feed is made of. Whole incidents, so that each has its name of now. */
import type { Store } from '../store.ts';
import type { IncidentFact } from './facts-types.ts';
import { readIncidentFacts } from './incidents.ts';

/** Those to which the newest `count` updates belong, of all components or of one. */
export const readToldLately = (store: Store, count: number, componentId: number | null): Promise<IncidentFact[]> => {
  const ofIt = `WHERE u.incident_id IN (SELECT incident_id FROM incident_components WHERE component_id = ?1
    UNION SELECT o.incident_id FROM incident_update_impacts AS p JOIN incident_updates AS o ON o.id = p.update_id WHERE p.component_id = ?1)`;
  const condition = `id IN (SELECT incident_id FROM (SELECT u.incident_id FROM incident_updates AS u ${componentId === null ? '' : ofIt}
    ORDER BY u.recorded_at_ms DESC, u.id DESC LIMIT ${componentId === null ? '?1' : '?2'}))`;
  return readIncidentFacts(store, condition, componentId === null ? [count] : [componentId, count]);
};
