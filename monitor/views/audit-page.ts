/** A page of the audit as it is searched: newest first, fifty rows, each with the names of what it changed. */
import { countOfNouns, readAuditActors, readAuditVerbs, searchAudit } from '#db/queries/audit-search.ts';
import type { Store } from '#db/store.ts';
import { differencesOf, type Json } from '#domain/access/audit-difference.ts';
import { hiddenNouns } from '#domain/access/audit-reach.ts';
import type { AuditRow, BoundAuditRow } from '#domain/access/audit-row.ts';
import type { AuditSearch } from '#domain/access/audit-search.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import { type Acting, reachOfActor } from '#monitor/context.ts';

export const AUDIT_PAGE = 50;

/** `actor`: who reads. */
export interface AuditContext extends Acting {
  readonly store: Store;
  readonly clock: Clock;
}
export interface AuditLine {
  readonly seq: number;
  readonly at: Instant;
  readonly actorKind: AuditRow['actorKind'];
  readonly actorId: string | null;
  readonly actorName: string;
  readonly from: string | null;
  readonly requestId: string | null;
  readonly verb: string;
  readonly subject: string;
  /** There was nothing before, there is nothing after, or these fields are other ones (paths). */
  readonly change: 'made' | 'ended' | 'changed' | 'told';
  readonly fields: readonly string[];
}
export interface AuditPageView {
  readonly asOf: Instant;
  readonly search: AuditSearch;
  readonly lines: readonly AuditLine[];
  /** Ask on with this as `before`; null: there is nothing older. A page may hold fewer than fifty and still have more behind it. */
  readonly next: number | null;
  /** Everything there is to choose from, at most 200 of each; of rows that are not hidden. */
  readonly actors: readonly string[];
  readonly verbs: readonly string[];
  /** How many rows of the whole audit are not for whoever reads (audit-reach.ts): their numbers are missing. */
  readonly hidden: number;
}

/** The page of the console: its search as it was typed, and what it found. */
export interface AuditPage {
  /** Null: what was asked is no search; the form says why. */
  readonly found: AuditPageView | null;
  readonly form: {
    readonly values: Readonly<Record<string, string>>;
    readonly faults: Readonly<Record<string, string>>;
    readonly refusal: string | null;
  };
}

export const jsonOf = (text: string | null): Json => (text === null ? null : (JSON.parse(text) as Json));

const changeOf = ({ before, after }: AuditRow): AuditLine['change'] => {
  if (before === null) return after === null ? 'told' : 'made';
  return after === null ? 'ended' : 'changed';
};

export const lineOf = (row: BoundAuditRow): AuditLine => {
  const change = changeOf(row);
  const differences = change === 'changed' ? differencesOf(jsonOf(row.before), jsonOf(row.after)) : [];
  const { seq, recordedAt: at, actorKind, actorId, actorName, from, requestId, verb, subject } = row;
  return {
    seq,
    at,
    actorKind,
    actorId,
    actorName,
    from,
    requestId,
    verb,
    subject,
    change,
    fields: differences.filter(({ kind }) => kind !== 'same').map(({ path }) => path),
  };
};

export const auditPage = async ({ store, clock, actor }: AuditContext, search: AuditSearch): Promise<AuditPageView> => {
  const nouns = hiddenNouns(reachOfActor(actor));
  const [{ rows, next }, actors, verbs, hidden] = await Promise.all([
    searchAudit(store, search, AUDIT_PAGE, nouns),
    readAuditActors(store, nouns),
    readAuditVerbs(store, nouns),
    countOfNouns(store, nouns),
  ]);
  return { asOf: clock.now(), search, lines: rows.map(lineOf), next, actors, verbs, hidden };
};
