/**
 * What the command line asks of a running server over avow.sock. Maintenance, incidents, releases and the ledger are asked and answered in one JSON
 * document each (verb-routes.ts). Long verbs answer streams of JSON documents, one a line:
 * `{"type":"progress","progress":…}` as often as there is news, then exactly one `{"type":"report","report":…}` or
 * `{"type":"failed","message":…}`. Whoever can open the socket is the owner of the data folder.
 */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { incidentVerbs } from '#monitor/actions/incident-requests.ts';
import { ledgerVerbs } from '#monitor/actions/ledger-requests.ts';
import { maintenanceVerbs } from '#monitor/actions/maintenance-requests.ts';
import { noticeVerbs } from '#monitor/actions/notice-requests.ts';
import { peopleVerbs, tokenVerbs } from '#monitor/actions/people-requests.ts';
import { releaseVerbs } from '#monitor/actions/release-requests.ts';
import { reportVerbs } from '#monitor/actions/report-requests.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { deliveriesView } from '#monitor/views/deliveries.ts';
import { allIncidentsView, openIncidentsView } from '#monitor/views/incidents.ts';
import { maintenanceView } from '#monitor/views/maintenance.ts';
import { overridesView } from '#monitor/views/overrides.ts';
import { peopleView } from '#monitor/views/people.ts';
import { releaseListView } from '#monitor/views/release-list.ts';
import { auditRoutes } from './audit-routes.ts';
import { PROBLEM_TYPE, problem } from './problem.ts';
import { verbRoutes } from './verb-routes.ts';
import type { LongWork, Verbs } from './verbs.ts';

/** A request of a long verb may hold a whole report. */
const MOST_BYTES = 32 * 1_024 * 1_024;
/** One path. */
const MOST_BACKUP_BYTES = 64 * 1_024;
/** 100 000 characters of notes, each written as an escape at worst. */
const MOST_NOTES_BYTES = 1_024 * 1_024;

const streamed = (verb: LongWork): Response => {
  const encoder = new TextEncoder();
  let open = true;
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const line = (document: object): void => {
        if (open) controller.enqueue(encoder.encode(`${JSON.stringify(document)}\n`));
      };
      try {
        line({ type: 'report', report: await verb((progress) => line({ type: 'progress', progress })) });
      } catch (cause) {
        line({ type: 'failed', message: cause instanceof Error ? cause.message : String(cause) });
      }
      if (open) controller.close();
    },
    cancel() {
      open = false;
    },
  });
  return new Response(body, { headers: { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' } });
};

export const createSocketApp = (verbs: Verbs): Hono => {
  const app = new Hono();
  app.use('*', async (c, next) => {
    await next();
    if (c.req.method === 'POST' && c.res.ok) verbs.changed();
  });
  app.get('/healthz', (c) => c.text('alive\n'));
  app.post('/doctor', () => streamed(verbs.doctor));
  app.post('/backup', bodyLimit({ maxSize: MOST_BACKUP_BYTES }), async (c) => {
    const { backup } = verbs;
    if (!backup) return c.notFound();
    const asked: unknown = await c.req.json().catch(() => null);
    return streamed((told) => backup(SOCKET_OWNER, asked, told));
  });
  app.route(
    '/maintenance',
    verbRoutes(() => verbs.maintenance(SOCKET_OWNER), maintenanceVerbs, { '/': maintenanceView }),
  );
  const { verifyRecords } = verbs;
  if (verifyRecords) app.post('/audit/verify', () => streamed(verifyRecords));
  app.route(
    '/audit',
    auditRoutes(() => verbs.maintenance(SOCKET_OWNER)),
  );
  app.route(
    '/incidents',
    verbRoutes(() => verbs.incidents(SOCKET_OWNER), incidentVerbs, { '/': openIncidentsView, '/all': allIncidentsView }),
  );
  app.route(
    '/releases',
    verbRoutes(() => verbs.maintenance(SOCKET_OWNER), releaseVerbs, { '/': releaseListView }, MOST_NOTES_BYTES),
  );
  app.route(
    '/ledger',
    verbRoutes(() => verbs.ledger(SOCKET_OWNER), ledgerVerbs, { '/overrides': overridesView }),
  );
  const { people } = verbs;
  if (people) {
    app.route(
      '/people',
      verbRoutes(() => people(SOCKET_OWNER), peopleVerbs, { '/': peopleView }),
    );
    app.route(
      '/tokens',
      verbRoutes(() => people(SOCKET_OWNER), tokenVerbs, {}),
    );
  }
  app.route(
    '/notices',
    verbRoutes(() => verbs.notices(SOCKET_OWNER), noticeVerbs, { '/': deliveriesView }),
  );
  app.post('/reports/:verb', bodyLimit({ maxSize: MOST_BYTES }), async (c) => {
    const name = c.req.param('verb');
    if (!Object.hasOwn(reportVerbs, name)) return c.notFound();
    const asked: unknown = await c.req.json().catch(() => null);
    return streamed((told) => reportVerbs[name as keyof typeof reportVerbs].run(verbs.reports(SOCKET_OWNER), asked, told));
  });
  app.notFound(
    () =>
      new Response(JSON.stringify(problem(404, 'Not found', 'This Avow knows no such verb. Use the avow command of the same version.')), {
        status: 404,
        headers: { 'Content-Type': PROBLEM_TYPE },
      }),
  );
  return app;
};
