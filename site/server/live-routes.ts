/**
 * Addresses that are answered anew for each request and to this machine alone, until there is signing in: the reports. They are
 * never prepared, never kept by anybody, and write nothing. Whoever is not at this machine gets what an unknown address gets; the
 * front sees to that before it asks here. Source: interfaces.md (Signed-in HTTP), reliability section 4 (First run).
 */
import type { Clock } from '#monitor/clock.ts';
import { onlyLines } from '#monitor/views/contract-month-lines.ts';
import type { ReportSource } from '#monitor/views/report-source.ts';
import type { MonthPageView, ReportPageView } from '#monitor/views/report-views.ts';
import { type Plain, refusalOf } from './answer.ts';
import { gate } from './gate.ts';
import { livePages } from './live-presenter.ts';
import type { PageLocals, Renderer } from './prepared.ts';
import { type Download, reportDownloads } from './report-downloads.ts';
import { inTime, isStoreTrouble } from './store-trouble.ts';
import { asksWhatIf, readWhatIf } from './what-if-query.ts';

export interface LiveRoutesDeps {
  readonly reports: ReportSource;
  /** Null: the pages were not built; files can be had all the same. */
  readonly renderer: Renderer | null;
  readonly chrome: (path: string) => PageLocals['chrome'];
  readonly clock: Clock;
}
export interface LiveRoutes {
  /** Whether the path may be one of these; everything under `/admin`. */
  owns(path: string): boolean;
  /** Null: there is no such thing. Rejects only for a fault of ours. */
  answer(path: string, query: string, accept: string | null): Promise<Plain | null>;
}

/** A month of a hundred contracts is read in a few seconds; a store that takes longer hangs. */
const DEADLINE_MS = 30_000;
/** Requests that may wait for their turn. */
const MOST_WAITING = 64;
/** No page of another origin may so much as hold an answer in its process. */
const OF_THIS_ORIGIN = ['Cross-Origin-Resource-Policy', 'same-origin'] as const;

const MONTH = String.raw`(?<month>\d{4}-(?:0[1-9]|1[0-2]))`;
/** Ids of contracts and customers as the configuration takes them. */
const NAME = '(?<name>[a-z0-9][a-z0-9-]{0,63})';
const ROUTES = {
  list: /^\/admin\/reports$/,
  month: new RegExp(`^/admin/reports/${MONTH}$`),
  monthFile: new RegExp(`^/admin/reports/${MONTH}[.](?<form>json|csv|zip)$`),
  report: new RegExp(`^/admin/reports/${MONTH}/${NAME}$`),
  reportFile: new RegExp(`^/admin/reports/${MONTH}/${NAME}[.](?<form>json|csv)$`),
} as const;
type RouteName = keyof typeof ROUTES;

/** Null: the query asks for a revision that cannot exist. */
const revisionOf = (query: URLSearchParams): { readonly revision: number | null } | null => {
  const revision = query.get('revision');
  if (revision === null) return { revision };
  return /^[1-9]\d{0,5}$/.test(revision) ? { revision: Number(revision) } : null;
};

const download = ({ name, type, body }: Download): Plain => ({
  status: 200,
  type,
  body,
  // Months and slugs only, so that the name needs no other spelling (RFC 6266).
  headers: [['Content-Disposition', `attachment; filename="${name}"`]],
});

