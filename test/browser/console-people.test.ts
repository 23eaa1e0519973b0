/** How people get into the console and what they change of themselves and others, in a real browser without scripts. */
import { Secret, TOTP } from 'otpauth';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { systemClock } from '#monitor/clock.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { SYSTEM } from '#monitor/context.ts';
import { createIdentity, type Identity } from '#monitor/identity/identity.ts';
import { secretsKeyOf } from '#monitor/identity/secrets-key.ts';
import { accountRoutes } from '#site/server/console/account-routes.ts';
import { entryRoutes } from '#site/server/console/entry-routes.ts';
import { peopleRoutes } from '#site/server/console/people-routes.ts';
import { faultsInLooks } from '../support/barriers.ts';
import { launchBrowser } from '../support/browser.ts';
import { builtRenderer, CLIENT_DIR } from '../support/built-pages.ts';
import { contextWith, type Rig, startRig } from '../support/front-rig.ts';
import { CHEAP, PASSWORD } from '../support/people-desk.ts';
import { openTempStore } from '../support/temp-store.ts';
import { DESK, PHONE } from '../support/visiting.ts';

const YAML = `
customers:
  - { id: alpha, name: Alpha Wren }
  - { id: beta, name: Beta Heron }
contracts:
  - { id: a-main, customer: alpha, currency: USD, monthly_fee: "100.00", from: 2026-10-01 }
  - { id: b-main, customer: beta, currency: USD, monthly_fee: "200.00", from: 2026-10-01 }
components:
  - { name: Checkout, slug: checkout, http: "http://127.0.0.1:9/" }
`;

let browser: Browser;
let store: Awaited<ReturnType<typeof openTempStore>>;
let rig: Rig;
let identity: Identity;
let origin: string;
/** Ada, without scripts; and Bob, who is let in on the way. */
let ada: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  store = await openTempStore();
  const settings = parseConfiguration(Buffer.from(YAML), 'avow.yaml', { secret: () => null, ownPorts: [] });
  if (!isConfig(settings)) throw new Error(settings.map(({ message }) => message).join(' '));
  await applyConfiguration({ store, clock: systemClock, actor: SYSTEM }, settings);
  identity = createIdentity({
    clock: systemClock,
    dataDir: null,
    key: secretsKeyOf('a key of forty characters, for the tests'),
    origins: { console: () => origin, setUp: () => origin },
    cost: CHEAP,
  });
  const parts = { identity, allowRemoteSetUp: false };
  rig = await startRig({
    renderer: await builtRenderer(),
    clientDir: CLIENT_DIR,
    context: () => contextWith(store, systemClock),
    console: [...entryRoutes(parts), ...accountRoutes(identity), ...peopleRoutes(identity)],
  });
  origin = `http://127.0.0.1:${rig.port}`;
  ada = await browser.newContext({ javaScriptEnabled: false, viewport: DESK });
  page = await ada.newPage();
});
afterAll(async () => {
  await browser?.close();
  await rig?.[Symbol.asyncDispose]();
  await store?.[Symbol.asyncDispose]();
});

const go = (path: string) => page.goto(`${origin}${path}`);
const heading = (where = page) => where.textContent('h1');
const fill = async (values: Readonly<Record<string, string>>, where = page): Promise<void> => {
  for (const [name, value] of Object.entries(values)) await where.fill(`main [name="${name}"]`, value);
};
const press = (words: string, where = page) => where.getByRole('button', { name: words }).click();

describe('the first admin', () => {
  test('is told beside the field what is wrong, and keeps what was typed but for the password', async () => {
    await page.goto(identity.setUp.begin(systemClock.now()).link);
    expect(await heading()).toBe('The first admin');
    await fill({ email: 'ada@example.com', name: 'Ada Holm', password: 'ten chars!' });
    await press('Make the first admin');
    expect(await page.textContent('.faults')).toMatch(/Nothing was changed yet\./);
    expect(await page.textContent('#f-password-fault')).toMatch(/10 characters\. Take at least 12/);
    expect(await page.getAttribute('#f-password', 'aria-describedby')).toContain('f-password-fault');
    expect(await page.inputValue('#f-email')).toBe('ada@example.com');
    expect(await page.inputValue('#f-password')).toBe('');
    expect(await page.content()).not.toContain('ten chars!');
  });
  test('is in, with cookies that no script reads', async () => {
    await fill({ password: PASSWORD });
    await press('Make the first admin');
    expect(page.url()).toBe(`${origin}/admin`);
    const cookies = await ada.cookies();
    expect(cookies.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite]).sort()).toEqual([
      ['did', true, 'Lax'],
      ['sid', true, 'Lax'],
    ]);
    await go('/admin/set-up');
    expect(await page.textContent('body')).toContain('There is no such page in the console.');
  });
});

