/** A second factor: begun, confirmed, asked for, taken once, lost; and tokens for programs. */
import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { findApiToken } from '#db/queries/api-tokens.ts';
import { readApiToken } from '#domain/access/api-token.ts';
import { isRefusal } from '#domain/refusal.ts';
import { DAY } from '#domain/time/instant.ts';
import { beginSecondFactor, shownSecondFactor } from '#monitor/actions/begin-second-factor.ts';
import { confirmSecondFactor } from '#monitor/actions/confirm-second-factor.ts';
import { makeToken, type TokenRequest } from '#monitor/actions/make-token.ts';
import { proveAgain } from '#monitor/actions/prove-again.ts';
import { removeSecondFactor } from '#monitor/actions/remove-second-factor.ts';
import { revokeToken } from '#monitor/actions/revoke-token.ts';
import { signInWithCode } from '#monitor/actions/sign-in.ts';
import { qrPath } from '#monitor/identity/second-factor.ts';
import { hashOf } from '#monitor/identity/secret.ts';
import { codeOf, HERE, type PeopleDesk, peopleDesk, taken } from '../../support/people-desk.ts';

const ISSUER = 'Skerry: status';
const codeNow = (desk: PeopleDesk, secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: desk.clock.now() + steps * 30_000 });

/** Ada with a second factor that is confirmed; its first code is used up. */
const withFactor = async (desk: PeopleDesk) => {
  const entered = await desk.setUp();
  const ctx = await desk.as('ada@example.com');
  const shown = taken(await beginSecondFactor(ctx, { issuer: ISSUER }));
  const confirmed = taken(await confirmSecondFactor(ctx, { session: entered.session.id, code: codeNow(desk, shown.secret) }));
  return { entered, ctx, secret: shown.secret, uri: shown.uri, codes: confirmed.recoveryCodes };
};
const ticketOf = (answer: unknown): string => {
  if (!isRefusal(answer) || answer.code !== 'code_needed') throw new Error(`no code was asked for: ${codeOf(answer)}`);
  return String(answer.facts['ticket']);
};

