/** What lies over the checks when components are shown: overrides in force, and announced time that is really left out. */
import { describe } from '#domain/maintenance/account.ts';
import { inForce, type Override } from '#domain/sla/override.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Store } from '../store.ts';
import { readAnnouncements } from './announcements.ts';
import type { DisplayFacts, ExcludedWindow } from './facts-types.ts';
import { readLedgerRows, rowsByComponent } from './overrides.ts';
import { ruleOnComponent } from './rulings.ts';
import { readSettings } from './settings.ts';

export const readDisplay = async (store: Store, asOf: Instant): Promise<DisplayFacts> => {
  const [policies, announcements, rows] = await Promise.all([
    readSettings(store, asOf),
    readAnnouncements(store),
    readLedgerRows(store, asOf),
  ]);
  const windows = announcements.flatMap((fact) => {
    const start = fact.revisions[0].start;
    const policy = (policies.findLast(({ recordedAt }) => recordedAt <= start) ?? policies[0])?.policy;
    return policy ? describe(fact, policy, asOf).excluded.map((part): ExcludedWindow => ({ ...part, components: fact.components })) : [];
  });
  const overrides: Override[] = [];
  for (const [component, own] of rowsByComponent(rows))
    overrides.push(...inForce((await ruleOnComponent(store, component, own, asOf)).rulings));
  return { windows, overrides };
};
