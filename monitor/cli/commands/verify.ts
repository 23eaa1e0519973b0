/** `avow verify`: whether a report is what it says. Needs no store; with one it asks the evidence too. */
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { isRefusal } from '#domain/refusal.ts';
import type { SealedReport } from '#domain/report/report-document.ts';
import type { BackupFinding } from '#monitor/actions/verify-backup.ts';
import type { Finding } from '#monitor/actions/verify-report.ts';
import { shortened } from '#monitor/config/fault.ts';
import { parseArguments } from '../arguments.ts';
import { boundedText } from '../bounded-file.ts';
import { type Command, exit, type Io, UsageFault } from '../command.ts';
import { dataFolder } from '../door.ts';
import { COMMON } from '../verb-words.ts';

/** More is no report. */
const MOST_BYTES = 64 * 1_024 * 1_024;
const MOST_KEY_BYTES = 64 * 1_024;
/** Of one sentence: a file may hold texts of any length, and of any signs that move a terminal. */
const LONGEST = 600;

export const command: Command = {
  name: 'verify',
  remote: true,
  summary: 'checks reports (hash, signature, figures, chain, and with a store the evidence), backups and data folders',
  usage: `avow verify FILE|FOLDER… [--key PEM] [--data DIR] [--alone] [--json]

Reads reports as they were sent (JSON) and says whether they hold:

  one file         its hash, its signature, and every figure from its own lines; nothing else is needed
  several files    besides, that each names the one before it by its hash
  with a store     besides, that the store issued it, that the chain of the ledger is whole, and that the checks recorded
                   by then give the same figures

Of a backup it says whether the file is whole, has the hash it was written with, and can be read by this version; what its store says
of itself is judged by \`avow restore FILE --check\`.

A data folder, or the avow.db in one, is verified as \`avow audit verify\` does: the chain of the ledger and the audit, row by row and
against the anchors outside the store.

  --key PEM    the vendor's public key, from /.well-known/avow-report-key.pem of the status page; without it the key in the file
               is used, which proves that nothing was changed and not by whom it was made
  --url URL    a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR   the data folder whose store is asked (default: AVOW_DATA, else ./data, where there is one)
  --alone      ask no store, even where there is one
  --json       one JSON document per file on standard output

A report that is not final was not signed: there is nothing to judge it by, and that is no yes (exit 1).

Exit codes: 0 everything that could be judged holds, 1 something does not, or is not final, 2 wrong use or a file that is no report, 75 another process holds the store.`,
  async run(argv, io) {
    const options = { ...COMMON, key: { type: 'string' }, alone: { type: 'boolean' } } as const;
    const { values, positionals } = parseArguments('verify', argv, { options, positionals: 'FILE' });
    if (positionals.length === 0 || positionals.some((word: string) => word === ''))
      throw new UsageFault('avow verify needs at least one file, each by its name.');
    const folders = await foldersOf(positionals, io);
    if (folders.length > 0 && io.remote)
      throw new UsageFault('A data folder is verified where it lies; of an Avow elsewhere, avow audit verify --url asks.');
    if (folders.length > 0) return verifyFolders(folders, positionals, values.json, io);
    const { verifyAlone, verifyTogether, holds } = await import('#monitor/actions/verify-report.ts');
    const { reports, code: backups } = await backupsAside(positionals, values.json, io);
    const key = values.key === undefined ? null : await boundedText(resolve(io.cwd, values.key), MOST_KEY_BYTES, io.clock);
    const files = await Promise.all(reports.map((name) => readSealed(name, io)));
    const sealed = files.flatMap((file) => ('sealed' in file ? [file] : []));
    const together = files.length > 1 ? verifyTogether(sealed) : new Map<string, Finding>();
    const folder = values.alone ? null : await folderWithStore(values.data, io);
    let code: number = backups;
    for (const file of files) {
      if ('fault' in file) {
        const finding = { what: 'file', ok: false, says: file.fault } as const;
        tell(file.name, [finding], 'no report that can be read.', values.json, io);
        code = exit.usage;
        continue;
      }
      if ('open' in file) {
        tell(file.name, [{ what: 'file', ok: null, says: file.open }], 'not judged.', values.json, io);
        if (code === exit.done) code = exit.no;
        continue;
      }
      const chain = together.get(file.name);
      const findings = [...verifyAlone(file.sealed, key, process.versions['tz'] ?? 'unknown'), ...(chain ? [chain] : [])];
      const stored = folder === null ? [] : await fromStore(folder, file.sealed, io);
      if (typeof stored === 'number') return stored;
      const all = [...findings, ...stored];
      tell(file.name, all, holds(all) ? 'holds.' : 'DOES NOT HOLD.', values.json, io);
      if (!holds(all) && code === exit.done) code = exit.no;
    }
    return code;
  },
};

