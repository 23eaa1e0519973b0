/**
 * Every address of the console × who may reach it (P14): the decision, checked in. A route without a row, and a row without a route, fail
 * test/site/server/console/console-matrix.test.ts, which asks each as everybody over the wire.
 */
import type { Permission } from '#domain/access/permission.ts';

export interface ConsoleRow {
  readonly method: 'GET' | 'POST';
  /** A path that the route answers. */
  readonly example: string;
  readonly needs: Permission | 'anyone signed in' | 'anybody';
  /** Asks anew who one is; only at this machine itself; read by scripts. */
  readonly but?: 'grave' | 'only here' | 'fragment';
  /** Of a customer: to whoever does not reach them there is no such thing (customers.test.ts). */
  readonly isOfCustomer?: true;
}

const rows = (
  method: ConsoleRow['method'],
  needs: ConsoleRow['needs'],
  examples: readonly string[],
  but?: ConsoleRow['but'],
): readonly ConsoleRow[] =>
  examples.map((example) => ({ method, example, needs, ...(but && { but }), ...(example.includes('/acme') && { isOfCustomer: true }) }));

const SECRET = 'S'.repeat(43);
const PERSON = '/admin/people/pzzzzzzzzzz2';
const DECISIONS = '/admin/reports/2026-10/acme/decisions';

export const CONSOLE_MATRIX: readonly ConsoleRow[] = [
  ...rows('GET', 'anybody', ['/admin/sign-in', `/admin/invitations/${SECRET}`, `/shared/${SECRET}`, `/shared/${SECRET}.json`]),
  ...rows('POST', 'anybody', ['/admin/sign-in', '/admin/sign-in/code', `/admin/invitations/${SECRET}`]),
  ...rows('GET', 'anybody', ['/admin/set-up'], 'only here'),
  ...rows('POST', 'anybody', ['/admin/set-up'], 'only here'),

  ...rows('GET', 'anyone signed in', ['/admin/prove', '/admin/account']),
  ...rows('GET', 'anyone signed in', ['/admin/account/second-factor', '/admin/account/token'], 'grave'),
  ...rows('POST', 'anyone signed in', [
    '/admin/sign-out',
    '/admin/prove',
    '/admin/account/password',
    '/admin/account/second-factor',
    '/admin/account/second-factor/confirm',
    '/admin/account/second-factor/remove',
    '/admin/account/session',
    '/admin/account/other-sessions',
    '/admin/account/token',
    '/admin/account/token/revoke',
  ]),

  ...rows('GET', 'status:read', [
    '/admin',
    '/admin/components',
    '/admin/components/checkout',
    '/admin/incidents',
    '/admin/incidents/abc',
    '/admin/maintenance',
    '/admin/maintenance/abc',
    '/admin/overrides',
    '/admin/releases',
    '/admin/releases/2.0',
  ]),
  ...rows('GET', 'status:read', ['/admin/components/live'], 'fragment'),
  ...rows('GET', 'components:write', ['/admin/components/new']),
  ...rows('POST', 'components:write', [
    '/admin/components/new',
    ...['edit', 'pause', 'remove', 'resume', 'test'].map((deed) => `/admin/components/checkout/${deed}`),
  ]),
  ...rows('POST', 'status:read', ['/admin/fragments/markdown']),
  ...rows('GET', 'incidents:write', [
    '/admin/incidents/templates',
    '/admin/incidents/new',
    '/admin/overrides/new',
    '/admin/overrides/abc/revoke',
  ]),
  ...rows('POST', 'incidents:write', [
    '/admin/incidents/templates',
    '/admin/incidents/new',
    '/admin/incidents/abc',
    '/admin/overrides/new',
    '/admin/overrides/abc/revoke',
  ]),
  ...rows('POST', 'ledger:adjust', ['/admin/overrides/abc/approve'], 'grave'),
  ...rows('GET', 'maintenance:write', ['/admin/maintenance/new']),
  ...rows('GET', 'maintenance:write', ['/admin/maintenance/verdict'], 'fragment'),
  ...rows('POST', 'maintenance:write', ['/admin/maintenance/verdict'], 'fragment'),
  ...rows(
    'POST',
    'maintenance:write',
    ['new', 'abc', 'abc/approve', 'abc/cancel', 'abc/done'].map((part) => `/admin/maintenance/${part}`),
  ),
  ...rows('GET', 'releases:write', ['/admin/releases/new']),
  ...rows(
    'POST',
    'releases:write',
    ['new', '2.0/notes', '2.0/publish', '2.0/schedule', '2.0/unschedule', '2.0/tested'].map((part) => `/admin/releases/${part}`),
  ),
  ...rows(
    'POST',
    'releases:deploy',
    ['deployed', 'emergency', 'emergency/approve'].map((part) => `/admin/releases/2.0/${part}`),
  ),
  ...rows('GET', 'notices:write', ['/admin/notices']),
  ...rows('POST', 'notices:write', ['/admin/notices/retry', '/admin/notices/test']),
  ...rows('GET', 'reports:read', [
    '/admin/reports',
    '/admin/reports/2026-10',
    '/admin/reports/2026-10.zip',
    '/admin/reports/2026-10/acme',
    '/admin/reports/2026-10/acme.json',
    DECISIONS,
  ]),
  ...rows(
    'POST',
    'reports:approve',
    ['adjudicate', 'approve/a1', 'claim', 'close', 'share', 'revoke'].map((part) => `${DECISIONS}/${part}`),
  ),

  ...rows('GET', 'audit:read', ['/admin/audit', '/admin/audit/1']),
  ...rows('POST', 'audit:read', ['/admin/audit/export']),
  ...rows('GET', 'people:write', ['/admin/people']),
  ...rows('GET', 'people:write', ['/admin/people/invite', PERSON], 'grave'),
  ...rows('POST', 'people:write', [
    '/admin/people/invite',
    '/admin/people/revoke-invitation',
    ...[
      'role',
      'customers',
      'disable',
      'enable',
      'remove-second-factor',
      'end-sessions',
      'end-session',
      'revoke-token',
      'password-link',
    ].map((part) => `${PERSON}/${part}`),
  ]),
];
