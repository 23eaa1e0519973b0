/**
 * Every route × every principal × what is answered (P14): the decision, checked in. A route of the front without a row
 * here fails test/site/server/route-matrix.test.ts, and so does a row without a route. The console's own rows: console-matrix.ts.
 */

/** `anonymous`: anybody, from elsewhere, through a proxy on this machine. `local`: a person at this machine, who asks directly. */
export const PRINCIPALS = ['anonymous', 'local'] as const;
export type Principal = (typeof PRINCIPALS)[number];
export interface MatrixRow {
  readonly listener: 'public' | 'metrics';
  readonly pattern: string;
  /** An address of that pattern that exists, and what it is asked with. */
  readonly example: string;
  /** Status for each method and principal; a method that is not listed must be answered 405. */
  readonly answers: Readonly<Record<Principal, Readonly<Record<string, number>>>>;
  /** Whether others may keep the answer. */
  readonly cacheable: boolean;
}

const READ = { GET: 200, HEAD: 200 };
const ABSENT = { GET: 404, HEAD: 404 };
const everybody = (answers: Readonly<Record<string, number>>): MatrixRow['answers'] => ({ anonymous: answers, local: answers });
const page = (pattern: string, example = pattern): MatrixRow => ({
  listener: 'public',
  pattern,
  example,
  answers: everybody(READ),
  cacheable: true,
});

export const KNOWN_TOKEN = 'known-token-0123456789';
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const;

export const ROUTE_MATRIX: readonly MatrixRow[] = [
  page('/'),
  page('/components/:slug', '/components/web'),
  page('/components/:slug/:month', '/components/web/2026-10'),
  page('/incidents/:id', '/incidents/abcdefghijk2'),
  page('/releases'),
  page('/releases/:version', '/releases/4.2.0'),
  page('/subscribe'),
  page('/embed'),
  page('/sla'),
  page('/sla/:month', '/sla/2026-10'),
  page('/maintenance'),
  page('/maintenance/:id', '/maintenance/known'),
  page('/history'),
  page('/history/:month', '/history/2026-10'),
  ...['/feed', '/incidents', '/maintenance', '/releases'].flatMap((list) =>
    ['atom', 'rss', 'json'].map((ending) => page(`${list}.${ending}`)),
  ),
  page('/maintenance.ics'),
  page('/reserved.ics'),
  ...['status', 'month', '30d', '90d'].flatMap((what) =>
    ['svg', 'json'].map((ending) => page(`/badge/:component/${what}.${ending}`, `/badge/web/${what}.${ending}`)),
  ),
  page('/og.png'),
  page('/api'),
  ...[
    '/api/v1/status',
    '/api/v1/maintenance',
    '/api/v1/releases',
    '/api/v1/openapi.json',
    '/api/v2/summary.json',
    '/api/v2/status.json',
    '/api/v2/components.json',
    '/api/v2/incidents.json',
    '/api/v2/incidents/unresolved.json',
    '/api/v2/scheduled-maintenances.json',
    '/api/v2/scheduled-maintenances/upcoming.json',
    '/api/v2/scheduled-maintenances/active.json',
  ].map((path) => page(path)),
  page('/api/v1/releases/:version', '/api/v1/releases/2.4.0'),
  page('/api/v1/components/:slug/availability', '/api/v1/components/web/availability?month=2026-10'),
  page('/widget.js'),
  page('/api/v1/widget'),
  page('/brand/logo.svg'),
  page('/brand/logo.png'),
  page('/brand/logo.webp'),
  page('/robots.txt'),
  page('/sitemap.xml'),
  page('/_astro/*', '/_astro/app.0123.js'),
  { listener: 'public', pattern: '/healthz', example: '/healthz', answers: everybody(READ), cacheable: false },
  { listener: 'public', pattern: '/readyz', example: '/readyz', answers: everybody(READ), cacheable: false },
  {
    listener: 'public',
    pattern: '/.well-known/avow-report-key.pem',
    example: '/.well-known/avow-report-key.pem',
    answers: everybody(READ),
    cacheable: false,
  },
  { listener: 'public', pattern: '/api/*', example: '/api/v9/nothing', answers: everybody(ABSENT), cacheable: false },
  {
    listener: 'public',
    pattern: '/beat/:token',
    example: `/beat/${KNOWN_TOKEN}`,
    answers: everybody({ GET: 204, POST: 204 }),
    cacheable: false,
  },
  { listener: 'metrics', pattern: '/metrics', example: '/metrics', answers: everybody(READ), cacheable: false },
];
