/** Gives a person another role; their sessions end. Refuses what is no role, the role they have, customers for another role than account manager, and to leave Avow without an admin. */
import { setRole } from '#db/queries/people.ts';
import { isRole, ROLES } from '#domain/access/permission.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { customersFor } from './assign-customers.ts';
import { changeStanding, type StandingChanged, type StandingRequest } from './change-standing.ts';
import type { PeopleContext } from './people-verb.ts';

export interface RoleRequest extends StandingRequest {
  readonly role: string;
  /** Of an account manager; null: none yet. */
  readonly customers?: readonly string[] | null;
}

export const changeRole = async (ctx: PeopleContext, request: RoleRequest): Promise<StandingChanged | Refusal> => {
  const { role } = request;
  if (!isRole(role)) return refuse('bad_role', `"${role.slice(0, 40)}" is no role. There are: ${ROLES.join(', ')}.`, { field: 'role' });
  const customers = await customersFor(ctx.store, request.customers ?? [], role);
  if (isRefusal(customers)) return customers;
  return changeStanding(ctx, request, {
    verb: 'person.change_role',
    ends: 'role',
    revokesTokens: false,
    to: ({ disabledAt }) => ({ role, disabledAt }),
    row: (person) => setRole(person, role),
    customers,
  });
};
