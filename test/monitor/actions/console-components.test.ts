/** Components that the console manages: judged as the file's are, told by field, never over a file's, and never lost between two people. */
import { describe, expect, it } from 'vitest';
import type { Tried } from '#domain/check/tried.ts';
import { isRefusal } from '#domain/refusal.ts';
import { explainLines } from '#monitor/cli/component-lines.ts';
import type { Actor } from '#monitor/context.ts';
import { componentListView } from '#monitor/views/component-list.ts';
import { componentForm, explainComponent } from '#monitor/views/explain-component.ts';
import { type ConsoleDesk, openConsoleDesk } from '../../support/console-desk.ts';

const FILE = 'components:\n  - {name: Web, http: "https://www.example.com/"}\n  - {name: Job, heartbeat: Zq3v8Kp1Lm6Rt0Xy5Bn2Cw7D}\n';
const ANN: Actor = { kind: 'person', id: 'p1', name: 'Ann', from: '192.0.2.7', requestId: 'r1' };
const SHOP = { name: 'Shop', http: 'https://shop.example.com/', interval: '30s' };

const faults = async (desk: ConsoleDesk, component: object): Promise<unknown> => {
  const answer = await desk.ask('add', { component });
  if (!isRefusal(answer)) throw new Error(`${JSON.stringify(component)} was taken`);
  return (answer.facts['faults'] as { path: string; message: string }[]).map(({ path, message }) => `${path}: ${message}`);
};
const rows = async ({ store }: ConsoleDesk, sql: string): Promise<unknown[]> => (await store.read({ sql })).rows.map((row) => [...row]);

