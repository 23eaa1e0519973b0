/**
 * An announcement as it was recorded: revisions, its end before time, and for a historic import the approval. Facts only;
 * what of it is excluded is judged by sla/announcement.ts. Instants ms UTC. Source: semantics B2.
 */
import type { Announcement } from '../sla/announcement.ts';
import type { Instant } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';

/** Slugs, or "*": every component, those of later too. */
export type Components = '*' | readonly string[];

export interface RevisionFact extends Interval {
  readonly rev: number;
  /** The server's clock when the row was written. */
  readonly recordedAt: Instant;
  /** When it was public: `recordedAt`, but for an import what the importer says. */
  readonly publicAt: Instant;
  readonly title: string;
  readonly body: string;
  readonly author: string | null;
  /** The name was proved by signing in; not, or absent: it is what somebody said of themselves. */
  readonly authenticated?: boolean;
}
export interface EndingFact {
  readonly kind: 'cancelled' | 'completed';
  readonly recordedAt: Instant;
  readonly author: string | null;
  readonly authenticated?: boolean;
}
export interface ApprovalFact {
  readonly recordedAt: Instant;
  readonly approvedBy: string;
  readonly authenticated?: boolean;
  readonly evidence: string;
}
export interface AnnouncementFact {
  readonly id: string;
  readonly recordedAt: Instant;
  readonly components: Components;
  readonly imported: boolean;
  readonly author: string | null;
  readonly authenticated?: boolean;
  /** In order of `rev`. */
  readonly revisions: readonly [RevisionFact, ...RevisionFact[]];
  readonly ending: EndingFact | null;
  readonly approval: ApprovalFact | null;
}

export const currentRevision = ({ revisions }: AnnouncementFact): RevisionFact => revisions.at(-1) ?? revisions[0];

/** As it was known at `asOf`: rows recorded later do not exist; null: there was none yet. */
export const knownBy = (fact: AnnouncementFact, asOf: Instant): AnnouncementFact | null => {
  const [first, ...others] = fact.revisions.filter(({ recordedAt }) => recordedAt <= asOf);
  if (!first) return null;
  const then = <T extends { readonly recordedAt: Instant }>(row: T | null): T | null => (row && row.recordedAt <= asOf ? row : null);
  return { ...fact, revisions: [first, ...others], ending: then(fact.ending), approval: then(fact.approval) };
};

/** What the calculator of the ledger takes. */
export const calculatorForm = ({ id, components, revisions, ending, imported, approval }: AnnouncementFact): Announcement => ({
  id,
  components,
  revisions: revisions.map(({ rev, publicAt, start, end }) => ({ rev, recordedAt: publicAt, start, end })),
  cancelledAt: ending?.kind === 'cancelled' ? ending.recordedAt : null,
  completedAt: ending?.kind === 'completed' ? ending.recordedAt : null,
  unapprovedImport: imported && approval === null,
});

export const shareComponents = (a: Components, b: Components): boolean =>
  a === '*' || b === '*' || a.some((component) => b.includes(component));
