/** The known word that a mistyped one most likely meant; null when nothing is near. */
import { distance } from 'fastest-levenshtein';

/** How far apart two words may be: a slip or two, more in long words. */
const reach = (length: number): number => (length <= 3 ? 1 : Math.max(2, Math.floor(length / 3)));

export const nearest = (word: string, known: Iterable<string>, most = reach(word.length)): string | null => {
  const wanted = word.slice(0, 80).toLowerCase();
  let best: string | null = null;
  let least = most + 0.5;
  for (const candidate of known) {
    const apart = distance(wanted, candidate.toLowerCase());
    if (apart < least) [best, least] = [candidate, apart];
  }
  return best;
};
