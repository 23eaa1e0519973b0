/**
 * Room for hashing, which is dear on purpose: two at once, sixteen wait, the next is told that we are busy. Who is vouched for by a
 * known device waits in a row of its own that goes first, so that a flood of strangers keeps nobody out. Source: reliability P13.
 */
export interface HashRoom {
  /** Null: no room. */
  run<T>(work: () => Promise<T>, isVouched: boolean): Promise<T> | null;
}

const AT_ONCE = 2;
const MOST_WAITING = 16;
const MOST_VOUCHED = 4;

export const hashRoom = (): HashRoom => {
  let running = 0;
  const vouched: (() => void)[] = [];
  const strangers: (() => void)[] = [];
  const leave = (): void => {
    const next = vouched.shift() ?? strangers.shift();
    if (next) next();
    else running--;
  };
  return {
    run(work, isVouched) {
      const queue = isVouched ? vouched : strangers;
      if (running >= AT_ONCE && queue.length >= (isVouched ? MOST_VOUCHED : MOST_WAITING)) return null;
      const entered = running < AT_ONCE ? Promise.resolve() : new Promise<void>((enter) => queue.push(enter));
      if (running < AT_ONCE) running++;
      return entered.then(work).finally(leave);
    },
  };
};
