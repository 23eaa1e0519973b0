/** Which customers an account manager has: given by invitation, by role and by itself, told by the audit, and found by doctor when somebody else does it. */
import { describe, expect, it, test } from 'vitest';
import { addContractVersion } from '#db/queries/contracts.ts';
import { findByEmail } from '#db/queries/people.ts';
import type { Permission } from '#domain/access/permission.ts';
import { acceptInvitation } from '#monitor/actions/accept-invitation.ts';
import { assignCustomers } from '#monitor/actions/assign-customers.ts';
import { changeRole } from '#monitor/actions/change-role.ts';
import { configurationVerbs } from '#monitor/actions/configuration-requests.ts';
import { disablePerson, enablePerson } from '#monitor/actions/disable-person.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { invitePerson } from '#monitor/actions/invite-person.ts';
import { signIn } from '#monitor/actions/sign-in.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { tellManagersWithoutCustomers } from '#monitor/core/tell-managers.ts';
import { agreement } from '../../support/ledger-desk.ts';
import { POLICY } from '../../support/maintenance-desk.ts';
import { codeOf, HERE, PASSWORD, type PeopleDesk, peopleDesk, taken } from '../../support/people-desk.ts';
import { verbsOver } from '../../support/verbs-over.ts';

const BOB = 'bob@example.com';
/** With contracts of three customers; the owner of the data folder acts. */
const withCustomers = async (): Promise<PeopleDesk> => {
  const desk = await peopleDesk();
  const contracts = ['south', 'north', 'east'].map((customer) =>
    addContractVersion(agreement(`${customer}-main`, { customer }), desk.clock.now()),
  );
  await desk.store.write(contracts);
  return desk;
};
const customersOf = async ({ store }: PeopleDesk): Promise<readonly string[] | undefined> => (await findByEmail(store, BOB))?.customers;
const assign = ({ owner }: PeopleDesk, customers: readonly string[], version: number | null = null) =>
  assignCustomers(owner, { person: BOB, customers, version });
const doctored = async ({ store, clock }: PeopleDesk): Promise<string[]> =>
  (await doctorReport({ store, clock, anchors: null })).differences.map(({ message }) => message);

