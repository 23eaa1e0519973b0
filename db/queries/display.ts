/** What lies over the checks when components are shown: overrides in force, and announced time that is really left out. */
import { describe } from '#domain/maintenance/account.ts';
import { currentRevision } from '#domain/maintenance/announcement-fact.ts';
import { inForce, type Override } from '#domain/sla/override.ts';
import type { Policy } from '#domain/sla/terms.ts';
import type { Instant } from '#domain/time/instant.ts';
import { monthAt } from '#domain/time/month.ts';
import { monthBounds } from '#domain/time/zone.ts';
import type { Store } from '../store.ts';
import { readAnnouncements } from './announcements.ts';
import type { DisplayFacts, ExcludedWindow } from './facts-types.ts';
import { readLedgerRows, rowsByComponent } from './overrides.ts';
import { ruleOnComponent } from './rulings.ts';
import { type RecordedSettings, readSettings } from './settings.ts';

/** As months are judged: by the policy in force when the month of that instant began, the first one before it all. */
const policyAt = (policies: readonly RecordedSettings[], at: Instant): Policy | null => {
  const zone = policies.at(-1)?.policy.zone;
  if (zone === undefined) return null;
  const { start } = monthBounds(zone, monthAt(zone, at));
  return (policies.findLast(({ recordedAt }) => recordedAt <= start) ?? policies[0])?.policy ?? null;
};

export const readDisplay = async (store: Store, asOf: Instant): Promise<DisplayFacts> => {
  const [policies, announcements, rows] = await Promise.all([
    readSettings(store, asOf),
    readAnnouncements(store),
    readLedgerRows(store, asOf),
  ]);
  const windows = announcements.flatMap((fact) => {
    const policy = policyAt(policies, currentRevision(fact).start);
    return policy ? describe(fact, policy, asOf).excluded.map((part): ExcludedWindow => ({ ...part, components: fact.components })) : [];
  });
  const overrides: Override[] = [];
  for (const [component, own] of rowsByComponent(rows))
    overrides.push(...inForce((await ruleOnComponent(store, component, own, asOf)).rulings));
  return { windows, overrides };
};
