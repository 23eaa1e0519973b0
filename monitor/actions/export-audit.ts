/**
 * Exports what a search of the audit finds as CSV, newest first, at most 10,000 rows; says where to go on. That it was exported, by whom
 * and what was asked, is a row of the audit itself. Formulas are made harmless (domain/report/csv.ts). Source: reliability section 4 (Audit).
 */
import { searchAudit } from '#db/queries/audit-search.ts';
import type { Store } from '#db/store.ts';
import { hiddenNouns } from '#domain/access/audit-reach.ts';
import type { BoundAuditRow } from '#domain/access/audit-row.ts';
import { readAuditSearch, type SEARCH_FIELDS } from '#domain/access/audit-search.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { csvText } from '#domain/report/csv.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { Clock } from '#monitor/clock.ts';
import { type Acting, reachOfActor } from '#monitor/context.ts';
import { auditOf } from './audit.ts';

const MOST_ROWS = 10_000;
const SLICE = 1_000;
/** Questions asked of the store for one export: each looks at 20,000 rows at most. */
const MOST_QUESTIONS = 100;

export interface ExportContext extends Acting {
  readonly store: Store;
  readonly clock: Clock;
}
export interface AuditExport {
  readonly csv: string;
  readonly rows: number;
  /** Ask on with this as `before`; null: everything is in it. */
  readonly next: number | null;
}

const COLUMNS = [
  'seq',
  'at',
  'actor_kind',
  'actor_id',
  'actor_name',
  'from',
  'request_id',
  'verb',
  'subject',
  'before',
  'after',
  'prev_hash',
  'row_hash',
] as const;
const cellsOf = (row: BoundAuditRow) => ({
  seq: row.seq,
  at: isoOf(row.recordedAt),
  actor_kind: row.actorKind,
  actor_id: row.actorId,
  actor_name: row.actorName,
  from: row.from,
  request_id: row.requestId,
  verb: row.verb,
  subject: row.subject,
  before: row.before,
  after: row.after,
  prev_hash: row.prevHash,
  row_hash: row.rowHash,
});

/** `asked`: the words of a search. */
export const exportAudit = async (
  ctx: ExportContext,
  asked: Readonly<Partial<Record<(typeof SEARCH_FIELDS)[number], string>>>,
): Promise<AuditExport | Refusal> => {
  const search = readAuditSearch(asked);
  if (isRefusal(search)) return search;
  const hidden = hiddenNouns(reachOfActor(ctx.actor));
  const found: BoundAuditRow[] = [];
  let next = search.before;
  for (let i = 0; i < MOST_QUESTIONS && found.length < MOST_ROWS; i++) {
    const page = await searchAudit(ctx.store, { ...search, before: next }, Math.min(SLICE, MOST_ROWS - found.length), hidden);
    found.push(...page.rows);
    next = page.next;
    if (next === null) break;
  }
  await ctx.store.exclusive(async () => {
    const after = { ...asked, rows: found.length };
    await ctx.store.write(await auditOf(ctx, { verb: 'audit.export', subject: 'audit/rows', before: null, after }));
  });
  return { csv: csvText(COLUMNS, found.map(cellsOf)), rows: found.length, next };
};
