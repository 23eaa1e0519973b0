/** Signing in, and how often may be guessed (P13, in virtual time). */
import { describe, expect, it } from 'vitest';
import { isRefusal } from '#domain/refusal.ts';
import { MINUTE } from '#domain/time/instant.ts';
import { disablePerson } from '#monitor/actions/disable-person.ts';
import { hashRoom } from '#monitor/identity/hash-room.ts';
import { createIdentity } from '#monitor/identity/identity.ts';
import { hashPassword } from '#monitor/identity/password-hash.ts';
import { secretsKeyOf } from '#monitor/identity/secrets-key.ts';
import { CHEAP, codeOf, HERE, PASSWORD, type PeopleDesk, peopleDesk, taken } from '../../support/people-desk.ts';

const WRONG = 'eight weasels in the snow';
const from = (address: string): { address: string; addressKey: string } => ({ address, addressKey: address });

/** How many guesses at `email` were judged, of those that are made from `addresses` in turn, spread over `overMs`. */
const guesses = async (desk: PeopleDesk, emails: readonly string[], addresses: number, count: number, overMs: number) => {
  const judged: { readonly email: string; readonly at: number }[] = [];
  const codes = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const email = emails[i % emails.length] as string;
    const answer = await desk.signIn(email, { ...from(`198.51.100.${i % addresses}`), password: `${WRONG} ${i}` });
    const code = codeOf(answer);
    codes.set(code, (codes.get(code) ?? 0) + 1);
    if (code === 'wrong') judged.push({ email, at: desk.clock.monotonicUs() });
    desk.clock.stall(overMs / count);
  }
  return { judged, codes };
};
/** The most that were judged of one account in any 15 minutes. */
const densest = (judged: readonly { readonly email: string; readonly at: number }[]): number => {
  let most = 0;
  for (const { email, at } of judged)
    most = Math.max(most, judged.filter((one) => one.email === email && one.at >= at && one.at < at + 15 * MINUTE * 1_000).length);
  return most;
};

describe('signing in', () => {
  it('gives a session, and a device that is known from then on', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const entered = taken(await desk.signIn(' ADA@Example.com '));
    expect(entered.person).toMatchObject({ name: 'Ada', role: 'admin' });
    expect(entered.session.secret).toMatch(/^[\w-]{43}$/);
    expect(entered.device).toMatch(/^[\w-]+$/);
    expect(await desk.opens(entered.session.secret)).toBe(true);
  });
  it('says the same of an unknown address, a wrong password and somebody who is shut out', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    await desk.join('bob@example.com', 'ops');
    taken(await disablePerson(desk.owner, { person: 'bob@example.com', version: null }));
    const answers = [
      await desk.signIn('nobody@example.com'),
      await desk.signIn('ada@example.com', { password: WRONG }),
      await desk.signIn('bob@example.com'),
    ];
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(codeOf(answers[0])).toBe('wrong');
  });
  it('takes the password exactly: no trimming, no folding', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    for (const near of [` ${PASSWORD}`, `${PASSWORD} `, PASSWORD.toUpperCase(), PASSWORD.slice(0, -1), ''])
      expect(codeOf(await desk.signIn('ada@example.com', { password: near, ...from(`a${near}`) }))).toMatch(/^(wrong|limited)$/);
  });
  it('hashes a password anew when it was hashed at another cost', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const before = await hashPassword(PASSWORD, { memory: 32, passes: 1, lanes: 1 });
    await desk.store.write([{ sql: 'UPDATE people SET password_hash = ?', args: [before] }]);
    taken(await desk.signIn('ada@example.com'));
    const [[after]] = (await desk.rows('SELECT password_hash FROM people')) as [[string]];
    expect(after).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/);
    taken(await desk.signIn('ada@example.com'));
    expect(await desk.rows('SELECT password_hash FROM people')).toEqual([[after]]);
  });
});

