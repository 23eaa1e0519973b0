/** What the verbs of maintenance share: their context, the situation they decide in, and the rows that go with every one of them. */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { lastComponentVersions } from '#db/queries/components.ts';
import { insertEvent } from '#db/queries/events.ts';
import { enqueue } from '#db/queries/outbox.ts';
import type { Statement, Store } from '#db/store.ts';
import { describe } from '#domain/maintenance/account.ts';
import { type AnnouncementFact, currentRevision } from '#domain/maintenance/announcement-fact.ts';
import type { Situation } from '#domain/maintenance/situation.ts';
import type { Policy } from '#domain/sla/terms.ts';
import { type Instant, later } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Acting } from '#monitor/context.ts';
import { type AuditEntry, auditOf } from './audit.ts';
import type { Naming } from './new-id.ts';

export interface MaintenanceContext extends Naming, Acting {
  readonly store: Store;
  readonly clock: Clock;
  readonly policy: Policy;
}

/** Everything as it stands; call it inside `store.exclusive`, so that it still holds when the verb writes. */
export const situationOf = async ({ store, clock, policy }: MaintenanceContext, withRemoved = false): Promise<Situation> => {
  const [announcements, components] = await Promise.all([readAnnouncements(store), lastComponentVersions(store)]);
  const known = components.filter(({ removed }) => withRemoved || !removed).map(({ slug }) => slug);
  return {
    terms: { reserve: policy.reserve, minNoticeMs: policy.minNoticeMs },
    now: clock.now(),
    announcements,
    components: new Set(known),
  };
};

/** The server's clock, but never before the row this one follows: a clock that was set back dates nothing back. */
export const recordedAfter = (now: Instant, last: Instant): Instant => later(now, last);

/** An announcement as the audit tells of it: what was last said, by whom, and how it ended. */
const auditForm = (fact: AnnouncementFact): object => {
  const { components, imported, ending, approval } = fact;
  const { rev, recordedAt, publicAt, start, end, title, body, author } = currentRevision(fact);
  return {
    rev,
    recordedAt: isoOf(recordedAt),
    publicAt: isoOf(publicAt),
    start: isoOf(start),
    end: isoOf(end),
    title,
    body,
    components,
    author,
    imported,
    ending: ending && { kind: ending.kind, recordedAt: isoOf(ending.recordedAt), author: ending.author },
    approval: approval && { recordedAt: isoOf(approval.recordedAt), approvedBy: approval.approvedBy, evidence: approval.evidence },
  };
};
/** What the audit says of a verb on one announcement. */
export const auditedMaintenance = (
  ctx: MaintenanceContext,
  verb: 'announce' | 'edit' | 'complete' | 'cancel' | 'import' | 'approve',
  before: AnnouncementFact | null,
  after: AnnouncementFact,
): Promise<Statement[]> => {
  const entry: AuditEntry = {
    verb: `maintenance.${verb}`,
    subject: `maintenance/${after.id}`,
    before: before && auditForm(before),
    after: auditForm(after),
  };
  return auditOf(ctx, entry);
};

/** Outbox and event of a verb, in the transaction of the fact they tell of. Names of people stay in the store. */
export const told = (
  type: 'maintenance.announced' | 'maintenance.revised' | 'maintenance.completed' | 'maintenance.cancelled',
  fact: AnnouncementFact,
  { terms }: Situation,
  at: Instant,
): Statement[] => {
  const { rev, start, end, title, body } = currentRevision(fact);
  const view = describe(fact, terms, at);
  const payload = {
    maintenance: fact.id,
    rev,
    title,
    body,
    components: fact.components,
    start: isoOf(start),
    end: isoOf(end),
    announced_ms: view.announcedMs,
    excluded_ms: view.excludedMs,
  };
  return [
    enqueue({ key: `${type}:${fact.id}:${rev}`, type, payload }, at),
    insertEvent(type.replace('.', '_'), at, { announcement: fact.id, rev, excluded_ms: view.excludedMs }),
  ];
};
