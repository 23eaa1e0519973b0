/** `avow report`: the monthly report of each customer, to read, to send, or imagined otherwise. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isRefusal } from '#domain/refusal.ts';
import type { ReportFile } from '#monitor/views/report-files.ts';
import type { WhatIfView } from '#monitor/views/report-views.ts';
import { parseArguments } from '../arguments.ts';
import { boundedText } from '../bounded-file.ts';
import { type Command, exit, type Io, UsageFault } from '../command.ts';
import { dataFolder } from '../door.ts';
import { COMMON, oneWord, refusedWith } from '../verb-words.ts';

const FORMATS = ['json', 'csv', 'html'] as const;
type Format = (typeof FORMATS)[number];
/** A hundred changes are the most that are imagined. */
const MOST_CHANGES_BYTES = 1_024 * 1_024;

export const command: Command = {
  name: 'report',
  remote: true,
  summary: 'shows the monthly reports, writes them as files, or imagines them otherwise',
  usage: `avow report MONTH [--customer ID]… [--revision N] [--format json|csv|html] [--out DIR] [--data DIR] [--json]
avow report MONTH [--customer ID]… --what-if FILE [--data DIR] [--json]

Shows the report of each contract of the month: the final one where there is one, else the month as it stands. Without a format it is
told in words. A running Avow is asked through avow.sock in its data folder; otherwise the store is opened here.

  MONTH             as 2026-10
  --customer ID     only this customer or contract; may be given several times
  --revision N      that revision of a final report, not the last
  --format FORMAT   json: as it was issued, one report per line; csv: its lines; html: the page, to print
  --out DIR         write one file per contract (both json and csv, unless one format is named) and say which
  --what-if FILE    a JSON list of changes, such as [{"kind": "drop_announcement", "id": "…"}]: the month as it would have been, beside
                    the real one; nothing is stored. Kinds: move_announcement, add_announcement, drop_announcement, add_outage,
                    drop_outage, target_ppm, tiers, cap_bp, unknown_policy, count_degraded (docs/cli.md)
  --url URL         a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR        the data folder (default: AVOW_DATA, else ./data)
  --json            the same as --format json

Exit codes: 0 done, 1 refused, 2 wrong use or bad input, 75 another process holds the store.`,
  async run(argv, io) {
    const string = { type: 'string' } as const;
    const options = {
      ...COMMON,
      customer: { type: 'string', multiple: true },
      revision: string,
      format: string,
      out: string,
      'what-if': string,
    } as const;
    const { values, positionals } = parseArguments('report', argv, { options, positionals: 'MONTH' });
    const month = oneWord('report', positionals, 'month');
    if (month === null) throw new UsageFault('avow report needs a month, as 2026-10.');
    const format = values.json ? 'json' : formatOf(values.format);
    const asked = { month, only: values.customer ?? null };
    const folder = dataFolder(values.data, io);
    if (values.out === '') throw new UsageFault('--out is empty: name a folder, or leave --out out.');
    if (values['what-if'] !== undefined)
      return imagined(folder, { ...asked, changes: await changesIn(values['what-if'], io) }, values.json, io);
    const { askReports } = await import('../reports-here.ts');
    const answer = await askReports(folder, io, format === 'html' ? 'pages' : 'files', { ...asked, revision: revisionOf(values.revision) });
    if (typeof answer === 'number') return answer;
    if (isRefusal(answer)) return refusedWith(answer, io);
    const { files } = answer;
    const pages = 'pages' in answer ? answer.pages : [];
    if (values.out !== undefined) return write(resolve(io.cwd, values.out), files, pages, format, io);
    for (const [index, file] of files.entries()) await show(file, pages[index], format, index, io);
    return exit.done;
  },
};

const formatOf = (given: string | undefined): Format | null => {
  const format = FORMATS.find((one) => one === given);
  if (given !== undefined && !format) throw new UsageFault(`--format must be one of ${FORMATS.join(', ')}, not "${given}".`);
  return format ?? null;
};
const revisionOf = (given: string | undefined): number | null => {
  if (given === undefined) return null;
  if (!/^[1-9]\d{0,5}$/.test(given)) throw new UsageFault(`--revision must be a number such as 2, not "${given}".`);
  return Number(given);
};
const changesIn = async (path: string, io: Io): Promise<unknown> => {
  try {
    return JSON.parse(await boundedText(resolve(io.cwd, path), MOST_CHANGES_BYTES, io.clock));
  } catch (cause) {
    if (cause instanceof UsageFault) throw cause;
    throw new UsageFault(`${path} is no JSON: ${(cause as Error).message}.`, { cause });
  }
};

const textOf = async (file: ReportFile, page: string | undefined, format: Format): Promise<string> => {
  if (format === 'html') return page ?? '';
  if (format === 'csv') return (await import('#domain/report/report-csv.ts')).reportCsv(file.document);
  return (await import('#monitor/views/report-files.ts')).fileText(file);
};

const show = async (file: ReportFile, page: string | undefined, format: Format | null, index: number, io: Io): Promise<void> => {
  if (format !== null) return io.out((await textOf(file, page, format)).replace(/\r?\n$/, ''));
  const { reportLines } = await import('../report-lines.ts');
  if (index > 0) io.out('\n---\n');
  for (const line of reportLines(file.document, file.sealed)) io.out(line);
};

const write = async (
  folder: string,
  files: readonly ReportFile[],
  pages: readonly string[],
  format: Format | null,
  io: Io,
): Promise<number> => {
  const { fileName } = await import('#monitor/views/report-files.ts');
  await mkdir(folder, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    const why = ['EEXIST', 'ENOTDIR'].includes(cause.code ?? '') ? 'a file stands there' : cause.code;
    throw new UsageFault(`${folder} cannot be made: ${why}. --out takes a folder, which is made where there is none.`, { cause });
  });
  for (const [index, file] of files.entries()) {
    for (const form of format === null ? (['json', 'csv'] as const) : [format]) {
      const path = join(folder, `${fileName(file.document)}.${form}`);
      await writeFile(path, await textOf(file, pages[index], form), { mode: 0o600 });
      io.out(path);
    }
  }
  return exit.done;
};

const imagined = async (folder: string, body: object, json: boolean | undefined, io: Io): Promise<number> => {
  const [{ askReports }, { imaginedDocument }] = await Promise.all([
    import('../reports-here.ts'),
    import('#monitor/views/reports-document.ts'),
  ]);
  const answer = await askReports(folder, io, 'what-if', body);
  if (typeof answer === 'number') return answer;
  if (isRefusal(answer)) return refusedWith(answer, io);
  let refused = false;
  for (const one of answer.imagined) {
    const { contract, view } = one;
    refused ||= view.refusal !== null;
    if (json) io.out(JSON.stringify(imaginedDocument(one)));
    else for (const line of imaginedLines(contract, view)) io.out(line);
  }
  return refused ? exit.no : exit.done;
};

const imaginedLines = (contract: string, { changes, refusal, rows }: WhatIfView): string[] => {
  const width = (of: (row: (typeof rows)[number]) => string): number => Math.max(0, ...rows.map((row) => of(row).length));
  const [what, real, other] = [width((row) => row.what), width((row) => row.real), width((row) => row.imagined)];
  return [
    `${contract}, if:`,
    ...changes.map((words) => `  ${words}`),
    ...(refusal === null ? [] : [refusal]),
    ...rows.map((row) => `  ${row.what.padEnd(what)}  ${row.real.padStart(real)}  ${row.imagined.padStart(other)}  ${row.difference}`),
    'Nothing of this is stored.',
  ];
};
