/** How a view fails when it is the store that ails: it does not answer in time, or says that it cannot. */
import type { Clock } from '#monitor/clock.ts';

class Late extends Error {}

/** The store failed or did not answer, at any depth of the causes. */
export const isStoreTrouble = (fault: unknown): boolean => {
  for (let at = fault; at instanceof Error; at = at.cause) if (at instanceof Late || at.name === 'StoreFault') return true;
  return false;
};

/** `work`, or an error once `ms` have passed. */
export const inTime = async <T>(clock: Clock, ms: number, work: Promise<T>): Promise<T> => {
  let timer: { cancel(): void } | null = null;
  const late = new Promise<never>((_, reject) => {
    timer = clock.after(ms, () => reject(new Late(`the store did not answer within ${ms} ms`)), { background: true });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    (timer as { cancel(): void } | null)?.cancel();
  }
};