/** Tells of the backups among the files; answers the other files, and the code so far. */
const backupsAside = async (
  names: readonly string[],
  json: boolean | undefined,
  io: Io,
): Promise<{ readonly reports: readonly string[]; readonly code: number }> => {
  const { looksLikeBackup } = await import('#monitor/actions/backup-file.ts');
  const reports: string[] = [];
  let code: number = exit.done;
  for (const name of names) {
    const path = resolve(io.cwd, name);
    if (!(await looksLikeBackup(path))) {
      reports.push(name);
      continue;
    }
    const { verifyBackup } = await import('#monitor/actions/verify-backup.ts');
    const { readMigrations } = await import('#db/migrate.ts');
    const found = await verifyBackup(path, readMigrations().length, ({ message }) => io.err(message));
    if (isRefusal(found)) tell(name, [{ what: 'file', ok: false, says: found.message }], 'DOES NOT HOLD.', json, io);
    else tell(name, found.findings, found.ok ? 'holds.' : 'DOES NOT HOLD.', json, io);
    if (isRefusal(found) || !found.ok) code = exit.no;
  }
  return { reports, code };
};

type Read = { readonly name: string } & (
  | { readonly sealed: SealedReport }
  | { readonly fault: string }
  /** It is not final; the sentence says so. */
  | { readonly open: string }
);

const readSealed = async (name: string, io: Io): Promise<Read> => {
  const { isUnreadable, readSealedReport } = await import('#monitor/views/report-schema.ts');
  const { repeatsName } = await import('#monitor/views/repeated-name.ts');
  let [text, value]: [string, unknown] = ['', null];
  try {
    text = await boundedText(resolve(io.cwd, name), MOST_BYTES, io.clock);
    value = JSON.parse(text);
  } catch (cause) {
    return {
      name,
      fault:
        cause instanceof UsageFault
          ? cause.message
          : `It is no JSON: ${(cause as Error).message}.${/^kind,/.test(text) ? ' It is a CSV; what is verified is the JSON beside it.' : ''}`,
    };
  }
  if (typeof value === 'object' && value !== null && 'signature' in value && value.signature === null)
    return { name, open: 'It is not final: nothing was signed, and it may still change. Ask for it again when the month is closed.' };
  const read = readSealedReport(value);
  if (isUnreadable(read)) return { name, fault: read.faults.join(' ') };
  if (repeatsName(text, value)) return { name, fault: 'It names something twice in one place, so that two readers would see two reports.' };
  return { name, sealed: read };
};

/** Those of the names that are data folders, or stores in them. */
const foldersOf = async (names: readonly string[], io: Io): Promise<string[]> => {
  const found = await Promise.all(
    names.map(async (name) => {
      const path = resolve(io.cwd, name);
      if (basename(path) === 'avow.db') return dirname(path);
      return (await stat(path).catch(() => null))?.isDirectory() ? path : null;
    }),
  );
  return found.filter((path) => path !== null);
};
const verifyFolders = async (folders: readonly string[], names: readonly string[], json: boolean | undefined, io: Io): Promise<number> => {
  const [folder, second] = folders;
  if (folder === undefined || second !== undefined || names.length > 1)
    throw new UsageFault('avow verify takes one folder, or one file or more of reports.');
  return (await import('./audit.ts')).verifyFolder(folder, json, io);
};

const folderWithStore = async (given: string | undefined, io: Io): Promise<string | null> => {
  const folder = dataFolder(given, io);
  if (given !== undefined || io.remote) return folder;
  const there = await stat(join(folder, 'avow.db')).catch(() => null);
  return there ? folder : null;
};

const fromStore = async (folder: string, sealed: SealedReport, io: Io): Promise<readonly Finding[] | number> => {
  const { askReports } = await import('../reports-here.ts');
  const answer = await askReports(folder, io, 'verify', { sealed });
  if (typeof answer === 'number') return answer;
  return isRefusal(answer) ? [{ what: 'store', ok: false, says: answer.message }] : answer.findings;
};

const MARK = new Map([
  [true, 'ok     '],
  [false, 'WRONG  '],
  [null, 'unknown'],
] as const);
type Told = { readonly what: Finding['what'] | BackupFinding['what']; readonly ok: boolean | null; readonly says: string };

/** Whether it holds; null: nothing can say so. */
const OK = { 'holds.': true, 'DOES NOT HOLD.': false, 'no report that can be read.': false, 'not judged.': null } as const;
type Verdict = keyof typeof OK;

const tell = (name: string, findings: readonly Told[], verdict: Verdict, json: boolean | undefined, io: Io): void => {
  if (json) return io.out(JSON.stringify({ file: name, ok: OK[verdict], findings }));
  io.out(`${shortened(name, LONGEST)}: ${verdict}`);
  for (const finding of findings) io.out(`  ${MARK.get(finding.ok)} ${finding.what.padEnd(9)} ${shortened(finding.says, LONGEST)}`);
};
