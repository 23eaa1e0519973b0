/**
 * Labelled intervals laid over stretches of time: which labels hold where. For line items that must neither overlap nor leave
 * a hole. One pass over the sorted boundaries. Units: integer ms UTC, half-open.
 */
import { earlier, type Instant, later } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';

export interface Labelled<T> extends Interval {
  readonly label: T;
}
export interface Cut<T> extends Interval {
  /** In the order in which the labelled intervals were given; empty where none holds. */
  readonly labels: readonly T[];
}

/** `over` cut where a label begins or ends; neighbours with the same labels stay one; labels of one key count once. `over` is in order and disjoint. */
export const cutBy = <T>(over: readonly Interval[], labelled: readonly Labelled<T>[], keyOf: (label: T) => string): Cut<T>[] => {
  const edges = labelled
    .flatMap(({ start, end }, index) =>
      start < end
        ? [
            { at: start, index, begins: true },
            { at: end, index, begins: false },
          ]
        : [],
    )
    .sort((a, b) => a.at - b.at || Number(a.begins) - Number(b.begins));
  const holding = new Set<number>();
  const cuts: Cut<T>[] = [];
  let next = 0;
  const advance = (to: Instant): void => {
    for (let edge = edges[next]; edge && edge.at <= to; edge = edges[++next]) {
      if (edge.begins) holding.add(edge.index);
      else holding.delete(edge.index);
    }
  };
  const put = (start: Instant, end: Instant): void => {
    const told = new Map<string, T>();
    for (const index of [...holding].sort((a, b) => a - b)) {
      const { label } = labelled[index] as Labelled<T>;
      if (!told.has(keyOf(label))) told.set(keyOf(label), label);
    }
    const labels = [...told.values()];
    const last = cuts.at(-1);
    const same = last?.end === start && last.labels.length === labels.length && last.labels.every((label) => told.has(keyOf(label)));
    if (last && same) cuts[cuts.length - 1] = { ...last, end };
    else cuts.push({ start, end, labels });
  };
  for (const { start, end } of over) {
    advance(start);
    for (let at = start; at < end; ) {
      const until = earlier(end, later(at, edges[next]?.at ?? end));
      put(at, until);
      advance(until);
      at = until;
    }
  }
  return cuts;
};