describe('customers of an account manager', () => {
  it('are given by no token that may not read and decide about reports itself; it takes some away', async () => {
    await using desk = await withCustomers();
    await desk.join(BOB, 'account_manager');
    const actor = { kind: 'token', id: 'leaked', name: 'Ada', from: '192.0.2.1', requestId: 'r1' } as const;
    const by = (scopes: readonly Permission[], customers: readonly string[]) =>
      assignCustomers({ ...desk.owner, actor, permissions: new Set(scopes) }, { person: BOB, customers, version: null });
    expect(await by(['people:write'], ['north'])).toMatchObject({
      code: 'denied',
      facts: { needs: expect.arrayContaining(['reports:read']) },
    });
    expect(await customersOf(desk)).toEqual([]);
    const scopes = ['people:write', 'status:read', 'reports:read', 'reports:approve'] as const;
    taken(await by(scopes, ['north', 'south']));
    expect(codeOf(await by(['people:write'], ['north', 'east']))).toBe('denied');
    taken(await by(['people:write'], ['north']));
    expect(await customersOf(desk)).toEqual(['north']);
  });
  it('come with the invitation, once each and in order, and none without', async () => {
    await using desk = await withCustomers();
    const invited = taken(
      await invitePerson(desk.owner, { email: BOB, role: 'account_manager', hours: null, customers: ['south', 'north', 'south'] }),
    );
    taken(await acceptInvitation(desk.entry, { ...HERE, secret: invited.secret, name: 'Bob', password: PASSWORD }));
    expect(await customersOf(desk)).toEqual(['north', 'south']);
    await desk.join('amy@example.com', 'account_manager');
    expect((await findByEmail(desk.store, 'amy@example.com'))?.customers).toEqual([]);
    expect(await doctored(desk)).toEqual([]);
  });
  it('are given anew, these and no others, from what somebody saw, and the audit says both lists', async () => {
    await using desk = await withCustomers();
    await desk.join(BOB, 'account_manager');
    expect(taken(await assign(desk, ['north'], 1)).person).toMatchObject({ customers: ['north'], version: 2 });
    expect(codeOf(await assign(desk, ['south'], 1))).toBe('conflict');
    expect(codeOf(await assign(desk, ['north']))).toBe('nothing_changes');
    taken(await assign(desk, ['east', 'south'], 2));
    expect(await customersOf(desk)).toEqual(['east', 'south']);
    const rows = await desk.rows(
      `SELECT json_extract(before_json, '$.customers'), json_extract(after_json, '$.customers') FROM audit WHERE verb = 'person.assign_customers'`,
    );
    expect(rows.map((cells) => [...cells])).toEqual([
      ['[]', '["north"]'],
      ['["north"]', '["east","south"]'],
    ]);
    expect(await doctored(desk)).toEqual([]);
  });
  it('are those that a contract names, and of nobody with another role', async () => {
    await using desk = await withCustomers();
    await desk.join(BOB, 'account_manager');
    await desk.join('ona@example.com', 'ops');
    const stranger = await assign(desk, ['north', 'west']);
    expect(stranger).toMatchObject({
      code: 'bad_customers',
      message: 'No contract is with a customer "west". There is east, north, south.',
    });
    expect(codeOf(await assignCustomers(desk.owner, { person: 'ona@example.com', customers: ['north'], version: null }))).toBe(
      'not_a_manager',
    );
    for (const role of ['viewer', 'ops', 'admin'])
      expect(codeOf(await invitePerson(desk.owner, { email: 'z@example.com', role, hours: null, customers: ['north'] }))).toBe(
        'bad_customers',
      );
    const { permissions: _, ...rest } = desk.owner;
    expect(
      codeOf(await assignCustomers({ ...rest, permissions: new Set(['reports:approve']) }, { person: BOB, customers: [], version: null })),
    ).toBe('denied');
  });
  it('are gone with the role, stay while somebody is shut out, and come with a role that is given anew', async () => {
    await using desk = await withCustomers();
    await desk.join(BOB, 'account_manager');
    taken(await assign(desk, ['north']));
    taken(await disablePerson(desk.owner, { person: BOB, version: null }));
    taken(await enablePerson(desk.owner, { person: BOB, version: null }));
    expect(await customersOf(desk)).toEqual(['north']);
    taken(await changeRole(desk.owner, { person: BOB, role: 'viewer', version: null }));
    expect(await customersOf(desk)).toEqual([]);
    taken(await changeRole(desk.owner, { person: BOB, role: 'account_manager', version: null }));
    expect(await customersOf(desk)).toEqual([]);
    taken(await changeRole(desk.owner, { person: BOB, role: 'ops', version: null }));
    taken(await changeRole(desk.owner, { person: BOB, role: 'account_manager', version: null, customers: ['south'] }));
    expect(await customersOf(desk)).toEqual(['south']);
    expect(await doctored(desk)).toEqual([]);
  });
  it('whoever has none is named at the start', async () => {
    await using desk = await withCustomers();
    await desk.join(BOB, 'account_manager');
    const told: unknown[] = [];
    const log = { warn: (_: string, facts?: object) => void told.push(facts) };
    await tellManagersWithoutCustomers(desk.store, log);
    taken(await assign(desk, ['north']));
    await tellManagersWithoutCustomers(desk.store, log);
    expect(told).toEqual([{ people: 'Bob' }]);
  });
});

