/**
 * Whether the wall clock jumped: between two looks it moved by more than 2 s otherwise than the monotonic hand. A slewed
 * clock (500 ppm) never adds up to a jump, because each look is compared with the last one only (reliability P19).
 */
import type { Instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';

export const CLOCK_JUMP_MS = 2_000;

export interface ClockJump {
  /** Positive: forwards, as after a suspension. */
  readonly jumpMs: number;
  readonly before: Instant;
  readonly after: Instant;
}

/** Each call compares with the one before; null: no jump. */
export const watchClock = (clock: Clock): (() => ClockJump | null) => {
  let wall = clock.now();
  let monoUs = clock.monotonicUs();
  return () => {
    const before = wall;
    const elapsedMs = (clock.monotonicUs() - monoUs) / 1_000;
    wall = clock.now();
    monoUs = clock.monotonicUs();
    const jumpMs = Math.round(wall - before - elapsedMs);
    return Math.abs(jumpMs) > CLOCK_JUMP_MS ? { jumpMs, before, after: wall } : null;
  };
};
