/**
 * Every operation of the API's writing side × every principal × the status that is answered (P14): the decision, checked in. An operation
 * without a row here fails test/site/server/console/api-matrix.test.ts, and so does a row without one. One line each: append yours. Pages of
 * the console: console-matrix.ts; public addresses: route-matrix.ts.
 */

/** In the order of the columns. `token`: of an admin, with the scope status:read alone. `expired`: of an admin, with every scope. */
export const PRINCIPALS = ['anonymous', 'viewer', 'account_manager', 'ops', 'admin', 'token', 'expired'] as const;
export type Principal = (typeof PRINCIPALS)[number];

export interface MatrixRow {
  readonly method: 'GET' | 'POST';
  /** As Hono writes paths, without what a part must look like. */
  readonly pattern: string;
  /** An address of that pattern. `{}` is sent: what is answered then shows who came through the guard. */
  readonly example: string;
  readonly answers: Readonly<Record<Principal, number>>;
}

const row = (name: `${MatrixRow['method']} /${string}`, statuses: string, example?: string): MatrixRow => {
  const [method = '', pattern = ''] = name.split(' ');
  const codes = statuses.split(' ').map(Number);
  return {
    method: method as MatrixRow['method'],
    pattern,
    example: example ?? pattern,
    answers: Object.fromEntries(PRINCIPALS.map((principal, i) => [principal, codes[i] ?? 0])) as MatrixRow['answers'],
  };
};

