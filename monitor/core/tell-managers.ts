/**
 * At a start: account managers who have no customers, and so read no report. Before there were customers to give, each of them read every
 * report; whoever upgrades hears of it here and gives them theirs.
 */
import { managersWithoutCustomers } from '#db/queries/people.ts';
import type { Store } from '#db/store.ts';
import type { Log } from '#monitor/context.ts';

export const tellManagersWithoutCustomers = async (store: Store, log: Pick<Log, 'warn'>): Promise<void> => {
  const people = await managersWithoutCustomers(store);
  if (people.length > 0)
    log.warn(
      'Account managers without customers read no report. Give them theirs under People, or with: avow user customers PERSON CUSTOMER…',
      { people: people.join(', ') },
    );
};
