/**
 * What a reader is told about one component over time: the composed state of its locations, as stretches, and over it what people
 * know better (sla/display-layers.ts). Built on the same fold and quorum as the ledger. Degraded is display only: some location is
 * down, or some location answers slowly. Source: semantics A4, A6, A9 (Display).
 */
import type { ComponentFact, DisplayFacts, IncidentFact, LocationSpans } from '#db/queries/facts-types.ts';
import { composePanels, type Panels } from '#domain/check/quorum.ts';
import { postedStretches } from '#domain/incident/impacts.ts';
import { type DisplayLayers, layered, NO_LAYERS, type ToldInterval } from '#domain/sla/display-layers.ts';
import { displayedState } from '#domain/sla/displayed.ts';
import type { ComponentState } from '#domain/sla/overall.ts';
import { type Instant, later } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';

/** `investigating`: unknown only because failures are not confirmed yet; it was measured. */
export type Stretch = ToldInterval;

export interface Timeline {
  /** From the first sample (or the asked start, when measuring is older) to `asOf`; neighbours differ. */
  readonly states: readonly Stretch[];
  readonly state: ComponentState;
  /** Start of the current state; null when it began before the asked range or nothing was ever measured. */
  readonly since: Instant | null;
  /** A bad run is under way that is neither confirmed nor refuted yet. */
  readonly investigating: boolean;
}

const merged = (pieces: readonly Stretch[]): Stretch[] => {
  const result: Stretch[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last && last.state === piece.state && last.investigating === piece.investigating)
      result[result.length - 1] = { ...last, end: piece.end };
    else result.push(piece);
  }
  return result;
};

const firstSpoken = (spans: readonly LocationSpans[]): Instant | null =>
  spans.reduce<Instant | null>((first, { spans: closed, open }) => {
    const start = closed[0]?.start ?? open?.start;
    return start !== undefined && (first === null || start < first) ? start : first;
  }, null);

/** Of what lies over all checks, what lies over those of one component; of incidents only what the open ones say now. */
export const layersOf = (
  { windows, overrides }: DisplayFacts,
  { id, slug }: Pick<ComponentFact, 'id' | 'slug'>,
  incidents: readonly IncidentFact[],
): DisplayLayers => {
  const open = incidents.filter(({ resolvedAt }) => resolvedAt === null);
  return {
    windows: windows.filter(({ components }) => components === '*' || components.includes(slug)),
    overrides: overrides.filter(({ component }) => component === slug),
    posted: postedStretches(open, id).flatMap(({ start, end, impact }) => (end === null ? [{ start, state: impact }] : [])),
  };
};

/** `spans` are those of this component alone; `range` ends at the time of asking. */
export const timelineOf = (
  spans: readonly LocationSpans[],
  panels: Panels,
  range: Interval,
  layers: DisplayLayers = NO_LAYERS,
): Timeline => {
  const first = firstSpoken(spans);
  if (first === null) return { states: [], state: 'unknown', since: null, investigating: false };
  const over = { start: later(first, range.start), end: range.end };
  const composed = composePanels(spans, panels, 'lenient', over, range.end).map((piece) => ({
    start: piece.start,
    end: piece.end,
    state: displayedState(piece),
    investigating: piece.investigating && piece.state === 'unknown',
  }));
  const states = merged(layered(composed, layers, over));
  const current = states.at(-1);
  return {
    states,
    state: current?.state ?? 'unknown',
    since: current && current.start > range.start ? current.start : null,
    investigating: current?.investigating ?? false,
  };
};
