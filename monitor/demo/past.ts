/**
 * A past that is known as a whole, put down in the order of time: `until` writes what would have been in the store by an
 * instant, and what people do then is done in between. Evidence is there a whole UTC day at a time, as it ended.
 */
import { type PairChanges, writeSpans } from '#db/queries/spans.ts';
import { saveWorkerRun } from '#db/queries/worker-runs.ts';
import type { Statement, Store } from '#db/store.ts';
import { changesBetween, type Piece } from '#domain/check/confirmation.ts';
import { earlier, type Instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import type { Dated } from './dated.ts';
import { type PairPast, piecesBy } from './pair-past.ts';

export interface Past {
  readonly pairs: readonly PairPast[];
  /** What is told besides the evidence. */
  readonly dated: readonly Dated[];
  /** When the prober of each location (its slug) was alive. */
  readonly runs: readonly (Interval & { readonly location: string })[];
}
export interface PastWriter {
  /** Never goes back; the last call writes everything. */
  until(at: Instant): Promise<void>;
}

const STATEMENTS_PER_WRITE = 80;

export const writePast = (store: Store, { pairs, dated, runs }: Past): PastWriter => {
  const entries = [...pairs.flatMap((pair) => pair.dated), ...dated].sort((a, b) => a.at - b.at);
  const written = pairs.map((): readonly Piece[] => []);
  let next = 0;

  const spansUntil = (at: Instant): PairChanges[] =>
    pairs.flatMap(({ componentId, locationId, pieces }, i) => {
      const before = written[i] ?? [];
      const now = piecesBy(pieces, at);
      written[i] = now;
      const changes = changesBetween(before, now);
      return changes.put.length > 0 ? [{ componentId, locationId, changes }] : [];
    });

  return {
    until: async (at) => {
      let batch: Statement[] = [];
      for (; entries[next] && (entries[next] as Dated).at <= at; next++) {
        batch.push(...(entries[next] as Dated).statements);
        if (batch.length < STATEMENTS_PER_WRITE) continue;
        await store.write(batch);
        batch = [];
      }
      await store.write([...batch, ...writeSpans(spansUntil(at))]);
      for (const { location, start, end } of runs) if (start < at) await saveWorkerRun(store, location, start, earlier(end, at));
    },
  };
};
