/** What the verbs of people share: their contexts, who is meant, and what they refuse alike. */
import { sha256 } from '#db/queries/chain.ts';
import { findNamed, type Person } from '#db/queries/people.ts';
import type { Store } from '#db/store.ts';
import { emailKey } from '#domain/access/email.ts';
import { lackWords } from '#domain/access/lack-words.ts';
import { type Permission, permissionsOf } from '#domain/access/permission.ts';
import { type Refusal, refuse } from '#domain/refusal.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Acting } from '#monitor/context.ts';
import type { Identity } from '#monitor/identity/identity.ts';
import { HIDDEN } from './audit.ts';
import type { Naming } from './new-id.ts';

/** For whoever is about to sign in: nobody is known yet. */
export interface EntryContext extends Acting, Naming {
  readonly store: Store;
  readonly clock: Clock;
  readonly identity: Identity;
}
/** For whoever is known. */
export interface PeopleContext extends EntryContext {
  /** What the actor may. */
  readonly permissions: ReadonlySet<Permission>;
  /** Whether the actor has proved who they are lately enough for what is grave; a token and the owner of the data folder always have. */
  readonly proved: boolean;
}
/** Whose browser it is. `addressKey`: what limits go by, the /64 of an IPv6 address. */
export interface Visitor {
  readonly address: string;
  readonly addressKey: string;
  readonly agent: string;
}

type Rights = Pick<PeopleContext, 'permissions' | 'proved'>;

export const PROVE_AGAIN = (): Refusal =>
  refuse('prove_again', 'This asks for your password once more: the last time is more than ten minutes ago. Give it, then do it again.');

/** Null: the actor may, and has proved it lately. */
export const judgeGrave = ({ permissions, proved }: Rights, needs: Permission): Refusal | null => {
  if (!permissions.has(needs)) return refuse('denied', lackWords(null, needs), { needs });
  return proved ? null : PROVE_AGAIN();
};

/** What somebody can do who stands so: nothing while they are shut out. */
const reachOf = ({ role, disabledAt }: Pick<Person, 'role' | 'disabledAt'>): ReadonlySet<Permission> =>
  disabledAt === null ? permissionsOf(role) : new Set();

/**
 * Nobody gives, or opens a way to, what they have not themselves: a token of a few scopes makes no admin. `before` null: whatever they
 * stand for is opened. Null: the actor may.
 */
export const judgeReach = (
  { permissions }: Pick<Rights, 'permissions'>,
  before: Pick<Person, 'role' | 'disabledAt'> | null,
  after: Pick<Person, 'role' | 'disabledAt'>,
): Refusal | null => {
  const had: ReadonlySet<Permission> = before ? reachOf(before) : new Set();
  const missing = [...reachOf(after)].filter((one) => !had.has(one) && !permissions.has(one));
  return missing.length === 0
    ? null
    : refuse(
        'denied',
        `Nobody gives what they may not themselves, and a token may what its scopes say: ${missing.join(', ')} is missing.`,
        {
          needs: missing,
        },
      );
};

/** By id or e-mail address. */
export const personNamed = async (store: Store, text: string): Promise<Person | Refusal> =>
  (await findNamed(store, text.includes('@') ? emailKey(text) : text.trim())) ??
  refuse('unknown_person', `There is nobody with the id or e-mail address "${text.slice(0, 100)}". Look at avow user list.`, {
    person: text.slice(0, 100),
  });

/** The person who acts; a token or the owner of the data folder is none. */
export const actorPerson = async ({ store, actor }: Pick<EntryContext, 'store' | 'actor'>): Promise<Person | Refusal> => {
  const person = actor.kind === 'person' && actor.id !== null ? await findNamed(store, actor.id) : null;
  return person && person.disabledAt === null
    ? person
    : refuse('not_a_person', 'This is for somebody who has signed in with a session of their own. Sign in, then do it there.');
};

/** How a person stands, for the audit: no hash, no secret. */
export const standingOf = ({ email, name, role, disabledAt, totpConfirmedAt, version, customers }: Person): object => ({
  email,
  name,
  role,
  ...(role === 'account_manager' && { customers }),
  disabled: disabledAt !== null,
  second_factor: totpConfirmedAt !== null,
  version,
});

/**
 * What the audit says of a password hash, so that one put in past Avow shows: its SHA-256, which tells nothing of the password to whoever
 * has not the hash.
 */
export const passwordMark = (hash: string): { readonly password: string; readonly password_mark: string } => ({
  password: HIDDEN,
  password_mark: sha256(hash),
});

export const tooMany = (retryAfterS: number): Refusal =>
  refuse('limited', `Those were too many tries. Wait ${waitWords(retryAfterS)}, then try again.`, { retryAfterS });
const BUSY = (): Refusal => refuse('busy', 'Many people are signing in just now. Wait a few seconds, then try again.', { retryAfterS: 5 });

const waitWords = (seconds: number): string => {
  if (seconds <= 90) return `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
};

/** Runs hashing work when there is room. */
export const hashing = async <T>(
  { identity }: Pick<EntryContext, 'identity'>,
  isVouched: boolean,
  work: () => Promise<T>,
): Promise<T | Refusal> => {
  const running = identity.room.run(work, isVouched);
  return running === null ? BUSY() : running;
};
