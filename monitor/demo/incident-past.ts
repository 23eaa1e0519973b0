/**
 * The incidents of one component, as the recorder would have told them: opened at the check that confirmed the outage in enough
 * locations, over at the first instant at which the component is up again. One list of statements for each.
 */
import { type ComponentHistory, type LocationHistory, panelsOf, versionAt } from '#db/queries/definitions.ts';
import type { CheckRow } from '#db/queries/pack.ts';
import { composePanels, type LocationTimeline } from '#domain/check/quorum.ts';
import { reasonById } from '#domain/check/reason.ts';
import { earlier, type Instant, instant, later } from '#domain/time/instant.ts';
import { type Interval, overlaps } from '#domain/time/interval.ts';
import { tellOpened, tellResolved } from '#monitor/core/told.ts';
import type { Dated } from './dated.ts';
import type { PairPast } from './pair-past.ts';

interface Outage {
  readonly start: Instant;
  /** Null: not over. */
  readonly end: Instant | null;
}

const timelineOf = ({ pieces, locationId }: PairPast, until: Instant): LocationTimeline & { readonly locationId: number } => ({
  locationId,
  spans: pieces.map((piece) => ({ ...piece, end: piece.end ?? until })),
  open: null,
});

const outagesOf = (states: readonly (Interval & { readonly state: string })[]): Outage[] => {
  const found: Outage[] = [];
  let start: Instant | null = null;
  for (const piece of states) {
    if (piece.state === 'down') start ??= piece.start;
    if (piece.state !== 'up' || start === null) continue;
    found.push({ start, end: piece.start });
    start = null;
  }
  return start === null ? found : [...found, { start, end: null }];
};

/** The failures that confirmed the outage, one of each location that had one, by time. */
const confirmations = (outage: Interval, pasts: readonly PairPast[], needed: number): CheckRow[] =>
  pasts
    .flatMap(({ pieces, failures }) => {
      const down = pieces.find(({ start, end, lenient }) => lenient === 'down' && overlaps({ start, end: end ?? outage.end }, outage));
      return (down && failures.filter(({ at }) => at >= down.start)[needed - 1]) ?? [];
    })
    .sort((a, b) => a.at - b.at);

export const incidentPast = (
  component: ComponentHistory,
  pasts: readonly PairPast[],
  locations: readonly LocationHistory[],
  until: Instant,
): Dated[][] => {
  const panels = panelsOf(component, locations);
  const timelines = pasts.map((past) => timelineOf(past, until));
  const from = timelines.reduce((first, { spans }) => earlier(first, spans[0]?.start ?? first), until);
  const states = composePanels(timelines, panels, 'lenient', { start: from, end: until }, until);
  return outagesOf(states).map(({ start, end }): Dated[] => {
    const version = versionAt(component.versions, start);
    const { needed } = panels.findLast((panel) => panel.from <= start) ?? panels[0];
    const confirmed = confirmations({ start, end: end ?? until }, pasts, version.confirmations)[needed - 1];
    const confirmedAt = later(instant(confirmed?.at ?? start), start);
    const reason = confirmed ? reasonById(confirmed.reason) : 'timeout';
    const opening = {
      component,
      version,
      reason,
      httpStatus: confirmed?.status ?? null,
      startedAt: start,
      confirmedAt,
      locations: needed,
    };
    const told = tellOpened(opening, confirmedAt);
    const opened = { at: confirmedAt, statements: told.statements };
    if (end === null) return [opened];
    // Blips and short outages may be over at the very check that would tell of them; nothing is told before it began.
    const over = later(end, confirmedAt);
    return [opened, { at: over, statements: tellResolved(told.incident, component.slug, version, end, over) }];
  });
};
