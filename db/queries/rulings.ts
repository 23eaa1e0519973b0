/** What the rules say of a component's overrides, by what its checks say wherever those speak. The one place that asks for that evidence. */
import { type ComponentEvidence, passedOf } from '#domain/ledger/override-account.ts';
import { type LedgerRow, type Ruling, ruleOn } from '#domain/sla/override.ts';
import type { Instant } from '#domain/time/instant.ts';
import { union } from '#domain/time/interval.ts';
import type { Store } from '../store.ts';
import { readComponentEvidence } from './ledger-facts.ts';

export interface Ruled {
  readonly rulings: readonly Ruling[];
  readonly evidence: ComponentEvidence;
}

/** `rows`: all of one component. Evidence is read where they speak, as far as it has passed; elsewhere no row changes anything. */
export const ruleOnComponent = async (store: Store, component: string, rows: readonly LedgerRow[], now: Instant): Promise<Ruled> => {
  const spoken = union(rows.flatMap((row) => (row.kind === 'override' ? [passedOf(row, now)] : [])));
  const found = await Promise.all(spoken.map((part) => readComponentEvidence(store, component, part, now)));
  const evidence = {
    lenient: found.flatMap((told) => told?.lenient ?? []),
    strict: found.flatMap((told) => told?.strict ?? []),
  };
  const over = { start: spoken[0]?.start ?? now, end: spoken.at(-1)?.end ?? now };
  return { rulings: ruleOn(rows, evidence, over), evidence };
};
