/**
 * The audit for whoever may read it: `GET /` searches by query, `GET /{seq}` shows one row, `POST /export` answers CSV inside JSON. Over
 * avow.sock, and wherever else it is mounted; who may read is for the one who mounts it to judge.
 */
import { type Context, Hono } from 'hono';
import { readAuditSearch } from '#domain/access/audit-search.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { auditVerbs } from '#monitor/actions/audit-requests.ts';
import type { ExportContext } from '#monitor/actions/export-audit.ts';
import { auditEntry } from '#monitor/views/audit-entry.ts';
import { auditPage } from '#monitor/views/audit-page.ts';
import { refused, verbRoutes } from './verb-routes.ts';

export const auditRoutes = (context: (request: Context) => ExportContext): Hono => {
  const app = new Hono();
  app.get('/', async (c) => {
    const search = readAuditSearch(c.req.query());
    return isRefusal(search) ? refused(search) : c.json(await auditPage(context(c), search));
  });
  app.get('/:seq{[0-9]+}', async (c) => {
    const seq = Number(c.req.param('seq'));
    const entry = Number.isSafeInteger(seq) ? await auditEntry(context(c), seq) : null;
    return entry ? c.json(entry) : refused(refuse('unknown_row', `The audit has no row ${c.req.param('seq')}.`, {}));
  });
  app.route('/', verbRoutes(context, auditVerbs, {}));
  return app;
};
