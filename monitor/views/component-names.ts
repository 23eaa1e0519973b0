/** What is watched, by name: for pages on which a reader chooses a component. Plain JSON. */
import { factsOf } from '#db/queries/facts.ts';
import type { Context } from '#monitor/context.ts';

export interface ComponentNamesView {
  /** In the order of the page. */
  readonly components: readonly { readonly slug: string; readonly name: string }[];
}

export const componentNames = async ({ store }: Context): Promise<ComponentNamesView> => ({
  components: (await factsOf(store).components()).map(({ slug, name }) => ({ slug, name })),
});
