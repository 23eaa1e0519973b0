/**
 * Closes a month: the report of every contract whose month has ended, is decided and has waited its 72 hours becomes final, frozen
 * as canonical JSON with SHA-256, the hash of the one before it and a signature; one whose facts have changed since becomes a
 * new revision that says what changed. One contract, one transaction: key, report, chain, outbox, event, audit. What stays open says
 * why. Running it again changes nothing. Source: semantics D5.
 */
import { bindRows, readHead } from '#db/queries/chain.ts';
import { boundRow } from '#db/queries/chain-forms.ts';
import { insertEvent } from '#db/queries/events.ts';
import { enqueue } from '#db/queries/outbox.ts';
import { reportReader } from '#db/queries/report-facts.ts';
import { documentOf, insertReport, insertReportKey, readLastIssued, readRevisions, type StoredReport } from '#db/queries/reports.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { type ContractChoice, monthRefusal } from '#domain/ledger/choose-contracts.ts';
import { type RecordedAdjudication, undecidedOf } from '#domain/ledger/ledger-facts.ts';
import { utcWords } from '#domain/maintenance/words.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { buildReport, unissuedReport } from '#domain/report/build-report.ts';
import { asRevisionOf, sameFacts } from '#domain/report/report-changes.ts';
import type { ReportDocument } from '#domain/report/report-document.ts';
import type { ReportFacts } from '#domain/report/report-facts.ts';
import { obstacleOf } from '#domain/report/report-stage.ts';
import type { Instant } from '#domain/time/instant.ts';
import { auditOf } from './audit.ts';
import { chosenBy, type ReportContext, settledMonth } from './report-context.ts';
import { type ReportKey, sha256Hex } from './report-key.ts';

export interface ClosedContract {
  readonly contract: string;
  readonly customer: string;
  /** `waiting`: nothing was made final; `obstacle` says why. */
  readonly outcome: 'final' | 'revised' | 'unchanged' | 'waiting';
  /** 0: none is final. */
  readonly revision: number;
  readonly sha256: string | null;
  readonly verdict: ReportDocument['figures']['verdict'];
  readonly availability: string | null;
  readonly creditMinor: number | null;
  readonly currency: string;
  readonly obstacle: string | null;
  /** What the revision changed, a sentence each. */
  readonly changes: readonly string[];
}
export interface CloseAnswer {
  readonly month: string;
  readonly contracts: readonly ClosedContract[];
}
export type CloseProgress = (progress: { readonly done: number; readonly total: number; readonly contract: string }) => void;

/** The next revision, or null when nothing has changed. `before`: the last one. */
const nextRevision = (
  facts: ReportFacts,
  before: ReportDocument | null,
  at: Instant,
): Omit<ReportDocument, 'prev_sha256' | 'chain'> | null => {
  const made = { revision: (before?.revision ?? 0) + 1, state: 'final', issuedAt: at, prevSha256: null, chain: null } as const;
  const document = buildReport(facts, made);
  if (!before) return document;
  return sameFacts(before, document) ? null : asRevisionOf(before, document);
};

const answerOf = (
  document: ReportDocument,
  rest: Pick<ClosedContract, 'outcome' | 'revision' | 'sha256' | 'obstacle'>,
): ClosedContract => ({
  contract: document.contract.id,
  customer: document.contract.customer,
  verdict: document.figures.verdict,
  availability: document.figures.availability,
  creditMinor: document.credit?.credit_minor ?? null,
  currency: document.contract.currency,
  changes: rest.outcome === 'revised' ? document.changes.map(({ words }) => words) : [],
  ...rest,
});

/** A final report as the audit tells of it: what it comes to, and the hash of the rest. */
const auditForm = ({ id, revision, sha256 }: StoredReport, { figures, credit }: ReportDocument): object => ({
  id,
  revision,
  sha256,
  verdict: figures.verdict,
  availability: figures.availability,
  creditMinor: credit?.credit_minor ?? null,
});

const writeReport = async (
  ctx: ReportContext,
  key: ReportKey,
  document: ReportDocument,
  asOf: Instant,
  at: Instant,
  before: StoredReport | null,
): Promise<StoredReport> => {
  const text = canonicalJson(document);
  const stored: StoredReport = {
    id: document.id,
    contract: document.contract.id,
    month: document.month,
    revision: document.revision,
    recordedAt: at,
    asOf,
    document: text,
    sha256: sha256Hex(text),
    prevSha256: document.prev_sha256,
    keyId: key.id,
    signature: key.sign(text),
  };
  const row = boundRow('report', {
    id: stored.id,
    contract_id: stored.contract,
    month: stored.month,
    revision: stored.revision,
    sha256: stored.sha256,
    as_of_ms: stored.asOf,
    prev_sha256: stored.prevSha256,
    key_id: stored.keyId,
  });
  const type = stored.revision === 1 ? 'report.final' : 'report.revised';
  const payload = { report: stored.id, contract: stored.contract, month: stored.month, revision: stored.revision, sha256: stored.sha256 };
  await ctx.store.write([
    insertReportKey(key.id, key.publicPem, at),
    insertReport(stored),
    ...(await bindRows(ctx.store, [row], at)),
    enqueue({ key: `${type}:${stored.id}`, type, payload }, at),
    insertEvent(type.replace('.', '_'), at, { report: stored.id, sha256: stored.sha256 }),
    ...(await auditOf(ctx, {
      verb: stored.revision === 1 ? 'report.close' : 'report.revise',
      subject: `report/${stored.contract}/${stored.month}`,
      before: before && auditForm(before, documentOf(before)),
      after: { ...auditForm(stored, document), changes: document.changes.map(({ words }) => words) },
    })),
  ]);
  return stored;
};

