/** What doctor answers, and what it says while it works. */
import type { Context } from '#monitor/context.ts';

export interface Difference {
  /** Slugs; null when it concerns the store as a whole. */
  readonly component: string | null;
  readonly location: string | null;
  readonly what: 'store' | 'evidence' | 'spans' | 'daily' | 'incidents' | 'chain' | 'reports';
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
export type DoctorContext = Pick<Context, 'store' | 'clock'>;
