/**
 * Heartbeats: the target calls us. A beat is an `ok` sample at its receipt; a missing one is a `fail` sample at the
 * instant at which it was due (domain/check/heartbeat.ts). Tokens are known by their SHA-256 only and compared in
 * constant time. While this process was stopped, suspended or stalled, or its clock jumped, nobody was listening: that
 * time is unknown and a full interval + grace must pass again. Source: semantics A9.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { CheckResult } from '#domain/check/check-result.ts';
import { beatHeard, type HeartbeatRhythm, type HeartbeatState, listenAgain, missingBeats } from '#domain/check/heartbeat.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Clock, Timer } from '#monitor/clock.ts';
import type { Log } from '#monitor/context.ts';
import { isHeartbeat } from '#monitor/worker/check-kinds.ts';
import { watchClock } from '#monitor/worker/clock-watch.ts';
import type { Assignment } from '#monitor/worker/messages.ts';
import type { Recorder } from './recorder-types.ts';

const TICK_MS = 1_000;
/** Between two ticks this much means that we did not listen. */
const DEAF_AFTER_MS = 5_000;
/** A caller waits this long for its beat to be durable; then it is told `accepted`, for it is in the recorder's queue. */
const DURABLE_WITHIN_MS = 2_000;

export interface HeartbeatDeps {
  readonly recorder: Pick<Recorder, 'record'>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Heartbeats {
  /**
   * Replaces what is watched. `seen`: components that have any sample in the store, so that silence is theirs. `paused`: their beats are
   * taken, so that no job fails for it, and say nothing; when they are watched again a full interval + grace must pass.
   */
  assign(locationId: string, assignments: readonly Assignment[], seen: ReadonlySet<string>, paused?: ReadonlySet<string>): void;
  /** A call at `/beat/{token}`; an unknown token learns nothing. */
  beat(token: string): Promise<'accepted' | 'unknown'>;
  stop(): void;
}

interface Watched {
  readonly componentId: string;
  readonly digest: Buffer;
  readonly rhythm: HeartbeatRhythm;
  readonly paused: boolean;
  state: HeartbeatState;
}

export const createHeartbeats = ({ recorder, clock, log }: HeartbeatDeps): Heartbeats => {
  let locationId = '';
  let watched: readonly Watched[] = [];
  let timer: Timer | null = null;
  let lastTickUs = clock.monotonicUs();
  const jumped = watchClock(clock);

  const record = async (results: readonly CheckResult[]): Promise<void> => {
    try {
      const stored = await recorder.record(results);
      if (!stored.stored)
        log.warn('Heartbeat samples were dropped because the queue is full; their time is unknown.', { dropped: stored.dropped });
    } catch (error) {
      log.error('Heartbeat samples could not be handed to the recorder; their time is unknown.', { error: String(error) });
    }
  };
  /** Notices that nobody listened for a while; must run before any silence is judged. */
  const listen = (): void => {
    const deafMs = (clock.monotonicUs() - lastTickUs) / 1_000;
    lastTickUs = clock.monotonicUs();
    if (!jumped() && deafMs < DEAF_AFTER_MS) return;
    const since = clock.now();
    for (const one of watched) one.state = listenAgain(one.state, since);
  };
  /** Gives out the samples of silences that have come due by `until`. */
  const judge = (judged: readonly Watched[], until: Instant): void => {
    const due = judged
      .filter(({ paused }) => !paused)
      .flatMap((one) =>
        missingBeats(one.state, one.rhythm, until).map((at) => {
          one.state = { ...one.state, lastMissing: at };
          return sample(one.componentId, locationId, at, missingReading(one));
        }),
      );
    if (due.length > 0) void record(due);
  };
  const tick = (): void => {
    listen();
    judge(watched, clock.now());
    timer = clock.after(TICK_MS, tick, { background: true });
  };
  timer = clock.after(TICK_MS, tick, { background: true });

  return {
    assign: (location, assignments, seen, paused = new Set()) => {
      listen();
      locationId = location;
      const before = new Map(watched.map((one) => [one.componentId, one]));
      const now = clock.now();
      watched = assignments.flatMap(({ componentId, check }) => {
        if (!isHeartbeat(check.definition)) return [];
        const known = before.get(componentId);
        const rhythm = { interval: check.intervalMs, grace: check.definition.graceMs };
        const digest = Buffer.from(check.definition.tokenSha256, 'hex');
        const fresh: HeartbeatState = { known: seen.has(componentId), lastBeat: null, lastMissing: null, listeningSince: now };
        return [
          {
            componentId,
            digest,
            rhythm,
            paused: paused.has(componentId),
            state: known && !known.paused && sameRhythm(known.rhythm, rhythm) ? known.state : known ? listenAgain(known.state, now) : fresh,
          },
        ];
      });
    },
    beat: async (token) => {
      const digest = createHash('sha256').update(token).digest();
      let heard: Watched | null = null;
      for (const one of watched) if (one.digest.length === digest.length && timingSafeEqual(one.digest, digest)) heard = one;
      if (!heard) return 'unknown';
      if (heard.paused) return 'accepted';
      listen();
      const at = clock.now();
      judge([heard], (at - 1) as Instant);
      heard.state = beatHeard(heard.state, at);
      const durable = record([sample(heard.componentId, locationId, at, BEAT)]);
      const limit = new AbortController();
      await Promise.race([durable, clock.sleep(DURABLE_WITHIN_MS, limit.signal).catch(() => undefined)]);
      limit.abort();
      return 'accepted';
    },
    stop: () => timer?.cancel(),
  };
};

const sameRhythm = (a: HeartbeatRhythm, b: HeartbeatRhythm): boolean => a.interval === b.interval && a.grace === b.grace;

type Told = Pick<CheckResult, 'outcome' | 'reason' | 'detail'>;
const BEAT: Told = { outcome: 'ok', reason: 'beat', detail: '' };
const seconds = (ms: number): string => `${ms / 1_000} s`;
const missingReading = ({ rhythm }: Watched): Told => ({
  outcome: 'fail',
  reason: 'beat_missing',
  detail: `No heartbeat came within ${seconds(rhythm.interval)} and ${seconds(rhythm.grace)} of grace.`,
});

/** A sample without a probe: it happened at `at` and took no time. */
export const sample = (
  componentId: string,
  locationId: string,
  at: Instant,
  told: Told & Partial<Pick<CheckResult, 'latencyUs'>>,
): CheckResult => ({
  componentId,
  locationId,
  scheduledAt: at,
  at,
  finishedAt: at,
  canaryOk: null,
  httpStatus: null,
  latencyUs: null,
  phases: {},
  certExpiresAt: null,
  ...told,
});
