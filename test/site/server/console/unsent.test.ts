/**
 * Forms that lose nothing: whoever is held up because the session had ended, or because what is grave asks anew who sits there, finds what
 * was typed again, and nobody else can put anything in its place. Over the wire, at every address that takes a form (P15).
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#domain/access/permission.ts';
import { hashPassword } from '#monitor/identity/password-hash.ts';
import { CONSOLE_MATRIX } from '../../../support/console-matrix.ts';
import { CHEAP, PASSWORD } from '../../../support/people-desk.ts';
import { ask, type RawAnswer } from '../../../support/raw-http.ts';
import { storeContent } from '../../../support/store-content.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { startWholeConsole, type WholeConsole } from '../../../support/whole-console.ts';

type Fields = Readonly<Record<string, string>>;
interface Shown {
  readonly carried?: string | null;
  readonly next?: string;
  readonly [more: string]: unknown;
}

const clock = new VirtualClock(Date.UTC(2026, 10, 27, 14));
let rig: WholeConsole;
beforeAll(async () => {
  rig = await startWholeConsole(clock);
  await rig.store.write([{ sql: 'UPDATE people SET password_hash = ?', args: [await hashPassword(PASSWORD, CHEAP)] }]);
});
afterAll(() => rig[Symbol.asyncDispose]());

/** Sessions as in the tests' beginning, and as much time as keeps every limit away. */
const set = async (what: 'fresh' | 'unproved' | 'idle' | 'a week old'): Promise<void> => {
  await clock.advance(61_000);
  const [seen, proved] = [what === 'idle' ? 13 : 0, what === 'unproved' ? 1 : 0].map((hours) => clock.now() - hours * 3_600_000);
  await rig.store.write([
    {
      sql: 'UPDATE sessions SET ended_at_ms = NULL, ended_because = NULL, created_at_ms = ?, last_seen_at_ms = ?, proved_at_ms = ?',
      args: [clock.now() - (what === 'a week old' ? 7 * 24 : 20) * 3_600_000, seen ?? 0, proved ?? 0],
    },
  ]);
};
const post = (role: Role, path: string, fields: Fields, more: Fields = {}): Promise<RawAnswer> => {
  const person = rig.people.as[role];
  return ask(rig.port, path, {
    method: 'POST',
    headers: { ...person.headers(rig.origin), Accept: 'text/html', 'Content-Type': 'application/x-www-form-urlencoded', ...more },
    body: new URLSearchParams({ form_token: person.formToken(), ...fields }).toString(),
  });
};
const shown = (answer: RawAnswer): Shown => JSON.parse(/<pre>([\s\S]*?)<\/pre>/.exec(answer.body.toString())?.[1] ?? '{}');
const cookieOf = ({ headers }: RawAnswer): string => /sid=([\w-]{43})/.exec(String(headers['set-cookie'] ?? ''))?.[1] ?? '';
const signedIn = (browser: Role, carried: string, as: Role = browser): Promise<RawAnswer> =>
  post(browser, '/admin/sign-in', { email: `${as}@example.com`, password: PASSWORD, next: '/admin/account', carried });
const OFTEN = ['sessions', 'audit', 'people'];

/** What is typed where the tests below have no other words for it. */
const TYPED: Readonly<Record<string, Fields>> = {
  '/admin/incidents/new': {
    title: 'Cards are refused',
    body: 'Since **11:40**; we look.',
    status: 'identified',
    'impact.checkout': 'degraded',
  },
  '/admin/incidents/templates': { name: 'Card payments', title: 'Cards fail', identified: 'The provider fails.' },
  '/admin/maintenance/new': { title: 'Disks', body: 'Two disks are exchanged.', from: '10:05', to: '11:35', scope: 'all' },
  '/admin/overrides/new': { component: 'search', state: 'down', start: '2026-11-20 10:15', reason: 'Seen by hand', evidence: 'T-17' },
  '/admin/releases/new': { version: '4.7.1', title: 'Faster search', kind: 'hotfix', tickets: 'T-4', notes: 'Search is faster.' },
  '/admin/components/new': {
    slug: 'mail-out-at-night',
    name: 'Mail out',
    description: 'What we send',
    group: 'Back',
    check: 'tcp: mail.example.com:25',
  },
  '/admin/components/checkout/edit': {
    name: 'The till',
    description: 'Where one pays',
    group: 'Front',
    check: 'tcp: till.example.com:443',
  },
  '/admin/components/checkout/pause': { reason: 'The old hall moves', until: '2026-12-01 08:00' },
  '/admin/account/token': { name: 'pipeline', cidr: '192.0.2.0/24', days: '17', scopes: 'releases:write' },
  '/admin/people/invite': { email: 'new@example.com', role: 'ops', hours: '31' },
};
const forms = CONSOLE_MATRIX.filter(
  ({ method, needs, but, example }) => method === 'POST' && needs !== 'anybody' && but !== 'fragment' && example !== '/admin/sign-out',
);

