/** A store with people in it, a clock that a test moves, and contexts of whoever acts. Hashes are cheap here, not in the product. */
import { findByEmail } from '#db/queries/people.ts';
import { findSession } from '#db/queries/sessions.ts';
import type { Store } from '#db/store.ts';
import { ALL_PERMISSIONS, permissionsOf, type Role } from '#domain/access/permission.ts';
import { isLive } from '#domain/access/session.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { acceptInvitation } from '#monitor/actions/accept-invitation.ts';
import type { Entered } from '#monitor/actions/begin-session.ts';
import { invitePerson } from '#monitor/actions/invite-person.ts';
import type { EntryContext, PeopleContext } from '#monitor/actions/people-verb.ts';
import { setUpFirstAdmin } from '#monitor/actions/set-up-first-admin.ts';
import { signIn } from '#monitor/actions/sign-in.ts';
import { SOCKET_OWNER, SYSTEM } from '#monitor/context.ts';
import { createIdentity, type Identity } from '#monitor/identity/identity.ts';
import { hashOf } from '#monitor/identity/secret.ts';
import { secretsKeyOf } from '#monitor/identity/secrets-key.ts';
import { openTempStore } from './temp-store.ts';
import { VirtualClock } from './virtual-clock.ts';

export const CHEAP = { memory: 64, passes: 1, lanes: 1 } as const;
export const PASSWORD = 'seven otters in the rain';
export const HERE = { address: '192.0.2.1', addressKey: '192.0.2.1', agent: 'a browser' } as const;
export const ORIGIN = 'https://status.example.com';

export interface PeopleDesk extends AsyncDisposable {
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly identity: Identity;
  readonly entry: EntryContext;
  /** The owner of the data folder. */
  readonly owner: PeopleContext;
  /** Of somebody who has just signed in; what they may is read from the store. */
  as(email: string, more?: Partial<PeopleContext>): Promise<PeopleContext>;
  /** The first admin, `ada@example.com`. */
  setUp(): Promise<Entered>;
  /** By invitation; `name` is the mailbox. */
  join(email: string, role: Role): Promise<Entered>;
  signIn(email: string, more?: Partial<Parameters<typeof signIn>[1]>): Promise<Entered | Refusal>;
  /** Whether the cookie of a session opens anything, as the console judges it. */
  opens(secret: string): Promise<boolean>;
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
}

export const taken = <T>(answer: T | Refusal): T => {
  if (isRefusal(answer)) throw new Error(`${answer.code}: ${answer.message}`);
  return answer;
};
export const codeOf = (answer: unknown): string => (isRefusal(answer) ? answer.code : 'done');

export const peopleDesk = async (dataDir: string | null = null): Promise<PeopleDesk> => {
  const store = await openTempStore();
  const clock = new VirtualClock();
  const identity = createIdentity({
    clock,
    dataDir,
    key: secretsKeyOf('a key of forty characters, for the tests'),
    origins: { console: () => ORIGIN, setUp: () => ORIGIN },
    cost: CHEAP,
  });
  const entry: EntryContext = { store, clock, identity, actor: SYSTEM };
  const owner: PeopleContext = { ...entry, actor: SOCKET_OWNER, permissions: new Set(ALL_PERMISSIONS), proved: true };
  const as: PeopleDesk['as'] = async (email, more = {}) => {
    const person = await findByEmail(store, email);
    if (!person) throw new Error(`nobody is ${email}`);
    const actor = { kind: 'person', id: person.id, name: person.name, from: HERE.address, requestId: 'r1' } as const;
    return { ...entry, actor, permissions: permissionsOf(person.role), proved: true, ...more };
  };
  return {
    store,
    clock,
    identity,
    entry,
    owner,
    as,
    async setUp() {
      const { token } = identity.setUp.begin(clock.now());
      return taken(await setUpFirstAdmin(entry, { ...HERE, token, email: 'ada@example.com', name: 'Ada', password: PASSWORD }));
    },
    async join(email, role) {
      const { secret } = taken(await invitePerson(owner, { email, role, hours: null }));
      const name = (email.split('@')[0] ?? '').replace(/^./, (first) => first.toUpperCase());
      const { entered } = taken(await acceptInvitation(entry, { ...HERE, secret, name, password: PASSWORD }));
      if (!entered) throw new Error('the invitation began no session');
      return entered;
    },
    signIn: (email, more = {}) => signIn(entry, { ...HERE, device: null, email, password: PASSWORD, code: null, ...more }),
    async opens(secret) {
      const found = await findSession(store, hashOf(secret));
      return found !== null && found.person.disabledAt === null && isLive(found.session, clock.now());
    },
    rows: async (sql) => (await store.read({ sql })).rows,
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
};
