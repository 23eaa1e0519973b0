/** `avow close`: makes the reports of a month final. */
import { decimalsOf, minor, minorText } from '#domain/money.ts';
import { isRefusal } from '#domain/refusal.ts';
import type { CloseAnswer, ClosedContract } from '#monitor/actions/close-month.ts';
import { closeDocument } from '#monitor/views/reports-document.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, exit, UsageFault } from '../command.ts';
import { dataFolder } from '../door.ts';
import { COMMON, oneWord, refusedWith } from '../verb-words.ts';

export const command: Command = {
  name: 'close',
  remote: true,
  summary: 'makes the reports of a month final: frozen, signed, chained',
  usage: `avow close MONTH [--customer ID]… [--data DIR] [--json]

Makes final the report of every contract whose month has ended 72 hours ago and is decided: frozen, with its SHA-256, the hash of
the report before it, and a signature. A report that is final already is held against what was recorded since: where that changes
it, the next revision is made and says what changed; earlier revisions stay. What stays open says why. Running it again changes nothing.

A running Avow is asked through avow.sock in its data folder; otherwise the store is opened here.

  MONTH           as 2026-10
  --customer ID   only this customer or contract; may be given several times
  --url URL       a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR      the data folder (default: AVOW_DATA, else ./data)
  --json          one JSON document on standard output

Exit codes: 0 every report is final, 1 some stay open or it was refused, 2 wrong use or bad input, 75 another process holds the store.`,
  async run(argv, io) {
    const options = { ...COMMON, customer: { type: 'string', multiple: true } } as const;
    const { values, positionals } = parseArguments('close', argv, { options, positionals: 'MONTH' });
    const month = oneWord('close', positionals, 'month');
    if (month === null) throw new UsageFault('avow close needs a month, as 2026-10.');
    const { askReports } = await import('../reports-here.ts');
    const answer = await askReports(dataFolder(values.data, io), io, 'close', { month, only: values.customer ?? null });
    if (typeof answer === 'number') return answer;
    if (isRefusal(answer)) return refusedWith(answer, io);
    if (values.json) io.out(JSON.stringify(closeDocument(answer)));
    else for (const line of lines(answer)) io.out(line);
    return answer.contracts.some(({ outcome }) => outcome === 'waiting') ? exit.no : exit.done;
  },
};

const creditText = ({ creditMinor, currency }: ClosedContract): string =>
  creditMinor === null ? 'credit not decided' : `credit ${currency} ${minorText(minor(creditMinor), decimalsOf(currency))}`;
const figureText = ({ availability, verdict }: ClosedContract): string =>
  `${availability === null ? 'no figure' : `${availability} %`}, ${verdict}`;

const SAID = { final: 'is final', revised: 'has a new revision', unchanged: 'was final already', waiting: 'stays open' } as const;
const lines = ({ contracts }: CloseAnswer): string[] =>
  contracts.flatMap((one) => [
    `${one.contract} ${SAID[one.outcome]}${one.revision > 0 ? ` (revision ${one.revision})` : ''}: ${figureText(one)}, ${creditText(one)}.`,
    ...(one.obstacle === null ? [] : [`  ${one.obstacle}`]),
    ...one.changes.map((words) => `  ${words}`),
    ...(one.sha256 === null || one.outcome === 'unchanged' ? [] : [`  SHA-256 ${one.sha256}`]),
  ]);