// anonymous, viewer, account manager, ops, admin, token, expired
export const API_MATRIX: readonly MatrixRow[] = [
  row('POST /api/v1/maintenance/announce', '401 403 403 422 422 403 401'),
  row('POST /api/v1/maintenance/edit', '401 403 403 422 422 403 401'),
  row('POST /api/v1/maintenance/complete', '401 403 403 409 409 403 401'),
  row('POST /api/v1/maintenance/cancel', '401 403 403 422 422 403 401'),
  row('POST /api/v1/maintenance/import', '401 403 403 422 422 403 401'),
  row('POST /api/v1/maintenance/approve', '401 403 403 403 422 403 401'),
  row('POST /api/v1/incidents/open', '401 403 403 422 422 403 401'),
  row('POST /api/v1/incidents/update', '401 403 403 422 422 403 401'),
  row('POST /api/v1/incidents/resolve', '401 403 403 422 422 403 401'),
  row('POST /api/v1/incidents/template-save', '401 403 403 422 422 403 401'),
  row('POST /api/v1/incidents/template-remove', '401 403 403 422 422 403 401'),
  row('POST /api/v1/releases/draft', '401 403 403 422 422 403 401'),
  row('POST /api/v1/releases/publish-notes', '401 403 403 422 422 403 401'),
  row('POST /api/v1/releases/schedule', '401 403 403 422 422 403 401'),
  row('POST /api/v1/releases/unschedule', '401 403 403 422 422 403 401'),
  row('POST /api/v1/releases/tested', '401 403 403 422 422 403 401'),
  row('POST /api/v1/releases/deployed', '401 403 403 422 422 403 401'),
  row('POST /api/v1/releases/may-deploy', '401 403 403 422 422 403 401'),
  row('POST /api/v1/ledger/override-add', '401 403 403 403 422 403 401'),
  row('POST /api/v1/ledger/override-revoke', '401 403 403 403 422 403 401'),
  row('POST /api/v1/ledger/override-approve', '401 403 403 403 422 403 401'),
  row('POST /api/v1/ledger/adjudicate', '401 403 422 403 422 403 401'),
  row('POST /api/v1/ledger/adjudication-approve', '401 403 422 403 422 403 401'),
  row('POST /api/v1/ledger/claim', '401 403 422 403 422 403 401'),
  row('POST /api/v1/components/add', '401 403 403 422 422 403 401'),
  row('POST /api/v1/components/edit', '401 403 403 422 422 403 401'),
  row('POST /api/v1/components/remove', '401 403 403 422 422 403 401'),
  row('POST /api/v1/components/pause', '401 403 403 422 422 403 401'),
  row('POST /api/v1/components/resume', '401 403 403 422 422 403 401'),
  row('POST /api/v1/components/test', '401 403 403 422 422 403 401'),
  row('POST /api/v1/configuration/plan', '401 403 403 422 422 403 401'),
  row('POST /api/v1/configuration/apply', '401 403 403 403 422 403 401'),
  row('POST /api/v1/notices/test', '401 403 403 409 409 403 401'),
  row('POST /api/v1/notices/retry', '401 403 403 422 422 403 401'),
  row('POST /api/v1/people/invite', '401 403 403 403 422 403 401'),
  row('POST /api/v1/people/reset-password', '401 403 403 403 422 403 401'),
  row('POST /api/v1/people/revoke-invitation', '401 403 403 403 422 403 401'),
  row('POST /api/v1/people/role', '401 403 403 403 422 403 401'),
  row('POST /api/v1/people/customers', '401 403 403 403 422 403 401'),
  row('POST /api/v1/people/disable', '401 403 403 403 422 403 401'),
  row('POST /api/v1/people/enable', '401 403 403 403 422 403 401'),
  row('POST /api/v1/people/remove-second-factor', '401 403 403 403 422 403 401'),
  row('POST /api/v1/people/sessions', '401 403 403 403 422 403 401'),
  row('POST /api/v1/people/end-session', '401 403 403 403 422 403 401'),
  row('POST /api/v1/people/end-sessions', '401 403 403 403 422 403 401'),
  row('POST /api/v1/tokens/make', '401 403 403 403 422 403 401'),
  row('POST /api/v1/tokens/revoke', '401 403 403 403 422 403 401'),
  row('POST /api/v1/audit/export', '401 403 403 200 200 403 401'),
  row('POST /api/v1/reports/close', '401 403 200 403 200 403 401'),
  row('POST /api/v1/reports/files', '401 403 200 403 200 403 401'),
  row('POST /api/v1/reports/pages', '401 403 200 403 200 403 401'),
  row('POST /api/v1/reports/what-if', '401 403 200 403 200 403 401'),
  row('POST /api/v1/reports/verify', '401 403 200 403 200 403 401'),
  row('POST /api/v1/doctor', '401 403 403 200 200 403 401'),
  row('POST /api/v1/audit/verify', '401 403 403 200 200 403 401'),
  row('GET /api/v1/private/maintenance', '401 200 200 200 200 200 401'),
  row('GET /api/v1/private/incidents', '401 200 200 200 200 200 401'),
  row('GET /api/v1/private/incidents/all', '401 200 200 200 200 200 401'),
  row('GET /api/v1/private/incidents/templates', '401 200 200 200 200 200 401'),
  row('GET /api/v1/private/releases', '401 200 200 200 200 200 401'),
  row('GET /api/v1/private/ledger/overrides', '401 200 200 200 200 200 401'),
  row('GET /api/v1/private/components', '401 200 200 200 200 200 401'),
  row('GET /api/v1/private/components/:slug', '401 200 200 200 200 200 401', '/api/v1/private/components/checkout'),
  row('GET /api/v1/private/components/:slug/form', '401 403 403 200 200 403 401', '/api/v1/private/components/checkout/form'),
  row('GET /api/v1/private/configuration', '401 403 403 403 200 403 401'),
  row('GET /api/v1/private/notices', '401 403 403 200 200 403 401'),
  row('GET /api/v1/private/people', '401 403 403 403 200 403 401'),
  row('GET /api/v1/private/audit', '401 403 403 200 200 403 401'),
  row('GET /api/v1/private/audit/:seq', '401 403 403 200 200 403 401', '/api/v1/private/audit/1'),
  row('GET /api/v1/releases/:version/may-deploy', '401 403 403 200 200 403 401', '/api/v1/releases/4.2.0/may-deploy'),
];

/** A route's pattern as the rows write it. */
export const plainPattern = (pattern: string): string => pattern.replaceAll(/(:\w+)\{(?:[^{}]|\{[^{}]*\})*\}/g, '$1');
