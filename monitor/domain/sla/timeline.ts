/**
 * One contract over time: every instant of a period is exactly one of down, excluded, unknown, available. At an instant, in
 * this order: a critical component is down outside its own window; one is inside its window; one is unknown; else available.
 * So outages of several components count once, and a window for one excuses no other. One pass over the sorted boundaries:
 * the cost grows with changes of state, not with checks. A component of which nothing is said is unknown. Units: integer ms
 * UTC. Source: semantics A8.
 */
import { earlier, type Instant, later } from '../time/instant.ts';
import { type Interval, union } from '../time/interval.ts';
import type { LedgerState } from './evidence.ts';

export type SliceKind = 'down' | 'excluded' | 'unknown' | 'available';
export interface Slice extends Interval {
  readonly kind: SliceKind;
}

export interface CriticalComponent {
  readonly id: string;
  /** Disjoint; where nothing is said the component is unknown. */
  readonly states: readonly (Interval & { readonly state: LedgerState })[];
  /** Effective windows that concern it; they may overlap. */
  readonly windows: readonly Interval[];
}

type Part = 'up' | 'down' | 'window';
interface Edge {
  readonly at: Instant;
  readonly component: number;
  readonly part: Part;
  readonly begins: boolean;
}
type Parts = Record<Part, boolean>;

const kindOf = ({ window, down, up }: Parts): SliceKind => (window ? 'excluded' : down ? 'down' : up ? 'available' : 'unknown');

const edgesOf = (components: readonly CriticalComponent[], over: Interval): Edge[] => {
  const edges: Edge[] = [];
  const add = (interval: Interval, component: number, part: Part): void => {
    const [start, end] = [later(interval.start, over.start), earlier(interval.end, over.end)];
    if (start < end) edges.push({ at: start, component, part, begins: true }, { at: end, component, part, begins: false });
  };
  for (const [index, { states, windows }] of components.entries()) {
    for (const piece of states) if (piece.state !== 'unknown') add(piece, index, piece.state);
    for (const window of union(windows)) add(window, index, 'window');
  }
  // At one instant what ends comes first, so that a state which follows itself stays.
  return edges.sort((a, b) => a.at - b.at || Number(a.begins) - Number(b.begins));
};

/** Maximal slices of one kind that tile `over`. Without critical components nothing can be down: all of it is available. */
export const contractTimeline = (components: readonly CriticalComponent[], over: Interval): Slice[] => {
  const parts: Parts[] = components.map(() => ({ up: false, down: false, window: false }));
  const count = { down: 0, excluded: 0, unknown: components.length, available: 0 };
  const slices: Slice[] = [];
  const put = (start: Instant, end: Instant): void => {
    if (start >= end) return;
    const kind = count.down > 0 ? 'down' : count.excluded > 0 ? 'excluded' : count.unknown > 0 ? 'unknown' : 'available';
    const last = slices.at(-1);
    if (last?.kind === kind) slices[slices.length - 1] = { ...last, end };
    else slices.push({ start, end, kind });
  };
  let from = over.start;
  for (const { at, component, part, begins } of edgesOf(components, over)) {
    put(from, at);
    from = at;
    const own = parts[component] as Parts;
    count[kindOf(own)]--;
    own[part] = begins;
    count[kindOf(own)]++;
  }
  put(from, over.end);
  return slices;
};