describe('a second factor', () => {
  it('asks for nothing until a code has proved that the application has it', async () => {
    await using desk = await peopleDesk();
    const { session } = await desk.setUp();
    const ctx = await desk.as('ada@example.com');
    const shown = taken(await beginSecondFactor(ctx, { issuer: ISSUER }));
    expect(shown.uri).toMatch(/^otpauth:\/\/totp\/Skerry%20%20status:ada%40example\.com\?/);
    expect(await shownSecondFactor(ctx, ISSUER)).toEqual(shown);
    expect(codeOf(await desk.signIn('ada@example.com'))).toBe('done');
    expect(codeOf(await confirmSecondFactor(ctx, { session: session.id, code: '000000' }))).toBe('wrong_code');
    expect(codeOf(await desk.signIn('ada@example.com'))).toBe('done');
    taken(await confirmSecondFactor(ctx, { session: session.id, code: codeNow(desk, shown.secret) }));
    expect(await shownSecondFactor(ctx, ISSUER)).toBeNull();
    expect(codeOf(await desk.signIn('ada@example.com'))).toBe('code_needed');
    expect(codeOf(await beginSecondFactor(ctx, { issuer: ISSUER }))).toBe('has_second_factor');
  });
  it('ends the sessions that began without it, but for the one that confirms', async () => {
    await using desk = await peopleDesk();
    const { session } = await desk.setUp();
    const other = taken(await desk.signIn('ada@example.com'));
    const ctx = await desk.as('ada@example.com');
    const { secret } = taken(await beginSecondFactor(ctx, { issuer: ISSUER }));
    taken(await confirmSecondFactor(ctx, { session: session.id, code: codeNow(desk, secret) }));
    expect([await desk.opens(session.secret), await desk.opens(other.session.secret)]).toEqual([true, false]);
  });
  it('takes each code once, one step late or early, and none of a step before the last', async () => {
    await using desk = await peopleDesk();
    const { secret } = await withFactor(desk);
    const trial = async (code: string) => codeOf(await desk.signIn('ada@example.com', { code }));
    expect(await trial(codeNow(desk, secret))).toBe('wrong_code');
    await desk.clock.advance(90_000);
    expect(await trial(codeNow(desk, secret, -2))).toBe('wrong_code');
    expect(await trial(codeNow(desk, secret, 1))).toBe('done');
    expect(await trial(codeNow(desk, secret, 1))).toBe('wrong_code');
    expect(await trial(codeNow(desk, secret, 0))).toBe('wrong_code');
  });
  it('lets in exactly one of two who type the same code at once', async () => {
    await using desk = await peopleDesk();
    const { secret, codes } = await withFactor(desk);
    await desk.clock.advance(60_000);
    for (const code of [codeNow(desk, secret), codes[0] as string]) {
      const both = await Promise.all([desk.signIn('ada@example.com', { code }), desk.signIn('ada@example.com', { code })]);
      expect(both.map(codeOf).sort()).toEqual(['done', 'wrong_code']);
    }
  });
  it('is asked for by a ticket that stands for the password: five minutes, one person, one right code', async () => {
    await using desk = await peopleDesk();
    const { secret } = await withFactor(desk);
    await desk.clock.advance(60_000);
    const finish = async (ticket: string, code: string) =>
      codeOf(await signInWithCode(desk.entry, { ...HERE, device: null, ticket, code }));
    const ticket = ticketOf(await desk.signIn('ada@example.com'));
    expect(await finish('x', codeNow(desk, secret))).toBe('wrong');
    expect(await finish(ticket, '123456')).toBe('wrong_code');
    expect(await finish(ticket, codeNow(desk, secret))).toBe('done');
    expect(await finish(ticket, codeNow(desk, secret, 1))).toBe('wrong');
    const late = ticketOf(await desk.signIn('ada@example.com'));
    await desk.clock.advance(300_000);
    expect(await finish(late, codeNow(desk, secret))).toBe('wrong');
  });
  it('is guessed no more often than a password', async () => {
    await using desk = await peopleDesk();
    await withFactor(desk);
    const codes: string[] = [];
    for (let i = 0; i < 8; i++)
      codes.push(
        codeOf(await desk.signIn('ada@example.com', { code: `00000${i}`, address: `198.51.100.${i}`, addressKey: `198.51.100.${i}` })),
      );
    expect(codes.filter((code) => code === 'wrong_code')).toHaveLength(5);
    expect(codes.filter((code) => code === 'limited')).toHaveLength(3);
  });
  it('that is lost is replaced by ten recovery codes, each once, however they are typed', async () => {
    await using desk = await peopleDesk();
    const { codes, ctx, entered } = await withFactor(desk);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    const [first = '', second = ''] = codes;
    expect(codeOf(await desk.signIn('ada@example.com', { code: ` ${first.toUpperCase().replaceAll('-', ' ')} ` }))).toBe('done');
    expect(codeOf(await desk.signIn('ada@example.com', { code: first }))).toBe('wrong_code');
    expect(codeOf(await proveAgain(ctx, { session: entered.session.id, password: null, code: second }))).toBe('done');
    expect(await desk.rows('SELECT count(*) FROM recovery_codes WHERE used_at_ms IS NULL')).toEqual([[8]]);
    taken(await removeSecondFactor(desk.owner, { person: 'ada@example.com', session: null }));
    expect(await desk.rows('SELECT count(*) FROM recovery_codes')).toEqual([[0]]);
    expect(await desk.opens(entered.session.secret)).toBe(false);
    expect(codeOf(await desk.signIn('ada@example.com'))).toBe('done');
  });
  it('cannot be checked without the key that sealed it, which is said; recovery codes can', async () => {
    await using desk = await peopleDesk();
    const { codes, secret } = await withFactor(desk);
    const keyless = { ...desk.entry, identity: { ...desk.identity, box: null } };
    await desk.clock.advance(60_000);
    const ticket = () => desk.signIn('ada@example.com').then(ticketOf);
    const answer = await signInWithCode(keyless, { ...HERE, device: null, ticket: await ticket(), code: codeNow(desk, secret) });
    expect(answer).toMatchObject({ code: 'no_key' });
    expect(codeOf(await signInWithCode(keyless, { ...HERE, device: null, ticket: await ticket(), code: codes[0] as string }))).toBe('done');
  });
  it('is drawn as a path that holds every dark module and no other', () => {
    const { size, path } = qrPath('otpauth://totp/Avow:ada%40example.com?secret=JBSWY3DPEHPK3PXP');
    expect(size).toBeGreaterThan(29);
    const dark = new Set<string>();
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g))
      for (let i = 0; i < Number(width); i++) dark.add(`${Number(x) + i},${y}`);
    // The three eyes: a ring of seven around a square of three, behind a margin of four.
    for (const [left, top] of [
      [4, 4],
      [size - 11, 4],
      [4, size - 11],
    ] as const)
      for (let x = 0; x < 7; x++)
        for (let y = 0; y < 7; y++) {
          const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
          expect(dark.has(`${left + x},${top + y}`)).toBe(ring !== 2);
        }
    expect([...dark].some((one) => one.split(',').some((place) => Number(place) < 4 || Number(place) >= size - 4))).toBe(false);
  });
});

