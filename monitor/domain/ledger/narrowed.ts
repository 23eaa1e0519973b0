/**
 * Of everything known, what one stretch of time is judged by: the same statement comes of it, and cheaper. Spans stay whole, as a
 * blip is counted where it began; rulings stay all, as one may take back another of any time.
 */
import type { LocationTimeline } from '../check/quorum.ts';
import type { Instant } from '../time/instant.ts';
import { type Interval, overlaps } from '../time/interval.ts';
import type { LedgerFacts } from './ledger-facts.ts';

/** Index of the first span that begins at `at` or later; spans are in order. */
const firstFrom = (spans: LocationTimeline['spans'], at: Instant): number => {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? at) < at) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Neighbours too: a run may go on as another span where its other reading changes, and is joined to it. */
const touching = <T extends LocationTimeline>(timeline: T, { start, end }: Interval): T => {
  let first = Math.max(0, firstFrom(timeline.spans, start) - 1);
  while (first > 0 && timeline.spans[first]?.lenient === 'blip') first--;
  while (first > 0 && timeline.spans[first]?.strict === 'blip') first--;
  return { ...timeline, spans: timeline.spans.slice(first, firstFrom(timeline.spans, end)) };
};

export const narrowed = (facts: LedgerFacts, range: Interval): LedgerFacts => ({
  ...facts,
  range,
  components: facts.components.map((component) => ({
    ...component,
    timelines: component.timelines.map((timeline) => touching(timeline, range)),
  })),
  announcements: facts.announcements.filter(({ revisions }) => revisions.some((revision) => overlaps(revision, range))),
  silences: facts.silences.filter((silence) => overlaps(silence, range)),
  incidents: facts.incidents.filter((incident) => overlaps(incident, range)),
});
