/** Work that must end by a time of its own, inside whatever ends it earlier: one attempt among several addresses, one letter of a channel. */
import type { Clock } from '#monitor/clock.ts';

interface Limits {
  /** Ends it earlier. */
  readonly signal: AbortSignal;
  /** Nothing stays alive for its sake. */
  readonly background?: boolean;
}

/** `work` is handed a signal that is aborted after `ms`, or with `signal`; it settles as `work` does. */
export const withDeadline = async <T>(
  clock: Clock,
  ms: number,
  { signal, background = false }: Limits,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const deadline = new AbortController();
  const stop = (): void => deadline.abort();
  const timer = clock.after(ms, stop, { background });
  signal.addEventListener('abort', stop);
  try {
    return await work(deadline.signal);
  } finally {
    timer.cancel();
    signal.removeEventListener('abort', stop);
  }
};
