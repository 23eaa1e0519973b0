/** The verbs of reports as the socket and the command line name them: a schema for what is asked, and the verb that does it. */
import { z } from 'zod';
import { monthRefusal } from '#domain/ledger/choose-contracts.ts';
import { contractFacts } from '#domain/ledger/ledger-facts.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { type FilesRequest, type ReportFile, reportFiles } from '#monitor/views/report-files.ts';
import { reportPage } from '#monitor/views/report-pages.ts';
import { isUnreadable, readSealedReport } from '#monitor/views/report-schema.ts';
import type { WhatIfView } from '#monitor/views/report-views.ts';
import { imagine, readWhatIf } from '#monitor/views/what-if.ts';
import { type CloseAnswer, closeMonth } from './close-month.ts';
import type { LongVerb, Told } from './long-verb.ts';
import { noteExport } from './note-export.ts';
import { chosenBy, lookAtMonths, type ReportContext } from './report-context.ts';
import { badRequest, text } from './request-verb.ts';
import { type Finding, holds, verifyWithStore } from './verify-report.ts';

const choice = { month: text, only: z.array(text).nullable().default(null) };
const close = z.strictObject(choice);
const files = z.strictObject({ ...choice, revision: z.int().min(1).nullable().default(null) });
const whatIf = z.strictObject({ ...choice, changes: z.unknown() });
const verify = z.strictObject({ sealed: z.unknown() });

const verb = <S extends z.ZodType, A extends object>(
  schema: S,
  run: (ctx: ReportContext, request: z.output<S>, told: Told) => Promise<A | Refusal>,
): LongVerb<ReportContext, A> => ({
  schema,
  run: async (ctx, asked, told) => {
    const read = schema.safeParse(asked);
    return read.success ? run(ctx, read.data, told) : badRequest(read.error);
  },
});

export interface VerifyAnswer {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}
export interface FilesAnswer {
  readonly files: readonly ReportFile[];
}
/** The same, each with its page as HTML. */
export interface PagesAnswer extends FilesAnswer {
  readonly pages: readonly string[];
}
export interface WhatIfAnswer {
  readonly imagined: readonly { readonly contract: string; readonly view: WhatIfView }[];
}

const filesOf = async (ctx: ReportContext, request: FilesRequest, told: Told): Promise<FilesAnswer | Refusal> => {
  const found = await reportFiles(ctx, request, ({ contract, ...rest }) => told({ message: contract, ...rest }));
  return isRefusal(found) ? found : { files: found };
};
/** They leave Avow, which the audit says. */
const taken = async <A extends FilesAnswer>(
  ctx: ReportContext,
  { month, revision }: FilesRequest,
  form: string,
  answer: A | Refusal,
): Promise<A | Refusal> => {
  if (!isRefusal(answer)) await noteExport(ctx, { month, contracts: answer.files.map(({ contract }) => contract), form, revision });
  return answer;
};

const pagesOf = async (ctx: ReportContext, request: FilesRequest, told: Told): Promise<PagesAnswer | Refusal> => {
  const { draw } = ctx;
  if (!draw)
    return refuse('no_pages', 'Pages are drawn by a running Avow whose pages are built. Start it (npm start), or take json or csv.');
  const found = await filesOf(ctx, request, told);
  if (isRefusal(found)) return found;
  const { files } = found;
  const pages: string[] = [];
  for (const { month, contract } of files) {
    const view = await reportPage(ctx, month, contract, { revision: request.revision, whatIf: [] });
    pages.push(view ? await draw(`/admin/reports/${month}/${contract}`, view) : '');
  }
  return { files, pages };
};

const imagineAll = async (ctx: ReportContext, request: z.output<typeof whatIf>): Promise<WhatIfAnswer | Refusal> => {
  const changes = readWhatIf(request.changes);
  if (isRefusal(changes)) return changes;
  const wrong = monthRefusal(request.month);
  if (wrong) return wrong;
  const { facts } = await lookAtMonths(ctx, request.month);
  const chosen = chosenBy(ctx, facts, request);
  if (isRefusal(chosen)) return chosen;
  return {
    imagined: chosen.map(({ agreement }) => ({
      contract: agreement.id,
      view: imagine(contractFacts(facts, agreement, request.month), changes),
    })),
  };
};

export const reportVerbs = {
  close: verb(
    close,
    (ctx, request, told): Promise<CloseAnswer | Refusal> =>
      closeMonth(ctx, request, ({ contract, ...rest }) => told({ message: contract, ...rest })),
  ),
  files: verb(files, async (ctx, request, told) => taken(ctx, request, 'json', await filesOf(ctx, request, told))),
  pages: verb(files, async (ctx, request, told) => taken(ctx, request, 'html', await pagesOf(ctx, request, told))),
  'what-if': verb(whatIf, imagineAll),
  verify: verb(verify, async (ctx, { sealed }): Promise<VerifyAnswer | Refusal> => {
    const read = readSealedReport(sealed);
    if (isUnreadable(read)) return refuse('not_a_report', read.faults[0] ?? 'This is not a report.', { faults: read.faults });
    const findings = await verifyWithStore(ctx, read);
    return { ok: holds(findings), findings };
  }),
} as const;