const clockWentBack = ({ id, recordedAt }: StoredReport, at: Instant): string =>
  `By the clock of this machine it is ${utcWords(at)}, and ${id} was issued at ${utcWords(recordedAt)}. Set the clock right, then close the month again.`;

const closeContract = (ctx: ReportContext, facts: ReportFacts, key: ReportKey): Promise<ClosedContract> =>
  ctx.store.exclusive(async () => {
    const { statement } = facts;
    const revisions = await readRevisions(ctx.store, statement.contract, statement.month);
    const last = revisions.at(-1);
    const before = last ? documentOf(last) : null;
    const at = ctx.clock.now();
    const issued = await readLastIssued(ctx.store, statement.contract);
    if (issued && issued.recordedAt > at) return waiting(ctx, facts, clockWentBack(issued, at));
    // Another close looked later than this one and was quicker: what it has issued knows of more, and must not be revised by less.
    const overtaken = last !== undefined && last.asOf > statement.asOf;
    const next = overtaken ? null : nextRevision(facts, before, at);
    if (!next)
      return answerOf(before as ReportDocument, {
        outcome: 'unchanged',
        revision: last?.revision ?? 0,
        sha256: last?.sha256 ?? null,
        obstacle: null,
      });
    const head = await readHead(ctx.store);
    const document: ReportDocument = {
      ...next,
      prev_sha256: issued?.sha256 ?? null,
      chain: head.seq === 0 ? null : { seq: head.seq, row_hash: head.hash },
    };
    const stored = await writeReport(ctx, key, document, statement.asOf, at, last ?? null);
    return answerOf(document, { outcome: before ? 'revised' : 'final', revision: stored.revision, sha256: stored.sha256, obstacle: null });
  });

/** Nothing is made final: the month as it stands, what is in the way, and the final report that stands meanwhile, if there is one. */
const waiting = async (ctx: ReportContext, facts: ReportFacts, obstacle: string): Promise<ClosedContract> => {
  const { statement } = facts;
  const last = (await readRevisions(ctx.store, statement.contract, statement.month)).at(-1);
  return answerOf(unissuedReport(facts), { outcome: 'waiting', revision: last?.revision ?? 0, sha256: last?.sha256 ?? null, obstacle });
};

const NO_KEY =
  'The key that signs reports is missing from the data folder, or cannot be used. Put report-key.pem back from a backup, then close the month again.';

/**
 * A report that is final already is held against the facts whatever stands in the way of the new statement: a month that became
 * indeterminate by a late fact waits, and says so, and the final one stays.
 */
const closeOne = (
  ctx: ReportContext,
  facts: ReportFacts,
  key: ReportKey,
  undecided: RecordedAdjudication | null,
): Promise<ClosedContract> => {
  const obstacle = obstacleOf(facts.statement, undecided);
  return obstacle === null ? closeContract(ctx, facts, key) : waiting(ctx, facts, obstacle);
};

/** Closes what can be closed, contract by contract. Refuses a month that is none or has not begun, and contracts nobody knows. */
export const closeMonth = async (
  ctx: ReportContext,
  request: ContractChoice,
  told: CloseProgress = () => undefined,
): Promise<CloseAnswer | Refusal> => {
  const { month } = request;
  const wrong = monthRefusal(month);
  if (wrong) return wrong;
  const { reportKey: key } = ctx;
  if (!key) return refuse('no_key', NO_KEY);
  const ledger = await settledMonth(ctx, month);
  const agreements = chosenBy(ctx, ledger.facts, request);
  if (isRefusal(agreements)) return agreements;
  const reader = reportReader(ctx.store, ledger, ctx.maker);
  const contracts: ClosedContract[] = [];
  for (const [done, { agreement }] of agreements.entries()) {
    told({ done, total: agreements.length, contract: agreement.id });
    contracts.push(await closeOne(ctx, await reader.report(agreement, month), key, undecidedOf(ledger.facts, agreement.id, month)));
    // Pages and checks have their turn between two contracts.
    await ctx.clock.sleep(0);
  }
  return { month, contracts };
};
