/** When the evidence is packed and rolled up: soon after the start, then every quarter of an hour, never two rounds at once. */
import type { Instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Log } from '#monitor/context.ts';

const FIRST_AFTER_MS = 20_000;
const EVERY_MS = 15 * 60_000;

export interface HousekeepingDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** One round over everything that is due; stops between two steps when the signal is aborted. */
  readonly round: (now: Instant, signal: AbortSignal) => Promise<object>;
}

export const keepHouse = ({ clock, log, round }: HousekeepingDeps): { stop(): Promise<void> } => {
  const stopping = new AbortController();
  const rounds = async (): Promise<void> => {
    for (let wait = FIRST_AFTER_MS; ; wait = EVERY_MS) {
      await clock.sleep(wait, stopping.signal);
      try {
        const done = await round(clock.now(), stopping.signal);
        const anything = Object.values(done).some((count) => count !== 0);
        (anything ? log.info : log.debug)?.('Evidence packed and rolled up.', { ...done });
      } catch (cause) {
        log.warn('Packing the evidence was interrupted; nothing is lost, and it is tried again.', { cause: String(cause) });
      }
    }
  };
  // Ends by the abort alone: whatever a round throws is told above.
  const ended = rounds().catch(() => undefined);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
};
