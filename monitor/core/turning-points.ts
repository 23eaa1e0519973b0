/**
 * Has the pages made anew at the instant at which time alone changes what they say (views/next-turn.ts). The wall clock may be set
 * meanwhile, so it is looked at every half minute at least.
 */
import type { Instant } from '#domain/time/instant.ts';
import type { Clock, Timer } from '#monitor/clock.ts';
import type { Log } from '#monitor/context.ts';

const LOOK_MS = 30_000;

export interface TurningPoints {
  /** What was known of the next one may be out of date. */
  again(): void;
  stop(): void;
}

/** `next`: the first turn after an instant, as now recorded; null: none. */
export const keepTurning = (
  clock: Clock,
  next: (now: Instant) => Promise<Instant | null>,
  onTurn: () => void,
  log: Pick<Log, 'warn'>,
): TurningPoints => {
  let timer: Timer | null = null;
  let asked = 0;
  let stopped = false;
  let away = false;

  const wait = (turn: Instant | null): void => {
    timer?.cancel();
    const now = clock.now();
    if (turn !== null && now >= turn) {
      onTurn();
      return look();
    }
    const ms = turn === null ? LOOK_MS : Math.min(LOOK_MS, turn - now);
    // Without a turn the store is asked again: one may have come within reach.
    timer = clock.after(ms, () => (turn === null ? look() : wait(turn)), { background: true });
  };
  const look = (): void => {
    const mine = ++asked;
    next(clock.now()).then(
      (turn) => {
        if (mine !== asked || stopped) return;
        // One may have passed while nobody could say when.
        if (away) onTurn();
        away = false;
        wait(turn);
      },
      (cause: unknown) => {
        log.warn('When the pages change next could not be read; it is tried again.', { cause: String(cause) });
        away = true;
        if (mine === asked && !stopped) wait(null);
      },
    );
  };
  look();
  return {
    again: look,
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
};
