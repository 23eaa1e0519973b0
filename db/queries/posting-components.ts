/** Every component there ever was, as it is now, in the order of the page: what posts, announcements and lists may speak of. No definition is read. */
import type { PostingComponent } from '#domain/incident/posting-input.ts';
import type { Store } from '../store.ts';

export interface NamedPosting extends PostingComponent {
  readonly name: string;
}

type Raw = [id: number, slug: string, name: string, critical: number, removed: number];

export const readPostingComponents = async (store: Store): Promise<NamedPosting[]> => {
  const { rows } = await store.read({
    sql: `SELECT json_group_array(json_array(id, slug, name, critical, removed)) FROM (
      SELECT c.id, c.slug, v.name, v.critical, v.removed FROM components c JOIN component_versions v ON v.component_id = c.id
        AND v.recorded_at_ms = (SELECT max(recorded_at_ms) FROM component_versions WHERE component_id = c.id)
      ORDER BY v.position, c.id)`,
  });
  return (JSON.parse(String(rows[0]?.[0])) as Raw[]).map(([id, slug, name, critical, removed]) => ({
    id,
    slug,
    name,
    critical: critical === 1,
    watched: removed === 0,
  }));
};
