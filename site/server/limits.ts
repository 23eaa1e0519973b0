/**
 * How often anybody may ask: the one list of the doors' limits, printed in docs/api.md. Buckets per key, refilled evenly over a minute; of
 * an address the whole address, or the /64 of IPv6. What is held of the public pages is never refused. Guessing of passwords has limits of
 * its own (monitor/identity), and so have tests of a check (actions/test-component.ts). Source: reliability section 4 (Rate limits).
 */
import type { Clock } from '#monitor/clock.ts';
import { type GuessLimit, guessLimit } from '#monitor/identity/guess-limit.ts';

const MINUTE_MS = 60_000;

/** Times a minute. */
export const LIMITS = {
  /** Of the public side, per address: a page that nobody asked for before, an answer made for this request alone (ADR 0007). */
  made: 120,
  /** Of a person or a token: whatever changes something, by the console or the API. */
  change: 120,
  /** Of a person or a token: what is read of the API inside. */
  read: 600,
  /** Per address: whatever is asked at the doors of people and programs by nobody who is known. */
  stranger: 60,
  /** Of one heartbeat … */
  beat: 60,
  /** … and per address of tokens that are none. */
  beatGuess: 30,
} as const;

/** What is asked is taken, however it ends. */
export const limitOf = (clock: Clock, name: keyof typeof LIMITS): Pick<GuessLimit, 'take'> =>
  guessLimit(clock, LIMITS[name], MINUTE_MS, { whenFull: 'admit' });

/** Of reports and of the audit taken out of Avow, by one person with their tokens, or by one address with a link. */
export const EXPORTS_AN_HOUR = 10;
/** Of people, who are no more than there are, so that no flood of addresses takes their room; … */
export const exportLimit = (clock: Clock): Pick<GuessLimit, 'take'> =>
  guessLimit(clock, EXPORTS_AN_HOUR, 60 * MINUTE_MS, { keys: Number.POSITIVE_INFINITY });
/** … and of addresses, which anybody may have. */
export const linkExportLimit = (clock: Clock): Pick<GuessLimit, 'take'> => guessLimit(clock, EXPORTS_AN_HOUR, 60 * MINUTE_MS);
export const TEN_AN_HOUR =
  'Reports and the audit are taken out of Avow at most ten times an hour by one person. Wait, or take a whole month at once.';

/** What is told of it, wherever it happens. */
export const TOO_MUCH = 'That was a lot at once. Wait a little, then try again.';
export const retryAfter = (wait: number): readonly [name: string, value: string] => ['Retry-After', String(wait)];
