/** The writing side of /api/v1 as programs and pages of the console meet it: over the wire, with a real store. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR } from '#domain/time/instant.ts';
import { instantOfIso } from '#domain/time/iso.ts';
import { problemSchema } from '#site/api/problem.ts';
import { type ConsoleRig, startConsoleRig } from '../../../support/console-rig.ts';
import { config } from '../../../support/front-rig.ts';
import { ask, type RawAnswer, raw } from '../../../support/raw-http.ts';
import { define } from '../../../support/recording.ts';
import { storeContent } from '../../../support/store-content.ts';
import { tokenOf } from '../../../support/token-of.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const FRIDAY = Number(instantOfIso('2026-11-27T09:00-05:00'));
const JSON_TYPE = { 'Content-Type': 'application/json' };
const impacts = [{ component: 'checkout', impact: 'degraded' }];
const SATURDAY = { window: { slot: 'next', from: '10:00', to: '12:00' }, title: 'Database upgrade', body: 'Some minutes away.' };

let rig: ConsoleRig;
let clock: VirtualClock;
let count = 0;
beforeAll(async () => {
  clock = new VirtualClock(FRIDAY);
  rig = await startConsoleRig([], { clock });
  await define(rig.store, [{ slug: 'checkout' }], ['home']);
});
afterAll(() => rig[Symbol.asyncDispose]());

const newToken = (scopes: Parameters<typeof tokenOf>[2]['scopes'], more: Partial<Parameters<typeof tokenOf>[2]> = {}): Promise<string> =>
  tokenOf(rig.store, clock, { id: `token${'abcdefghjkmnpqrstuvwxyz'[count++]}fresh2`, personId: rig.people.as.ops.id, scopes, ...more });
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const post = (path: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<RawAnswer> =>
  ask(rig.port, path, {
    method: 'POST',
    headers: { ...JSON_TYPE, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const json = (answer: RawAnswer): Record<string, unknown> => JSON.parse(String(answer.body)) as Record<string, unknown>;
const told = (answer: RawAnswer) => {
  expect(answer.headers['content-type']).toBe('application/problem+json');
  return problemSchema.loose().parse(json(answer));
};
const rows = async (sql: string): Promise<unknown[][]> => (await rig.store.read({ sql })).rows.map((row) => [...row]);

describe('a token', () => {
  test('does what its scope says; the audit says which token, whose, from where and in which request', async () => {
    const answer = await post('/api/v1/maintenance/announce', SATURDAY, bearer(await newToken(['maintenance:write'])));
    expect([answer.status, json(answer)['excluded_ms']]).toEqual([201, 7_200_000]);
    const [row] = await rows(
      "SELECT actor_kind, actor_id, actor_name, from_address, request_id, verb FROM audit WHERE verb = 'maintenance.announce'",
    );
    expect(row).toEqual([
      'token',
      'tokenafresh2',
      'Ona Berg',
      '127.0.0.1',
      expect.stringMatching(/^[0-9a-f-]{36}$/),
      'maintenance.announce',
    ]);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control') || name === 'set-cookie')).toEqual([]);
  });

  test('that lacks the scope is told which one, and the refusal is in the audit: the first at once, more of a minute as a sum', async () => {
    const token = await newToken(['status:read']);
    for (let i = 0; i < 4; i++) {
      const answer = await post('/api/v1/incidents/open', { title: 'Down', body: 'It is.' }, bearer(token));
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([
        403,
        'Bearer error="insufficient_scope", scope="incidents:write"',
      ]);
      expect(told(answer)).toMatchObject({ needs: 'incidents:write', has: ['status:read'] });
      expect(told(answer).detail).toBe(
        'The token lacks the scope incidents:write; it has status:read. Make one with it at /admin/account, or on the machine with avow token make --owner PERSON --name TEXT --scope incidents:write.',
      );
    }
    const refusals = () => rows("SELECT actor_name, subject, after_json FROM audit WHERE verb = 'access.refuse' ORDER BY seq");
    await rig.store.exclusive(async () => undefined);
    expect(await refusals()).toEqual([['Ona Berg', 'operation/incidents.open', '{"needs":"incidents:write","times":1}']]);
    await clock.advance(61_000);
    await rig.store.exclusive(async () => undefined);
    expect((await refusals())[1]).toEqual(['Ona Berg', 'operation/incidents.open', '{"needs":"incidents:write","times":3}']);
  });

  test('asked for the gate with another scope, says which one the gate needs; nobody at all is told of no scope', async () => {
    const address = '/api/v1/releases/4.2/may-deploy';
    const other = await ask(rig.port, address, { headers: bearer(await newToken(['status:read', 'maintenance:write'])) });
    expect([other.status, told(other)]).toEqual([
      403,
      expect.objectContaining({ needs: 'releases:deploy', has: ['status:read', 'maintenance:write'] }),
    ]);
    expect(told(other).detail).toContain(
      'lacks the scope releases:deploy; it has status:read and maintenance:write. Make one with it at /admin/account',
    );
    const nobody = await ask(rig.port, address, {});
    expect([nobody.status, JSON.stringify(told(nobody))]).toEqual([401, expect.not.stringContaining('releases:deploy')]);
  });

  test("is never more than its owner's role", async () => {
    const answer = await post('/api/v1/reports/close', { month: '2026-10' }, bearer(await newToken(['reports:approve'])));
    expect([answer.status, told(answer).detail]).toEqual([403, expect.stringContaining('role of its owner (ops)')]);
  });

  test('that is expired, revoked, of another range of addresses, or no token opens nothing, whatever cookie comes along', async () => {
    const expired = await newToken(['status:read'], { expiresAt: instantAt(-1) });
    const revoked = await newToken(['status:read'], { revokedAt: instantAt(-1) });
    const elsewhere = await newToken(['status:read'], { cidr: '203.0.113.0/24' });
    const cookie = rig.people.as.admin.headers(rig.origin);
    for (const token of [expired, revoked, elsewhere, rig.people.expiredToken, 'sp_nonsense', `${await newToken(['status:read'])}x`]) {
      const answer = await ask(rig.port, '/api/v1/private/incidents', { headers: { ...cookie, ...bearer(token) } });
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer error="invalid_token"']);
      expect(told(answer).detail).toContain('This token opens nothing');
    }
    const basic = await ask(rig.port, '/api/v1/private/incidents', { headers: { ...cookie, Authorization: 'Basic YWRtaW46YWRtaW4=' } });
    expect(basic.status).toBe(401);
    const here = await newToken(['status:read'], { cidr: '127.0.0.0/8' });
    expect((await ask(rig.port, '/api/v1/private/incidents', { headers: bearer(here) })).status).toBe(200);
  });

  test('needs no cookie, no origin and no form token, and comes from anywhere', async () => {
    const headers = { ...bearer(rig.people.token), Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' };
    expect((await post('/api/v1/incidents/open', { title: 'Slow', body: 'Pages are slow.', impacts }, headers)).status).toBe(201);
  });

  test('signs with the name of its owner, and with no other', async () => {
    const answer = await post('/api/v1/incidents/open', { title: 'x', body: 'y', author: 'Somebody Else' }, bearer(rig.people.token));
    expect([answer.status, told(answer)['code']]).toEqual([422, 'not_your_name']);
  });
});

const instantAt = (hours: number) => (clock.now() + hours * HOUR) as ReturnType<typeof clock.now>;

describe('a session', () => {
  const open = { title: 'Mail is late', body: 'We look into it.', impacts };
  test('changes something with the token of its forms, from a page of ours', async () => {
    const { ops } = rig.people.as;
    const headers = { ...ops.headers(rig.origin), 'X-Form-Token': ops.formToken() };
    const answer = await post('/api/v1/incidents/open', open, headers);
    expect(answer.status).toBe(201);
    const [row] = await rows("SELECT actor_kind, actor_id, actor_name FROM audit WHERE verb = 'incident.open' ORDER BY seq DESC LIMIT 1");
    expect(row).toEqual(['person', ops.id, 'Ona Berg']);
  });

  test.each([
    ['no form token', {}],
    ['the form token of another session', { token: 'admin' }],
    ['a foreign origin', { token: 'ops', Origin: 'https://elsewhere.example' }],
    ['no origin at all', { token: 'ops', Origin: '', 'Sec-Fetch-Site': '' }],
    ['the word null', { token: 'ops', Origin: 'null' }],
    ['a page of a neighbour', { token: 'ops', 'Sec-Fetch-Site': 'same-site' }],
  ] as const)('changes nothing with %s', async (_name, { token, ...more }: Readonly<Record<string, string>>) => {
    const before = await storeContent(rig.store);
    const { as } = rig.people;
    const sent = { ...as.ops.headers(rig.origin), ...(token ? { 'X-Form-Token': as[token as 'ops'].formToken() } : {}), ...more };
    const headers = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== ''));
    expect((await post('/api/v1/incidents/open', open, headers)).status).toBe(403);
    expect(await storeContent(rig.store)).toBe(before);
  });

  test('is asked for the password once more before something is taken out of the ledger', async () => {
    await clock.advance(11 * 60_000);
    const { admin } = rig.people.as;
    const headers = { ...admin.headers(rig.origin), 'X-Form-Token': admin.formToken() };
    const answer = await post('/api/v1/ledger/override-approve', { id: 'nothing' }, headers);
    expect([answer.status, told(answer)['code']]).toEqual([403, 'prove_again']);
    expect((await post('/api/v1/ledger/override-approve', { id: 'nothing' }, bearer(rig.people.token))).status).toBe(404);
  });

  test('is read by pages of ours alone', async () => {
    const { viewer } = rig.people.as;
    const read = (more: object) => ask(rig.port, '/api/v1/private/maintenance', { headers: { ...viewer.headers(rig.origin), ...more } });
    expect((await read({})).status).toBe(200);
    expect((await read({ 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
  });
});

test('whoever is nobody is told to sign in, the same for what is there and what is not', async () => {
  const answers = await Promise.all(
    [
      ['POST', '/api/v1/maintenance/announce'],
      ['POST', '/api/v1/maintenance/nonsense'],
      ['DELETE', '/api/v1/maintenance/announce'],
      ['PUT', '/api/v1/status'],
      ['PATCH', '/api/v1/nothing'],
      ['GET', '/api/v1/private'],
      ['GET', '/api/v1/private/maintenance'],
      ['GET', '/api/v1/private/nothing'],
      ['GET', '/api/v1/releases/1.0.0/may-deploy'],
    ].map(([method, path]) => ask(rig.port, path ?? '', { method: method ?? '' })),
  );
  expect(new Set(answers.map(({ status, headers, body }) => `${status} ${headers['www-authenticate']} ${body}`)).size).toBe(1);
  expect([answers[0]?.status, answers[0]?.headers['www-authenticate']]).toEqual([401, 'Bearer']);
});

describe('a pipeline', () => {
  test('asks whether a release may go to production, and reads why not and when', async () => {
    const headers = bearer(await newToken(['releases:deploy', 'releases:write']));
    expect((await post('/api/v1/releases/draft', { version: '4.2.0', title: 'Four two', notes: '* faster' }, headers)).status).toBe(201);
    const shut = await ask(rig.port, '/api/v1/releases/4.2.0/may-deploy', { headers });
    expect([shut.status, json(shut)]).toEqual([200, expect.objectContaining({ version: '4.2.0', allowed: false })]);
    expect(json(shut)).toHaveProperty('reason');
    const same = await post('/api/v1/releases/may-deploy', { version: '4.2.0' }, headers);
    expect([same.status, json(same)]).toEqual([200, json(shut)]);
    expect((await ask(rig.port, '/api/v1/releases/none%20such/may-deploy', { headers })).status).toBe(422);
    expect((await ask(rig.port, '/api/v1/releases/4.2.0/may-deploy', { headers, method: 'HEAD' })).body.length).toBe(0);
  });
});

describe('what is asked', () => {
  const headers = () => bearer(rig.people.token);
  test('must be JSON, and says where it is not as it must be', async () => {
    const path = '/api/v1/incidents/open';
    const form = await ask(rig.port, path, {
      method: 'POST',
      headers: { ...headers(), 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'title=x',
    });
    expect([form.status, told(form).detail]).toEqual([415, expect.stringContaining('Content-Type: application/json')]);
    expect((await post(path, '{"title":', headers())).status).toBe(400);
    expect((await post(path, '', headers())).status).toBe(400);
    expect((await post(path, '['.repeat(60_000), headers())).status).toBe(400);
    const wrong = await post(path, { title: 'x', body: 1 }, headers());
    expect([wrong.status, told(wrong)['facts']]).toEqual([422, { path: 'body' }]);
    expect((await post(path, { title: 'x', body: 'y', __proto__x: 1 }, headers())).status).toBe(422);
    expect((await post('/api/v1/incidents/resolve', { id: 'nothing', body: 'y' }, headers())).status).toBe(404);
    const taken = await post('/api/v1/maintenance/announce', SATURDAY, headers());
    expect([taken.status, told(taken)['code']]).toEqual([409, 'slot_taken']);
  });

  test.each([70_000, 300_000, 2_000_000])('and at most 64 KiB: %i bytes are refused, with and without their length', async (bytes) => {
    const body = JSON.stringify({ title: 'x', body: 'y'.repeat(bytes) });
    for (const sender of [headers(), {}]) {
      const status = 'Authorization' in sender ? 413 : 401;
      expect([bytes, (await post('/api/v1/incidents/open', body, sender)).status]).toEqual([bytes, status]);
      const chunked = `POST /api/v1/incidents/open HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n${Object.entries(
        sender,
      )
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
      expect([bytes, (await raw(rig.port, chunked))?.status]).toEqual([bytes, status]);
    }
  });

  test('notes may be as long as notes are', async () => {
    const long = '* a line\n'.repeat(10_000);
    expect((await post('/api/v1/releases/draft', { version: '5.0.0', title: 'Five', notes: long }, headers())).status).toBe(201);
  });

  test('with another method is answered by the methods that there are', async () => {
    const answer = await ask(rig.port, '/api/v1/incidents/open', { method: 'DELETE', headers: headers() });
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST']);
    expect((await ask(rig.port, '/api/v1/incidents/nonsense', { method: 'POST', headers: headers() })).status).toBe(404);
  });
});

test('long work answers a stream: progress first, then one report; a refusal is a problem document', async () => {
  const lines = (answer: RawAnswer): { type: string; report?: Record<string, unknown>; problem?: object }[] =>
    String(answer.body)
      .split('\r\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
  const doctor = await ask(rig.port, '/api/v1/doctor', { method: 'POST', headers: bearer(rig.people.token) });
  expect([doctor.status, doctor.headers['content-type']]).toEqual([200, 'application/x-ndjson']);
  expect(lines(doctor)[0]?.type).toBe('progress');
  expect(lines(doctor).at(-1)).toMatchObject({ type: 'report', report: { examined: {}, notes: expect.any(Array) } });
  const refused = await post('/api/v1/reports/close', { month: 'never' }, bearer(rig.people.token));
  expect(lines(refused)).toEqual([{ type: 'refused', problem: expect.objectContaining({ status: 422, code: 'no_month' }) }]);
});

test('a token may change 120 things a minute', async () => {
  const token = await newToken(['incidents:write']);
  const update = () => post('/api/v1/incidents/update', { id: 'nothing', body: 'x' }, bearer(token));
  const statuses: number[] = [];
  for (let i = 0; i < 121; i++) statuses.push((await update()).status);
  expect([statuses.filter((status) => status === 404).length, statuses.at(-1)]).toEqual([120, 429]);
  const wait = await update();
  expect([wait.headers['retry-after'], told(wait).status]).toEqual(['1', 429]);
  await clock.advance(1_000);
  expect((await update()).status).toBe(404);
});

test('one token reads six hundred times a minute, and another is not kept waiting by it', async () => {
  const headers = bearer(await newToken(['status:read']));
  const look = () => ask(rig.port, '/api/v1/private/nothing', { headers });
  const statuses: number[] = [];
  for (let sent = 0; sent < 12; sent++) statuses.push(...(await Promise.all(Array.from({ length: 50 }, look))).map(({ status }) => status));
  expect(new Set(statuses)).toEqual(new Set([404]));
  const over = await look();
  expect([over.status, over.headers['retry-after'], told(over).detail]).toEqual([429, '1', expect.stringContaining('a lot at once')]);
  expect((await ask(rig.port, '/api/v1/private/incidents', { headers: bearer(await newToken(['status:read'])) })).status).toBe(200);
});

test('without a store nothing is asked and nothing is changed', async () => {
  await using away = await startConsoleRig([], { clock, context: () => null });
  const answer = await ask(away.port, '/api/v1/incidents/open', { method: 'POST', headers: JSON_TYPE, body: '{}' });
  expect([answer.status, answer.headers['retry-after']]).toEqual([503, '30']);
});

test('with an origin of its own the console is where the API is written, and the public one does not have it', async () => {
  await using apart = await startConsoleRig([], {
    clock,
    settings: config,
    publicOrigin: 'https://status.example.com',
    adminOrigin: 'https://admin.example.com',
    trustedProxies: ['127.0.0.1'],
  });
  const asked = (host: string, path = '/api/v1/private/incidents') =>
    ask(apart.port, path, { host, headers: { Authorization: `Bearer ${apart.people.token}`, 'X-Forwarded-For': '203.0.113.9' } });
  expect((await asked('admin.example.com')).status).toBe(200);
  expect((await asked('status.example.com')).status).toBe(404);
  expect((await asked('status.example.com', '/api/v1/openapi.json')).status).toBe(200);
});

test('over plain HTTP from elsewhere a token is not taken', async () => {
  await using open = await startConsoleRig([], { clock, publicOrigin: 'http://status.example.com', trustedProxies: ['127.0.0.1'] });
  const headers = { ...bearer(open.people.token), 'X-Forwarded-For': '203.0.113.9' };
  const answer = await ask(open.port, '/api/v1/private/incidents', { host: 'status.example.com', headers });
  expect([answer.status, told(answer).detail]).toEqual([403, expect.stringContaining('would travel in the open')]);
});

describe('a token that may write people', () => {
  const held = async (scopes: Parameters<typeof newToken>[0]) => bearer(await newToken(scopes, { personId: rig.people.as.admin.id }));
  const role = (headers: Readonly<Record<string, string>>, to: string) =>
    post('/api/v1/people/role', { person: 'viewer@example.com', role: to }, headers);

  test('raises nobody above its own scopes, whatever the role of its owner', async () => {
    const headers = await held(['people:write', 'status:read']);
    for (const to of ['ops', 'admin', 'account_manager']) {
      const answer = await role(headers, to);
      expect([to, answer.status, told(answer)['code']]).toEqual([to, 403, 'denied']);
    }
    const wide = await held(['people:write', 'status:read', 'reports:read', 'reports:approve']);
    expect((await role(wide, 'account_manager')).status).toBe(200);
    expect((await role(wide, 'ops')).status).toBe(403);
    // Down again takes nothing that it lacks.
    expect((await role(headers, 'viewer')).status).toBe(200);
  });

  test('shuts out, and lets in again only whoever can do no more than it may itself', async () => {
    const headers = await held(['people:write', 'status:read']);
    const ofOps = { person: 'ops@example.com' };
    expect((await post('/api/v1/people/disable', ofOps, headers)).status).toBe(200);
    const again = await post('/api/v1/people/enable', ofOps, headers);
    expect([again.status, told(again)['facts']]).toEqual([403, { needs: expect.arrayContaining(['incidents:write', 'store:backup']) }]);
    expect((await post('/api/v1/people/enable', ofOps, bearer(rig.people.token))).status).toBe(200);
    expect((await post('/api/v1/people/disable', { person: 'viewer@example.com' }, headers)).status).toBe(200);
    expect((await post('/api/v1/people/enable', { person: 'viewer@example.com' }, headers)).status).toBe(200);
  });

  test('takes no second factor from whoever can do more, lets nobody in, and makes no token', async () => {
    const headers = await held(['people:write']);
    const asked = [
      ['/api/v1/people/remove-second-factor', { person: 'admin@example.com' }],
      ['/api/v1/people/invite', { email: 'ida@example.com', role: 'viewer' }],
      ['/api/v1/people/reset-password', { person: 'admin@example.com' }],
      ['/api/v1/tokens/make', { owner: 'admin@example.com', name: 'More', scopes: ['store:backup'] }],
    ] as const;
    for (const [path, body] of asked) {
      const answer = await post(path, body, headers);
      expect([path, answer.status, told(answer)['code']]).toEqual([path, 403, 'denied']);
    }
  });
});
