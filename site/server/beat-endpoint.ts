/**
 * `/beat/{token}`: watched jobs call in. 204 once the beat is stored. The token is the capability: an unknown one gets the
 * same answer as any page that does not exist, and few guesses per client and minute. Guesses are counted after the look,
 * so that a stranger behind the same address cannot spend them all and make a job look dead: with 24 characters at least,
 * it is the token's length that stops guessing, the limit only bounds the noise. Source: interfaces.md, semantics A9.
 */
import type { Clock } from '#monitor/clock.ts';
import { limitOf } from './limits.ts';

const TOKEN = /^[A-Za-z0-9_-]{8,256}$/;
/** A beat that cannot be stored within this is answered 503, so that the job tries again. */
const STORED_WITHIN_MS = 10_000;

export type BeatAnswer =
  | { readonly kind: 'stored' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'limited'; readonly retryAfterS: number }
  | { readonly kind: 'away' };

/** Whether the token is known; resolves once its beat is durable. */
export type OnBeat = (token: string) => boolean | Promise<boolean>;

/** `client` is a key for limits (clientKey). */
export const beatEndpoint = (onBeat: OnBeat, clock: Clock): ((token: string, client: string) => Promise<BeatAnswer>) => {
  const guesses = limitOf(clock, 'beatGuess');
  const beats = limitOf(clock, 'beat');
  const known = new Set<string>();
  return async (token, client) => {
    const guessed = (): BeatAnswer => {
      const limit = guesses.take(client);
      return limit > 0 ? { kind: 'limited', retryAfterS: limit } : { kind: 'unknown' };
    };
    if (!TOKEN.test(token)) return guessed();
    const limit = known.has(token) ? beats.take(token) : 0;
    if (limit > 0) return { kind: 'limited', retryAfterS: limit };
    const late = new AbortController();
    const stored = async (): Promise<'stored' | 'unknown'> => ((await onBeat(token)) ? 'stored' : 'unknown');
    const away = clock.sleep(STORED_WITHIN_MS, late.signal).then(() => 'away' as const);
    // Cancelled below once the beat is stored; nobody waits for it then.
    away.catch(() => undefined);
    const answer = await Promise.race([stored(), away]).finally(() => late.abort());
    // A token that was taken out of the configuration goes back to being a guess.
    if (answer === 'stored') known.add(token);
    if (answer !== 'unknown') return { kind: answer };
    known.delete(token);
    return guessed();
  };
};