describe('one’s own account', () => {
  let secret = '';
  let recovery: readonly string[] = [];
  test('takes up a second factor with a code, and shows recovery codes once', async () => {
    await go('/admin/account');
    await press('Begin with a second factor');
    expect(page.url()).toBe(`${origin}/admin/account/second-factor`);
    expect(await page.getAttribute('.qr', 'aria-label')).toMatch(/^The secret as a picture/);
    secret = ((await page.textContent('.secret')) ?? '').replaceAll(' ', '');
    await fill({ code: '000000' });
    await press('Ask for a code from now on');
    expect(await page.textContent('#f-code-fault')).toMatch(/^That is not the code/);
    expect(((await page.textContent('.secret')) ?? '').replaceAll(' ', '')).toBe(secret);
    await fill({ code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() });
    await press('Ask for a code from now on');
    recovery = await page.locator('.codes li').allTextContents();
    expect(recovery).toHaveLength(10);
    await page.reload().catch(() => undefined);
    await go('/admin/account');
    expect(await page.content()).not.toContain(recovery[0]);
    expect(await page.textContent('main')).toContain('10 recovery codes are left.');
  });
  test('makes a token that is shown once, and keeps what was typed when it is refused', async () => {
    await go('/admin/account/token');
    await fill({ name: 'pipeline', days: '900', cidr: '192.0.2.0/24' });
    await page.check('[value="releases:deploy"]');
    await press('Make the token');
    expect(await page.textContent('#f-days-fault')).toMatch(/1 to 365 whole days/);
    expect(await page.inputValue('#f-name')).toBe('pipeline');
    expect(await page.isChecked('[value="releases:deploy"]')).toBe(true);
    await fill({ days: '30' });
    await press('Make the token');
    const shown = (await page.textContent('.once code')) ?? '';
    expect(shown).toMatch(/^Authorization: Bearer sp_[a-z2-9]{12}_[\w-]{43}$/);
    await go('/admin/account');
    expect(await page.content()).not.toContain(shown.slice(-43));
    await page.getByRole('button', { name: 'Revoke the token pipeline' }).click();
    expect(await page.textContent('[role=status]')).toBe('The token is revoked.');
  });
  test('asks for the code after the password, and takes a recovery code instead', async () => {
    await press('Sign out');
    expect(await page.textContent('[role=status]')).toBe('You have signed out.');
    await go('/admin/account?x=1');
    expect(await heading()).toBe('Sign in');
    await fill({ email: 'ada@example.com', password: 'not the one at all' });
    await press('Sign in');
    expect(await page.textContent('.faults')).toBe('That e-mail address and password do not belong together. Check both, then try again.');
    expect(await page.inputValue('#f-email')).toBe('ada@example.com');
    await fill({ password: PASSWORD });
    await press('Sign in');
    expect(await heading()).toBe('Your code');
    expect(await page.content()).not.toContain(PASSWORD);
    await fill({ code: '123456' });
    await press('Go on');
    expect(await page.textContent('#f-code-fault')).toMatch(/^That code is not good/);
    await fill({ code: recovery[0] ?? '' });
    await press('Go on');
    expect(page.url()).toBe(`${origin}/admin/account`);
    expect(await page.textContent('main')).toContain('9 recovery codes are left.');
  });
  test('has the form again that was sent into a session that had ended, over password and code, and sends nothing by itself', async () => {
    await go('/admin/account/token');
    await fill({ name: 'night build', days: '30', cidr: '192.0.2.0/24' });
    await page.check('[value="releases:deploy"]');
    await store.write([
      { sql: 'UPDATE sessions SET last_seen_at_ms = last_seen_at_ms - 46800000, created_at_ms = created_at_ms - 46800000' },
    ]);
    await press('Make the token');
    expect(await heading()).toBe('Sign in');
    expect(await page.textContent('main')).toContain('What you typed is kept with this page');
    expect(await page.content()).not.toContain('night build');
    await fill({ email: 'ada@example.com', password: 'not the one at all' });
    await press('Sign in');
    await fill({ password: PASSWORD });
    await press('Sign in');
    await fill({ code: recovery[1] ?? '' });
    await press('Go on');
    expect(await heading()).toBe('A token for a program');
    expect(await page.textContent('[role=status]')).toContain('Nothing was sent.');
    expect([await page.inputValue('#f-name'), await page.inputValue('#f-days')]).toEqual(['night build', '30']);
    expect(await page.isChecked('[value="releases:deploy"]')).toBe(true);
    expect(await page.locator('.once code').count()).toBe(0);
    await press('Make the token');
    expect(await page.textContent('.once code')).toMatch(/^Authorization: Bearer sp_/);
  });
});