describe('guessing', () => {
  it('5,000 guesses from one address: at most 40 are judged in 15 minutes, at most 10 of one account', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    await desk.join('bob@example.com', 'ops');
    const { judged } = await guesses(desk, ['ada@example.com', 'bob@example.com', 'nobody@example.com'], 1, 5_000, 15 * MINUTE);
    expect(judged.length).toBeLessThanOrEqual(40);
    expect(densest(judged)).toBeLessThanOrEqual(10);
    expect(densest(judged)).toBeGreaterThanOrEqual(5);
  });
  it('5,000 guesses from 500 addresses: at most 10 of one account are judged in any 15 minutes', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const { judged, codes } = await guesses(desk, ['ada@example.com', 'nobody@example.com'], 500, 5_000, 60 * MINUTE);
    expect(densest(judged)).toBeLessThanOrEqual(10);
    expect(codes.get('limited')).toBeGreaterThan(4_900);
  });
  it('60,000 addresses, and addresses of nobody without end, make it forget no guess at anybody and lock out no device that is known', async () => {
    await using desk = await peopleDesk();
    const { device } = await desk.setUp();
    const { identity, clock } = desk;
    for (let i = 0; i < 5; i++) expect(codeOf(await desk.signIn('ada@example.com', { password: `${WRONG} ${i}` }))).toBe('wrong');
    for (let i = 0; i < 60_000; i++) {
      identity.byAddress.take(`flood ${i}`);
      identity.byNobody.take(`flood ${i}`);
    }
    // Neither from where the guesses came nor from elsewhere.
    expect(codeOf(await desk.signIn('ada@example.com', { password: WRONG }))).toBe('limited');
    expect(codeOf(await desk.signIn('ada@example.com', { ...from('203.0.113.77'), password: WRONG }))).toBe('limited');
    expect(codeOf(await desk.signIn('ada@example.com', { ...from('203.0.113.77'), device }))).toBe('done');
    clock.stall(4 * MINUTE);
    expect(codeOf(await desk.signIn('ada@example.com', from('203.0.113.77')))).toBe('done');
  });
  it('keeps nobody out who comes from a device that is known, whatever strangers do from everywhere or from the same address', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const { device } = taken(await desk.signIn('ada@example.com'));
    for (let i = 0; i < 60; i++) await desk.signIn('ada@example.com', { password: WRONG, ...from(`198.51.100.${i}`) });
    for (let i = 0; i < 60; i++) await desk.signIn('ada@example.com', { password: WRONG });
    expect(codeOf(await desk.signIn('ada@example.com'))).toBe('limited');
    expect(codeOf(await desk.signIn('ada@example.com', { device }))).toBe('done');
  });
  it('counts guesses from a device that is known as well, and believes none that it did not write', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const { device } = taken(await desk.signIn('ada@example.com'));
    const codes: string[] = [];
    for (let i = 0; i < 6; i++)
      codes.push(codeOf(await desk.signIn('ada@example.com', { device, password: WRONG, ...from(`203.0.113.${i}`) })));
    expect(codes).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'limited']);
    const other = createIdentity({
      clock: desk.clock,
      dataDir: null,
      origins: null,
      key: secretsKeyOf('another key of some forty characters'),
      cost: CHEAP,
    });
    const forged = other.devices.write(
      { id: taken(await desk.signIn('ada@example.com')).person.id, passwordChangedAt: null },
      desk.clock.now(),
    );
    const known = desk.identity.devices;
    expect(known.read(forged, desk.clock.now())).toBeNull();
    expect(known.read(`A${device?.slice(1)}`, desk.clock.now())).toBeNull();
    expect(known.read('x'.repeat(10_000), desk.clock.now())).toBeNull();
  });
  it('says how long to wait, and lets in after that', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    for (let i = 0; i < 5; i++) await desk.signIn('ada@example.com', { password: WRONG });
    const answer = await desk.signIn('ada@example.com');
    if (!isRefusal(answer)) throw new Error('not limited');
    expect(answer.facts).toEqual({ retryAfterS: 180 });
    await desk.clock.advance(180_000);
    expect(codeOf(await desk.signIn('ada@example.com'))).toBe('done');
  });
  it('hashes two at once, lets sixteen wait, and tells the next that it is busy; a known device goes first', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const { device } = taken(await desk.signIn('ada@example.com'));
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const order: string[] = [];
    const waiting = Array.from({ length: 18 }, (_, i) =>
      desk.identity.room.run(async () => (i < 2 ? held : void order.push('stranger')), false),
    );
    expect(waiting).not.toContain(null);
    expect(codeOf(await desk.signIn('bob@example.com'))).toBe('busy');
    const healthy = desk.signIn('ada@example.com', { device }).then((answer) => order.push(codeOf(answer)));
    await desk.clock.advance(0);
    expect(order).toEqual([]);
    release();
    await Promise.all([...waiting, healthy]);
    expect(order.filter((one) => one === 'stranger')).toHaveLength(16);
    expect(codeOf(await desk.signIn('ada@example.com'))).toBe('done');
  });
  it('lets a known device hash before all the strangers that wait', async () => {
    const room = hashRoom();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const order: string[] = [];
    const say = (word: string) => async (): Promise<void> => void order.push(word);
    const all = [room.run(() => held, false), room.run(() => held, false), room.run(say('stranger'), false), room.run(say('known'), true)];
    release();
    await Promise.all(all);
    expect(order).toEqual(['known', 'stranger']);
  });
  it('writes a flood into the audit as its first ten and one sum a minute, and never what was typed for a password', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    for (let i = 0; i < 300; i++)
      await desk.signIn(i % 2 ? 'ada@example.com' : 'my secret by mistake', { ...from(`198.51.100.${i}`), password: WRONG });
    await desk.clock.advance(61_000);
    // The sum is written by nobody's leave; the queue of the store shows that it is.
    await desk.store.exclusive(async () => undefined);
    const rows = await desk.rows(`SELECT subject, after_json FROM audit WHERE verb = 'session.refuse' ORDER BY seq`);
    expect(rows).toHaveLength(11);
    expect(JSON.parse(String(rows[10]?.[1]))).toMatchObject({ count: 290, people: ['ada@example.com'] });
    expect(JSON.stringify(rows)).not.toContain('mistake');
    expect(JSON.stringify(rows)).not.toContain(WRONG);
    expect(HERE.agent).toBe('a browser');
  });
});
