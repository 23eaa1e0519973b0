/**
 * Two customers, and whose reports, decisions and figures somebody sees (P14): over the wire, for every address of the console and of the
 * API's writing side, by canaries in names, fees, reasons and notes. Who may ask what at all: console-matrix.test.ts, api-matrix.test.ts.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setCustomers } from '#db/queries/people.ts';
import { ALL_PERMISSIONS } from '#domain/access/permission.ts';
import { adjudicateMonth } from '#monitor/actions/adjudicate-month.ts';
import { ANSWER_TYPE } from '#monitor/actions/answer-type.ts';
import { recordClaim } from '#monitor/actions/record-claim.ts';
import { openReportKey } from '#monitor/actions/report-key.ts';
import { shareReport } from '#monitor/actions/share-report.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { hashPassword } from '#monitor/identity/password-hash.ts';
import { AUDIT_PAGE } from '#monitor/views/audit-page.ts';
import { accepted } from '../../../support/accepted.ts';
import { API_MATRIX } from '../../../support/api-matrix.ts';
import { CONSOLE_MATRIX } from '../../../support/console-matrix.ts';
import { type SignedInPerson, signInManager } from '../../../support/console-people.ts';
import { at } from '../../../support/maintenance-desk.ts';
import { CHEAP, PASSWORD } from '../../../support/people-desk.ts';
import { ask, type RawAnswer } from '../../../support/raw-http.ts';
import { tempFolder } from '../../../support/temp-store.ts';
import { tokenOf } from '../../../support/token-of.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { behindTheDoors, startWholeConsole, type WholeConsole } from '../../../support/whole-console.ts';

const YAML = `
customers:
  - { id: alpha, name: Alpha Wren-A1 }
  - { id: beta, name: Beta Heron-B1 }
contracts:
  - { id: a-main, customer: alpha, currency: USD, monthly_fee: "1234.56", from: 2026-10-01 }
  - { id: b-main, customer: beta, currency: USD, monthly_fee: "9876.54", from: 2026-10-01 }
components:
  - { name: Checkout, slug: checkout, http: "http://127.0.0.1:9/" }
`;
/** Of the second customer: name, fee in both spellings, what was said of them. */
const CANARIES = ['Heron-B1', '9876.54', '987654', '9,876.54', 'Heron-reason', 'Heron-evidence', 'Heron-note'];
/** Of the first, so that what is not found is not hidden from everybody. */
const OWN = 'Wren-A1';

