/**
 * What is written and never read again (P33), over the wire: values that somebody wrote out into checks, and who paused what and why, are
 * looked for in every answer that the console and the API have, as everybody who may ask.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#domain/access/permission.ts';
import { ANSWER_TYPE } from '#monitor/actions/answer-type.ts';
import { API_MATRIX } from '../../../support/api-matrix.ts';
import { CONSOLE_MATRIX } from '../../../support/console-matrix.ts';
import { ask } from '../../../support/raw-http.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { startWholeConsole, type WholeConsole } from '../../../support/whole-console.ts';

const clock = new VirtualClock(Date.UTC(2026, 10, 27, 14));
/** Written out in a header, a query, a body, what is sent over TCP; in what was before, is now, and was never taken. */
const entry = (nth: string) => ({
  name: 'Vault',
  http: {
    url: `https://vault.example.com/health?key=canary-query-${nth}`,
    method: 'POST',
    headers: { 'X-Team': `canary-header-${nth}`, Authorization: `Bearer canary-bearer-${nth}` },
    body: `{"password":"canary-body-${nth}"}`,
  },
});
const WHY = { reason: 'warum-grund', author: null };
const document = (nth: string): string =>
  JSON.stringify({
    components: [
      { name: 'Checkout', http: { url: `https://checkout.example.com/?q=canary-file-${nth}`, headers: { 'X-One': `canary-one-${nth}` } } },
      { name: 'Search', tcp: { host: 'search.example.com', port: 443, send: `canary-send-${nth}` } },
    ],
  });