describe('a token', () => {
  const asked: TokenRequest = { owner: null, name: 'pipeline', scopes: ['releases:deploy', 'status:read'], cidr: null, days: null };
  it('is shown once, kept as a hash, and good for 90 days unless said otherwise', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const { text, token } = taken(await makeToken(await desk.as('ada@example.com'), asked));
    const sent = readApiToken(text);
    expect(sent?.id).toBe(token.id);
    expect(token.expiresAt).toBe(desk.clock.now() + 90 * DAY);
    const found = await findApiToken(desk.store, token.id);
    expect(found?.secretHash).toBe(hashOf(sent?.secret ?? ''));
    expect(JSON.stringify(found)).not.toContain(sent?.secret);
  });
  it('reaches no further than its owner, who is told what they may give', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    await desk.join('bob@example.com', 'ops');
    const bob = await desk.as('bob@example.com');
    const answer = await makeToken(bob, { ...asked, scopes: ['status:read', 'people:write'] });
    expect(answer).toMatchObject({ code: 'bad_scopes', facts: { field: 'scopes', beyond: ['people:write'] } });
    expect(codeOf(await makeToken(bob, { ...asked, scopes: [] }))).toBe('bad_scopes');
    expect(codeOf(await makeToken(bob, { ...asked, scopes: ['status:wirte'] }))).toBe('bad_scopes');
    expect(codeOf(await makeToken(bob, asked))).toBe('done');
  });
  it.each([
    ['192.0.2.7', '192.0.2.7/32'],
    ['192.0.2.0/24', '192.0.2.0/24'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['', null],
    ['192.0.2.0/33', 'bad_range'],
    ['192.0.2.0/24/8', 'bad_range'],
    ['example.com', 'bad_range'],
    ['/8', 'bad_range'],
  ])('from "%s" is taken from %s', async (cidr, range) => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const answer = await makeToken(await desk.as('ada@example.com'), { ...asked, cidr });
    expect(isRefusal(answer) ? answer.code : answer.token.cidr).toBe(range);
  });
  it('makes no other token, and is taken back by its owner at any time', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const ada = await desk.as('ada@example.com');
    const { token } = taken(await makeToken(ada, asked));
    const byToken = { ...ada, actor: { ...ada.actor, kind: 'token', id: token.id } as const };
    expect(codeOf(await makeToken(byToken, asked))).toBe('denied');
    expect(codeOf(await makeToken({ ...ada, proved: false }, asked))).toBe('prove_again');
    expect(codeOf(await revokeToken({ ...ada, proved: false }, { token: token.id }))).toBe('done');
    expect(codeOf(await revokeToken(ada, { token: token.id }))).toBe('unknown_token');
  });
});
