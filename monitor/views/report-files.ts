/**
 * Reports as they leave the house: of a month and the contracts that were asked for, each as its document and, when it is final, as
 * the sealed file that was issued. The JSON of a final report is the same bytes for ever. Reads, and writes nothing.
 */
import { reportReader } from '#db/queries/report-facts.ts';
import { readFinalReports, readReportKeys, readRevisions, type StoredReport, sealedOf } from '#db/queries/reports.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { type ContractChoice, monthRefusal } from '#domain/ledger/choose-contracts.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { unissuedReport } from '#domain/report/build-report.ts';
import type { ReportDocument, SealedReport } from '#domain/report/report-document.ts';
import { chosenBy, lookAtMonths, type ReportContext } from '#monitor/actions/report-context.ts';
import { issuedForm } from './issued-form.ts';

export interface ReportFile {
  readonly contract: string;
  readonly month: string;
  readonly document: ReportDocument;
  /** Null: not final. */
  readonly sealed: SealedReport | null;
}

export const fileText = (file: Pick<ReportFile, 'document' | 'sealed'>): string => canonicalJson(issuedForm(file));

/** `northwind-main-2026-10-r1`, or `…-provisional`: a name for files, without an ending. */
export const fileName = ({ contract, month, state, revision }: ReportDocument): string =>
  `${contract.id}-${month}-${state === 'final' ? `r${revision}` : state}`;

const issued = (stored: StoredReport, keys: ReadonlyMap<string, string>): ReportFile => {
  const sealed = sealedOf(stored, keys.get(stored.keyId) ?? '');
  return { contract: stored.contract, month: stored.month, document: sealed.report, sealed };
};

export interface FilesRequest extends ContractChoice {
  /** One revision of one contract; null: the last final one, else the month as it stands. */
  readonly revision: number | null;
}

/** In the order of the contracts' ids. `told`: how far it is. */
export const reportFiles = async (
  ctx: ReportContext,
  request: FilesRequest,
  told: (progress: { readonly done: number; readonly total: number; readonly contract: string }) => void = () => undefined,
): Promise<ReportFile[] | Refusal> => {
  const { month, revision } = request;
  const wrong = monthRefusal(month);
  if (wrong) return wrong;
  const ledger = await lookAtMonths(ctx, month);
  const chosen = chosenBy(ctx, ledger.facts, request);
  if (isRefusal(chosen)) return chosen;
  const [keys, final] = [await readReportKeys(ctx.store), await readFinalReports(ctx.store, month)];
  const frozen = new Map(final.map((stored) => [stored.contract, stored]));
  const reader = reportReader(ctx.store, ledger, ctx.maker);
  const files: ReportFile[] = [];
  for (const [done, { agreement }] of chosen.entries()) {
    told({ done, total: chosen.length, contract: agreement.id });
    const all = revision === null ? [] : await readRevisions(ctx.store, agreement.id, month);
    const stored = revision === null ? frozen.get(agreement.id) : all.find((one) => one.revision === revision);
    if (revision !== null && !stored)
      return refuse('no_revision', `Of ${agreement.id} and ${month} there is no final revision ${revision}; there are ${all.length}.`, {
        month,
        revision,
      });
    if (stored) files.push(issued(stored, keys));
    else {
      files.push({ contract: agreement.id, month, document: unissuedReport(await reader.report(agreement, month)), sealed: null });
      // Pages and checks have their turn between two contracts.
      await ctx.clock.sleep(0);
    }
  }
  return files;
};
