/**
 * `/admin/maintenance/{id}` as plain data: everything that is known of one announcement, with the names of those who said it, what of it
 * counts, what is planned into it, what can still be done and what that would do. For whoever signed in. Instants and lengths in ms.
 * Source: semantics B2, F6.
 */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { type AuditOfSubject, readAuditOf } from '#db/queries/audit-of-subject.ts';
import { readReleases } from '#db/queries/releases.ts';
import type { Slot, WindowTerms } from '#domain/maintenance/account.ts';
import { type AnnouncementFact, currentRevision, type RevisionFact } from '#domain/maintenance/announcement-fact.ts';
import { isActive, type Situation } from '#domain/maintenance/situation.ts';
import { clockIn, dateIn, slotsOf } from '#domain/maintenance/window.ts';
import { releaseStanding } from '#domain/release/release-standing.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import type { Context } from '#monitor/context.ts';
import { previewFact, readPreviewFacts } from './announcement-preview.ts';
import type { BudgetChange } from './budget-change.ts';
import { asEnded, type EndingEffect, endingEffect } from './ending-effect.ts';
import { type Signed, signedBy } from './maintenance-desk.ts';
import { type EntryView, termsAt } from './maintenance-entry.ts';
import type { AccountPart, RevisionChange } from './maintenance-pages.ts';
import { changesOf } from './maintenance-pages.ts';

export interface DeskRevision {
  readonly rev: number;
  readonly recordedAt: Instant;
  readonly publicAt: Instant;
  readonly window: Interval;
  readonly title: string;
  readonly author: Signed | null;
  readonly changes: readonly RevisionChange[];
  /** What its form held. */
  readonly fields: PresentFields;
}
export interface PlannedRelease {
  readonly version: string;
  readonly title: string;
  readonly state: string;
  /** Why the window does not hold it; null: it does. */
  readonly lost: 'cancelled' | 'nothing_excluded' | 'shrunk' | null;
}
/** The fields of its form, as they would read if nothing were changed. */
export interface PresentFields {
  readonly slot: string;
  readonly from: string;
  readonly to: string;
  readonly title: string;
  readonly body: string;
}
/** An ending with what it would do to the budgets. */
export interface EndingChoice extends EndingEffect {
  readonly budgets: readonly BudgetChange[];
}
export interface AnnouncementDeskView {
  readonly id: string;
  readonly asOf: Instant;
  readonly zone: string;
  readonly reserveZone: string;
  readonly entry: EntryView;
  readonly body: string;
  readonly slot: Slot | null;
  readonly account: readonly AccountPart[];
  readonly author: Signed | null;
  readonly rev: number;
  /** The last first. */
  readonly revisions: readonly DeskRevision[];
  readonly ending: { readonly kind: 'cancelled' | 'completed'; readonly recordedAt: Instant; readonly by: Signed | null } | null;
  readonly approval: { readonly recordedAt: Instant; readonly by: Signed | null; readonly evidence: string } | null;
  readonly releases: readonly PlannedRelease[];
  readonly budgets: readonly BudgetChange[];
  readonly present: PresentFields;
  /** Null: it can not be changed any more. */
  readonly edit: { readonly pastDeadline: boolean; readonly hasBegun: boolean } | null;
  readonly done: EndingChoice | null;
  readonly cancel: EndingChoice | null;
  /** What approving would exclude; null: nothing waits for it. */
  readonly approve: { readonly excludedMs: number; readonly budgets: readonly BudgetChange[] } | null;
  /** The newest first; null: not for these eyes. */
  readonly audit: readonly AuditOfSubject[] | null;
}

/** Rows of the audit that the page tells; all of them stand in the audit itself. */
const AUDIT_TOLD = 50;

/** As `decideEdit` reads them: what is the same stays to the millisecond. */
const fieldsOf = ({ start, end, title, body }: RevisionFact, { reserve }: Pick<WindowTerms, 'reserve'>): PresentFields => {
  const [home] = slotsOf(reserve, { start, end });
  const from = home && home.start <= start ? home.start : start;
  return { slot: dateIn(reserve.zone, from), from: clockIn(reserve.zone, start), to: clockIn(reserve.zone, end), title, body };
};

