/**
 * Whose contracts, figures and reports somebody may read and decide about: every customer's, or those of a list. What they may do at all
 * their permissions say (permission.ts); on which customer's objects they may do it is decided here and nowhere else. Deny by default: a
 * role that is not named here reaches nobody. Source: reliability section 4 (Roles), P14.
 */
import type { Role } from './permission.ts';

/** Ids of customers. */
export type Reach = 'every customer' | readonly string[];
export const EVERY_CUSTOMER: Reach = 'every customer';
export const NO_CUSTOMER: Reach = [];

/** `assigned`: the customers that an admin gave the person. */
export const reachOf = (role: Role, assigned: readonly string[]): Reach => {
  if (role === 'admin') return EVERY_CUSTOMER;
  return role === 'account_manager' ? assigned : NO_CUSTOMER;
};

/** The one decision about an object of a customer: a contract, a report, a claim, a decision, a link. */
export const reaches = (reach: Reach, customer: string): boolean => reach === EVERY_CUSTOMER || reach.includes(customer);
export const reachesEvery = (reach: Reach): boolean => reach === EVERY_CUSTOMER;
