/** What is known of a kind, as a sentence ends with it: all of a handful, the first of many and how many more. Pure. */

/** As many as anybody reads. */
const MOST_NAMED = 20;

/** `names` in the order in which they are told. */
export const knownNames = (names: readonly string[]): string => {
  const rest = names.length - MOST_NAMED;
  return rest > 1 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${rest} more` : names.join(', ');
};
