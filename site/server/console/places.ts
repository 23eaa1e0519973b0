/**
 * How much anybody may ask of the console, and how much of it is done at once: few pieces of work in all, fewer of one person or address,
 * so that nobody takes all places and a flood of theirs waits in a row of its own. Source: reliability section 4 (Rate limits).
 */
import type { Clock } from '#monitor/clock.ts';
import { fairShares, gate } from '../gate.ts';
import { retryAfter, TEN_AN_HOUR, TOO_MUCH } from '../limits.ts';
import { inTime } from '../store-trouble.ts';
import type { Asker, Known } from './asker.ts';
import type { Sorry, Visit } from './visit.ts';

export interface Places {
  /** Null: they may ask. What is asked is taken. */
  tooOften(visit: Visit): Sorry | null;
  /** Null: there is a place. A download is taken; the head of one is none. */
  full(visit: Visit): Sorry | null;
  /** Rejects when the work takes longer than anybody waits. */
  run<T>(known: Known, work: () => Promise<T>): Promise<T>;
}

const AT_ONCE = 4;
const MOST_WAITING = 64;
const OWN_AT_ONCE = 2;
const OWN_WAITING = 8;
export const DEADLINE_MS = 30_000;

export const tooMuch = (wait: number): Sorry => ({ status: 429, sentence: TOO_MUCH, headers: [retryAfter(wait)] });

export const places = (asker: Asker, clock: Clock): Places => {
  const turns = gate(AT_ONCE, MOST_WAITING);
  const shares = fairShares(OWN_AT_ONCE, OWN_WAITING);
  const shareOf = ({ principal, addressKey }: Known) =>
    shares.of(principal.kind === 'nobody' ? `address ${addressKey}` : `person ${principal.person.id}`);
  return {
    tooOften({ route, known }) {
      const wait = asker.wait(known, route.method === 'POST' ? 'change' : 'look');
      return wait > 0 ? tooMuch(wait) : null;
    },
    full({ c, route, known }) {
      if (turns.full)
        return { status: 503, sentence: 'Many pages are being made just now. Try again in a moment.', headers: [['Retry-After', '5']] };
      const wait = route.exports && c.req.method !== 'HEAD' ? asker.waitOfExport(known) : 0;
      if (wait > 0) return { status: 429, sentence: TEN_AN_HOUR, headers: [retryAfter(wait)] };
      return shareOf(known).full ? tooMuch(5) : null;
    },
    run(known, work) {
      // A place is held until the work is over, however long the client was told to wait no more; what has not begun by then never does.
      const late = new AbortController();
      const wish = { givenUp: late.signal };
      const made = shareOf(known).run(() => turns.run(work, wish), wish);
      return inTime(clock, DEADLINE_MS, made).finally(() => late.abort());
    },
  };
};
