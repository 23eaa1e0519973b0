/** The slug that the form of a check proposes: the one that the server makes where none is given. Empty: the name stands for none. */
import { slugOf } from '#domain/slug.ts';

export const proposedSlug = (name: string): string => slugOf(name) ?? '';
