/** Every component there ever was, as it is now: what posts on incidents may speak of. */
import type { PostingComponent } from '#domain/incident/posting-input.ts';
import type { Store } from '../store.ts';
import { lastVersion, readDefinitions } from './definitions.ts';

export const readPostingComponents = async (store: Store): Promise<PostingComponent[]> =>
  (await readDefinitions(store)).components.map(({ id, slug, versions }) => {
    const { critical, removed } = lastVersion(versions);
    return { id, slug, critical, watched: !removed };
  });
