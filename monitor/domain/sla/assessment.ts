/**
 * The one derivation of availability: facts and terms in, slices, sums, figures and verdict out. Page, command line and month
 * statement all ask here. Pure: the same facts give the same answer, in whatever order they come. Units: integer ms UTC.
 * Source: semantics A to C.
 */
import type { Panels } from '../check/quorum.ts';
import type { Instant } from '../time/instant.ts';
import { type Interval, intersect } from '../time/interval.ts';
import { type Announcement, concerns, type EffectiveWindow, type JudgedAnnouncement, judgeAnnouncement } from './announcement.ts';
import { type Figures, figuresOf, type Measure, measure } from './availability.ts';
import { type Evidence, evidenceOf, type PlacedTimeline, readingOf } from './evidence.ts';
import { type Override, overridden } from './override.ts';
import type { Terms } from './terms.ts';
import { contractTimeline, type Slice } from './timeline.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** What is known of one component. */
export interface ComponentFacts {
  readonly id: string;
  /** One per location that ever spoke; locations that a panel asks beyond these are silent. */
  readonly timelines: readonly PlacedTimeline[];
  /** Who was asked when, and how many had to agree. */
  readonly panels: Panels;
  /** Those in force (`ruleOn`). */
  readonly overrides: readonly Override[];
}

export interface AssessedComponent {
  readonly id: string;
  readonly states: readonly Evidence[];
  /** Effective windows that concern it, clipped to the period. */
  readonly windows: readonly EffectiveWindow[];
}
export interface Assessment {
  readonly period: Interval;
  readonly slices: readonly Slice[];
  readonly sums: Measure;
  readonly figures: Figures;
  readonly verdict: Verdict;
  readonly components: readonly AssessedComponent[];
  readonly announcements: readonly JudgedAnnouncement[];
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The parts of the windows inside the period, in order. */
const within = (windows: readonly EffectiveWindow[], period: Interval): EffectiveWindow[] =>
  windows.flatMap((window) => {
    const common = intersect(window, period);
    return common ? [{ ...window, ...common }] : [];
  });

/** `critical`: the components that decide. Nothing is said of time from `asOf` on: the period should end there at the latest. */
export const assess = (
  period: Interval,
  asOf: Instant,
  terms: Terms,
  critical: readonly ComponentFacts[],
  announcements: readonly Announcement[],
): Assessment => {
  const judged = announcements.toSorted(byId).map((announcement) => judgeAnnouncement(announcement, terms.reserve, terms.minNoticeMs));
  const effective = within(
    judged.flatMap((one) => one.effective),
    period,
  );
  const reading = readingOf(terms);
  const components = critical.toSorted(byId).map(({ id, timelines, panels, overrides }) => ({
    id,
    states: overridden(evidenceOf(timelines, panels, reading, period, asOf), overrides, reading, period),
    windows: effective.filter((window) => concerns(window, id)),
  }));
  const slices = contractTimeline(components, period);
  const sums = measure(slices);
  const figures = figuresOf(sums, terms);
  return { period, slices, sums, figures, verdict: verdictOf(figures, terms), components, announcements: judged };
};