describe('adding', () => {
  it('watches it from the recorded instant on, after those of the file, and says who did it in the audit', async () => {
    await using desk = await openConsoleDesk(FILE);
    const answer = await desk.does('add', { component: SHOP }, ANN);
    expect(answer).toMatchObject({ slug: 'shop', recordedAt: desk.clock.now(), warnings: [] });
    const list = await componentListView(await desk.context());
    expect('components' in list && list.components.map(({ slug, managed }) => [slug, managed])).toEqual([
      ['web', 'file'],
      ['job', 'file'],
      ['shop', 'console'],
    ]);
    expect(await rows(desk, "SELECT actor_name, from_address, verb, subject, after_json FROM audit WHERE verb = 'component.add'")).toEqual([
      [
        'Ann',
        '192.0.2.7',
        'component.add',
        'component/shop',
        '{"http":{"url":"https://shop.example.com/"},"interval":"30s","name":"Shop"}',
      ],
    ]);
  });

  it('is told by field what the file would be told by line', async () => {
    await using desk = await openConsoleDesk(FILE);
    expect(await faults(desk, { name: 'A', http: 'ftp://x/', intervall: '5s' })).toEqual([
      'intervall: "intervall" is not a key of this mapping; did you mean "interval"?',
      'http: "http" must begin with http:// or https://, not "ftp://"',
    ]);
    expect(
      await faults(desk, { name: 'A', http: { url: 'https://a.example/', expect: { status: 99, json: ['$['] } }, timeout: '2m' }),
    ).toEqual([
      'http.expect.status: "status" must be a status from 100 to 599 or a range such as "200-299", not "99"',
      'http.expect.json[0]: entry 1 of "json" must be a JSON path of RFC 9535 such as $.status or $.items[0].id, not "$["',
      'timeout: "timeout" must be shorter than the interval of 1m, not 2m',
    ]);
    expect(await faults(desk, {})).toEqual([
      'name: "name" is missing; give text',
      ': the component has no check; add one of http, tcp, tls, dns, heartbeat, such as "http: https://www.example.com/"',
    ]);
    expect(await faults(desk, { name: 'A', self: {} })).toEqual([
      'self: "self" is built in and cannot be written in a file: it may dial only Avow itself. Remove it; without any configuration Avow watches itself',
    ]);
    expect(await faults(desk, { name: 'A', http: { url: 'https://a.example/', headers: { A: '${UNSET}' } } })).toEqual([
      'http.headers.A: "A" refers to UNSET, and the configuration lends no secrets to what is entered here; whoever keeps its file can lend it with "probes: {secrets: [UNSET]}"',
    ]);
  });

  // Where nothing entered here may go: test/fault/ssrf-console.test.ts.
  it('goes where the file allows it to, and nowhere near metadata even then', async () => {
    await using desk = await openConsoleDesk(`${FILE}probes: {allow: [10.0.0.0/8, "fd12::/16", 0.0.0.0/0]}\n`);
    await desk.does('add', { component: { name: 'A', tcp: '10.1.2.3:80' } });
    await desk.does('add', { component: { name: 'B', tcp: { host: 'fd12::7', port: 80 } } });
    expect(await faults(desk, { name: 'C', tcp: { host: 'fd13::7', port: 80 } })).toHaveLength(1);
    expect(await faults(desk, { name: 'D', http: 'http://169.254.169.254/' })).toHaveLength(1);
    expect(await faults(desk, { name: 'E', tcp: '127.0.0.1:4321' })).toEqual([
      'tcp: "tcp" leads to port 4321, which is Avow\'s own and is never probed; name another target',
    ]);
  });

  it('asks the gateway where a name leads before anything is stored', async () => {
    await using desk = await openConsoleDesk(FILE);
    desk.tried = async (trial, vetOnly): Promise<Tried> => {
      expect([trial.origin, vetOnly]).toEqual(['console', true]);
      return {
        denied: 'The name inside.example leads to 10.0.0.5:443, which is not dialled: it is not a public address.',
        result: null,
        assertions: [],
      };
    };
    expect(await faults(desk, { name: 'A', http: 'https://inside.example/' })).toEqual([
      'http.url: The name inside.example leads to 10.0.0.5:443, which is not dialled: it is not a public address.',
    ]);
    desk.tried = () => Promise.reject(new Error('the prober is restarting'));
    await desk.does('add', { component: { name: 'A', http: 'https://inside.example/' } });
  });

  it('refuses a slug that is taken, naming who has it, and takes back one that was removed with its history', async () => {
    await using desk = await openConsoleDesk(FILE);
    expect(await desk.ask('add', { component: { ...SHOP, slug: 'web' } })).toMatchObject({
      code: 'slug_taken',
      message: 'There is a component web already, managed by avow.yaml. Give this one another slug, or edit that one.',
    });
    await desk.does('add', { component: SHOP });
    expect(await desk.ask('add', { component: SHOP })).toMatchObject({ code: 'slug_taken', facts: { managed: 'console' } });
    desk.clock.jumpWall(1_000);
    await desk.does('remove', { slug: 'shop' });
    desk.clock.jumpWall(1_000);
    await desk.does('add', { component: SHOP });
    const view = await explainComponent(await desk.context(), 'shop');
    expect('history' in view && view.history.map(({ deed }) => deed)).toEqual(['added', 'removed', 'added']);
  });

  it('refuses the token of another job, and keeps no token', async () => {
    await using desk = await openConsoleDesk(FILE);
    expect(await faults(desk, { name: 'Second', heartbeat: 'Zq3v8Kp1Lm6Rt0Xy5Bn2Cw7D' })).toEqual([
      'heartbeat.token: "token" must be unique, and job has the same; give each job its own',
    ]);
    await desk.does('add', { component: { name: 'Second', heartbeat: 'canary-Kp1Lm6Rt0Xy5Bn2Cw7D' } });
    const everything = await rows(desk, 'SELECT * FROM component_versions');
    expect(
      JSON.stringify([everything, await rows(desk, 'SELECT * FROM audit'), await rows(desk, 'SELECT * FROM events')], (_, v) =>
        typeof v === 'bigint' ? Number(v) : (v as unknown),
      ),
    ).not.toContain('canary');
  });

  it('keeps references, and no credential comes into the audit', async () => {
    await using desk = await openConsoleDesk(`${FILE}\nprobes: {secrets: [API_TOKEN]}\n`);
    const headers = { Authorization: 'Bearer ${API_TOKEN}', 'X-Api-Key': 'canary-written-out', Accept: 'text/html' };
    await desk.does('add', { component: { name: 'Api', http: { url: 'https://api.example.com/', headers } } });
    const [[stored]] = (await rows(
      desk,
      "SELECT definition_json FROM component_versions v JOIN components c ON c.id = v.component_id WHERE slug = 'api'",
    )) as [[string]];
    expect(stored).toContain('Bearer ${API_TOKEN}');
    expect(stored).not.toContain('canary-value-of-the-api-token');
    const shown = { ...headers, 'X-Api-Key': '•' };
    const [[after]] = (await rows(desk, "SELECT after_json FROM audit WHERE verb = 'component.add'")) as [[string]];
    expect(JSON.parse(after)).toMatchObject({ http: { headers: shown } });
    const view = await explainComponent(await desk.context(), 'api');
    expect(JSON.stringify(view)).not.toContain('canary');
    expect(await componentForm(await desk.context(), 'api')).toMatchObject({ form: { http: { headers: shown } } });
  });

  it('says when a group is new, and which one it looks like', async () => {
    await using desk = await openConsoleDesk('components:\n  - {name: Web, group: Website, http: "https://www.example.com/"}\n');
    expect(await desk.does('add', { component: { ...SHOP, group: 'Websit' } })).toMatchObject({
      warnings: [{ message: 'The page has no group "Websit" yet; it stands after the others now. Did you mean "Website"?' }],
    });
  });
});

