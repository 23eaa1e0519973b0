/**
 * The pages and files of reports in the console, for whoever may read reports. They are never prepared and never kept by
 * anybody; to an account manager there are no reports but those of their customers. Pages write nothing; that a file was taken is told in
 * the audit. Source: interfaces.md (Signed-in HTTP).
 */
import { noteExport, type TakenReports } from '#monitor/actions/note-export.ts';
import { onlyLines } from '#monitor/views/contract-month-lines.ts';
import type { ReportSource } from '#monitor/views/report-source.ts';
import type { MonthPageView, ReportPageView } from '#monitor/views/report-views.ts';
import { gate } from '../gate.ts';
import { type Download, reportDownloads } from '../report-downloads.ts';
import { asksWhatIf, readWhatIf } from '../what-if-query.ts';
import type { ConsoleAnswer, ConsoleAsk, ConsoleRoute } from './console-route.ts';

/** As Hono writes paths; ids of contracts and customers as the configuration takes them. */
export const MONTH = ':month{[0-9]{4}-(?:0[1-9]|1[0-2])}';
export const NAME = ':name{[a-z0-9][a-z0-9-]{0,63}}';
/** With the ending, in one segment. */
const MONTH_FILE = ':file{[0-9]{4}-(?:0[1-9]|1[0-2])[.](?:json|csv|zip)}';
const NAME_FILE = ':file{[a-z0-9][a-z0-9-]{0,63}[.](?:json|csv)}';

type Answer = Promise<ConsoleAnswer | null>;

/** Null: the query asks for a revision that cannot exist. */
const revisionOf = (query: URLSearchParams): { readonly revision: number | null } | null => {
  const revision = query.get('revision');
  if (revision === null) return { revision };
  return /^[1-9]\d{0,5}$/.test(revision) ? { revision: Number(revision) } : null;
};

const download = ({ name, type, body }: Download): ConsoleAnswer => ({
  plain: {
    status: 200,
    type,
    body,
    // Months and slugs only, so that the name needs no other spelling (RFC 6266).
    headers: [['Content-Disposition', `attachment; filename="${name}"`]],
  },
});

/** The file, once the audit says that it was taken; whoever asks for its head takes nothing. */
const taken = async (ask: ConsoleAsk, which: TakenReports, file: Download): Promise<ConsoleAnswer> => {
  const { store, clock } = ask.context;
  if (!ask.isHead) await noteExport({ store, clock, actor: ask.actor }, which);
  return download(file);
};

const page = (at: string, show: object): ConsoleAnswer => ({ show, at });
const part = ({ params }: ConsoleAsk, name: string): string => params[name] ?? '';
const fileParts = (ask: ConsoleAsk): readonly [stem: string, form: string] => {
  const [stem = '', form = ''] = part(ask, 'file').split('.');
  return [stem, form];
};

export const reportRoutes = (reports: ReportSource): readonly ConsoleRoute[] => {
  const downloads = reportDownloads(reports);
  // One after the other: who fetches every report of a year must not keep checks from being recorded.
  const turns = gate(1, Number.POSITIVE_INFINITY);

  /** Which contracts a name means: the contract of that id, else all of that customer. */
  const named = async ({ actor }: ConsoleAsk, month: string, name: string): Promise<MonthPageView | null> => {
    const view = await reports.month(month, actor);
    if (!view) return null;
    const one = onlyLines(view, ({ contract }) => contract === name);
    if (one.lines.length > 0) return one;
    const own = onlyLines(view, ({ customer }) => customer === name);
    return own.lines.length > 0 ? own : null;
  };

  /** The report, with what its form asks beside it. The times in the form are those of the contract, which only the report knows. */
  const imagined = async (
    { query, actor }: ConsoleAsk,
    month: string,
    contract: string,
    revision: number | null,
  ): Promise<ReportPageView | null> => {
    const real = await reports.report(month, contract, { revision, whatIf: [] }, actor);
    if (!real || !asksWhatIf(query)) return real;
    const read = readWhatIf(query, real.document.period.zone);
    if ('fault' in read) return { ...real, whatIf: { changes: [], refusal: read.fault, rows: [] } };
    return read.changes.length === 0 ? real : reports.report(month, contract, { revision, whatIf: read.changes }, actor);
  };

  const monthPage = async (ask: ConsoleAsk): Answer => {
    const month = part(ask, 'month');
    const view = await reports.month(month, ask.actor);
    return view && page(`/admin/reports/${month}`, view);
  };
  const monthFile = async (ask: ConsoleAsk): Answer => {
    const [month, form] = fileParts(ask);
    const view = await reports.month(month, ask.actor);
    if (!view) return null;
    const contracts = view.lines.map(({ contract }) => contract);
    return taken(ask, { month, contracts, form, revision: null }, await downloads.ofMonth(view, form as 'json' | 'csv' | 'zip', ask.actor));
  };
  const report = async (ask: ConsoleAsk): Answer => {
    const [month, name] = [part(ask, 'month'), part(ask, 'name')];
    const asked = revisionOf(ask.query);
    const direct = asked && (await imagined(ask, month, name, asked.revision));
    if (direct) return page(`/admin/reports/${month}/${name}`, direct);
    const lines = asked && (await named(ask, month, name));
    const [first, second] = lines?.lines ?? [];
    if (!lines || !first || first.contract === name) return null;
    if (second) return asked.revision === null ? page(`/admin/reports/${month}`, lines) : null;
    const only = await imagined(ask, month, first.contract, asked.revision);
    return only && page(`/admin/reports/${month}/${first.contract}`, only);
  };
  const reportFile = async (ask: ConsoleAsk): Answer => {
    const [name, form] = fileParts(ask);
    const month = part(ask, 'month');
    const asked = revisionOf(ask.query);
    const lines = asked && (await named(ask, month, name));
    const [first, second] = lines?.lines ?? [];
    if (!lines || !first) return null;
    if (!second) {
      const { revision } = asked;
      const file = await downloads.ofContract(month, first.contract, revision, form as 'json' | 'csv', ask.actor);
      return file && taken(ask, { month, contracts: [first.contract], form, revision }, file);
    }
    if (asked.revision !== null) return null;
    const contracts = lines.lines.map(({ contract }) => contract);
    const all = await downloads.ofMonth(lines, form as 'json' | 'csv', ask.actor, name);
    return taken(ask, { month, contracts, form, revision: null }, all);
  };

  const route = (pattern: string, answer: (ask: ConsoleAsk) => Answer, exports?: true): ConsoleRoute => ({
    method: 'GET',
    pattern,
    needs: 'reports:read',
    ...(exports && { exports }),
    answer: (ask) => turns.run(() => answer(ask)),
  });
  return [
    route('/admin/reports', async ({ actor }) => page('/admin/reports', await reports.list(actor))),
    route(`/admin/reports/${MONTH_FILE}`, monthFile, true),
    route(`/admin/reports/${MONTH}`, monthPage),
    route(`/admin/reports/${MONTH}/${NAME_FILE}`, reportFile, true),
    route(`/admin/reports/${MONTH}/${NAME}`, report),
  ];
};