describe('people', () => {
  test('are invited by a link that is shown once and lets one person in', async () => {
    await go('/admin/people/invite');
    await fill({ email: 'not an address' }).catch(() => undefined);
    await fill({ email: 'bob@example.com', hours: '500' });
    await page.check('[value=ops]');
    await press('Make the link');
    expect(await page.textContent('#f-hours-fault')).toMatch(/1 to 168 whole hours/);
    expect(await page.isChecked('[value=ops]')).toBe(true);
    await fill({ hours: '24' });
    await press('Make the link');
    const link = (await page.textContent('.once code')) ?? '';
    expect(link).toMatch(new RegExp(`^${origin}/admin/invitations/[\\w-]{43}$`));
    const bob = await browser.newContext({ javaScriptEnabled: false, viewport: PHONE });
    const his = await bob.newPage();
    await his.goto(link);
    expect(await heading(his)).toBe('You are invited');
    await fill({ name: 'Ada Holm', password: PASSWORD }, his);
    await press('Take up the invitation', his);
    expect(await his.textContent('#f-name-fault')).toMatch(/^Somebody is called Ada Holm already/);
    await fill({ name: 'Bob Ruiz', password: PASSWORD }, his);
    await press('Take up the invitation', his);
    expect(his.url()).toBe(`${origin}/admin`);
    await his.goto(`${origin}/admin/people`);
    expect(await his.textContent('body')).toContain('Your role, ops, does not reach this far; admin does. Ask an admin.');

    await go('/admin/people');
    await page.getByRole('link', { name: 'Bob Ruiz' }).first().click();
    await page.check('[value=viewer]');
    await press('Give Bob Ruiz this role and end their sessions');
    expect(await page.textContent('[role=status]')).toBe('The role is changed, and their sessions have ended.');
    await his.goto(`${origin}/admin/account`);
    expect(await heading(his)).toBe('Sign in');
    await press('Shut Bob Ruiz out');
    expect(await page.textContent('main')).toContain('Disabled since');
    await his.goto(link);
    expect(await heading(his)).toBe('This link lets nobody in');
    await bob.close();
  });
  test('that somebody else has changed meanwhile are not written over', async () => {
    const path = new URL(page.url()).pathname;
    await go(path);
    await store.write([{ sql: `UPDATE people SET role = 'ops', version = version + 1 WHERE email = 'bob@example.com'` }]);
    await press('Let Bob Ruiz in again');
    expect(await page.textContent('.faults')).toMatch(/changed by somebody else in the meantime and is ops, disabled now/);
  });
  test('the last admin is not shut out, in a sentence', async () => {
    await go('/admin/people');
    await page.locator('main').getByRole('link', { name: 'Ada Holm' }).first().click();
    await press('Shut Ada Holm out and end');
    expect(await page.textContent('.faults')).toMatch(/Ada Holm is the last admin\. Make another person admin first\./);
  });
  test('are changed only by who has proved lately who they are', async () => {
    await store.write([{ sql: 'UPDATE sessions SET proved_at_ms = proved_at_ms - 660000' }]);
    await go('/admin/people/invite');
    expect(await heading()).toBe('Is it still you?');
    await fill({ password: 'not the one at all' });
    await press('Go on');
    expect(await page.textContent('#f-password-fault')).toBe('That is not your password. Type it again.');
    await fill({ password: PASSWORD });
    await press('Go on');
    expect(page.url()).toBe(`${origin}/admin/people/invite`);
  });
  test('and what was pressed when the proof had run out is done as soon as it is given', async () => {
    await go('/admin/people/invite');
    await fill({ email: 'cleo@example.com', hours: '31' });
    await page.check('[value=ops]');
    await store.write([{ sql: 'UPDATE sessions SET proved_at_ms = proved_at_ms - 660000' }]);
    await press('Make the link');
    expect(await heading()).toBe('Is it still you?');
    expect(await page.textContent('main')).toContain('is done at once when you have said who you are');
    await fill({ password: PASSWORD });
    await press('Go on');
    expect(await page.textContent('.once code')).toMatch(new RegExp(`^${origin}/admin/invitations/[\\w-]{43}$`));
    expect(await page.textContent('main')).toContain('cleo@example.com');
  });
});

