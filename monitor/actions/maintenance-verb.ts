/** What the verbs of maintenance share: their context, the situation they decide in, and the rows that go with every one of them. */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { lastComponentVersions } from '#db/queries/components.ts';
import { insertEvent } from '#db/queries/events.ts';
import { enqueue } from '#db/queries/outbox.ts';
import type { Statement, Store } from '#db/store.ts';
import { describe } from '#domain/maintenance/account.ts';
import { type AnnouncementFact, currentRevision } from '#domain/maintenance/announcement-fact.ts';
import type { Situation } from '#domain/maintenance/situation.ts';
import { readText } from '#domain/maintenance/text-rules.ts';
import type { Refusal } from '#domain/refusal.ts';
import type { Policy } from '#domain/sla/terms.ts';
import { type Instant, later } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Naming } from './new-id.ts';

export interface MaintenanceContext extends Naming {
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

/** Who is said to have done it; null when nobody was named. */
export const authorOf = (given: string | null): string | null | Refusal => (given === null ? null : readText('author', given));

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
