/** Deny by default (P14) and requests of others (P15), for every address of the console, asked over the wire. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { permissionsOf, ROLES } from '#domain/access/permission.ts';
import { instant } from '#domain/time/instant.ts';
import { systemClock } from '#monitor/clock.ts';
import type { ConsoleRoute } from '#site/server/console/console-route.ts';
import { consoleRoutes } from '#site/server/console/console-routes.ts';
import { CONSOLE_MATRIX, type ConsoleRow } from '../../../support/console-matrix.ts';
import { type ConsoleRig, startConsoleRig } from '../../../support/console-rig.ts';
import { ask, type RawAnswer } from '../../../support/raw-http.ts';

/** Stands for everything that routes are made with: the guard is asked here, and no answer behind it. */
const anything: unknown = new Proxy(() => anything, { get: (_, key) => (key === 'then' ? undefined : anything) });
const reached = (answer: RawAnswer): string | null =>
  answer.status === 200 ? (JSON.parse(String(answer.body)) as { route: string }).route : null;
const nameOf = ({ method, pattern }: Pick<ConsoleRoute, 'method' | 'pattern'>): string => `${method} ${pattern}`;

let routes: readonly ConsoleRoute[];
let rig: ConsoleRig;
beforeAll(async () => {
  routes = consoleRoutes(anything as Parameters<typeof consoleRoutes>[0]).map((route) => ({
    ...route,
    // Never set-up from elsewhere, whatever the stand-in says.
    ...(route.pattern === '/admin/set-up' && { onlyHere: true as const }),
    answer: async () => ({ json: { route: nameOf(route) } }),
  }));
  // Whoever asks so often is limited, which is told elsewhere: here two seconds pass whenever somebody looks.
  let us = 0;
  rig = await startConsoleRig(routes, { clock: { ...systemClock, monotonicUs: () => (us += 2_000_000) } });
});
afterAll(() => rig[Symbol.asyncDispose]());

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' } as const;
/** As somebody's browser sends it from a page of the console. */
const send = (row: ConsoleRow, role: (typeof ROLES)[number]): Promise<RawAnswer> => {
  const body = `form_token=${rig.people.as[role].formToken()}`;
  return rig.askAs(role, row.example, row.method === 'POST' ? { method: 'POST', headers: FORM, body } : {});
};

test('every route has a row, every row a route, and they say the same', async () => {
  const named = CONSOLE_MATRIX.map(async (row) => {
    const answer = row.needs === 'anybody' && row.method === 'GET' ? await ask(rig.port, row.example) : await send(row, 'admin');
    return { route: reached(answer), needs: row.needs, but: row.but ?? null };
  });
  const listed = routes.map((route) => ({
    route: nameOf(route),
    needs: route.needs,
    but: route.grave ? 'grave' : route.onlyHere ? 'only here' : route.fragment ? 'fragment' : null,
  }));
  const byName = (a: { route: string | null }, b: { route: string | null }): number => String(a.route).localeCompare(String(b.route));
  expect((await Promise.all(named)).sort(byName)).toEqual(listed.sort(byName));
});

describe.each(CONSOLE_MATRIX)('$method $example', (row) => {
  const { method, example, needs, but } = row;
  const isOpen = needs === 'anybody';

  test('to nobody', async () => {
    const headers = { ...FORM, Origin: rig.origin, 'Sec-Fetch-Site': 'same-origin' };
    const answer = await ask(rig.port, example, method === 'POST' ? { method, headers, body: 'a=b' } : {});
    if (isOpen) return expect(reached(answer)).not.toBeNull();
    expect(answer.status).toBe(method === 'POST' || but === 'fragment' ? 401 : 303);
    if (answer.status === 303) expect(answer.headers['location']).toMatch(/^\/admin\/sign-in\?next=/);
  });
  test('to whoever comes through a proxy, when it is for this machine alone', async () => {
    const answer = await ask(rig.port, example, { headers: { 'X-Forwarded-For': '203.0.113.9' } });
    if (but === 'only here') expect(answer.status).toBe(404);
    else expect(answer.status).not.toBe(500);
  });
  test.each(ROLES)('to the role %s', async (role) => {
    const may = isOpen || needs === 'anyone signed in' || permissionsOf(role).has(needs);
    const answer = await send(row, role);
    expect([answer.status, reached(answer) !== null]).toEqual(may ? [200, true] : [403, false]);
    expect(answer.headers['cache-control']).toBe('no-store');
  });
  test('to a token: pages are for people', async () => {
    const fresh = await ask(rig.port, example, { method, headers: { Authorization: `Bearer ${rig.people.token}` } });
    const stale = await ask(rig.port, example, { method, headers: { Authorization: `Bearer ${rig.people.expiredToken}` } });
    expect([fresh.status, stale.status]).toEqual([403, 401]);
  });
});

const OTHERS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['another origin', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
  ['a sub-domain', { Origin: 'http://x.127.0.0.1', 'Sec-Fetch-Site': 'same-site' }],
  ['no origin that it names', { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }],
  ['nothing at all', {}],
];
const TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', 'application/json', ''] as const;

describe.each(CONSOLE_MATRIX.filter(({ method }) => method === 'POST'))('POST $example', (row) => {
  test.each(OTHERS)('is not reached from a page of %s, whatever the body says it is', async (_, headers) => {
    const admin = rig.people.as.admin;
    for (const type of TYPES) {
      const answer = await ask(rig.port, row.example, {
        method: 'POST',
        headers: { Cookie: `sid=${admin.secret}`, ...headers, ...(type !== '' && { 'Content-Type': type }) },
        body: `form_token=${admin.formToken()}`,
      });
      // What is no form is told so first; what is for this machine alone is not there for a page of elsewhere.
      const refusals = [403, ...(type.startsWith('multipart') ? [400] : []), ...(row.but === 'only here' ? [404] : [])];
      expect(refusals).toContain(answer.status);
    }
  });
  test('is not reached without the token of this very session', async () => {
    const { admin, ops } = rig.people.as;
    for (const body of ['', 'form_token=', `form_token=${ops.formToken()}`, `form_token=${admin.secret}`]) {
      const answer = await rig.askAs('admin', row.example, { method: 'POST', headers: FORM, body });
      expect(answer.status).toBe(row.needs === 'anybody' ? 200 : 403);
    }
  });
});

test('what is grave asks anew who one is when that is longer ago than ten minutes', async () => {
  const { store } = rig;
  await store.write([{ sql: 'UPDATE sessions SET proved_at_ms = ?', args: [instant(systemClock.now() - 600_001)] }]);
  for (const row of CONSOLE_MATRIX.filter(({ but }) => but === 'grave')) {
    const answer = await send(row, 'admin');
    const next = row.method === 'GET' ? row.example : '/admin';
    expect([answer.status, answer.headers['location']]).toEqual([303, `/admin/prove?next=${encodeURIComponent(next)}`]);
  }
});

test('what is no route is shut like what is one', async () => {
  for (const path of ['/admin/nothing', '/admin//people', '/admin/people/', '/admin/%70eople', '/admin/people%2f', '/ADMIN/people']) {
    const answer = await ask(rig.port, path);
    expect([303, 400, 404]).toContain(answer.status);
    expect(reached(answer)).toBeNull();
  }
  expect((await rig.askAs('admin', '/admin/nothing')).status).toBe(404);
});
