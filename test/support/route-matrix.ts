/**
 * Every route × every principal × what is answered (P14): the decision, checked in. A route of the front without a row
 * here fails test/site/server/route-matrix.test.ts, and so does a row without a route. Principals that sign in come
 * with signing in.
 */
export type Principal = 'anonymous';
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
const page = (pattern: string, example = pattern): MatrixRow => ({
  listener: 'public',
  pattern,
  example,
  answers: { anonymous: READ },
  cacheable: true,
});

export const KNOWN_TOKEN = 'known-token-0123456789';
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const;

export const ROUTE_MATRIX: readonly MatrixRow[] = [
  page('/'),
  page('/components/:slug', '/components/web'),
  page('/components/:slug/:month', '/components/web/2026-10'),
  page('/sla'),
  page('/sla/:month', '/sla/2026-10'),
  page('/api/v2/summary.json'),
  page('/api/v2/status.json'),
  page('/_astro/*', '/_astro/app.0123.js'),
  { listener: 'public', pattern: '/healthz', example: '/healthz', answers: { anonymous: READ }, cacheable: false },
  { listener: 'public', pattern: '/readyz', example: '/readyz', answers: { anonymous: READ }, cacheable: false },
  { listener: 'public', pattern: '/api/*', example: '/api/v9/nothing', answers: { anonymous: { GET: 404, HEAD: 404 } }, cacheable: false },
  {
    listener: 'public',
    pattern: '/beat/:token',
    example: `/beat/${KNOWN_TOKEN}`,
    answers: { anonymous: { GET: 204, POST: 204 } },
    cacheable: false,
  },
  { listener: 'metrics', pattern: '/metrics', example: '/metrics', answers: { anonymous: READ }, cacheable: false },
];
