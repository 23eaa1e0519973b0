/**
 * What readers are told of a component over what its checks say: a person's override while it is in force; above it maintenance, where
 * announced time is really left out; and while an incident is open, what people posted of it, where that is worse. What was posted
 * counts for nothing in the ledger, so it never stays in the past. Display only; the ledger has its own order. Units: ms UTC.
 * Source: semantics A7, A8, A9 (Display).
 */
import type { Instant } from '../time/instant.ts';
import { earlier, later } from '../time/instant.ts';
import { type Interval, intersect, union } from '../time/interval.ts';
import type { StateInterval } from './day-bars.ts';
import { overlay } from './evidence.ts';
import type { ComponentState } from './overall.ts';
import { byPrecedence, type Override, type OverrideState } from './override.ts';

export interface Posted {
  readonly start: Instant;
  readonly state: Extract<ComponentState, 'degraded' | 'partial_outage' | 'major_outage'>;
}
export interface DisplayLayers {
  /** In force, of this component. */
  readonly overrides: readonly Override[];
  /** Announced time that is left out of its availability. */
  readonly windows: readonly Interval[];
  /** Of incidents that are open, from the post on. */
  readonly posted: readonly Posted[];
}
export const NO_LAYERS: DisplayLayers = { overrides: [], windows: [], posted: [] };

/** A stretch as a page tells it. */
export interface ToldInterval extends StateInterval {
  readonly investigating: boolean;
}

const SAID: Readonly<Record<OverrideState, ComponentState>> = {
  up: 'operational',
  degraded: 'degraded',
  down: 'major_outage',
  unknown: 'unknown',
};
/** Nothing known is better than any trouble: who posts one knows more. */
const WEIGHT: Readonly<Record<ComponentState, number>> = {
  operational: 0,
  maintenance: 0,
  unknown: 1,
  degraded: 2,
  partial_outage: 3,
  major_outage: 4,
};

const told = (part: Interval, state: ComponentState): ToldInterval => ({ start: part.start, end: part.end, state, investigating: false });

const overrideLayer = (overrides: readonly Override[], over: Interval): ToldInterval[] =>
  overrides.toSorted(byPrecedence).reduce<ToldInterval[]>((top, { start, end, state }) => {
    const part = { start: later(start, over.start), end: end === null ? over.end : earlier(end, over.end) };
    return part.start < part.end ? overlay(top, [told(part, SAID[state])]) : top;
  }, []);

const worsened = (states: readonly ToldInterval[], { start, state }: Posted): ToldInterval[] =>
  states.flatMap((piece) => {
    if (piece.end <= start || WEIGHT[state] <= WEIGHT[piece.state]) return [piece];
    const from = later(piece.start, start);
    const before = from > piece.start ? [{ ...piece, end: from }] : [];
    return [...before, told({ start: from, end: piece.end }, state)];
  });

/** `states` tile `over`, in order; so does what comes out. Neighbours of one state may stand apart. */
export const layered = (states: readonly ToldInterval[], layers: DisplayLayers, over: Interval): ToldInterval[] => {
  const known = overlay(states, overrideLayer(layers.overrides, over));
  const posted = layers.posted.reduce<ToldInterval[]>(worsened, known);
  const windows = union(layers.windows.flatMap((window) => intersect(window, over) ?? []));
  return overlay(
    posted,
    windows.map((window) => told(window, 'maintenance')),
  );
};
