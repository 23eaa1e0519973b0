/**
 * Reports as a browser downloads them. Of a final report its file as it was issued, to the byte, so that its hash and signature can be checked; of one
 * that is not final the same shape with `sha256` and `signature` null: it can be read like the other, and no verifier takes it for
 * proof. A month is one document that holds the files of its contracts, or a zip with a JSON and a CSV of each. Source: semantics D5,
 * reliability P34.
 */
import { strToU8, type Zippable, zipSync } from 'fflate';
import { monthCsv, reportCsv } from '#domain/report/report-csv.ts';
import type { Actor } from '#monitor/context.ts';
import { fileName } from '#monitor/views/report-files.ts';
import type { ReportSource, ToldReport } from '#monitor/views/report-source.ts';
import type { MonthPageView } from '#monitor/views/report-views.ts';

export interface Download {
  readonly name: string;
  readonly type: string;
  readonly body: string | Uint8Array;
}
export interface ReportDownloads {
  /** Null: there is no such revision. */
  ofContract(month: string, contract: string, revision: number | null, form: 'json' | 'csv', by: Actor): Promise<Download | null>;
  /** All that the view lists; `customer`: it was narrowed to one. */
  ofMonth(view: MonthPageView, form: 'json' | 'csv' | 'zip', by: Actor, customer?: string): Promise<Download>;
}

const TYPES = { json: 'application/json; charset=utf-8', csv: 'text/csv; charset=utf-8; header=present', zip: 'application/zip' } as const;
const MONTH_FORMAT = 'avow-month/1';

/** In UTC, as the instant is written: an archive knows no zones. */
const archiveTime = (iso: string): string => iso.slice(0, 19);

export const reportDownloads = (reports: ReportSource): ReportDownloads => {
  const forms: { readonly [K in 'json' | 'csv']: (name: string, one: ToldReport) => Download } = {
    json: (name, { json }) => ({ name: `${name}.json`, type: TYPES.json, body: json }),
    csv: (name, { document }) => ({ name: `${name}.csv`, type: TYPES.csv, body: reportCsv(document) }),
  };
  const monthForms: { readonly [K in 'json' | 'csv' | 'zip']: (name: string, month: string, all: readonly ToldReport[]) => Download } = {
    // The files stand in it as they are: each can be cut out and verified.
    json: (name, month, all) => ({
      name: `${name}.json`,
      type: TYPES.json,
      body: `{"format":${JSON.stringify(MONTH_FORMAT)},"month":${JSON.stringify(month)},"reports":[${all.map(({ json }) => json).join(',')}]}`,
    }),
    csv: (name, _month, all) => ({ name: `${name}.csv`, type: TYPES.csv, body: monthCsv(all.map(({ document }) => document)) }),
    zip: (name, _month, all) => {
      const entries: Zippable = {};
      for (const one of all) {
        const { contract, issued_at: issuedAt } = one.document;
        for (const file of [forms.json(contract.id, one), forms.csv(contract.id, one)])
          entries[file.name] = [strToU8(String(file.body)), { mtime: archiveTime(issuedAt) }];
      }
      return { name: `${name}.zip`, type: TYPES.zip, body: zipSync(entries) };
    },
  };
  return {
    async ofContract(month, contract, revision, form, by) {
      const [one] = (await reports.files(month, [contract], revision, by)) ?? [];
      return one ? forms[form](fileName(one.document), one) : null;
    },
    async ofMonth(view, form, by, customer) {
      const contracts = view.lines.map(({ contract }) => contract);
      const all = (await reports.files(view.month, contracts, null, by)) ?? [];
      return monthForms[form](`${customer ?? 'reports'}-${view.month}`, view.month, all);
    },
  };
};
