/**
 * The customers that an admin gives an account manager: each once, in the order of their ids, and only ones that a contract names.
 * Refuses others naming what there is, and customers for any other role, which reaches all of them or none. Source: reliability section 4.
 */
import { type Refusal, refuse } from '../refusal.ts';
import { ROLE_WORDS, type Role } from './permission.ts';

/** As one sentence may name them. */
const MOST_NAMED = 20;

/** `known`: ids of all customers that contracts speak of. */
export const readCustomers = (given: readonly string[], role: Role, known: readonly string[]): readonly string[] | Refusal => {
  const customers = [...new Set(given.map((one) => one.trim()).filter((one) => one !== ''))].sort();
  if (customers.length > 0 && role !== 'account_manager')
    return refuse('bad_customers', `Customers are given to account managers; somebody with the role ${ROLE_WORDS[role]} has none.`, {
      field: 'customers',
    });
  const stranger = customers.find((one) => !known.includes(one));
  if (stranger === undefined) return customers;
  const there = known.length === 0 ? 'no contract yet, and so no customer' : known.slice(0, MOST_NAMED).join(', ');
  const more = known.length > MOST_NAMED ? ` and ${known.length - MOST_NAMED} more` : '';
  return refuse('bad_customers', `No contract is with a customer "${stranger.slice(0, 64)}". There is ${there}${more}.`, {
    field: 'customers',
  });
};
