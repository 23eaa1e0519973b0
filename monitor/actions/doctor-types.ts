/** What doctor answers, and what it says while it works. */
import type { Reach } from '#domain/access/reach.ts';
import type { Context } from '#monitor/context.ts';
import type { AnchorBook } from './anchor-book.ts';

export interface Difference {
  /** Slugs; null when it concerns the store as a whole. */
  readonly component: string | null;
  readonly location: string | null;
  readonly what: 'store' | 'evidence' | 'spans' | 'daily' | 'incidents' | 'chain' | 'reports' | 'audit' | 'people' | 'applied';
  /** What the evidence says, what the store says, of which instants. */
  readonly message: string;
}
export interface DoctorReport {
  readonly ok: boolean;
  readonly differences: readonly Difference[];
  /** Things to know that are no fault. */
  readonly notes: readonly string[];
  readonly examined: { readonly pairs: number; readonly checks: number; readonly spans: number; readonly days: number };
}
export interface DoctorContext extends Pick<Context, 'store' | 'clock'> {
  /** What was noted of audit and ledger outside the store; null or absent: no book is at hand. */
  readonly anchors?: AnchorBook | null;
  /** Of whoever asks: what is a customer's is named to nobody else. Absent: everything is. */
  readonly reach?: Reach;
}
