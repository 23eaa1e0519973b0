/** What a configuration names against the last versions in the store, by slug: what became of each. */
import type { StoredVersion } from '#db/queries/components.ts';

type Stored = Pick<StoredVersion, 'slug' | 'removed' | 'content'>;
export interface Difference<T, S> {
  readonly added: T[];
  readonly changed: T[];
  readonly unchanged: T[];
  readonly removed: S[];
}

/** `contentOf` and `content`: one text each, equal exactly when nothing changed. What was removed and is named again is new. */
export const compare = <T extends { readonly slug: string }, S extends Stored>(
  wanted: readonly T[],
  stored: readonly S[],
  contentOf: (one: T) => string,
): Difference<T, S> => {
  const known = new Map(stored.map((version) => [version.slug, version]));
  const named = new Set(wanted.map((one) => one.slug));
  const isNew = (one: T): boolean => known.get(one.slug)?.removed ?? true;
  const same = (one: T): boolean => known.get(one.slug)?.content === contentOf(one);
  return {
    added: wanted.filter(isNew),
    changed: wanted.filter((one) => !isNew(one) && !same(one)),
    unchanged: wanted.filter((one) => !isNew(one) && same(one)),
    removed: stored.filter((version) => !version.removed && !named.has(version.slug)),
  };
};
