/** What is told whoever may not do something: who may, and of a token what it has, what it would need, and how such a one is made. */
import { leastRoleFor, type Permission, permissionsOf, ROLE_WORDS, type Role } from './permission.ts';

/** `role` null: it is not known to whoever says so. */
export const lackWords = (role: Role | null, needs: Permission): string =>
  `Your role${role === null ? '' : `, ${ROLE_WORDS[role]},`} does not reach this far; ${ROLE_WORDS[leastRoleFor(needs)]} does. Ask an admin.`;

const listed = (scopes: readonly string[]): string => new Intl.ListFormat('en').format(scopes);

/** `has`: the scopes of the token, whatever its owner's `role` reaches; `wanted`: one of them would do, at least one. */
export const tokenLackWords = (role: Role, has: readonly string[], wanted: readonly Permission[]): string => {
  const scopes = wanted.join(' or ');
  const out = wanted.find((scope) => has.includes(scope));
  if (out !== undefined)
    return `The token has the scope ${out}, and the role of its owner (${ROLE_WORDS[role]}) does not reach it; ${ROLE_WORDS[leastRoleFor(out)]} does. Ask an admin, or use a token of somebody else.`;
  const [first = 'status:read'] = wanted;
  const reaches = permissionsOf(role).has(first)
    ? ''
    : `; its owner needs a role that reaches it, such as ${ROLE_WORDS[leastRoleFor(first)]}`;
  return `The token lacks the scope ${scopes}; it has ${listed(has)}. Make one with it at /admin/account, or on the machine with avow token make --owner PERSON --name TEXT --scope ${first}${reaches}.`;
};
