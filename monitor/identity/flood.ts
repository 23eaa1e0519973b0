/**
 * Refusals that come in floods: the first few of a minute are told one by one, the rest of it as one sum when the minute is over. So a
 * guesser writes at most `most` + 1 rows a minute into the audit, and no guess goes uncounted. Time is the monotonic hand.
 */
import type { Clock, Timer } from '#monitor/clock.ts';

export interface Sum {
  /** How many were not told one by one. */
  readonly count: number;
  /** Different values among them, at most `MOST_NAMED` of each, and how many there were. */
  readonly addresses: readonly string[];
  readonly people: readonly string[];
}
export interface Flood {
  /** True: tell this one by itself. `tell` is called with the sum when the minute is over, if there is one. */
  note(address: string, person: string | null, tell: (sum: Sum) => void): boolean;
  /** Tells what is left now. */
  flush(): void;
}

const MINUTE_MS = 60_000;
const MOST_NAMED = 20;

export const flood = (clock: Clock, most: number): Flood => {
  let alone = 0;
  let count = 0;
  let timer: Timer | null = null;
  let tellSum: (sum: Sum) => void = () => undefined;
  const addresses = new Set<string>();
  const people = new Set<string>();
  const keep = (set: Set<string>, value: string): void => {
    if (set.size < MOST_NAMED) set.add(value);
  };
  const over = (): void => {
    timer?.cancel();
    timer = null;
    if (count > 0) tellSum({ count, addresses: [...addresses].sort(), people: [...people].sort() });
    alone = count = 0;
    addresses.clear();
    people.clear();
  };
  return {
    note(address, person, tell) {
      timer ??= clock.after(MINUTE_MS, over, { background: true });
      if (alone < most) {
        alone++;
        return true;
      }
      tellSum = tell;
      count++;
      keep(addresses, address);
      if (person !== null) keep(people, person);
      return false;
    },
    flush: over,
  };
};