describe('past Avow', () => {
  test('a customer more is found by doctor, of an account manager and of anybody else', async () => {
    await using desk = await withCustomers();
    await desk.join(BOB, 'account_manager');
    await desk.join('vera@example.com', 'viewer');
    await desk.store.write([{ sql: `INSERT INTO person_customers SELECT id, 'north', 1 FROM people` }]);
    expect(await doctored(desk)).toEqual([
      'Bob is account_manager, bob@example.com, of north in the store, and by the audit account_manager, bob@example.com. It was changed past Avow.',
      'Vera is viewer, vera@example.com, of north in the store, and by the audit viewer, vera@example.com. It was changed past Avow.',
    ]);
  });
  test('another password is found by doctor; one that is hashed anew at a sign-in is told by the audit', async () => {
    await using desk = await withCustomers();
    await desk.join(BOB, 'account_manager');
    await desk.join('eve@example.com', 'viewer');
    expect(await doctored(desk)).toEqual([]);
    await desk.store.write([
      { sql: `UPDATE people SET password_hash = (SELECT password_hash FROM people WHERE name = 'Eve') WHERE name = 'Bob'` },
    ]);
    expect(await doctored(desk)).toEqual([
      'The password of Bob in the store is not the one that the audit tells of. It was put in past Avow.',
    ]);
    const dearer = { ...desk.entry, identity: { ...desk.identity, cost: { memory: 128, passes: 1, lanes: 1 } } };
    taken(await signIn(dearer, { ...HERE, device: null, email: 'eve@example.com', password: PASSWORD, code: null }));
    expect(await doctored(desk)).toHaveLength(1);
    const [hash] = await desk.rows(`SELECT password_hash FROM people WHERE name = 'Eve'`);
    const told = await desk.rows(`SELECT after_json FROM audit WHERE verb = 'person.rehash_password'`);
    expect(told).toHaveLength(1);
    expect(String(told[0]?.[0])).not.toContain(String(hash?.[0]));
  });
  test('a document that was applied is found by doctor when it is edited, put in or deleted', async () => {
    await using desk = await peopleDesk();
    const configuration = verbsOver(desk.store, desk.clock, POLICY).configuration?.(SOCKET_OWNER);
    if (!configuration) throw new Error('nobody configures here');
    const apply = async (name: string): Promise<void> => {
      const document = `components:\n  - { name: ${name}, slug: app, http: "https://app.example.com/" }\n`;
      taken(await configurationVerbs.apply.run(configuration, { name: 'avow.yaml', document, path: null, author: 'Ann' }));
      desk.clock.jumpWall(60_000);
    };
    await apply('One');
    await apply('Two');
    expect(await doctored(desk)).toEqual([]);
    // Another program has the file, and drops the triggers first, which doctor says besides.
    const triggers = await desk.rows(`SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'applied_configurations'`);
    await desk.store.write(triggers.map(([name]) => ({ sql: `DROP TRIGGER ${String(name)}` })));
    const applied = async (): Promise<string[]> =>
      (await doctored(desk))
        .filter((one) => one.includes('was applied'))
        .map((one) => one.replace(/[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d UTC/, 'T'));
    const spoil = async (sql: string, back: string): Promise<string[]> => {
      await desk.store.write([{ sql }]);
      const found = await applied();
      await desk.store.write([{ sql: back }]);
      return found;
    };
    const LAST = '(SELECT max(recorded_at_ms) FROM applied_configurations)';
    expect(
      await spoil(
        `UPDATE applied_configurations SET document = replace(document, 'Two', 'Six') WHERE recorded_at_ms = ${LAST}`,
        `UPDATE applied_configurations SET document = replace(document, 'Six', 'Two') WHERE recorded_at_ms = ${LAST}`,
      ),
    ).toEqual(['The configuration that was applied as avow.yaml at T is not what was recorded. It was edited past Avow.']);
    expect(
      await spoil(
        `INSERT INTO applied_configurations SELECT recorded_at_ms + 1, name, sha256, document, beside_json, author FROM applied_configurations WHERE recorded_at_ms = ${LAST}`,
        `DELETE FROM applied_configurations WHERE recorded_at_ms = ${LAST}`,
      ),
    ).toEqual(['The configuration that was applied as avow.yaml at T is told by no row of the audit. It was put in past Avow.']);
    await desk.store.write([{ sql: `DELETE FROM applied_configurations WHERE recorded_at_ms = ${LAST}` }]);
    expect(await applied()).toEqual(['The configuration that was applied at T is missing. It was deleted past Avow.']);
  });
});