const revisionsOf = (revisions: readonly RevisionFact[], situation: Situation): DeskRevision[] =>
  revisions
    .map((revision, i): DeskRevision => {
      const { rev, recordedAt, publicAt, start, end, title } = revision;
      const changes = changesOf(revisions[i - 1], revision);
      const fields = fieldsOf(revision, situation.terms);
      return { rev, recordedAt, publicAt, window: { start, end }, title, author: signedBy(revision), changes, fields };
    })
    .reverse();

/** What the form of an announcement holds while nothing is changed; null: there is no such announcement. */
export const announcementFields = async (
  { store, config }: Pick<Context, 'store' | 'config'>,
  id: string,
): Promise<PresentFields | null> => {
  const fact = (await readAnnouncements(store)).find((one) => one.id === id);
  return fact ? fieldsOf(currentRevision(fact), config.policy) : null;
};

/** As of now; null: nothing of that id was ever announced. `mayAudit`: whether the asker may read who changed what. */
export const announcementDesk = async (
  context: Pick<Context, 'store' | 'clock' | 'config'>,
  id: string,
  mayAudit: boolean,
): Promise<AnnouncementDeskView | null> => {
  const { store, config } = context;
  const read = await readPreviewFacts(context, ({ announcements }) => announcements.find((one) => one.id === id)?.revisions ?? []);
  const { facts, situation } = read;
  const fact = situation.announcements.find((one) => one.id === id);
  if (!fact) return null;
  const [releases, audit] = await Promise.all([
    readReleases(store),
    mayAudit ? readAuditOf(store, `maintenance/${id}`, AUDIT_TOLD) : Promise.resolve(null),
  ]);
  const last = currentRevision(fact);
  const { now } = situation;
  const terms = termsAt(facts, last.start);
  const { entry, body, slot, account, budgets } = previewFact(facts, situation, fact, fact);
  const ended = (kind: EndingEffect['kind']): EndingChoice | null => {
    const effect = endingEffect(fact, kind, terms, now);
    return effect && { ...effect, budgets: previewFact(facts, situation, asEnded(fact, kind, now), fact).budgets };
  };
  const approved: AnnouncementFact = { ...fact, approval: { recordedAt: now, approvedBy: '', evidence: '' } };
  const approval = fact.imported && fact.approval === null ? previewFact(facts, situation, approved, fact) : null;
  const releaseTerms = { reserve: config.policy.reserve, minNoticeMs: config.policy.minNoticeMs, notesLeadMs: config.policy.notesLeadMs };
  return {
    id,
    asOf: facts.asOf,
    zone: config.policy.zone,
    reserveZone: terms.reserve.zone,
    entry,
    body,
    slot,
    account,
    author: signedBy(fact),
    rev: last.rev,
    revisions: revisionsOf(fact.revisions, situation),
    ending: fact.ending && { kind: fact.ending.kind, recordedAt: fact.ending.recordedAt, by: signedBy(fact.ending) },
    approval: fact.approval && {
      recordedAt: fact.approval.recordedAt,
      by: signedBy({ author: fact.approval.approvedBy, authenticated: fact.approval.authenticated ?? false }),
      evidence: fact.approval.evidence,
    },
    releases: releases.flatMap((release): PlannedRelease[] => {
      const standing = releaseStanding(release, situation.announcements, releaseTerms, now);
      return standing?.plan?.announcement === id
        ? [
            {
              version: standing.version,
              title: standing.title,
              state: standing.state,
              lost: standing.deployment ? null : standing.plan.unscheduled,
            },
          ]
        : [];
    }),
    budgets,
    present: fieldsOf(last, situation.terms),
    edit: isActive(fact) && last.end > now ? { pastDeadline: slot !== null && now > slot.deadline, hasBegun: last.start <= now } : null,
    done: ended('completed'),
    cancel: ended('cancelled'),
    approve: approval && { excludedMs: approval.excludedMs, budgets: approval.budgets },
    audit,
  };
};