describe('what the file manages', () => {
  it('is read-only here, and says which file rules', async () => {
    await using desk = await openConsoleDesk(FILE);
    const form = await componentForm(await desk.context(), 'web');
    for (const [verb, request] of [
      ['edit', { slug: 'web', basedOn: 'recordedAt' in form ? form.recordedAt : 0, component: { name: 'W', http: 'https://a.example/' } }],
      ['remove', { slug: 'web' }],
    ] as const)
      expect(await desk.ask(verb, request)).toMatchObject({
        code: 'managed_by_file',
        message:
          'web is managed by avow.yaml and cannot be changed here. Change it there, then apply the file (or pause it here, which no file says).',
      });
  });

  it('says of every name in its history whether it was proved by signing in', async () => {
    await using desk = await openConsoleDesk(FILE);
    await desk.does('add', { component: SHOP, author: 'Ann' });
    desk.clock.jumpWall(1_000);
    const pause = { slug: 'shop', reason: 'The hall moves', until: null };
    for (const [more, actor] of [
      [{}, ANN],
      [{ author: 'Cleo' }, undefined],
    ] as const) {
      await desk.does('pause', { ...pause, ...more }, actor);
      desk.clock.jumpWall(1_000);
      await desk.does('resume', { slug: 'shop', ...more }, actor);
      desk.clock.jumpWall(1_000);
    }
    await desk.apply(`${FILE}  - {name: Shop, http: "https://shop.example.com/", interval: 30s}\n`);
    const view = await explainComponent({ ...(await desk.context()), insider: true }, 'shop');
    const history = 'history' in view ? view.history : [];
    expect(history.map(({ deed, author, authenticated }) => [deed, author, authenticated])).toEqual([
      ['adopted', null, null],
      ['resumed', 'Cleo', false],
      ['paused', 'Cleo', false],
      ['resumed', 'Ann', true],
      ['paused', 'Ann', true],
      ['added', 'Ann', false],
    ]);
    expect('history' in view ? explainLines(view).join('\n') : '').toMatch(
      /paused by Cleo \(not signed in\)[\s\S]*paused by Ann: The hall/,
    );
    const outside = await explainComponent({ ...(await desk.context()), insider: false }, 'shop');
    expect(JSON.stringify(outside)).not.toContain('"authenticated":true');
  });

  it('adopts a component of the console that it names, which then is read-only', async () => {
    await using desk = await openConsoleDesk(FILE);
    await desk.does('add', { component: SHOP });
    desk.clock.jumpWall(1_000);
    await desk.apply(`${FILE}  - {name: Shop, http: "https://shop.example.com/", interval: 30s}\n`);
    expect(await desk.ask('remove', { slug: 'shop' })).toMatchObject({ code: 'managed_by_file' });
    const view = await explainComponent(await desk.context(), 'shop');
    expect('history' in view && view.history.map(({ deed, fields }) => [deed, fields])).toEqual([
      ['adopted', []],
      ['added', []],
    ]);
  });

  it('leaves a component of the console alone that it does not name', async () => {
    await using desk = await openConsoleDesk(FILE);
    await desk.does('add', { component: SHOP });
    await desk.apply(FILE.replace('name: Web', 'name: Site, slug: web'));
    const list = await componentListView(await desk.context(), { managed: 'console' });
    expect(list).toMatchObject({ components: [{ slug: 'shop', managed: 'console' }], found: 1, total: 3 });
  });
});

