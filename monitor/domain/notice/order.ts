/**
 * Order and sense (reliability P6): nobody is told "resolved" without "opened" before, nor "opened" after "resolved". Within one channel
 * the messages of one subject go one after the other (the queue hands out only the first that is not ended); what its turn means is
 * decided here, from what the channel was told of the subject before.
 */
import type { NoticePart } from './notice-kind.ts';

export interface SubjectTold {
  /** The channel took the beginning. */
  readonly opened: boolean;
  /** The channel took the end. */
  readonly closed: boolean;
}

/** Null: send it. Otherwise why it is not told, as the end of a sentence "It is not told, because …". */
export const whyUntold = (part: NoticePart, told: SubjectTold): string | null => {
  if ((part === 'updates' || part === 'closes') && !told.opened) return 'its beginning was not told';
  if (part === 'opens' && told.closed) return 'its end was told already';
  return null;
};
