/** The verbs of reports as the socket and the command line name them: a schema for what is asked, and the verb that does it. */
import { z } from 'zod';
import type { Refusal } from '#domain/refusal.ts';
import { refuse } from '#domain/refusal.ts';
import type { ReportDocument, SealedReport } from '#domain/report/report-document.ts';
import { type FilesRequest, type ReportFile, reportFiles } from '#monitor/views/report-files.ts';
import { isUnreadable, readSealedReport } from '#monitor/views/report-schema.ts';
import { type CloseAnswer, closeMonth } from './close-month.ts';
import type { LongVerb, Told } from './long-verb.ts';
import type { ReportContext } from './report-context.ts';
import { badRequest, text } from './request-verb.ts';
import { type Finding, holds, verifyWithStore } from './verify-report.ts';

const choice = { month: text, only: z.array(text).nullable().default(null) };
const close = z.strictObject(choice);
const files = z.strictObject({ ...choice, revision: z.int().min(1).nullable().default(null) });
const verify = z.strictObject({ sealed: z.unknown() });

const verb = <S extends z.ZodType, A extends object>(
  schema: S,
  run: (ctx: ReportContext, request: z.output<S>, told: Told) => Promise<A | Refusal>,
): LongVerb<ReportContext, A> => ({
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

const filesOf = async (ctx: ReportContext, request: FilesRequest, told: Told): Promise<FilesAnswer | Refusal> => {
  const found = await reportFiles(ctx, request, ({ contract, ...rest }) => told({ message: contract, ...rest }));
  return Array.isArray(found) ? { files: found } : (found as Refusal);
};

export const reportVerbs = {
  close: verb(
    close,
    (ctx, request, told): Promise<CloseAnswer | Refusal> =>
      closeMonth(ctx, request, ({ contract, ...rest }) => told({ message: contract, ...rest })),
  ),
  files: verb(files, filesOf),
  verify: verb(verify, async (ctx, { sealed }): Promise<VerifyAnswer | Refusal> => {
    const read: SealedReport | { readonly faults: readonly string[] } | ReportDocument = readSealedReport(sealed);
    if (isUnreadable(read)) return refuse('not_a_report', read.faults[0] ?? 'This is not a report.', { faults: read.faults });
    const findings = await verifyWithStore(ctx, read as SealedReport);
    return { ok: holds(findings), findings };
  }),
} as const;
