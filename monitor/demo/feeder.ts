/**
 * What stands in for the prober while the demo is served: nothing is dialled. Every check of every location comes out right, on
 * the grid and with the latencies of the past it goes on from, in time; what came due while the store was built is made up for.
 * Deterministic: what a slot answers follows from the seed, the component, the location and the slot.
 */
import type { Pair } from '#db/queries/checks.ts';
import { resultOf } from '#db/queries/facts.ts';
import type { Instant, Millis } from '#domain/time/instant.ts';
import type { Timer } from '#monitor/clock.ts';
import type { ProberLink, ProberLinkDeps, ProberStatus } from '#monitor/core/prober-link.ts';
import { firstSlot, goesOnFrom } from './check-days.ts';
import { mannerOf } from './plan-past.ts';
import type { Scenario } from './scenario.ts';
import { seeded } from './seeded.ts';
import { type Manner, rowOf } from './trouble.ts';

export interface FeedPlan {
  readonly scenario: Pick<Scenario, 'pace'>;
  readonly seed: number;
  /** Slugs of the locations by their numbers in the store. */
  readonly locations: readonly { readonly id: number; readonly slug: string }[];
  /** Where the past ends. */
  readonly since: Instant;
}

/** As the prober's own beat. */
const TICK_MS = 1_000;

/** One check at one location; `componentId` tells it from others here, not in the store. */
interface Lane extends Pair {
  readonly slug: string;
  readonly location: string;
  readonly intervalMs: Millis;
  readonly manner: Manner;
  next: number;
}

export const startFeeder = (
  { scenario, seed, locations, since }: FeedPlan,
  { recorder, clock, log, onBeat }: ProberLinkDeps,
): ProberLink => {
  let lanes: readonly Lane[] = [];
  let timer: Timer | null = null;
  let last: { readonly at: Instant; readonly us: number } | null = null;
  let beats = 0;
  let recording: Promise<unknown> = Promise.resolve();

  const answered = (lane: Lane): ReturnType<typeof resultOf> => {
    const random = seeded(seed * 7_919 + lane.componentId * 101 + lane.locationId + Math.floor(lane.next / lane.intervalMs) * 31);
    const lag = Math.floor(random() * 12);
    const row = rowOf(random, lane.next + lag, lag, 'ok', lane.manner, true);
    return resultOf({ ...lane, row }, lane.slug, lane.location, null);
  };
  const feed = (until: Instant): void => {
    const results: ReturnType<typeof resultOf>[] = [];
    for (const lane of lanes) for (; lane.next + TICK_MS <= until; lane.next += lane.intervalMs) results.push(answered(lane));
    if (results.length === 0) return;
    recording = recorder.record(results).catch((error: unknown) => log.error('The demo could not record.', { error: String(error) }));
  };
  const tick = (): void => {
    const at = clock.now();
    last = { at, us: clock.monotonicUs() };
    beats++;
    onBeat?.({ type: 'beat', at, loopLagMs: 0, inFlight: 0, due: 0 });
    feed(at);
    timer = clock.after(TICK_MS, tick, { background: true });
  };

  return {
    assign: ({ assignments }) => {
      const before = new Map(lanes.map((lane) => [`${lane.slug} ${lane.location}`, lane]));
      lanes = assignments.flatMap(({ componentId: slug, check }, i) =>
        locations.map(({ id, slug: location }): Lane => {
          const { intervalMs, definition } = check;
          const from = before.get(`${slug} ${location}`)?.next ?? firstSlot(slug, intervalMs, goesOnFrom(since));
          const manner = mannerOf(scenario, slug, id, definition.kind);
          return { slug, location, componentId: i + 1, locationId: id, intervalMs, manner, next: from };
        }),
      );
      if (timer === null) tick();
    },
    attempt: async ({ componentId }, vetOnly) => {
      const lane = lanes.find(({ slug }) => slug === componentId);
      if (!vetOnly && !lane) throw new Error('The demo dials nobody, and it has no past to answer from for what is not watched in it.');
      return { denied: null, result: lane && !vetOnly ? answered({ ...lane, next: clock.now() }) : null, assertions: [] };
    },
    get status(): ProberStatus {
      return {
        lastBeatAt: last?.at ?? null,
        lastBeatAgeMs: last && Math.round((clock.monotonicUs() - last.us) / 1_000),
        loopLagMs: 0,
        inFlight: 0,
        due: 0,
        beats,
        restarts: 0,
      };
    },
    stop: async () => {
      timer?.cancel();
      await recording;
    },
  };
};