describe('customers of an account manager', () => {
  const GIVE = 'Give Dora Lind these customers and no others';
  const ticked = (where = page) =>
    where.locator('[name=customer]:checked').evaluateAll((all) => all.map((one) => one.getAttribute('value')));
  /** What the next key acts on, or what is being read out. */
  const focused = (where: Page) => where.evaluate<string>(`document.activeElement.className || document.activeElement.textContent`);
  let path = '';
  test('are given with the invitation, kept when it is refused, and theirs when they come in', async () => {
    await go('/admin/people/invite');
    await fill({ email: 'dora@example.com', hours: '500' });
    await page.check('[value=account_manager]');
    await page.getByLabel('Alpha Wren').check();
    await press('Make the link');
    expect(await page.textContent('#f-hours-fault')).toMatch(/1 to 168 whole hours/);
    expect(await ticked()).toEqual(['alpha']);
    await fill({ hours: '24' });
    await press('Make the link');
    const link = (await page.textContent('.once code')) ?? '';
    await go('/admin/people');
    expect(await page.locator('tr', { hasText: 'dora@example.com' }).textContent()).toContain('account manager: alpha');
    const dora = await browser.newContext({ javaScriptEnabled: false, viewport: PHONE });
    const hers = await dora.newPage();
    await hers.goto(link);
    await fill({ name: 'Dora Lind', password: PASSWORD }, hers);
    await press('Take up the invitation', hers);
    await dora.close();
    await go('/admin/people');
    await page.locator('main').getByRole('link', { name: 'Dora Lind' }).first().click();
    path = new URL(page.url()).pathname;
    expect(await ticked()).toEqual(['alpha']);
  });
  test('are changed without scripts, down to none, and stay ticked when something else is refused', async () => {
    await page.getByLabel('Beta Heron').check();
    await press(GIVE);
    expect(await page.textContent('[role=status]')).toBe('They reach these customers and no others from now on.');
    expect(await ticked()).toEqual(['alpha', 'beta']);
    // The role that she has: refused, and the other form is as it was.
    await press('Give Dora Lind this role');
    expect(await page.textContent('.faults')).toContain('account manager');
    expect(await ticked()).toEqual(['alpha', 'beta']);
    await page.getByLabel('Alpha Wren').uncheck();
    await page.getByLabel('Beta Heron').uncheck();
    await press(GIVE);
    expect(await page.textContent('main')).toContain('Dora Lind has no customers yet, and so reads no report.');
  });
  test('are changed by keys alone, with scripts, and what came of it has the focus', async () => {
    const context = await browser.newContext({ viewport: PHONE });
    await context.addCookies(await ada.cookies());
    const shown = await context.newPage();
    await shown.goto(origin + path);
    // From the radio buttons of the role: its button, then the boxes.
    await shown.locator('[name=role]:checked').focus();
    for (const key of ['Tab', 'Tab', 'Tab', 'Space', 'Tab']) await shown.keyboard.press(key);
    expect(await focused(shown)).toBe('second');
    expect(await ticked(shown)).toEqual(['beta']);
    await shown.keyboard.press('Enter');
    await shown.waitForURL(/said=customers/);
    expect(await focused(shown)).toBe('said');
    // Somebody else was faster: what was ticked stays, and the next key begins at the reason.
    await shown.getByLabel('Alpha Wren').check();
    await store.write([{ sql: `UPDATE people SET version = version + 1 WHERE email = 'dora@example.com'` }]);
    await shown.getByRole('button', { name: GIVE }).press('Enter');
    await shown.waitForURL(/customers$/);
    expect(await focused(shown)).toBe('faults');
    expect(await shown.textContent('.faults')).toContain('Dora Lind was changed by somebody else in the meantime.');
    expect(await ticked(shown)).toEqual(['alpha', 'beta']);
    await context.close();
  });
});

describe('pages', () => {
  const LOOKS = [
    { viewport: PHONE, colorScheme: 'dark' },
    { viewport: DESK, colorScheme: 'light' },
  ] as const;
  let shown: Page;
  beforeAll(async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    await context.addCookies(await ada.cookies());
    shown = await context.newPage();
  });
  // Last the one for whoever has no session.
  const PATHS = ['/admin/account', '/admin/account/token', '/admin/people', '/admin/people/invite', '/admin/prove', '/admin/sign-in'];
  test.each(PATHS)('%s on a phone in the dark and on a desk in the light has no barrier that axe finds, and fits', async (path) => {
    if (path === '/admin/sign-in') await shown.context().clearCookies();
    await shown.goto(`${origin}${path}`);
    expect(await faultsInLooks(shown, LOOKS)).toEqual([]);
  });
});
