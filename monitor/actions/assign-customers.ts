/**
 * Says whose contracts and reports an account manager reads and decides about: these customers and no others, from the next request on.
 * Refuses a token that may not read and decide about reports itself to give more of them, somebody of another role, a customer that no contract names, the list they have, and a version that was seen before another's change.
 */
import { readCustomers } from '#db/queries/contracts.ts';
import { raiseVersion, setCustomers } from '#db/queries/people.ts';
import type { Store } from '#db/store.ts';
import { readCustomers as judgeCustomers } from '#domain/access/customers.ts';
import { ROLE_WORDS, type Role } from '#domain/access/permission.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { auditOf } from './audit.ts';
import type { StandingChanged, StandingRequest } from './change-standing.ts';
import { judgeGrave, judgeReach, type PeopleContext, personNamed, standingOf } from './people-verb.ts';

export interface CustomersRequest extends StandingRequest {
  /** Ids. */
  readonly customers: readonly string[];
}

/** The list as it will be stored. */
export const customersFor = async (store: Store, given: readonly string[], role: Role): Promise<readonly string[] | Refusal> =>
  given.length === 0
    ? []
    : judgeCustomers(
        given,
        role,
        (await readCustomers(store)).map(({ id }) => id),
      );

export const assignCustomers = (ctx: PeopleContext, request: CustomersRequest): Promise<StandingChanged | Refusal> =>
  ctx.store.exclusive(async () => {
    const { store, clock } = ctx;
    const grave = judgeGrave(ctx, 'people:write');
    if (grave) return grave;
    const person = await personNamed(store, request.person);
    if (isRefusal(person)) return person;
    const { id, name, email, role, disabledAt, version } = person;
    if (role !== 'account_manager')
      return refuse('not_a_manager', `${name} is ${ROLE_WORDS[role]}: customers are given to account managers. Change the role first.`, {
        person: id,
        field: 'customers',
      });
    if (request.version !== null && request.version !== version)
      return refuse('conflict', `${name} was changed by somebody else in the meantime. Look again, then decide.`, {
        asked: { customers: request.customers, version: request.version },
        current: { customers: person.customers, version },
      });
    const customers = await customersFor(store, request.customers, role);
    if (isRefusal(customers)) return customers;
    if (customers.join() === person.customers.join())
      return refuse('nothing_changes', `${name} has exactly these customers already. Nothing was changed.`, { person: id });
    // A customer more is a right more: what may be read and decided about them.
    const beyond = customers.every((one) => person.customers.includes(one)) ? null : judgeReach(ctx, null, person);
    if (beyond) return beyond;
    const after = { ...person, customers, version: version + 1 };
    const entry = { verb: 'person.assign_customers', subject: `person/${id}`, before: standingOf(person), after: standingOf(after) };
    await store.write([raiseVersion(person), ...setCustomers(id, customers, clock.now()), ...(await auditOf(ctx, entry))]);
    return { person: { id, name, email, role, disabledAt, customers, version: after.version } };
  });
