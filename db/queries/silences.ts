/**
 * Why nothing is known, where more is known than that a location said nothing: the component was paused, its worker did not run, or the probe itself was
 * at fault (`error` results). Looked for only where a location is unknown, so a month without gaps costs nothing. With `recordedBy`
 * results recorded later are left aside, so that a report is made anew as it was. Units: ms.
 * Source: semantics A2, A5.
 */
import type { LocationTimeline } from '#domain/check/quorum.ts';
import type { Silence } from '#domain/sla/statement-lines.ts';
import { earlier, type Instant, later } from '#domain/time/instant.ts';
import { type Interval, intersect, subtract, union } from '#domain/time/interval.ts';
import type { Store } from '../store.ts';
import { pausesOf } from './definitions.ts';
import { readSeries } from './series.ts';
import type { ComponentTimelines } from './timelines.ts';
import { workerRuns } from './worker-runs.ts';

/** Index of `error` in OUTCOMES. */
const ERROR = 3;

/** The parts of the range in which a location, once it had spoken, said nothing; `range` ends when it is asked. */
const gapsOf = ({ spans, open }: LocationTimeline, range: Interval): Interval[] => {
  const told = spans.flatMap(({ start, end, lenient }) => (lenient === 'unknown' ? [] : [{ start, end }]));
  const spoken = open && open.lenient !== 'unknown' ? [...told, { start: open.start, end: earlier(open.coveredUntil, range.end) }] : told;
  return subtract([range], spoken);
};

/** A faulty check speaks, as far as it does, until the next one or for as long as a good one would. */
const faultsIn = async (
  store: Store,
  { component, timelines }: ComponentTimelines,
  location: string,
  gap: Interval,
  recordedBy: Instant | null,
): Promise<Interval[]> => {
  const timeline = timelines.find((one) => one.location === location);
  if (!timeline) return [];
  const hold = component.versions.at(-1)?.hold ?? component.versions[0].hold;
  const found: Interval[] = [];
  for await (const { at, outcome } of readSeries(
    store,
    { componentId: component.id, locationId: timeline.locationId },
    gap.start,
    gap.end,
    recordedBy,
  ))
    for (let i = 0; i < at.length; i++)
      if (outcome[i] === ERROR) found.push({ start: at[i] as Instant, end: ((at[i] as number) + hold) as Instant });
  return union(found).flatMap((part) => intersect(part, gap) ?? []);
};

export const readSilences = async (
  store: Store,
  components: readonly ComponentTimelines[],
  range: Interval,
  recordedBy: Instant | null,
): Promise<Silence[]> => {
  const runsOf = new Map<string, readonly Interval[]>();
  const silences: Silence[] = [];
  for (const one of components) {
    for (const { start, end } of pausesOf(one.component.versions)) {
      const part = intersect({ start, end: end ?? range.end }, range);
      if (part) silences.push({ ...part, component: one.component.slug, cause: 'paused' });
    }
    for (const timeline of one.timelines) {
      const gaps = gapsOf(timeline, { start: later(range.start, one.component.createdAt), end: range.end });
      if (gaps.length === 0) continue;
      const { location } = timeline;
      if (!runsOf.has(location)) {
        const runs = await workerRuns(store, location, 0 as Instant, range.end);
        runsOf.set(
          location,
          runs.map(({ startedAt, lastBeatAt }) => ({ start: startedAt, end: lastBeatAt })),
        );
      }
      const runs = runsOf.get(location) ?? [];
      const component = one.component.slug;
      // A location that never told of its worker is silent, and that is all that is known.
      const idle = runs.length === 0 ? [] : subtract(gaps, runs);
      silences.push(...idle.map((part) => ({ ...part, component, cause: 'worker_silent' as const })));
      for (const gap of gaps)
        for (const part of await faultsIn(store, one, location, gap, recordedBy))
          silences.push({ ...part, component, cause: 'probe_error' as const });
    }
  }
  return silences;
};