describe('a session that ended while somebody wrote', () => {
  beforeEach(() => set('idle'));

  test.each(forms)('has the text again after signing in, and nothing was done: $example', async ({ example }) => {
    const typed = TYPED[example] ?? { words: 'what was typed' };
    const before = await storeContent(rig.store, OFTEN);
    const held = await post('admin', example, { ...typed, do: 'publish', password: 'hunter2 hunter2', current: 'hunter2 hunter2' });
    const { carried = '' } = shown(held);
    expect([held.status, typeof carried]).toEqual([401, 'string']);
    expect(held.body.toString()).not.toContain(Object.values(typed)[0]);
    const back = await signedIn('admin', carried ?? '');
    // Its page is gone with the key that was begun before.
    expect([back.status, cookieOf(back)]).toEqual([example.endsWith('/confirm') ? 303 : 200, expect.stringMatching(/./)]);
    const page = JSON.stringify(shown(back));
    const isBare = ['/admin/account/password', '/admin/account/second-factor/confirm'].includes(example);
    if (!isBare) for (const value of Object.values(typed)) expect(page).toContain(JSON.stringify(value));
    expect(page).not.toContain('hunter2');
    expect(await storeContent(rig.store, OFTEN)).toBe(before);
  });

  test('has it too when it was a week old, though in use: the browser keeps the cookie a week longer, and it opens nothing else', async () => {
    await set('a week old');
    const held = await post('ops', '/admin/incidents/new', { title: 'Cards are refused' });
    const back = await signedIn('ops', shown(held).carried ?? '');
    expect([held.status, back.status, JSON.stringify(shown(back)).includes('Cards are refused')]).toEqual([401, 200, true]);
    expect(String(back.headers['set-cookie'])).toMatch(/sid=[\w-]{43};[^,]*Max-Age=1209600/);
    const { headers } = await ask(rig.port, '/admin/account', {
      headers: { ...rig.people.as.ops.headers(rig.origin), Accept: 'text/html' },
    });
    expect(headers['location']).toBe('/admin/sign-in?next=%2Fadmin%2Faccount');
  });

  test('and one that was signed out of is simply left', async () => {
    const { carried = '' } = shown(await post('ops', '/admin/sign-out', {}));
    expect((await signedIn('ops', carried ?? '')).headers['location']).toBe('/admin');
  });

  test('keeps the text over a wrong password', async () => {
    const { carried } = shown(await post('ops', '/admin/incidents/new', { title: 'Cards are refused' }));
    const wrong = await post('ops', '/admin/sign-in', { email: 'ops@example.com', password: 'no such otters', carried: carried ?? '' });
    expect([wrong.status, shown(wrong).carried]).toEqual([403, carried]);
  });

  test('keeps nothing for another person, nor for another browser', async () => {
    const { carried } = shown(await post('ops', '/admin/incidents/new', { title: 'Cards are refused' }));
    for (const [browser, as] of [
      ['ops', 'admin'],
      ['admin', 'ops'],
      ['admin', 'admin'],
    ] as const) {
      const answer = await signedIn(browser, carried ?? '', as);
      expect([browser, as, answer.status, answer.headers['location']]).toEqual([browser, as, 303, '/admin/account']);
    }
  });

  test.each<readonly [string, Fields, Fields]>([
    ['from elsewhere', {}, { Origin: 'https://elsewhere.example' }],
    ['from a neighbour', {}, { 'Sec-Fetch-Site': 'same-site' }],
    ['from nowhere', {}, { Origin: 'null' }],
    ['without a token', { form_token: '' }, {}],
    ['with a token of another length', { form_token: 'x' }, {}],
    ['with a cookie that was never ours', {}, { Cookie: `sid=${'x'.repeat(43)}` }],
  ])('a form %s is kept nowhere', async (_what, fields, headers) => {
    const answer = await post('ops', '/admin/incidents/new', { title: 'Planted', ...fields }, headers);
    expect([answer.status, answer.body.toString().includes('Planted'), shown(answer).carried]).toEqual([401, false, undefined]);
  });
  test('nor one with the token of another session', async () => {
    const answer = await post('ops', '/admin/incidents/new', { title: 'Planted', form_token: rig.people.as.admin.formToken() });
    expect([answer.status, shown(answer).carried]).toEqual([401, undefined]);
  });

  test.each<readonly [string, (sealed: string) => string]>([
    ['altered', (sealed) => `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`],
    ['cut short', (sealed) => sealed.slice(0, -8)],
    ['invented', () => 'b1.0000000000000000.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['no text at all', () => '{"path":"/admin/incidents/new"}'],
  ])('a carried form that was %s opens nothing', async (_what, change) => {
    const { carried } = shown(await post('ops', '/admin/incidents/new', { title: 'Cards are refused' }));
    const answer = await signedIn('ops', change(carried ?? ''));
    expect([answer.status, answer.headers['location']]).toEqual([303, '/admin/account']);
  });
});

describe('a proof that ran out', () => {
  const PERSON = () => `/admin/people/${rig.people.as.viewer.id}`;
  const proved = (role: Role, carried: string, password = PASSWORD): Promise<RawAnswer> =>
    post(role, '/admin/prove', { password, carried, next: '/admin/account' });
  beforeEach(() => set('unproved'));

  test('asks for the password with the form in hand, and does what was pressed when it is given', async () => {
    const held = await post('admin', '/admin/people/invite', { email: 'new@example.com', role: 'ops', hours: '31' });
    const { carried, next } = shown(held);
    expect([held.status, next]).toEqual([403, '/admin/people/invite']);
    const wrong = await proved('admin', carried ?? '', 'no such otters');
    expect([wrong.status, shown(wrong).carried]).toEqual([403, carried]);
    const done = await proved('admin', carried ?? '');
    expect([done.status, shown(done)['made']]).toEqual([200, expect.objectContaining({ email: 'new@example.com' })]);
  });
  test('of a button too, where the guard itself asks and where the verb does', async () => {
    const role = shown(await post('admin', `${PERSON()}/role`, { role: 'account_manager', version: '1' }));
    expect((await proved('admin', role.carried ?? '')).headers['location']).toBe(`${PERSON()}?said=role`);
    await set('unproved');
    const approval = await post('admin', '/admin/overrides/abc/approve', {});
    expect(approval.status).toBe(403);
    // It goes on to its own answer: there is no such override.
    expect((await proved('admin', shown(approval).carried ?? '')).status).toBe(404);
  });
  test('does nothing for another session, and nothing that the role may not', async () => {
    const { carried } = shown(await post('admin', `${PERSON()}/disable`, { version: '2' }));
    const before = await storeContent(rig.store, OFTEN.slice(0, 2));
    expect((await proved('ops', carried ?? '')).headers['location']).toBe('/admin/account');
    const foreign = await post(
      'admin',
      '/admin/prove',
      { password: PASSWORD, carried: carried ?? '' },
      { Origin: 'https://elsewhere.example' },
    );
    expect([foreign.status, await storeContent(rig.store, OFTEN.slice(0, 2))]).toEqual([403, before]);
  });
});

describe('a form of an earlier session, sent in one that lives', () => {
  test('is shown again and not sent', async () => {
    await set('fresh');
    const before = await storeContent(rig.store, OFTEN);
    const form_token = rig.people.as.admin.formToken();
    const answer = await post('ops', '/admin/incidents/new', { ...TYPED['/admin/incidents/new'], do: 'open', form_token });
    expect([answer.status, shown(answer)['form']]).toEqual([
      403,
      expect.objectContaining({ values: expect.objectContaining({ title: 'Cards are refused', 'impact.checkout': 'degraded' }) }),
    ]);
    expect(await storeContent(rig.store, OFTEN)).toBe(before);
  });
  test('shows nothing to a page of elsewhere, nor without any token', async () => {
    await set('fresh');
    for (const [fields, headers] of [
      [{ form_token: rig.people.as.admin.formToken() }, { Origin: 'https://elsewhere.example' }],
      [{ form_token: '' }, {}],
    ] as const) {
      const answer = await post('ops', '/admin/incidents/new', { title: 'Planted', ...fields }, headers);
      expect([answer.status, answer.body.toString().includes('Planted')]).toEqual([403, false]);
    }
  });
});
