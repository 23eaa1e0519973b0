/**
 * Announcements as rows and facts. Rows are only ever added, each bound by the chain (chain.ts); ids and numbers come from the verb,
 * times from the server's clock.
 */
import { canonicalJson } from '#domain/canonical-json.ts';
import type { BoundRow } from '#domain/ledger/chain.ts';
import type { AnnouncementFact, ApprovalFact, EndingFact, RevisionFact } from '#domain/maintenance/announcement-fact.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import type { Store } from '../store.ts';
import { AUTHENTICATED_JSON, authenticatedColumn, boundRow } from './chain-forms.ts';

export const announcementRow = (fact: Omit<AnnouncementFact, 'revisions' | 'ending' | 'approval'>): BoundRow =>
  boundRow('announcement', {
    id: fact.id,
    recorded_at_ms: fact.recordedAt,
    components_json: canonicalJson(fact.components === '*' ? '*' : fact.components.toSorted()),
    imported: Number(fact.imported),
    author: fact.author,
    authenticated: authenticatedColumn(fact),
  });

export const revisionRow = (announcement: string, revision: RevisionFact): BoundRow =>
  boundRow('announcement_revision', {
    announcement_id: announcement,
    rev: revision.rev,
    recorded_at_ms: revision.recordedAt,
    public_at_ms: revision.publicAt,
    start_ms: revision.start,
    end_ms: revision.end,
    title: revision.title,
    body: revision.body,
    author: revision.author,
    authenticated: authenticatedColumn(revision),
  });

export const endingRow = (announcement: string, { kind, recordedAt, author, ...signed }: EndingFact): BoundRow =>
  boundRow('announcement_ending', {
    announcement_id: announcement,
    kind,
    recorded_at_ms: recordedAt,
    author,
    authenticated: authenticatedColumn(signed),
  });

export const approvalRow = (announcement: string, { recordedAt, approvedBy, evidence, ...signed }: ApprovalFact): BoundRow =>
  boundRow('announcement_approval', {
    announcement_id: announcement,
    recorded_at_ms: recordedAt,
    approved_by: approvedBy,
    authenticated: authenticatedColumn(signed),
    evidence,
  });

const FACTS = (condition: string): string => `SELECT json_group_array(json_object(
    'id', a.id, 'recordedAt', a.recorded_at_ms, 'components', json(a.components_json), 'imported', a.imported, 'author', a.author,
    ${AUTHENTICATED_JSON},
    'revisions', (SELECT json_group_array(json_object('rev', rev, 'recordedAt', recorded_at_ms, 'publicAt', public_at_ms, 'start', start_ms,
      'end', end_ms, 'title', title, 'body', body, 'author', author, ${AUTHENTICATED_JSON})) FROM (SELECT * FROM announcement_revisions WHERE announcement_id = a.id ORDER BY rev)),
    'ending', (SELECT json_object('kind', kind, 'recordedAt', recorded_at_ms, 'author', author, ${AUTHENTICATED_JSON}) FROM announcement_endings WHERE announcement_id = a.id),
    'approval', (SELECT json_object('recordedAt', recorded_at_ms, 'approvedBy', approved_by, ${AUTHENTICATED_JSON}, 'evidence', evidence)
      FROM announcement_approvals WHERE announcement_id = a.id)))
  FROM (SELECT * FROM announcements WHERE ${condition} ORDER BY recorded_at_ms, id) AS a`;

type Raw = Omit<AnnouncementFact, 'imported' | 'ending' | 'approval'> & {
  readonly imported: number;
  readonly ending: EndingFact | string | null;
  readonly approval: ApprovalFact | string | null;
};
/** A sub-select loses the JSON subtype and comes back as text. */
const document = <T extends object>(value: T | string | null): T | null => (typeof value === 'string' ? (JSON.parse(value) as T) : value);
const lists = (value: unknown): unknown => (typeof value === 'string' && value.startsWith('[') ? JSON.parse(value) : value);

const read = async (store: Store, condition: string, args: readonly (number | string)[]): Promise<AnnouncementFact[]> => {
  const { rows } = await store.read({ sql: FACTS(condition), args });
  return (JSON.parse(String(rows[0]?.[0] ?? '[]')) as Raw[]).map((raw) => ({
    ...raw,
    imported: raw.imported === 1,
    revisions: lists(raw.revisions) as AnnouncementFact['revisions'],
    ending: document(raw.ending),
    approval: document(raw.approval),
  }));
};

/** All of them, in the order in which they were recorded. */
export const readAnnouncements = (store: Store): Promise<AnnouncementFact[]> => read(store, 'true', []);

/** Those of which any revision touches the range: what a month needs to be judged. */
export const readAnnouncementsTouching = (store: Store, { start, end }: Interval): Promise<AnnouncementFact[]> =>
  read(store, 'EXISTS (SELECT 1 FROM announcement_revisions WHERE announcement_id = announcements.id AND end_ms > ? AND start_ms < ?)', [
    start,
    end,
  ]);

/** When a row of an announcement was written last; the next may not be dated before it, even if the clock was set back. */
export const lastRecordedAt = ({ revisions, ending, approval }: AnnouncementFact): Instant =>
  [...revisions, ending, approval].reduce<Instant>(
    (latest, row) => (row !== null && row.recordedAt > latest ? row.recordedAt : latest),
    revisions[0].recordedAt,
  );
