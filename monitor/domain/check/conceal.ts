/**
 * Secrets taken out of a sentence. A target may send back what we sent it (an echo, a redirect that repeats the query), and
 * the sentence about its answer quotes a piece of that. Found are the secret as it is, as a URL or JSON spells it, and
 * its beginning where the quotation was cut off. Source: reliability P33.
 */
import { excerpt } from './excerpt.ts';

const CONCEALED = '•••';
/** A beginning shorter than this tells nothing, and would be found by chance. */
const SHORTEST = 4;

/** How a secret may stand in an answer, in the one line that `excerpt` makes of it. */
const spellings = (secret: string): string[] =>
  [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)].map((text) => excerpt(text, text.length + 1));

/** `sentence` with every one of `secrets` (longer than three characters) replaced. */
export const conceal = (sentence: string, secrets: readonly string[]): string => {
  let told = sentence;
  const wanted = new Set(secrets.flatMap(spellings).filter((text) => text.length >= SHORTEST));
  for (const text of [...wanted].sort((a, b) => b.length - a.length)) {
    told = told.replaceAll(text, CONCEALED);
    for (let length = text.length - 1; length >= SHORTEST && told.includes('…'); length--)
      told = told.replaceAll(`${text.slice(0, length)}…`, `${CONCEALED}…`);
  }
  return told;
};
