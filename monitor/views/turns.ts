/** Long work in pieces: between two of them other work gets its turn, so that no page holds the main thread (performance: 50 ms). */
import type { Clock } from '#monitor/clock.ts';

/** A piece may take this long before others get a turn. */
const PIECE_US = 15_000;

export type Turn = () => Promise<void>;

/** To be awaited between pieces; it gives a turn away only when the last one is long enough ago. */
export const turnsOf = (clock: Clock): Turn => {
  let sinceUs = clock.monotonicUs();
  return async () => {
    if (clock.monotonicUs() - sinceUs < PIECE_US) return;
    await clock.sleep(0);
    sinceUs = clock.monotonicUs();
  };
};
