/**
 * What may become of a person's standing: role, and whether they are let in. There is always an admin who is let in, and whoever changes
 * what another has changed since is told both. Instants in ms. Source: reliability section 4 (Roles), ADR 0018.
 */
import { type Refusal, refuse } from '../refusal.ts';
import type { Instant } from '../time/instant.ts';
import { ROLE_WORDS, type Role } from './permission.ts';

export interface Standing {
  readonly role: Role;
  readonly disabledAt: Instant | null;
}
interface Known extends Standing {
  readonly id: string;
  readonly name: string;
  /** Raised with every change. */
  readonly version: number;
}

const isAdmin = ({ role, disabledAt }: Standing): boolean => role === 'admin' && disabledAt === null;
const wordsOf = ({ role, disabledAt }: Standing): string => `${ROLE_WORDS[role]}${disabledAt === null ? '' : ', disabled'}`;

/** `seen`: the version that the change was made from; null: whatever is there. `otherAdmins`: how many more are let in. */
export const judgeStanding = (before: Known, after: Standing, seen: number | null, otherAdmins: number): Refusal | null => {
  const { name, version } = before;
  if (seen !== null && seen !== version)
    return refuse(
      'conflict',
      `${name} was changed by somebody else in the meantime and is ${wordsOf(before)} now; you asked for ${wordsOf(after)}. Look again, then decide.`,
      {
        asked: { role: after.role, disabled: after.disabledAt !== null, version: seen },
        current: { role: before.role, disabled: before.disabledAt !== null, version },
      },
    );
  if (before.role === after.role && (before.disabledAt === null) === (after.disabledAt === null))
    return refuse('nothing_changes', `${name} is ${wordsOf(before)} already. Nothing was changed.`, { person: before.id });
  if (isAdmin(before) && !isAdmin(after) && otherAdmins === 0)
    return refuse('last_admin', `${name} is the last admin. Make another person admin first.`, { person: before.id });
  return null;
};
