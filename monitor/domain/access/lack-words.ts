/** What is told whoever may not do something: who may. */
import { leastRoleFor, type Permission, ROLE_WORDS, type Role } from './permission.ts';

/** `role` null: it is not known to whoever says so. */
export const lackWords = (role: Role | null, needs: Permission): string =>
  `Your role${role === null ? '' : `, ${ROLE_WORDS[role]},`} does not reach this far; ${ROLE_WORDS[leastRoleFor(needs)]} does. Ask an admin.`;
