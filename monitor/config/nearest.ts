/** The known word that a mistyped one most likely meant; null when nothing is near. */
import { distance } from 'fastest-levenshtein';

export const nearest = (word: string, known: Iterable<string>): string | null => {
  const wanted = word.slice(0, 80).toLowerCase();
  let best: string | null = null;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 0.5;
  for (const candidate of known) {
    const apart = distance(wanted, candidate.toLowerCase());
    if (apart < least) [best, least] = [candidate, apart];
  }
  return best;
};