/** An hour more whenever a test says so, and the same time of day. */
class Clock extends VirtualClock {
  moreUs = 0;
  override monotonicUs(): number {
    return super.monotonicUs() + this.moreUs;
  }
  /** Between two contracts others have their turn; here nobody waits for one. */
  override sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return ms === 0 ? Promise.resolve() : super.sleep(ms, signal);
  }
}
const clock = new Clock(at('2026-09-30T12:00Z'));
let folder: Awaited<ReturnType<typeof tempFolder>>;
let rig: WholeConsole;
let people: Readonly<Record<'ofA' | 'ofB' | 'ofNone' | 'viewer' | 'ops' | 'admin', SignedInPerson>>;
let tokens: Readonly<Record<'ofA' | 'ofNone' | 'ops' | 'admin', string>>;
let waiting: string;
beforeAll(async () => {
  folder = await tempFolder();
  rig = await startWholeConsole(clock, await behindTheDoors(clock, YAML, openReportKey(folder.path, true)));
  const { store } = rig;
  clock.jumpWall(at('2026-11-06T12:00Z') - clock.now());
  // What there is of both: a decision that waits for its second person, a claim, a link to the report.
  const ledger = rig.verbs.ledger(SOCKET_OWNER);
  for (const [contract, mark] of [
    ['a-main', 'Wren'],
    ['b-main', 'Heron'],
  ] as const) {
    const said = { contract, month: '2026-10', author: 'Ann', approvedBy: null };
    const decision = { ...said, decision: 'met', reason: `${mark}-reason`, evidence: `${mark}-evidence` } as const;
    waiting = accepted(await adjudicateMonth(ledger, decision)).adjudication.id;
    accepted(await recordClaim(ledger, { ...said, receivedAt: clock.now(), note: `${mark}-note` }));
    accepted(await shareReport(ledger, { ...said, days: '14' }));
  }
  await store.write([{ sql: 'UPDATE sessions SET created_at_ms = ?1, last_seen_at_ms = ?1, proved_at_ms = ?1', args: [clock.now()] }]);
  const { viewer, ops, admin, account_manager: ofA } = rig.people.as;
  await store.write(setCustomers(ofA.id, ['alpha'], clock.now()));
  const [ofB, ofNone] = [await signInManager(store, clock, 'bea', ['beta']), await signInManager(store, clock, 'nix', [])];
  people = { ofA, ofB, ofNone, viewer, ops, admin };
  const token = (id: string, { id: personId }: SignedInPerson) => tokenOf(store, clock, { id, personId, scopes: ALL_PERMISSIONS });
  tokens = {
    ofA: await token('tokenofaaaaa', ofA),
    ofNone: await token('tokenofnnnnn', ofNone),
    ops: await token('tokenofppppp', ops),
    admin: await token('tokenofddddd', admin),
  };
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

type Who = keyof typeof people;
/** An hour for each, so that no limit is met. */
const pass = (): void => void (clock.moreUs += 3_600_000_000);
const get = (who: Who, path: string): Promise<RawAnswer> => {
  pass();
  return ask(rig.port, path, { headers: people[who].headers(rig.origin) });
};
const send = (who: Who, path: string, fields: Readonly<Record<string, string>>): Promise<RawAnswer> => {
  pass();
  return ask(rig.port, path, {
    method: 'POST',
    headers: { ...people[who].headers(rig.origin), 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ form_token: people[who].formToken(), ...fields }).toString(),
  });
};
const call = (who: keyof typeof tokens, method: 'GET' | 'POST', path: string, body: object = {}, accept = '*/*'): Promise<RawAnswer> => {
  pass();
  const headers = { Authorization: `Bearer ${tokens[who]}`, 'Content-Type': 'application/json', Accept: accept };
  return ask(rig.port, path, { method, headers, ...(method === 'POST' && { body: JSON.stringify(body) }) });
};
const found = ({ body }: RawAnswer): string[] => CANARIES.filter((canary) => body.toString().includes(canary));
/** The last line of a stream: what was done, or why it was not. */
const told = ({ body }: RawAnswer): { readonly code?: string; readonly reports?: readonly { readonly report: object }[] } => {
  const line = body
    .toString()
    .split('\n')
    .find((one) => /^\{"type":"(?:report|refused)"/.test(one));
  if (line === undefined) throw new Error(body.toString().slice(0, 400));
  const { report, problem } = JSON.parse(line) as { report?: object; problem?: object };
  return report ?? problem ?? {};
};

/** All that can be looked at, with the second customer's contract where an address names one. */
const LOOKED_AT = CONSOLE_MATRIX.filter(({ method, needs, but }) => method === 'GET' && needs !== 'anybody' && but === undefined).map(
  ({ example }) => example.replace('/acme', '/b-main'),
);
const BOTH = '/admin/reports/2026-10';
const FIELDS: Readonly<Record<string, string>> = {
  decision: 'met',
  reason: 'r',
  evidence: 'e',
  received: '2026-11-05T10:00',
  note: 'n',
  days: '14',
};

describe('the console', () => {
  test('tells an admin of both, and each account manager of their own', async () => {
    expect(found(await get('admin', BOTH)).length).toBeGreaterThan(0);
    expect((await get('admin', BOTH)).body.toString()).toContain(OWN);
    expect((await get('ofA', BOTH)).body.toString()).toContain(OWN);
    const b = await get('ofB', BOTH);
    expect([found(b), b.body.toString().includes(OWN)]).toEqual([['Heron-B1'], false]);
  });
  test.each(['ofA', 'ofNone', 'viewer', 'ops'] as const)('shows %s nothing of the second customer, wherever they look', async (who) => {
    for (const path of LOOKED_AT) expect([path, found(await get(who, path))]).toEqual([path, []]);
    for (const form of ['json', 'csv', 'zip']) expect([form, found(await get(who, `/admin/reports/2026-10.${form}`))]).toEqual([form, []]);
  });
  test.each(['ofA', 'ofNone'] as const)('what is another customer’s is to %s what was never there', async (who) => {
    const rows = CONSOLE_MATRIX.filter(({ isOfCustomer }) => isOfCustomer);
    expect(rows.length).toBeGreaterThan(7);
    for (const { method, example } of rows) {
      const at = (contract: string) => example.replace('/acme', `/${contract}`).replace('/a1', `/${waiting}`);
      const [other, unknown] = [at('b-main'), at('z-main')];
      const asked = (path: string) => (method === 'GET' ? get(who, path) : send(who, path, FIELDS));
      const [theirs, none] = [await asked(other), await asked(unknown)];
      expect([other, theirs.status, theirs.body.toString()]).toEqual([other, 404, none.body.toString()]);
      expect(none.status).toBe(404);
      if (who === 'ofA' && method === 'GET') expect([other, (await get('ofB', other)).status]).toEqual([other, 200]);
    }
    for (const path of ['/admin/reports/2026-10/beta', '/admin/reports/2026-10/beta.json'])
      expect([path, (await get(who, path)).status]).toEqual([path, 404]);
  });
  test('a decision and a link of the second customer are not reached by the page of the first either', async () => {
    const decisions = '/admin/reports/2026-10/a-main/decisions';
    const { rows } = await rig.store.read({ sql: `SELECT id FROM share_links WHERE contract_id = 'b-main'` });
    const approved = await send('ofA', `${decisions}/approve/${waiting}`, {});
    const revoked = await send('ofA', `${decisions}/revoke`, { id: String(rows[0]?.[0]) });
    expect([approved.status, found(approved), revoked.status, found(revoked)]).toEqual([422, [], 422, []]);
    expect(approved.body.toString()).toContain(`There is no adjudication ${waiting}.`);
    expect((await rig.store.read({ sql: 'SELECT count(*) FROM share_links WHERE revoked_at_ms IS NULL' })).rows[0]?.[0]).toBe(2);
    expect((await rig.store.read({ sql: 'SELECT count(*) FROM adjudication_approvals' })).rows[0]?.[0]).toBe(0);
  });
  test('the first page names the decisions that wait of one’s own customers', async () => {
    const seen: Record<string, string[]> = {};
    for (const who of ['ofA', 'ofB', 'ofNone', 'ops', 'admin'] as const) {
      const page = (await get(who, '/admin')).body.toString();
      seen[who] = ['a-main', 'b-main'].filter((id) => page.includes(`"what":"${id}"`));
    }
    expect(seen).toEqual({ ofA: ['a-main'], ofB: ['b-main'], ofNone: [], ops: [], admin: ['a-main', 'b-main'] });
  });
  test('whoever has no customers is told whom to ask', async () => {
    const page = (await get('ofNone', '/admin/reports')).body.toString();
    expect(page).toContain('"months":[]');
    expect(page).toContain('"own":{"customers":[],"admins":["Adele Kruse"]}');
  });
});

describe('the API', () => {
  test('tells a token of an admin of both', async () => {
    expect(found(await call('admin', 'POST', '/api/v1/reports/files', { month: '2026-10' }))).toContain('987654');
    expect(found(await call('admin', 'GET', '/api/v1/private/configuration'))).toContain('Heron-B1');
  });
  test.each((['ofA', 'ofNone', 'ops'] as const).flatMap((who) => [[who, '*/*'] as const, [who, ANSWER_TYPE] as const]))(
    'tells a token of %s nothing of the second customer, asked for as %s',
    async (who, accept) => {
      for (const { method, example } of API_MATRIX) {
        if (method === 'GET') expect([example, found(await call(who, method, example, {}, accept))]).toEqual([example, []]);
      }
      for (const verb of ['files', 'pages', 'close'])
        for (const only of [null, ['b-main'], ['beta'], ['a-main', 'b-main']]) {
          const answer = await call(who, 'POST', `/api/v1/reports/${verb}`, { month: '2026-10', only }, accept);
          expect([verb, only, found(answer)]).toEqual([verb, only, []]);
        }
      const changes = [{ kind: 'target_ppm', target_ppm: 999_000 }];
      expect(found(await call(who, 'POST', '/api/v1/reports/what-if', { month: '2026-10', only: ['b-main'], changes }, accept))).toEqual(
        [],
      );
    },
  );
  test.each(['ofA', 'ofNone'] as const)('what is another customer’s is unknown to a token of %s, in the same words', async (who) => {
    const same = async (path: string, of: (contract: string) => object, id: (text: string) => string = (text) => text) => {
      const [theirs, none] = [await call(who, 'POST', path, of('b-main')), await call(who, 'POST', path, of('z-main'))];
      expect([path, id(theirs.body.toString())]).toEqual([path, id(none.body.toString().replaceAll('z-main', 'b-main'))]);
      return theirs;
    };
    const said = (contract: string) => ({ contract, month: '2026-10' });
    const decision = { decision: 'met', reason: 'r', evidence: 'e' };
    expect((await same('/api/v1/ledger/adjudicate', (one) => ({ ...said(one), ...decision }))).status).toBe(404);
    expect((await same('/api/v1/ledger/claim', (one) => ({ ...said(one), receivedAt: '2026-11-05T10:00Z', note: 'n' }))).status).toBe(404);
    for (const verb of ['files', 'pages', 'close'])
      expect(told(await same(`/api/v1/reports/${verb}`, (one) => ({ month: '2026-10', only: [one] }))).code).toMatch(
        /^(?:unknown_contract|no_customers|no_pages)$/,
      );
    const approval = await call(who, 'POST', '/api/v1/ledger/adjudication-approve', { id: waiting });
    const nothing = await call(who, 'POST', '/api/v1/ledger/adjudication-approve', { id: 'zzz' });
    expect([approval.status, approval.body.toString().replaceAll(waiting, 'zzz')]).toEqual([404, nothing.body.toString()]);
  });
  test('a report of the second customer is judged by whoever reaches them alone', async () => {
    const files = await call('admin', 'POST', '/api/v1/reports/files', { month: '2026-10', only: ['b-main'] });
    const [one] = told(files).reports ?? [];
    const sealed = {
      report: { ...one?.report, state: 'final', revision: 1 },
      sha256: 'a'.repeat(64),
      signature: { algorithm: 'Ed25519', key_id: 'a'.repeat(64), value: 'x', public_key: 'x' },
    };
    const asOf = async (who: keyof typeof tokens) => (await call(who, 'POST', '/api/v1/reports/verify', { sealed })).body.toString();
    expect(await asOf('ofA')).toContain('This store has no contract b-main');
    expect(await asOf('admin')).not.toContain('This store has no contract b-main');
  });
});

describe('the audit', () => {
  test('holds for ops no row of contracts, decisions, claims and reports, whatever they ask', async () => {
    const { rows } = await rig.store.read({ sql: 'SELECT seq, subject FROM audit' });
    const hidden = rows.filter(([, subject]) => /^(?:adjudication|claim|contract|reports?)\//.test(String(subject)));
    expect(hidden.length).toBeGreaterThan(6);
    for (const [seq] of rows) {
      const isHidden = hidden.some(([one]) => one === seq);
      const row = await get('ops', `/admin/audit/${seq}`);
      expect([seq, row.status, found(row)]).toEqual([seq, isHidden ? 404 : 200, []]);
    }
    expect((await get('admin', `/admin/audit/${hidden[0]?.[0]}`)).status).toBe(200);
    for (const query of ['', '?text=Heron', '?subject=claim', '?subject=contract/b-main', '?verb=adjudication.record', '?actor=Ann']) {
      const page = await get('ops', `/admin/audit${query}`);
      expect([query, found(page), page.body.toString().includes('contract/b-main"')]).toEqual([query, [], query.includes('b-main')]);
    }
    expect(found(await send('ops', '/admin/audit/export', {}))).toEqual([]);
    expect(found(await call('ops', 'POST', '/api/v1/audit/export', { text: '9876' }))).toEqual([]);
    expect(found(await send('admin', '/admin/audit/export', {}))).toContain('Heron-reason');
  });
});

describe('what ops do not read of the audit', () => {
  const shown = ({ body }: RawAnswer) => JSON.parse(/<pre>([\s\S]*?)<\/pre>/.exec(body.toString())?.[1] ?? '{}').found;
  test('is a number on the page, and no name or verb to choose; the API says the same', async () => {
    const { rows } = await rig.store.read({
      sql: `SELECT sum(subject GLOB 'adjudication/*' OR subject GLOB 'claim/*' OR subject GLOB 'contract/*' OR subject GLOB 'report*'), count(*) FROM audit`,
    });
    const [hidden, all] = (rows[0] ?? []).map(Number);
    const [ops, admin] = [shown(await get('ops', '/admin/audit')), shown(await get('admin', '/admin/audit'))];
    expect([ops.hidden, admin.hidden]).toEqual([hidden, 0]);
    expect(ops.lines.length).toBe(Math.min(AUDIT_PAGE, Number(all) - Number(hidden)));
    expect(admin.verbs).toEqual(expect.arrayContaining(['adjudication.record', 'claim.record', 'configuration.apply', 'report.share']));
    expect(ops.verbs).toContain('configuration.apply');
    expect(ops.verbs.filter((verb: string) => /^(?:adjudication|claim|report)[.]/.test(verb))).toEqual([]);
    expect([admin.actors.includes(SOCKET_OWNER.name), ops.actors.includes(SOCKET_OWNER.name)]).toEqual([true, false]);
    const told = JSON.parse((await call('ops', 'GET', '/api/v1/private/audit')).body.toString());
    expect([told.hidden_rows, told.verbs, told.actors]).toEqual([ops.hidden, ops.verbs, ops.actors]);
    expect(told.rows.map(({ seq }: { seq: number }) => seq)).toEqual(ops.lines.map(({ seq }: { seq: number }) => seq));
  });
  test('is named by doctor and by verifying to whoever reaches every customer alone', async () => {
    const { rows: guards } = await rig.store.read({
      sql: `SELECT name, sql FROM sqlite_master WHERE tbl_name = 'adjudications' AND type = 'trigger'`,
    });
    const edit = (reason: string) =>
      rig.store.write([
        ...guards.map(([name]) => ({ sql: `DROP TRIGGER "${name}"` })),
        { sql: 'UPDATE adjudications SET reason = ? WHERE id = ?', args: [reason, waiting] },
        ...guards.map(([, sql]) => ({ sql: String(sql) })),
      ]);
    await edit('another');
    for (const path of ['/api/v1/doctor', '/api/v1/audit/verify']) {
      const [ops, admin] = [await call('ops', 'POST', path), await call('admin', 'POST', path)];
      expect([path, ops.body.toString().includes(waiting), admin.body.toString().includes(waiting)]).toEqual([path, false, true]);
      expect(ops.body.toString()).toContain('The adjudication is not what link');
    }
    await edit('Heron-reason');
    expect((await call('admin', 'POST', '/api/v1/doctor')).body.toString()).not.toContain('is not what link');
  });
});

describe('a plan', () => {
  test('compares contracts for admins, and for ops everything else', async () => {
    const document = { name: 'avow.yaml', document: YAML.replace('9876.54', '1.00').replace('Checkout, slug', 'Till, slug'), beside: {} };
    const [ops, admin] = [
      await call('ops', 'POST', '/api/v1/configuration/plan', document),
      await call('admin', 'POST', '/api/v1/configuration/plan', document),
    ];
    expect(found(admin)).toContain('9876.54');
    expect([found(ops), ops.body.toString().includes('Till')]).toEqual([[], true]);
    expect(ops.body.toString()).toContain('Contracts were not compared');
  });
});

test('a token of an admin whose scopes say nothing of contracts reads none in a plan or in the audit', async () => {
  const scopes = ['components:write', 'audit:read'] as const;
  const token = await tokenOf(rig.store, clock, { id: 'tokenofccccc', personId: people.admin.id, scopes });
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const asked = (path: string, body: object) => {
    pass();
    return ask(rig.port, path, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  const document = YAML.replace('9876.54', '1.00').replace('Checkout, slug', 'Till, slug');
  const plan = await asked('/api/v1/configuration/plan', { name: 'avow.yaml', document, beside: {} });
  expect([plan.status, found(plan), plan.body.toString().includes('Till')]).toEqual([200, [], true]);
  const rows = await asked('/api/v1/audit/export', {});
  expect([rows.status, found(rows), rows.body.toString().includes('report.share')]).toEqual([200, [], false]);
});

describe('exports', () => {
  test('are ten an hour of a person with all their tokens, in console and API together, and each is a row of the audit', async () => {
    pass();
    const count = async () =>
      Number((await rig.store.read({ sql: `SELECT count(*) FROM audit WHERE verb = 'report.export'` })).rows[0]?.[0]);
    const before = await count();
    const headers = people.ofA.headers(rig.origin);
    const file = () => ask(rig.port, '/admin/reports/2026-10/a-main.csv', { headers });
    const api = () =>
      ask(rig.port, '/api/v1/reports/files', {
        method: 'POST',
        headers: { Authorization: `Bearer ${tokens.ofA}`, 'Content-Type': 'application/json' },
        body: '{"month":"2026-10"}',
      });
    for (let i = 0; i < 5; i++) expect([(await file()).status, (await api()).status]).toEqual([200, 200]);
    for (const over of [await file(), await api()]) expect([over.status, Number(over.headers['retry-after']) > 0]).toEqual([429, true]);
    expect((await ask(rig.port, '/admin/reports/2026-10/a-main.csv', { method: 'HEAD', headers })).status).toBe(200);
    expect((await ask(rig.port, BOTH, { headers })).status).toBe(200);
    expect(await count()).toBe(before + 10);
    clock.moreUs += 360_000_000;
    expect((await file()).status).toBe(200);
    const { rows } = await rig.store.read({
      sql: `SELECT actor_kind, actor_name, from_address, subject, json_extract(after_json, '$.form') FROM audit WHERE verb = 'report.export' ORDER BY seq DESC LIMIT 2`,
    });
    expect(rows.map((cells) => [...cells])).toEqual([
      ['person', people.ofA.name, '127.0.0.1', 'report/a-main/2026-10', 'csv'],
      ['token', people.ofA.name, '127.0.0.1', 'report/a-main/2026-10', 'json'],
    ]);
  });
  test('a shared link is told too, by its name and never by its secret', async () => {
    pass();
    const secret = await linkOf('admin');
    const answer = await ask(rig.port, `/shared/${secret}.json`);
    expect([answer.status, found(answer)[0]]).toEqual([200, 'Heron-B1']);
    const { rows } = await rig.store.read({ sql: `SELECT actor_name, subject, after_json FROM audit ORDER BY seq DESC LIMIT 1` });
    expect(rows[0]?.slice(0, 2)).toEqual(['somebody not signed in', 'report/b-main/2026-10']);
    expect(String(rows[0]?.[2])).not.toContain(secret);
    // What keeps the month from being final names people and commands: it is on our own page, and on theirs it is not.
    const [ours, theirs] = [await get('admin', '/admin/reports/2026-10/b-main'), await ask(rig.port, `/shared/${secret}`)];
    expect([ours, theirs].map(({ status, body }) => [status, body.toString().includes('"obstacle":null')])).toEqual([
      [200, false],
      [200, true],
    ]);
  });
});

const DECISIONS_OF_B = '/admin/reports/2026-10/b-main/decisions';
/** A link to the report of the second customer, made on its page. */
const linkOf = async (who: Who): Promise<string> => {
  const made = await send(who, `${DECISIONS_OF_B}/share`, { days: '14' });
  return /\/shared\/(?<secret>[A-Za-z0-9_-]{43})/.exec(made.body.toString())?.groups?.['secret'] ?? '';
};

test('a link opens while its maker might make it: whoever loses customer, role or entry has links that never were', async () => {
  const { ofB, admin } = people;
  const [secret, ofAdmin] = [await linkOf('ofB'), await linkOf('admin')];
  const change = (sql: string, ...args: (string | number)[]) => rig.store.write([{ sql, args }]);
  const opened = async (of: string) => {
    pass();
    return ask(rig.port, `/shared/${of}`);
  };
  const [unknown, unknownFile] = [await opened('z'.repeat(43)), await opened(`${'z'.repeat(43)}.json`)];
  const shown = async () => {
    const page = (await get('admin', DECISIONS_OF_B)).body.toString();
    return /"author":"Manager bea"[^{}]*"standing":"(?<why>\w+)"/.exec(page)?.groups?.['why'];
  };
  const stands = async () => [(await opened(secret)).status, (await opened(`${secret}.json`)).status, await shown()];
  expect(await stands()).toEqual([200, 200, 'open']);
  const losses = [
    ['maker_customer', () => change('DELETE FROM person_customers WHERE person_id = ?', ofB.id)],
    ['maker_role', () => change(`UPDATE people SET role = 'ops' WHERE id = ?`, ofB.id)],
    ['maker_disabled', () => change('UPDATE people SET disabled_at_ms = 1 WHERE id = ?', ofB.id)],
  ] as const;
  for (const [why, lose] of losses) {
    await lose();
    expect([why, ...(await stands())]).toEqual([why, 404, 404, why]);
    const [page, file] = [await opened(secret), await opened(`${secret}.json`)];
    expect([page.body.toString(), file.body.toString()]).toEqual([unknown.body.toString(), unknownFile.body.toString()]);
    // Nothing was deleted: with all of it back the link opens.
    await change(`UPDATE people SET role = 'account_manager', disabled_at_ms = NULL WHERE id = ?`, ofB.id);
    await rig.store.write(setCustomers(ofB.id, ['beta'], clock.now()));
    expect(await stands()).toEqual([200, 200, 'open']);
  }
  // An admin reaches every customer, as long as they are one and let in.
  expect((await opened(ofAdmin)).status).toBe(200);
  await change(`UPDATE people SET role = 'account_manager' WHERE id = ?`, admin.id);
  expect((await opened(ofAdmin)).status).toBe(404);
  await change(`UPDATE people SET role = 'admin', disabled_at_ms = 1 WHERE id = ?`, admin.id);
  expect((await opened(ofAdmin)).status).toBe(404);
  await change('UPDATE people SET disabled_at_ms = NULL WHERE id = ?', admin.id);
});

describe('the page of a person', () => {
  test('gives them customers by a form, which hold from the next request on, and says what it refuses', async () => {
    const { ofNone } = people;
    const page = `/admin/people/${ofNone.id}`;
    expect((await get('admin', page)).body.toString()).toContain('"customers":[{"id":"alpha","name":"Alpha Wren-A1","chosen":false}');
    const given = await send('admin', `${page}/customers`, { version: '1', customer: 'alpha' });
    expect([given.status, given.headers['location']]).toEqual([303, `${page}?said=customers`]);
    const read = await get('ofNone', BOTH);
    expect([found(read), read.body.toString().includes(OWN)]).toEqual([[], true]);
    const late = await send('admin', `${page}/customers`, { version: '1', customer: 'beta' });
    expect(late.status).toBe(409);
    const unknown = await send('admin', '/admin/people/invite', {
      email: 'z@example.com',
      role: 'account_manager',
      hours: '1',
      customer: 'gamma',
    });
    expect(unknown.status).toBe(422);
    expect(unknown.body.toString()).toContain('No contract is with a customer \\"gamma\\". There is alpha, beta.');
    const taken = await send('admin', `${page}/customers`, { version: '2' });
    expect([taken.status, (await get('ofNone', BOTH)).status]).toEqual([303, 404]);
  });
  test('an invitation that was typed into a session that had ended comes back with every customer that was ticked', async () => {
    pass();
    const { admin } = people;
    await rig.store.write([
      { sql: 'UPDATE people SET password_hash = ? WHERE id = ?', args: [await hashPassword(PASSWORD, CHEAP), admin.id] },
      { sql: 'UPDATE sessions SET last_seen_at_ms = ? WHERE person_id = ?', args: [clock.now() - 13 * 3_600_000, admin.id] },
    ]);
    const form = new URLSearchParams({ form_token: admin.formToken(), email: 'z@example.com', role: 'account_manager', hours: '31' });
    for (const customer of ['alpha', 'beta']) form.append('customer', customer);
    const headers = { ...admin.headers(rig.origin), Accept: 'text/html', 'Content-Type': 'application/x-www-form-urlencoded' };
    const post = (path: string, body: URLSearchParams) => ask(rig.port, path, { method: 'POST', headers, body: body.toString() });
    const shown = ({ body }: RawAnswer): { carried?: string; customers?: unknown; form?: object } =>
      JSON.parse(/<pre>([\s\S]*?)<\/pre>/.exec(body.toString())?.[1] ?? '{}');
    const held = await post('/admin/people/invite', form);
    const { carried = '' } = shown(held);
    const back = await post('/admin/sign-in', new URLSearchParams({ email: 'admin@example.com', password: PASSWORD, carried }));
    expect([held.status, back.status]).toEqual([401, 200]);
    expect(shown(back)).toMatchObject({
      form: { values: { email: 'z@example.com', role: 'account_manager', hours: '31' } },
      customers: [
        { id: 'alpha', chosen: true },
        { id: 'beta', chosen: true },
      ],
    });
  });
});