describe('editing', () => {
  const edited = async (desk: ConsoleDesk, component: object, basedOn?: number, actor?: Actor) => {
    const form = await componentForm(await desk.context(), 'shop');
    if (isRefusal(form)) throw new Error(form.message);
    return desk.ask('edit', { slug: 'shop', basedOn: basedOn ?? form.recordedAt, component }, actor);
  };

  it('is a version of its own: what was measured stays as it was judged', async () => {
    await using desk = await openConsoleDesk(FILE);
    await desk.does('add', { component: SHOP });
    desk.clock.jumpWall(60_000);
    expect(await edited(desk, { ...SHOP, interval: '2m', name: 'The shop' })).toMatchObject({
      says: [
        'shop is changed and watched so from now on; what was measured before stays as it was judged.',
        '  name: Shop → The shop',
        '  interval: 30s → 2m',
        '  hold: 75s → 5m',
      ],
    });
    expect(
      await rows(
        desk,
        "SELECT hold_ms, confirmations FROM component_versions v JOIN components c ON c.id = v.component_id WHERE slug = 'shop' ORDER BY recorded_at_ms",
      ),
    ).toEqual([
      [75_000, 2],
      [300_000, 2],
    ]);
  });

  it('that changes nothing writes nothing', async () => {
    await using desk = await openConsoleDesk(FILE);
    await desk.does('add', { component: SHOP });
    const before = await rows(desk, 'SELECT (SELECT count(*) FROM component_versions), (SELECT count(*) FROM audit)');
    expect(await edited(desk, SHOP)).toMatchObject({ says: ['shop is as it was: nothing differs.'] });
    expect(await rows(desk, 'SELECT (SELECT count(*) FROM component_versions), (SELECT count(*) FROM audit)')).toEqual(before);
  });

  it('by the second of two people is refused with what the first changed and what this one would, and changes nothing', async () => {
    await using desk = await openConsoleDesk(FILE);
    const { recordedAt } = await desk.does('add', { component: SHOP });
    desk.clock.jumpWall(1_000);
    await edited(desk, { ...SHOP, interval: '5s' }, Number(recordedAt), ANN);
    desk.clock.jumpWall(1_000);
    const refusal = await edited(desk, { ...SHOP, name: 'My shop' }, Number(recordedAt));
    expect(refusal).toMatchObject({
      code: 'newer_version',
      message: 'shop was changed meanwhile by Ann. Nothing was stored; look at both changes and send yours again, based on the newer one.',
      facts: { by: 'Ann', basedOn: recordedAt, recordedAt: desk.clock.now() - 1_000, current: { name: 'Shop', interval: '5s' } },
    });
    const { theirs, yours } = (refusal as { facts: Record<string, { path: string; before: string; after: string }[]> }).facts;
    expect(theirs?.map(({ path, before, after }) => `${path} ${before} ${after}`)).toContain('interval 30s 5s');
    expect(yours?.map(({ path, before, after }) => `${path} ${before} ${after}`)).toEqual(
      expect.arrayContaining(['name Shop My shop', 'interval 5s 30s']),
    );
    expect(await edited(desk, { ...SHOP, interval: '5s', name: 'My shop' }, desk.clock.now() - 1_000)).toMatchObject({ slug: 'shop' });
  });

  it('is not in the way of a pause in between', async () => {
    await using desk = await openConsoleDesk(FILE);
    const { recordedAt } = await desk.does('add', { component: SHOP });
    desk.clock.jumpWall(1_000);
    await desk.does('pause', { slug: 'shop', reason: 'x' });
    desk.clock.jumpWall(1_000);
    expect(await edited(desk, { ...SHOP, name: 'My shop' }, Number(recordedAt))).toMatchObject({ slug: 'shop' });
    expect(await explainComponent(await desk.context(), 'shop')).toMatchObject({ pause: { reason: 'x' } });
  });

  it('never gives it another slug', async () => {
    await using desk = await openConsoleDesk(FILE);
    await desk.does('add', { component: SHOP });
    expect(await edited(desk, { ...SHOP, slug: 'other' })).toMatchObject({
      facts: {
        faults: [{ path: 'slug', message: '"slug" is shop for good, for history hangs on it; add a new component for another one' }],
      },
    });
  });
});

