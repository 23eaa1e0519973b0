/**
 * The audit, for whoever may read it: searched, one row, and what a search finds as CSV. Taking it away writes a row, so it is a form that
 * is sent and no link.
 */
import { readAuditSearch, SEARCH_FIELDS } from '#domain/access/audit-search.ts';
import { isRefusal } from '#domain/refusal.ts';
import { exportAudit } from '#monitor/actions/export-audit.ts';
import { auditEntry } from '#monitor/views/audit-entry.ts';
import { type AuditPage, auditPage } from '#monitor/views/audit-page.ts';
import { statusOf } from './acting.ts';
import { type ConsoleAnswer, type ConsoleAsk, type ConsoleRoute, field } from './console-route.ts';
import { emptyForm, refusedForm } from './form.ts';

type Answer = Promise<ConsoleAnswer | null>;
const AUDIT = '/admin/audit';
type Words = Readonly<Record<(typeof SEARCH_FIELDS)[number], string>>;

const words = (of: (name: string) => string): Words => Object.fromEntries(SEARCH_FIELDS.map((name) => [name, of(name).trim()])) as Words;
const page = (show: AuditPage, status = 200): ConsoleAnswer => ({ show, at: AUDIT, status });

const search = async ({ query, context, actor }: ConsoleAsk): Answer => {
  const asked = words((name) => query.get(name) ?? '');
  const read = readAuditSearch(asked);
  if (isRefusal(read)) return page({ found: null, form: refusedForm(asked, read) }, statusOf(read));
  return page({ found: await auditPage({ ...context, actor }, read), form: emptyForm(asked) });
};

const entry = async ({ params, context, actor }: ConsoleAsk): Answer => {
  const view = await auditEntry({ ...context, actor }, Number(params['seq']));
  return view && { show: view, at: `${AUDIT}/1` };
};

const takeAway = async (ask: ConsoleAsk): Answer => {
  const asked = words((name) => field(ask, name));
  const { store, clock } = ask.context;
  const said = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
  const answer = await exportAudit({ store, clock, actor: ask.actor }, said);
  if (isRefusal(answer)) return page({ found: null, form: refusedForm(asked, answer) }, statusOf(answer));
  const headers = [['Content-Disposition', 'attachment; filename="avow-audit.csv"']] as const;
  return { plain: { status: 200, type: 'text/csv; charset=utf-8', body: answer.csv, headers } };
};

export const auditRoutes: readonly ConsoleRoute[] = [
  { method: 'GET', pattern: AUDIT, needs: 'audit:read', answer: search },
  { method: 'GET', pattern: `${AUDIT}/:seq{[1-9][0-9]{0,14}}`, needs: 'audit:read', answer: entry },
  { method: 'POST', pattern: `${AUDIT}/export`, needs: 'audit:read', exports: true, answer: takeAway },
];
