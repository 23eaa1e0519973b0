/**
 * After a long outage of a channel its backlog folds to the latest state of each subject (reliability P6): a story that began and ended
 * meanwhile, or ends now and its beginning was given up, is not told step by step but named in one summary; of one that goes on the beginning and the last word are told; of one
 * whose beginning was told before, the end alone, or the last word. Values in, decisions out; ids are in the order of telling.
 */
import { HOUR, millis } from '../time/instant.ts';
import type { NoticePart } from './notice-kind.ts';

/** A channel that was away for less tells everything, in order. */
export const FOLD_AFTER = millis(HOUR);

export interface Backlogged {
  readonly id: number;
  readonly subject: string | null;
  readonly part: NoticePart;
}
export interface Folded {
  /** Not told one by one. */
  readonly dropped: readonly number[];
  /** The first message that waited of each story that is over and was not begun to be told: what the summary names. */
  readonly missed: readonly number[];
}

/** `backlog`: what waits, in order. `opened`: subjects whose beginning the channel was told. */
export const fold = (backlog: readonly Backlogged[], opened: ReadonlySet<string>): Folded => {
  const bySubject = new Map<string, Backlogged[]>();
  for (const one of backlog) {
    if (one.subject === null) continue;
    const rows = bySubject.get(one.subject);
    if (rows) rows.push(one);
    else bySubject.set(one.subject, [one]);
  }
  const dropped = new Set<number>();
  const missed: number[] = [];
  for (const [subject, rows] of bySubject) {
    const opening = rows.find(({ part }) => part === 'opens');
    const closing = rows.find(({ part }) => part === 'closes');
    if (closing && !opened.has(subject)) {
      for (const { id } of rows) dropped.add(id);
      missed.push((opening ?? closing).id);
      continue;
    }
    const last = rows.at(-1);
    for (const one of rows) if (one !== opening && one !== closing && one !== last) dropped.add(one.id);
  }
  return { dropped: [...dropped].sort((a, b) => a - b), missed };
};