describe('a test', () => {
  const TRIED: Tried = {
    denied: null,
    result: {
      componentId: 'shop',
      locationId: 'local',
      scheduledAt: 0,
      at: 0,
      finishedAt: 5,
      canaryOk: null,
      outcome: 'fail',
      reason: 'text_missing',
      detail: 'Expected text missing.',
      httpStatus: 200,
      latencyUs: 5_000,
      phases: { dns: 1_000, connect: 2_000 },
      certExpiresAt: null,
    } as unknown as NonNullable<Tried['result']>,
    assertions: [
      { key: 'tls', held: true, detail: '' },
      { key: 'expect.body[0]', held: false, detail: '' },
      { key: 'expect.json[0]', held: null, detail: '' },
    ],
  };

  it('of what is typed goes only where the console may go, tells each assertion, and records nothing but that it was made', async () => {
    await using desk = await openConsoleDesk(FILE);
    const origins: unknown[] = [];
    desk.tried = async ({ origin, check }) => {
      origins.push([origin, check.timeoutMs]);
      return TRIED;
    };
    const answer = await desk.does(
      'test',
      { component: { name: 'T', http: 'https://shop.example.com/', interval: '10m', timeout: '5m' } },
      ANN,
    );
    expect(origins).toEqual([['console', 30_000]]);
    expect(answer).toMatchObject({ outcome: 'fail', words: 'expected text missing', phases: { dns: 1_000 } });
    expect(answer['says']).toEqual([
      'It fails after 5 ms: Expected text missing.',
      '  dns 1 ms, connect 2 ms',
      '  yes tls',
      '  no  expect.body[0]',
      '  - expect.json[0] (not judged)',
      'Nothing was recorded.',
    ]);
    expect(await rows(desk, 'SELECT count(*) FROM checks')).toEqual([[0]]);
    expect(await rows(desk, "SELECT actor_name FROM audit WHERE verb = 'component.test'")).toEqual([['Ann']]);
  });

  it('of what the file says goes where the file may', async () => {
    await using desk = await openConsoleDesk('components:\n  - {name: Db, tcp: "127.0.0.1:5432"}\n');
    const origins: unknown[] = [];
    desk.tried = async ({ origin }) => {
      origins.push(origin);
      return TRIED;
    };
    await desk.does('test', { slug: 'db' });
    expect(origins).toEqual([undefined]);
    expect(await desk.ask('test', { slug: 'db', component: { name: 'Db', tcp: '127.0.0.1:5432' } })).toMatchObject({
      code: 'bad_component',
    });
  });

  it('is refused where nobody probes, where nothing is probed, and when the prober says so', async () => {
    await using desk = await openConsoleDesk(FILE);
    expect(await desk.ask('test', { slug: 'job' })).toMatchObject({ code: 'not_probed' });
    desk.tried = () => Promise.reject(new Error('Too many checks are being tried at once. Try again in some seconds.'));
    expect(await desk.ask('test', { slug: 'web' })).toMatchObject({ code: 'nobody_probes', message: expect.stringContaining('Too many') });
    desk.tried = null;
    expect(await desk.ask('test', { slug: 'web' })).toMatchObject({ code: 'nobody_probes' });
    expect(await desk.ask('test', {})).toMatchObject({ code: 'bad_component' });
  });
});

describe('bad input', () => {
  it.each([
    ['no object', []],
    ['no component', {}],
    ['a component that is a list', { component: [] }],
    ['an unknown key', { component: SHOP, force: true }],
    ['an author that is no text', { component: SHOP, author: 5 }],
    ['__proto__', JSON.parse('{"component": {"__proto__": {"name": "x"}, "name": "A", "http": "https://a.example/"}, "x": 1}')],
  ])('%s is refused, and nothing is written', async (_, request) => {
    await using desk = await openConsoleDesk(FILE);
    const before = await rows(desk, 'SELECT count(*) FROM component_versions');
    expect(await desk.ask('add', request as object)).toMatchObject({ refused: true });
    expect(await rows(desk, 'SELECT count(*) FROM component_versions')).toEqual(before);
  });
});