let rig: WholeConsole;
const said: { readonly who: string; readonly what: string; readonly text: string }[] = [];
const asking = async (role: Role, method: string, path: string, body?: object, accept = '*/*'): Promise<string> => {
  await clock.advance(1_000);
  const person = rig.people.as[role];
  const headers = { ...person.headers(rig.origin), 'X-Form-Token': person.formToken(), 'Content-Type': 'application/json', Accept: accept };
  const answer = await ask(rig.port, path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const text = answer.body.toString();
  said.push({ who: role, what: `${method} ${path} ${accept} ${answer.status}`, text });
  return text;
};
const verb = (name: string, body: object): Promise<string> => asking('admin', 'POST', `/api/v1/${name}`, body);
/** As between two Avows of one version. */
const verbRaw = (name: string, body: object): Promise<string> => asking('admin', 'POST', `/api/v1/${name}`, body, ANSWER_TYPE);
const recordedAt = async (): Promise<string> => {
  const form = JSON.parse(await asking('ops', 'GET', '/api/v1/private/components/vault/form')) as { recorded_at: string };
  return form.recorded_at;
};
const found = (canary: RegExp, who?: Role): string[] =>
  said.flatMap(({ who: by, what, text }) =>
    who === undefined || by === who ? (canary.exec(text) ? [`${by}: ${what}: ${canary.exec(text)?.[0]}`] : []) : [],
  );

beforeAll(async () => {
  rig = await startWholeConsole(clock);
  await verb('configuration/apply', { name: 'avow.yaml', document: document('first') });
  await verb('components/add', { component: entry('first'), author: null });
  const seen = await recordedAt();
  await verb('components/edit', { slug: 'vault', basedOn: seen, component: entry('second'), author: null });
  await verb('components/edit', { slug: 'vault', basedOn: seen, component: entry('third'), author: null });
  await verb('components/edit', { slug: 'vault', basedOn: 5, component: { ...entry('fourth'), interval: 'soon' }, author: null });
  await verb('components/test', { slug: 'vault', component: entry('fifth'), author: null });
  await verb('components/pause', { slug: 'vault', ...WHY });
  await verb('components/pause', { slug: 'checkout', ...WHY });
  await verb('configuration/plan', { name: 'avow.yaml', document: document('second') });
  await verb('configuration/apply', { name: 'avow.yaml', document: document('third') });
  const found = await recordedAt();
  await verbRaw('components/edit', { slug: 'vault', basedOn: found, component: entry('sixth'), author: null });
  await verbRaw('components/edit', { slug: 'vault', basedOn: found, component: entry('seventh'), author: null });
  await verbRaw('components/test', { slug: 'vault', component: null, author: null });
  await verbRaw('components/test', { slug: 'vault', component: entry('eighth'), author: null });
  await verbRaw('configuration/plan', { name: 'avow.yaml', document: document('fourth') });
  await verbRaw('configuration/apply', { name: 'avow.yaml', document: document('fifth') });
  const [[last]] = (await rig.store.read({ sql: 'SELECT max(seq) FROM audit' })).rows as unknown as [[number]];
  const rows = Array.from({ length: Number(last) }, (_, i) => i + 1);
  const paths = [
    ...CONSOLE_MATRIX.filter(({ method, but }) => method === 'GET' && but !== 'fragment' && but !== 'only here').map(
      ({ example }) => example,
    ),
    ...API_MATRIX.filter(({ method }) => method === 'GET').map(({ example }) => example),
  ].filter((path) => !path.includes('reports'));
  for (const path of paths)
    for (const role of ['viewer', 'admin'] as const)
      for (const one of path.includes('checkout') ? [path, path.replace('checkout', 'vault')] : [path]) {
        await asking(role, 'GET', one);
        if (one.startsWith('/api/')) await asking(role, 'GET', one, undefined, ANSWER_TYPE);
      }
  for (const seq of rows) for (const path of [`/admin/audit/${seq}`, `/api/v1/private/audit/${seq}`]) await asking('admin', 'GET', path);
  for (const path of ['/', '/components/vault', '/components/checkout', '/api/v2/summary.json', '/api/v1/status', '/feed.atom'])
    said.push({ who: 'anybody', what: path, text: (await ask(rig.port, path)).body.toString() });
});
afterAll(() => rig[Symbol.asyncDispose]());

test('what was written out into a check comes back from nowhere: no page, no document, no answer to a verb, no row of the audit', () => {
  expect(found(/canary-[a-z]+-[a-z]+/)).toEqual([]);
  // They were taken, refused and told about, so there was something to hide.
  const all = said.map(({ text }) => text).join('\n');
  expect(all).toContain('https://vault.example.com/health?key=•');
  expect(all).toContain('changed meanwhile');
  expect(all).toMatch(/written anew/);
});

test('who paused a check and why is read by those who run this, and by nobody else', () => {
  expect(found(/warum-grund/, 'viewer')).toEqual([]);
  expect(said.filter(({ who, text }) => who === 'anybody' && /warum-grund/.test(text))).toEqual([]);
  expect(found(/warum-grund/, 'admin').length).toBeGreaterThan(3);
  const shown = said.filter(({ who, what }) => who === 'viewer' && /components\/(vault|checkout) \S+ 200/.test(what));
  expect(shown.length).toBeGreaterThanOrEqual(4);
  for (const { text } of shown) expect(text).not.toContain('Adele');
  expect(shown.some(({ text }) => text.includes('It is paused since'))).toBe(true);
});

test('a form that comes back untouched keeps what it hides, and says that nothing differs', async () => {
  const form = JSON.parse(await asking('ops', 'GET', '/api/v1/private/components/vault/form')) as { recorded_at: string; form: object };
  expect(JSON.stringify(form)).toContain('"X-Team":"•"');
  const answer = await verb('components/edit', { slug: 'vault', basedOn: form.recorded_at, component: form.form, author: null });
  expect(answer).toContain('nothing differs');
  const elsewhere = JSON.parse(JSON.stringify(form.form).replaceAll('vault.example.com', 'thief.example.com')) as object;
  expect(await verb('components/edit', { slug: 'vault', basedOn: form.recorded_at, component: elsewhere, author: null })).toContain(
    'the target is another one than before',
  );
});

test('an exported configuration is applied again without a difference, though it hides what was written out', async () => {
  const { text } = JSON.parse(await asking('admin', 'GET', '/api/v1/private/configuration')) as { text: string };
  expect(text).toContain('X-One: •');
  const plan = JSON.parse(await verb('configuration/plan', { name: 'exported.yaml', document: text })) as { differences: unknown[] };
  expect(plan.differences).toEqual([]);
  const strange = await verb('configuration/plan', { name: 'other.yaml', document: text.replace('name: Search', 'name: Lookup') });
  expect(strange).toContain('stands for a value that is not shown, and there is none to keep');
});

test('a guess at what is not shown is answered alike whether it is right or wrong: by a plan, an edit, the history and a conflict', async () => {
  // As it is in force, and as it is not.
  const plan = async (guess: string): Promise<string> =>
    asking('ops', 'POST', '/api/v1/configuration/plan', {
      name: 'avow.yaml',
      document: document('fifth').replace('canary-one-fifth', guess),
    });
  const right = await plan('canary-one-fifth');
  expect(right).toBe(await plan('canary-one-wrong'));
  expect(right).toContain('http.headers.X-One: written anew, not shown');

  const shop = (guess: string) => ({ name: 'Vault', http: { url: 'https://vault.example.com/', headers: { 'X-Team': guess } } });
  const edit = async (basedOn: string, guess: string): Promise<{ readonly says: readonly string[]; readonly recorded_at: string }> =>
    JSON.parse(
      await asking('ops', 'POST', '/api/v1/components/edit', { slug: 'vault', basedOn, component: shop(guess), author: null }),
    ) as never;
  const first = await edit(await recordedAt(), 'canary-guess-one');
  const same = await edit(first.recorded_at, 'canary-guess-one');
  const other = await edit(same.recorded_at, 'canary-guess-two');
  expect(same.says).toEqual(other.says);
  expect(same.says.join('\n')).toContain('http.headers.X-Team: written anew, not shown');
  expect([same.recorded_at > first.recorded_at, other.recorded_at > same.recorded_at]).toEqual([true, true]);
  const { history } = JSON.parse(await asking('viewer', 'GET', '/api/v1/private/components/vault')) as {
    history: { recorded_at: string }[];
  };
  const [last, before] = history.map(({ recorded_at: _, ...rest }) => rest);
  expect(last).toEqual(before);
  expect(last).toMatchObject({ deed: 'changed', fields: [] });
  // Whoever comes late is told of both as of a change, and not of which.
  for (const basedOn of [first.recorded_at, same.recorded_at]) {
    const late = JSON.stringify(await edit(basedOn, 'canary-guess-two'));
    expect([basedOn, late.includes('newer_version'), late.includes('"theirs":[]')]).toEqual([basedOn, true, true]);
  }
  const { rows } = await rig.store.read({
    sql: `SELECT json_extract(after_json, '$.written_anew[0]') FROM audit WHERE verb = 'component.edit' ORDER BY seq DESC LIMIT 2`,
  });
  expect(rows.flat()).toEqual(['http.headers.X-Team', 'http.headers.X-Team']);
  expect(found(/canary-[a-z]+-[a-z]+/)).toEqual([]);
});
