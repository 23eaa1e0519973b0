/** Announcements, incidents and releases as the store would answer them, for views that tell them to the world. */
import type { IncidentFact } from '#db/queries/facts-types.ts';
import type { AnnouncementFact, RevisionFact } from '#domain/maintenance/announcement-fact.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import type { Instant } from '#domain/time/instant.ts';
import { at } from './maintenance-desk.ts';

/** Stands in every field that is nobody's business; no public document may hold it. */
export const CANARY = 'kanarienvogel';

export const revision = (rev: number, recordedAt: string, from: string, to: string, more: Partial<RevisionFact> = {}): RevisionFact => ({
  rev,
  recordedAt: at(recordedAt),
  publicAt: at(recordedAt),
  start: at(from),
  end: at(to),
  title: 'Database upgrade',
  body: 'Checkout is away for some minutes.',
  author: CANARY,
  ...more,
});

export const announcement = (
  id: string,
  revisions: readonly [RevisionFact, ...RevisionFact[]],
  more: Partial<AnnouncementFact> = {},
): AnnouncementFact => ({
  id,
  recordedAt: revisions[0].recordedAt,
  components: '*',
  imported: false,
  author: CANARY,
  revisions,
  ending: null,
  approval: null,
  ...more,
});

export const ending = (kind: 'cancelled' | 'completed', recordedAt: string): AnnouncementFact['ending'] => ({
  kind,
  recordedAt: at(recordedAt),
  author: CANARY,
});

export const incident = (
  id: string,
  title: string,
  updates: readonly (readonly [recordedAt: string, status: IncidentFact['updates'][number]['status'], body: string])[],
  componentIds: readonly number[] = [1],
): IncidentFact => {
  const told = updates.map(([recordedAt, status, body], i) => ({
    id: `${id}-u${i + 1}`,
    recordedAt: at(recordedAt),
    displayAt: at(recordedAt),
    status,
    body,
    author: CANARY,
    title: null,
    impacts: [],
  }));
  const first = told[0]?.recordedAt as Instant;
  return { id, detected: false, componentIds, title, startedAt: first, confirmedAt: first, resolvedAt: null, updates: told.toReversed() };
};

/** Drafted; nothing of it is public until `more` says so. */
export const release = (version: string, title: string, more: Partial<ReleaseFact> = {}): ReleaseFact => ({
  version,
  kind: 'standard',
  title,
  tickets: [`${CANARY}-1`],
  recordedAt: at('2026-11-01T12:00Z'),
  author: CANARY,
  notes: [{ rev: 1, recordedAt: at('2026-11-01T12:00Z'), notes: `${CANARY}: not yet`, author: CANARY }],
  publications: [],
  plans: [],
  deployments: [],
  testedAt: null,
  ...more,
});
