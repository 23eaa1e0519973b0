/** People, their standing and the links that let them in. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { otherAdmins, readPeople } from '#db/queries/people.ts';
import { ROLES } from '#domain/access/permission.ts';
import { isRefusal } from '#domain/refusal.ts';
import { HOUR, MINUTE } from '#domain/time/instant.ts';
import { acceptInvitation } from '#monitor/actions/accept-invitation.ts';
import { changePassword } from '#monitor/actions/change-password.ts';
import { changeRole } from '#monitor/actions/change-role.ts';
import { disablePerson, enablePerson } from '#monitor/actions/disable-person.ts';
import { endSession } from '#monitor/actions/end-session.ts';
import { endSessionsOf } from '#monitor/actions/end-sessions-of.ts';
import { invitePerson, makePasswordLink } from '#monitor/actions/invite-person.ts';
import { makeSetUpLink } from '#monitor/actions/make-set-up-link.ts';
import { makeToken } from '#monitor/actions/make-token.ts';
import { proveAgain } from '#monitor/actions/prove-again.ts';
import { removeSecondFactor } from '#monitor/actions/remove-second-factor.ts';
import { revokeInvitation } from '#monitor/actions/revoke-invitation.ts';
import { revokeToken } from '#monitor/actions/revoke-token.ts';
import { setUpFirstAdmin } from '#monitor/actions/set-up-first-admin.ts';
import { codeOf, HERE, PASSWORD, peopleDesk, taken } from '../../support/people-desk.ts';
import { tempFolder } from '../../support/temp-store.ts';

const OTHER = 'nine bears on the ice';

describe('the first admin', () => {
  const request = (token: string, i = 0) => ({
    ...HERE,
    token,
    email: `ada${i}@example.com`,
    name: `Ada ${'abcdefghijklmnopqrstuvwxyz'[i % 26]}${i}`,
    password: PASSWORD,
  });
  it('is exactly one of fifty who hold the link at once', async () => {
    await using desk = await peopleDesk();
    const { token } = desk.identity.setUp.begin(desk.clock.now());
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => setUpFirstAdmin(desk.entry, request(token, i))));
    expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1);
    expect(await desk.rows('SELECT count(*) FROM people')).toEqual([[1]]);
    expect(await desk.rows('SELECT count(*) FROM sessions')).toEqual([[1]]);
    expect(await desk.rows(`SELECT count(*) FROM meta WHERE key = 'setup_done'`)).toEqual([[1]]);
    expect(await desk.rows(`SELECT verb FROM audit ORDER BY seq`)).toEqual([['person.set_up'], ['session.begin']]);
  });
  it('needs the link of the last start, whole and within the hour to the millisecond', async () => {
    await using desk = await peopleDesk();
    const old = desk.identity.setUp.begin(desk.clock.now()).token;
    const { token } = desk.identity.setUp.begin(desk.clock.now());
    for (const wrong of [old, '', token.slice(0, -1), `${token}x`])
      expect(codeOf(await setUpFirstAdmin(desk.entry, request(wrong)))).toBe('bad_link');
    desk.clock.stall(60 * MINUTE);
    expect(codeOf(await setUpFirstAdmin(desk.entry, request(token)))).toBe('bad_link');
    desk.clock.jumpWall(-1);
    expect(codeOf(await setUpFirstAdmin(desk.entry, request(token)))).toBe('done');
    expect(codeOf(await setUpFirstAdmin(desk.entry, request(token, 1)))).toBe('bad_link');
  });
  it('may be guessed at five times an hour from one address, apart from signing in; the right link from elsewhere is still good', async () => {
    await using desk = await peopleDesk();
    const { token } = desk.identity.setUp.begin(desk.clock.now());
    const guess = async (from: string, tried = 'x'.repeat(43)) =>
      codeOf(await setUpFirstAdmin(desk.entry, { ...request(tried), address: from, addressKey: from }));
    const codes: string[] = [];
    for (let i = 0; i < 8; i++) codes.push(await guess('192.0.2.9'));
    expect(codes).toEqual([...Array(5).fill('bad_link'), ...Array(3).fill('limited')]);
    expect(await guess('192.0.2.9', token)).toBe('limited');
    expect(codeOf(await desk.signIn('nobody@example.com', { address: '192.0.2.9', addressKey: '192.0.2.9' }))).toBe('wrong');
    desk.clock.stall(12 * MINUTE);
    expect(await guess('192.0.2.9')).toBe('bad_link');
    expect(await guess('192.0.2.9')).toBe('limited');
    // What is wrong with the form is no guess at the link.
    for (let i = 0; i < 9; i++)
      expect(codeOf(await setUpFirstAdmin(desk.entry, { ...request(token), password: 'short' }))).toBe('bad_password');
    expect(await guess('192.0.2.10', token)).toBe('done');
  });
  it('finds the link in a file that only its owner reads, and that goes when it is used', async () => {
    await using folder = await tempFolder();
    await using desk = await peopleDesk(folder.path);
    const { token, link } = desk.identity.setUp.begin(desk.clock.now());
    const file = join(folder.path, 'set-up-link');
    expect(readFileSync(file, 'utf8')).toBe(`${link}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(link).toBe(`https://status.example.com/admin/set-up?token=${token}`);
    taken(await setUpFirstAdmin(desk.entry, request(token)));
    expect(existsSync(file)).toBe(false);
    expect(codeOf(await makeSetUpLink(desk.owner))).toBe('already_set_up');
  });
  it('is refused with the field that is wrong, and can try again', async () => {
    await using desk = await peopleDesk();
    const { token } = desk.identity.setUp.begin(desk.clock.now());
    const wrong = [{ email: 'ada' }, { name: ' ' }, { password: 'short' }];
    for (const one of wrong) {
      const answer = await setUpFirstAdmin(desk.entry, { ...request(token), ...one });
      if (!isRefusal(answer)) throw new Error('it was taken');
      expect(answer.facts['field']).toBe(Object.keys(one)[0]);
    }
    expect(codeOf(await setUpFirstAdmin(desk.entry, request(token)))).toBe('done');
  });
});

describe('an invitation', () => {
  it('lets one person in, once, until the millisecond before its end', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const made = taken(await invitePerson(desk.owner, { email: 'Bob@example.com', role: 'ops', hours: 1 }));
    expect(made.expiresAt).toBe(desk.clock.now() + HOUR);
    const accept = (secret: string, name: string) => acceptInvitation(desk.entry, { ...HERE, secret, name, password: PASSWORD });
    desk.clock.stall(HOUR);
    expect(codeOf(await accept(made.secret, 'Bob'))).toBe('bad_link');
    desk.clock.jumpWall(-1);
    const [first, second] = await Promise.all([accept(made.secret, 'Bob'), accept(made.secret, 'Bobby')]);
    expect([codeOf(first), codeOf(second)].sort()).toEqual(['bad_link', 'done']);
    const [, bob] = await readPeople(desk.store);
    expect(bob).toMatchObject({ email: 'bob@example.com', role: 'ops' });
    expect(codeOf(await accept(made.secret, 'Bob'))).toBe('bad_link');
  });
  it('ends when another is made for the same address, and when it is taken back', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const [one, two] = [
      taken(await invitePerson(desk.owner, { email: 'bob@example.com', role: 'ops', hours: null })),
      taken(await invitePerson(desk.owner, { email: 'bob@example.com', role: 'viewer', hours: null })),
    ];
    const accept = (secret: string) => acceptInvitation(desk.entry, { ...HERE, secret, name: 'Bob', password: PASSWORD });
    expect(codeOf(await accept(one.secret))).toBe('bad_link');
    taken(await revokeInvitation(desk.owner, { invitation: two.id }));
    expect(codeOf(await accept(two.secret))).toBe('bad_link');
    expect(codeOf(await revokeInvitation(desk.owner, { invitation: two.id }))).toBe('unknown_invitation');
  });
  it('is for 1 to 168 hours, a role that there is, and somebody who is not here yet', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const invite = async (more: object) =>
      codeOf(await invitePerson(desk.owner, { email: 'bob@example.com', role: 'ops', hours: null, ...more }));
    expect(await invite({ hours: 0 })).toBe('bad_hours');
    expect(await invite({ hours: 169 })).toBe('bad_hours');
    expect(await invite({ hours: 1.5 })).toBe('bad_hours');
    expect(await invite({ role: 'root' })).toBe('bad_role');
    expect(await invite({ email: 'ada@example.com' })).toBe('already_a_person');
    expect(await invite({ hours: 168 })).toBe('done');
  });
  it('makes no second person of one name, however it is spelt', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const { secret } = taken(await invitePerson(desk.owner, { email: 'bob@example.com', role: 'admin', hours: null }));
    const accept = async (name: string) => codeOf(await acceptInvitation(desk.entry, { ...HERE, secret, name, password: PASSWORD }));
    for (const name of ['Ada', 'ADA', ' a\u200bda ', 'Ａda']) expect(await accept(name)).toBe('name_taken');
    expect(await accept('Ada Two')).toBe('done');
  });
  it('to a new password sets it, ends every session, and begins none', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const bob = await desk.join('bob@example.com', 'ops');
    const made = taken(await makePasswordLink(desk.owner, { person: 'bob@example.com', hours: null }));
    const answer = taken(await acceptInvitation(desk.entry, { ...HERE, secret: made.secret, name: '', password: OTHER }));
    expect(answer.entered).toBeNull();
    expect(await desk.opens(bob.session.secret)).toBe(false);
    expect(codeOf(await desk.signIn('bob@example.com'))).toBe('wrong');
    expect(codeOf(await desk.signIn('bob@example.com', { password: OTHER }))).toBe('done');
    expect(codeOf(await acceptInvitation(desk.entry, { ...HERE, secret: made.secret, name: '', password: PASSWORD }))).toBe('bad_link');
  });
});

describe('the last admin', () => {
  it('cannot be shut out or demoted, whatever is tried in whatever order', async () => {
    const step = fc.record({
      who: fc.integer({ min: 0, max: 2 }),
      what: fc.constantFrom('disable', 'enable', ...ROLES),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        await using desk = await peopleDesk();
        await desk.setUp();
        await desk.join('bob@example.com', 'admin');
        await desk.join('cleo@example.com', 'ops');
        const emails = ['ada@example.com', 'bob@example.com', 'cleo@example.com'];
        await Promise.all(
          steps.map(({ who, what }) => {
            const request = { person: emails[who] as string, version: null };
            if (what === 'disable') return disablePerson(desk.owner, request);
            return what === 'enable' ? enablePerson(desk.owner, request) : changeRole(desk.owner, { ...request, role: what });
          }),
        );
        expect(await otherAdmins(desk.store, null)).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 8 },
    );
  });
  it('is told so in a sentence', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const answer = await disablePerson(desk.owner, { person: 'ada@example.com', version: null });
    expect(answer).toMatchObject({ code: 'last_admin', message: 'Ada is the last admin. Make another person admin first.' });
  });
});

describe('a change of standing', () => {
  it('that was made from an older version is refused with both', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    await desk.join('bob@example.com', 'ops');
    taken(await changeRole(desk.owner, { person: 'bob@example.com', role: 'viewer', version: 1 }));
    const late = await disablePerson(desk.owner, { person: 'bob@example.com', version: 1 });
    expect(late).toMatchObject({
      code: 'conflict',
      facts: {
        asked: { role: 'viewer', disabled: true, version: 1 },
        current: { role: 'viewer', disabled: false, version: 2 },
      },
    });
    expect(await desk.rows(`SELECT disabled_at_ms, version FROM people WHERE email = 'bob@example.com'`)).toEqual([[null, 2]]);
  });
  it('to what it is already changes nothing and says so', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    expect(codeOf(await changeRole(desk.owner, { person: 'ada@example.com', role: 'admin', version: null }))).toBe('nothing_changes');
    expect(codeOf(await enablePerson(desk.owner, { person: 'ada@example.com', version: null }))).toBe('nothing_changes');
    expect(codeOf(await enablePerson(desk.owner, { person: 'nobody', version: null }))).toBe('unknown_person');
  });
  it('is for admins who have proved who they are lately; nobody else gets to know who there is', async () => {
    await using desk = await peopleDesk();
    const ada = await desk.setUp();
    const bob = await desk.join('bob@example.com', 'ops');
    const by = await desk.as('bob@example.com');
    const stale = await desk.as('ada@example.com', { proved: false });
    const tries = (ctx: typeof by) => [
      invitePerson(ctx, { email: 'x@example.com', role: 'admin', hours: null }),
      makePasswordLink(ctx, { person: 'nobody@example.com', hours: null }),
      changeRole(ctx, { person: 'nobody@example.com', role: 'ops', version: null }),
      disablePerson(ctx, { person: ada.person.id, version: null }),
      enablePerson(ctx, { person: ada.person.id, version: null }),
      revokeInvitation(ctx, { invitation: 'nothing' }),
      revokeToken(ctx, { token: 'nothing' }),
      endSession(ctx, { session: 'nothing' }),
      endSessionsOf(ctx, { person: 'nobody', but: null }),
      removeSecondFactor(ctx, { person: 'nobody', session: null }),
      makeToken(ctx, { owner: 'nobody', name: 'x', scopes: ['status:read'], cidr: null, days: null }),
      makeSetUpLink(ctx),
    ];
    expect((await Promise.all(tries(by))).map(codeOf)).toEqual(tries(by).map(() => 'denied'));
    expect((await Promise.all(tries(stale))).map(codeOf)).toEqual(tries(stale).map(() => 'prove_again'));
    expect(await desk.opens(bob.session.secret)).toBe(true);
    expect(await desk.rows(`SELECT count(*) FROM audit WHERE actor_name = 'Bob' AND verb NOT IN ('session.begin', 'person.join')`)).toEqual(
      [[0]],
    );
  });
});

describe('whoever was an admin', () => {
  it.each([
    [
      'demoted',
      (desk: Awaited<ReturnType<typeof peopleDesk>>) =>
        changeRole(desk.owner, { person: 'eve@example.com', role: 'viewer', version: null }),
    ],
    ['disabled', (desk: Awaited<ReturnType<typeof peopleDesk>>) => disablePerson(desk.owner, { person: 'eve@example.com', version: null })],
  ] as const)('and is %s leaves no link behind that lets in an admin, and the audit says so', async (_how, end) => {
    await using desk = await peopleDesk();
    await desk.setUp();
    await desk.join('eve@example.com', 'admin');
    const eve = await desk.as('eve@example.com');
    const made = taken(await invitePerson(eve, { email: 'eve2@example.com', role: 'admin', hours: null }));
    const taking = taken(await makePasswordLink(eve, { person: 'ada@example.com', hours: null }));
    const other = taken(await invitePerson(await desk.as('ada@example.com'), { email: 'x@example.com', role: 'viewer', hours: null }));
    taken(await end(desk));
    const use = async (secret: string) =>
      codeOf(await acceptInvitation(desk.entry, { ...HERE, secret, name: 'Eve the Second', password: OTHER }));
    expect([await use(made.secret), await use(taking.secret), await use(other.secret)]).toEqual(['bad_link', 'bad_link', 'done']);
    expect(await desk.rows(`SELECT subject FROM audit WHERE verb = 'invitation.revoke' ORDER BY subject`)).toEqual(
      [`invitation/${made.id}`, `invitation/${taking.id}`].sort().map((subject) => [subject]),
    );
  });
  it('makes no token in the name of another, with which one person would approve as two', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const bob = await desk.join('bob@example.com', 'admin');
    const asked = { owner: bob.person.id, name: 'mine', scopes: ['ledger:adjust'], cidr: null, days: null };
    expect(codeOf(await makeToken(await desk.as('ada@example.com'), asked))).toBe('denied');
    expect(codeOf(await makeToken(desk.owner, asked))).toBe('done');
  });
});

describe('tokens of somebody who is shut out', () => {
  const openOf = (desk: Awaited<ReturnType<typeof peopleDesk>>) =>
    desk.rows('SELECT name FROM api_tokens WHERE revoked_at_ms IS NULL ORDER BY name').then((rows) => rows.map(([name]) => name));
  const rig = async () => {
    const desk = await peopleDesk();
    await desk.setUp();
    const bob = await desk.join('bob@example.com', 'ops');
    const make = async (email: string, name: string) =>
      taken(await makeToken(await desk.as(email), { owner: null, name, scopes: ['status:read'], cidr: null, days: null })).token.id;
    const ids = [await make('bob@example.com', 'one'), await make('bob@example.com', 'two')];
    await make('ada@example.com', 'hers');
    return { desk, bob, make, ids };
  };
  it('are revoked for good: letting them in again brings none back, and they make new ones', async () => {
    const { desk, make, ids } = await rig();
    await using _ = desk;
    taken(await disablePerson(desk.owner, { person: 'bob@example.com', version: null }));
    expect(await openOf(desk)).toEqual(['hers']);
    expect(await desk.rows(`SELECT subject FROM audit WHERE verb = 'token.revoke' ORDER BY subject`)).toEqual(
      ids.sort().map((id) => [`token/${id}`]),
    );
    taken(await enablePerson(desk.owner, { person: 'bob@example.com', version: null }));
    expect(await openOf(desk)).toEqual(['hers']);
    await make('bob@example.com', 'three');
    expect(await openOf(desk)).toEqual(['hers', 'three']);
  });
  it('who was shut out when tokens only slept meanwhile, do not wake up when they are let in again', async () => {
    const { desk, bob } = await rig();
    await using _ = desk;
    await desk.store.write([{ sql: 'UPDATE people SET disabled_at_ms = 1 WHERE id = ?', args: [bob.person.id] }]);
    taken(await enablePerson(desk.owner, { person: 'bob@example.com', version: null }));
    expect(await openOf(desk)).toEqual(['hers']);
  });
  it('stay with another role, and reach as far as it does', async () => {
    const { desk } = await rig();
    await using _ = desk;
    taken(await changeRole(desk.owner, { person: 'bob@example.com', role: 'viewer', version: null }));
    expect(await openOf(desk)).toEqual(['hers', 'one', 'two']);
  });
});

describe('a session ends, and its cookie opens nothing', () => {
  const situations: readonly (readonly [string, (desk: Awaited<ReturnType<typeof peopleDesk>>, session: string) => Promise<unknown>])[] = [
    ['when the person signs out', async (desk, session) => endSession(await desk.as('bob@example.com'), { session })],
    ['when an admin ends it', async (desk, session) => endSession(desk.owner, { session })],
    ['when an admin ends all of them', async (desk) => endSessionsOf(desk.owner, { person: 'bob@example.com', but: null })],
    [
      'when the person changes their password elsewhere',
      async (desk) => {
        const { session } = taken(await desk.signIn('bob@example.com'));
        const changed = taken(
          await changePassword(await desk.as('bob@example.com'), { session: session.id, current: PASSWORD, password: OTHER }),
        );
        expect(await desk.opens(session.secret)).toBe(true);
        expect(changed.device).not.toBeNull();
      },
    ],
    ['when the role changes', async (desk) => changeRole(desk.owner, { person: 'bob@example.com', role: 'viewer', version: null })],
    [
      'when the person is shut out, and stays ended when they are let in again',
      async (desk) => {
        taken(await disablePerson(desk.owner, { person: 'bob@example.com', version: null }));
        taken(await enablePerson(desk.owner, { person: 'bob@example.com', version: null }));
      },
    ],
    ['after twelve hours without use', async (desk) => desk.clock.stall(12 * HOUR)],
    [
      'after seven days, however much it is used',
      async (desk, session) => {
        for (let hour = 0; hour < 7 * 24; hour += 6) {
          desk.clock.stall(6 * HOUR);
          await desk.store.write([{ sql: 'UPDATE sessions SET last_seen_at_ms = ? WHERE id = ?', args: [desk.clock.now(), session] }]);
        }
      },
    ],
  ];
  it.each(situations)('%s', async (_, act) => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const { session } = await desk.join('bob@example.com', 'ops');
    expect(await desk.opens(session.secret)).toBe(true);
    const answer = await act(desk, session.id);
    expect(codeOf(answer)).toBe('done');
    expect(await desk.opens(session.secret)).toBe(false);
  });
  it('and another sign-in has another secret and another id', async () => {
    await using desk = await peopleDesk();
    await desk.setUp();
    const [one, two] = [taken(await desk.signIn('ada@example.com')), taken(await desk.signIn('ada@example.com'))];
    expect(one.session.id).not.toBe(two.session.id);
    expect(one.session.secret).not.toBe(two.session.secret);
    const [[stored]] = (await desk.rows(`SELECT secret_hash FROM sessions WHERE id = '${one.session.id}'`)) as [[string]];
    expect(stored).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('proving anew', () => {
  it('opens what is grave for ten minutes, by the password, of this session alone', async () => {
    await using desk = await peopleDesk();
    const { session } = await desk.setUp();
    const ctx = await desk.as('ada@example.com');
    desk.clock.stall(HOUR);
    expect(codeOf(await proveAgain(ctx, { session: session.id, password: OTHER, code: null }))).toBe('wrong');
    const proved = taken(await proveAgain(ctx, { session: session.id, password: PASSWORD, code: null }));
    expect(proved.provedAt).toBe(desk.clock.now());
    const other = await desk.join('bob@example.com', 'ops');
    expect(codeOf(await proveAgain(ctx, { session: other.session.id, password: PASSWORD, code: null }))).toBe('unknown_session');
  });
  it('is limited to five guesses, whoever sits there', async () => {
    await using desk = await peopleDesk();
    const { session } = await desk.setUp();
    const ctx = await desk.as('ada@example.com');
    const codes: string[] = [];
    for (let i = 0; i < 6; i++) codes.push(codeOf(await proveAgain(ctx, { session: session.id, password: `${OTHER}${i}`, code: null })));
    expect(codes).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'limited']);
  });
});
