/** Every string of a tree of words with its path ("sla.termNames.promise"); what a function would say is not in it. */
export const stringsOf = (words: unknown, path = ''): [path: string, text: string][] => {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([key, value]) => stringsOf(value, path === '' ? key : `${path}.${key}`));
};
