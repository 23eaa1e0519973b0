/** `avow audit …`: who changed what, from where, what it was before; and whether the record of it is whole. */
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import type { RecordsReport } from '#monitor/actions/verify-records.ts';
import { recordsDocument } from '#monitor/views/records-document.ts';
import { parseArguments } from '../arguments.ts';
import { askRoom, askShown } from '../ask-room.ts';
import { type Command, exit, type Io, UsageFault } from '../command.ts';
import { dataFolder } from '../door.ts';
import { COMMON, type Common, oneWord, refusedWith, runNamed, string, tellView, type Verb } from '../verb-words.ts';

export const command: Command = {
  name: 'audit',
  remote: true,
  summary: 'shows who changed what and when, and verifies that the record is whole',
  usage: `avow audit list [--actor NAME] [--verb VERB] [--subject SUBJECT] [--since DAY|INSTANT] [--until DAY|INSTANT] [--text TEXT]
                [--before ROW] [--csv]
avow audit show ROW
avow audit verify

Every change is a row, written with it: who (a person, a token, the configuration file, the owner of the data folder), when, from which
address, what, and what it was before and after. Rows are never edited and never deleted; each is bound to the one before by SHA-256.

\`list\` shows fifty rows, newest first, and says how to go on. \`show\` shows every field of one. \`verify\` follows all rows, holds
them and the chain of the ledger against the anchors that were noted outside the store (audit-anchors.jsonl in the data folder), and names
the first row that is wrong.

A running Avow is asked through avow.sock in its data folder; otherwise the store is opened here.

  --actor NAME     exactly this name
  --verb VERB      such as maintenance.announce; maintenance alone means all of them
  --subject WHAT   such as maintenance/abc or person/abc; maintenance alone means all of them
  --since, --until a day (in UTC) or an instant such as 2026-11-28T10:00-05:00; what happened at --until is not in it
  --text TEXT      stands in what it was before, what it is after, or the subject
  --before ROW     only rows with a smaller number
  --csv            up to 10,000 rows as CSV; that somebody took them is a row too
  --url URL        a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR       the data folder (default: AVOW_DATA, else ./data)
  --json           one JSON document on standard output

Exit codes: 0 done, 1 the record is not whole or there is no such row, 2 wrong use, 75 another process holds the store.`,
  run: (argv, io) => runNamed('audit', VERBS, argv, io),
};

const SEARCH = { actor: string, verb: string, subject: string, since: string, until: string, text: string, before: string } as const;
type Words = Readonly<Partial<Record<keyof typeof SEARCH, string | undefined>>>;
const given = (values: Words): Record<string, string> =>
  Object.fromEntries(
    Object.keys(SEARCH).flatMap((name) => (values[name as keyof Words] ? [[name, String(values[name as keyof Words])]] : [])),
  );

const asCsv = async (asked: Record<string, string>, common: Common, io: Io): Promise<number> => {
  const answer = await askRoom('auditRoom', 'export', common, asked, io);
  if (typeof answer === 'number') return answer;
  if (isRefusal(answer)) return refusedWith(answer, io);
  if (common.json) io.out(JSON.stringify(answer));
  else io.out(answer.csv.replace(/\r\n$/, ''));
  if (answer.next !== null) io.err(`There are more rows than ${answer.rows}: --before ${answer.next}`);
  return exit.done;
};

const tellRecords = ({ ok, faults, notes }: RecordsReport, io: Io): void => {
  for (const fault of faults) io.out(fault);
  for (const note of notes) io.out(`Note: ${note}`);
  io.out(ok ? 'The record is whole.' : 'THE RECORD IS NOT WHOLE.');
};

/** Of a data folder, by the running server or with the store open here. */
export const verifyFolder = async (folder: string, json: boolean | undefined, io: Io): Promise<number> => {
  const [{ askLong }, { verifyRecords }, { anchorsHere }] = await Promise.all([
    import('../long-client.ts'),
    import('#monitor/actions/verify-records.ts'),
    import('../anchors-here.ts'),
  ]);
  const report = await askLong<RecordsReport>(folder, io, { path: '/audit/verify' }, (store, told) =>
    verifyRecords({ store, anchors: anchorsHere(folder, io) }, told),
  );
  if (typeof report === 'number') return report;
  if (json) io.out(JSON.stringify(recordsDocument(report)));
  else tellRecords(report, io);
  return report.ok ? exit.done : exit.no;
};

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  [
    'list',
    async (argv, io) => {
      const { values } = parseArguments('audit list', argv, { options: { ...COMMON, ...SEARCH, csv: { type: 'boolean' } } });
      const asked = given(values);
      const { readAuditSearch } = await import('#domain/access/audit-search.ts');
      const search = readAuditSearch(asked);
      if (isRefusal(search)) return refusedWith(search, io);
      if (values.csv) return asCsv(asked, values, io);
      const [{ auditPage }, { auditPageDocument: document }, { auditLines: lines }] = await Promise.all([
        import('#monitor/views/audit-page.ts'),
        import('#monitor/views/audit-document.ts'),
        import('../audit-lines.ts'),
      ]);
      const path = `/audit?${new URLSearchParams(asked)}`;
      const view = await askShown(path, values, io, async () => (here) => auditPage(here, search));
      return tellView(view, values, io, { document, lines });
    },
  ],
  [
    'show',
    async (argv, io) => {
      const { values, positionals } = parseArguments('audit show', argv, { options: COMMON, positionals: 'ROW' });
      const row = oneWord('audit show', positionals, 'row');
      if (row === null || !/^[1-9]\d{0,14}$/.test(row))
        throw new UsageFault('avow audit show needs the number of a row; `avow audit list` shows them.');
      const [{ auditEntry }, { auditEntryDocument: document }, { auditEntryLines: lines }] = await Promise.all([
        import('#monitor/views/audit-entry.ts'),
        import('#monitor/views/audit-document.ts'),
        import('../audit-lines.ts'),
      ]);
      const missing = (): Refusal => refuse('unknown_row', `The audit has no row ${row}.`, {});
      const view = await askShown(
        `/audit/${row}`,
        values,
        io,
        async () => async (here) => (await auditEntry(here, Number(row))) ?? missing(),
      );
      return tellView(view, values, io, { document, lines });
    },
  ],
  [
    'verify',
    async (argv, io) => {
      const { values } = parseArguments('audit verify', argv, { options: COMMON });
      return verifyFolder(dataFolder(values.data, io), values.json, io);
    },
  ],
]);
