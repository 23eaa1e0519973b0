/** Every component there ever was, as it is now, in the order of the page: what posts, announcements and lists may speak of. */
import type { PostingComponent } from '#domain/incident/posting-input.ts';
import type { Store } from '../store.ts';
import { type Definitions, lastVersion, readDefinitions } from './definitions.ts';

export interface NamedPosting extends PostingComponent {
  readonly name: string;
}

export const readPostingComponents = async (store: Store): Promise<readonly NamedPosting[]> => {
  const definitions = await readDefinitions(store);
  const known = listed.get(definitions) ?? listOf(definitions);
  listed.set(definitions, known);
  return known;
};
/** By the definitions they are of: these are the same until one is added. */
const listed = new WeakMap<Definitions, readonly NamedPosting[]>();
const listOf = ({ components }: Definitions): readonly NamedPosting[] =>
  components
    .map(({ id, slug, versions }) => {
      const { name, critical, position, removed } = lastVersion(versions);
      return { id, slug, name, critical, position, watched: !removed };
    })
    .sort((a, b) => a.position - b.position || a.id - b.id)
    .map(({ position: _, ...named }) => named);