export const liveRoutes = ({ reports, renderer, chrome, clock }: LiveRoutesDeps): LiveRoutes => {
  const pages = livePages(renderer, chrome);
  const downloads = reportDownloads(reports);
  // One after the other: who fetches every report of a year must not keep checks from being recorded. No client has a limit of its
  // own here, for there is but one, this machine.
  const turns = gate(1, MOST_WAITING);

  /** Which contracts a name means: the contract of that id, else all of that customer. */
  const named = async (month: string, name: string): Promise<MonthPageView | null> => {
    const view = await reports.month(month);
    if (!view) return null;
    const one = onlyLines(view, ({ contract }) => contract === name);
    if (one.lines.length > 0) return one;
    const own = onlyLines(view, ({ customer }) => customer === name);
    return own.lines.length > 0 ? own : null;
  };

  /** The report, with what its form asks beside it. The times in the form are those of the contract, which only the report knows. */
  const imagined = async (
    month: string,
    contract: string,
    revision: number | null,
    query: URLSearchParams,
  ): Promise<ReportPageView | null> => {
    const real = await reports.report(month, contract, { revision, whatIf: [] });
    if (!real || !asksWhatIf(query)) return real;
    const read = readWhatIf(query, real.document.period.zone);
    if ('fault' in read) return { ...real, whatIf: { changes: [], refusal: read.fault, rows: [] } };
    return read.changes.length === 0 ? real : reports.report(month, contract, { revision, whatIf: read.changes });
  };

  type Found = Readonly<Record<string, string>>;
  const answers: { readonly [K in RouteName]: (found: Found, query: URLSearchParams) => Promise<Plain | null> } = {
    list: async () => pages.show('/admin/reports', '', await reports.list()),
    month: async ({ month = '' }) => {
      const view = await reports.month(month);
      return view && pages.show(`/admin/reports/${month}`, '', view);
    },
    monthFile: async ({ month = '', form = '' }) => {
      const view = await reports.month(month);
      return view && download(await downloads.ofMonth(view, form as 'json' | 'csv' | 'zip'));
    },
    report: async ({ month = '', name = '' }, query) => {
      const asked = revisionOf(query);
      const direct = asked && (await imagined(month, name, asked.revision, query));
      if (direct) return pages.show(`/admin/reports/${month}/${name}`, query.toString(), direct);
      const lines = asked && (await named(month, name));
      const [first, second] = lines?.lines ?? [];
      if (!lines || !first || first.contract === name) return null;
      if (second) return asked.revision === null ? pages.show(`/admin/reports/${month}`, '', lines) : null;
      const only = await imagined(month, first.contract, asked.revision, query);
      return only && pages.show(`/admin/reports/${month}/${first.contract}`, query.toString(), only);
    },
    reportFile: async ({ month = '', name = '', form = '' }, query) => {
      const asked = revisionOf(query);
      const lines = asked && (await named(month, name));
      const [first, second] = lines?.lines ?? [];
      if (!lines || !first) return null;
      if (!second) {
        const file = await downloads.ofContract(month, first.contract, asked.revision, form as 'json' | 'csv');
        return file && download(file);
      }
      return asked.revision === null ? download(await downloads.ofMonth(lines, form as 'json' | 'csv', name)) : null;
    },
  };

  const work = async (path: string, query: string): Promise<Plain | null> => {
    for (const [route, pattern] of Object.entries(ROUTES)) {
      const found = pattern.exec(path);
      if (found) return answers[route as RouteName]({ ...found.groups }, new URLSearchParams(query));
    }
    const shorter = path.endsWith('/') ? path.slice(0, -1) : null;
    // The address is our own spelling of a path that fits one of the patterns: it cannot name another host.
    if (shorter !== null && Object.values(ROUTES).some((pattern) => pattern.test(shorter)))
      return { status: 308, body: '', type: 'text/plain; charset=utf-8', headers: [['Location', shorter]] };
    return null;
  };

  const answered = async (path: string, query: string, accept: string | null): Promise<Plain | null> => {
    const sorry = (sentence: string): Plain => ({ ...refusalOf(503, sentence, accept), headers: [['Retry-After', '30']] });
    if (turns.full) return sorry('Many reports are being made just now. Ask again in a moment.');
    try {
      return await turns.run(() => inTime(clock, DEADLINE_MS, work(path, query)));
    } catch (cause) {
      if (!isStoreTrouble(cause)) throw cause;
      return sorry('Avow cannot reach its store, and reports are made from nothing else. Try again in a minute; the log says why.');
    }
  };

  return {
    owns: (path) => path === '/admin' || path.startsWith('/admin/'),
    async answer(path, query, accept) {
      const plain = await answered(path, query, accept);
      return plain && { ...plain, headers: [...(plain.headers ?? []), OF_THIS_ORIGIN] };
    },
  };
};
