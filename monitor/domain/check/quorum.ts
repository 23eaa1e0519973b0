/**
 * From locations to one component: down when at least `needed` of the configured locations are down, up when at least
 * `locations - needed + 1` are up, otherwise unknown; a configured location that says nothing is unknown. Composition
 * happens on reading, for either reading of `slow`; each instant is judged by the locations and the quorum then in force.
 * Units: integer ms UTC, half-open intervals. Source: semantics A4, A9.
 */
import { earlier, type Instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import type { OpenSpan, Span, SpanState } from './span.ts';

export type Reading = 'lenient' | 'strict';
export type ComponentState = 'up' | 'down' | 'unknown';

export interface LocationTimeline {
  readonly spans: readonly Span[];
  readonly open: OpenSpan | null;
}
export interface Quorum {
  /** Configured locations, silent ones included. */
  readonly locations: number;
  readonly needed: number;
}

/** A version of who is asked: from `from` until the next one, these locations count and `needed` of them must agree. */
export interface Panel {
  readonly from: Instant;
  readonly locations: readonly number[];
  readonly needed: number;
}
/** Ascending; the first also holds for everything before it. */
export type Panels = readonly [Panel, ...Panel[]];

export interface ComponentInterval extends Interval {
  readonly state: ComponentState;
  /** Some location is down although the component is not: shown as degraded. */
  readonly reachability: boolean;
  /** Some location answers slowly. */
  readonly slow: boolean;
  /** Some location has failures that are not confirmed yet: the page says "investigating". Unknown in figures. */
  readonly investigating: boolean;
}

const SILENT: SpanState = { lenient: 'unknown', strict: 'unknown', slow: false };

/** What the locations say together at one instant; `states` may be shorter than the number of configured locations. */
export const composeStates = (states: readonly SpanState[], quorum: Quorum, reading: Reading): Omit<ComponentInterval, keyof Interval> => {
  let down = 0;
  let up = 0;
  let slow = false;
  let investigating = false;
  for (const state of states) {
    const says = state[reading];
    if (says === 'down') down++;
    else if (says === 'up' || says === 'blip') up++;
    else if (says === 'pending') investigating = true;
    if (state.slow) slow = true;
  }
  // At least one must say so: where nobody is asked, nothing is up.
  const enough = Math.max(1, quorum.locations - quorum.needed + 1);
  const state = down >= quorum.needed ? 'down' : up >= enough ? 'up' : 'unknown';
  return { state, reachability: down > 0 && state !== 'down', slow, investigating };
};

/** The timeline as closed intervals up to `asOf`: the open span as far as it is covered, then silence. */
const known = (timeline: LocationTimeline, asOf: Instant): readonly Span[] => {
  const { open } = timeline;
  if (!open || open.start >= asOf) return timeline.spans;
  const end = open.coveredUntil < asOf ? open.coveredUntil : asOf;
  return [...timeline.spans, { ...open, end }];
};

/** What an open span says at `asOf`: itself while covered, then silence. */
export const stateAt = (open: OpenSpan | null, asOf: Instant): SpanState =>
  open && open.start <= asOf && asOf < open.coveredUntil ? open : SILENT;

const same = (a: ComponentInterval, b: Omit<ComponentInterval, keyof Interval>): boolean =>
  a.state === b.state && a.reachability === b.reachability && a.slow === b.slow && a.investigating === b.investigating;

/**
 * The component's states over `over`, as maximal intervals that tile it; nothing after `asOf` is said (`over` is clipped).
 * Spans of one location must be in order and disjoint; before its first span a location is unknown.
 */
export const composeLocations = (
  timelines: readonly LocationTimeline[],
  quorum: Quorum,
  reading: Reading,
  over: Interval,
  asOf: Instant,
): ComponentInterval[] => {
  const end = over.end < asOf ? over.end : asOf;
  const lanes = timelines.map((timeline) => known(timeline, asOf));
  const next = lanes.map(() => 0);
  const found: ComponentInterval[] = [];
  let at = over.start;
  while (at < end) {
    let until = end;
    const states = lanes.map((lane, i) => {
      let span = lane[next[i] ?? 0];
      while (span && span.end <= at) span = lane[(next[i] = (next[i] ?? 0) + 1)];
      if (!span) return SILENT;
      const edge = span.start > at ? span.start : span.end;
      if (edge < until) until = edge;
      return span.start <= at ? span : SILENT;
    });
    const composed = composeStates(states, quorum, reading);
    const last = found.at(-1);
    if (last && same(last, composed)) found[found.length - 1] = { ...last, end: until };
    else found.push({ start: at, end: until, ...composed });
    at = until;
  }
  return found;
};

/** The same over versions of who is asked: silence of a location that was not asked is no doubt, its word no evidence. */
export const composePanels = (
  timelines: readonly (LocationTimeline & { readonly locationId: number })[],
  panels: Panels,
  reading: Reading,
  over: Interval,
  asOf: Instant,
): ComponentInterval[] => {
  const found: ComponentInterval[] = [];
  panels.forEach(({ from, locations, needed }, i) => {
    const part = { start: i === 0 || from < over.start ? over.start : from, end: earlier(panels[i + 1]?.from ?? over.end, over.end) };
    const asked = timelines.filter(({ locationId }) => locations.includes(locationId));
    for (const piece of composeLocations(asked, { locations: locations.length, needed }, reading, part, asOf)) {
      const last = found.at(-1);
      if (last && same(last, piece)) found[found.length - 1] = { ...last, end: piece.end };
      else found.push(piece);
    }
  });
  return found;
};
