/**
 * What is known of one component over time, for the ledger: the quorum of its locations, with a person's overrides laid over
 * it. Pieces are in order and disjoint; where there is none, nothing is known. Units: integer ms UTC. The same quorum and
 * the same spans as the page. Source: semantics A4, A5, A7, A9.
 */
import { composePanels, type LocationTimeline, type Panels, type Reading } from '../check/quorum.ts';
import { type Instant, later } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';

export type LedgerState = 'up' | 'down' | 'unknown';
/** Why nothing is known: our worker did not run, a location said nothing, the probe was at fault, a bad run is not confirmed yet, a person said so. */
export type UnknownCause = 'worker_silent' | 'location_silent' | 'probe_error' | 'paused' | 'unconfirmed' | 'override';

export interface Evidence extends Interval {
  readonly state: LedgerState;
  /** Id of the override that says so; null: the checks do. */
  readonly override: string | null;
  /** Set when the state is unknown. */
  readonly cause: UnknownCause | null;
}

/** What one location says, with its number among those that the panels name. */
export interface PlacedTimeline extends LocationTimeline {
  readonly locationId: number;
}

export const readingOf = ({ countDegraded }: { readonly countDegraded: boolean }): Reading => (countDegraded ? 'strict' : 'lenient');

/** The component as its checks tell it over `over`, each instant by who was asked then; nothing is said from `asOf` on. */
export const evidenceOf = (
  timelines: readonly PlacedTimeline[],
  panels: Panels,
  reading: Reading,
  over: Interval,
  asOf: Instant,
): Evidence[] => {
  const found: Evidence[] = [];
  for (const { start, end, state, investigating } of composePanels(timelines, panels, reading, over, asOf)) {
    const cause = state === 'unknown' ? (investigating ? ('unconfirmed' as const) : ('location_silent' as const)) : null;
    const last = found.at(-1);
    // Neighbours that differ only in what the page shows are one piece here.
    if (last && last.state === state && last.cause === cause) found[found.length - 1] = { ...last, end };
    else found.push({ start, end, state, override: null, cause });
  }
  return found;
};

/** `top` where it says something, else `base`: one walk over both. Each is in order and disjoint, and so is what comes out. */
export const overlay = <T extends Interval>(base: readonly T[], top: readonly T[]): T[] => {
  const found: T[] = [];
  let next = 0;
  for (const piece of base) {
    let from = piece.start;
    for (let over = top[next]; over && over.start < piece.end; over = top[++next]) {
      if (over.start > from) found.push({ ...piece, start: from, end: over.start });
      from = later(from, over.end);
      if (over.end > piece.end) break;
      found.push(over);
    }
    if (from < piece.end) found.push({ ...piece, start: from });
  }
  return [...found, ...top.slice(next)].sort((a, b) => a.start - b.start);
};
