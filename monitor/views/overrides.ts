/**
 * What people added to the ledger about components: every override and revocation in the order in which they were recorded, each
 * with what it changes, whether it is in effect, and by whom. Plain JSON, instants and lengths in ms. As everything stands now.
 */
import { readLedgerRows, rowsByComponent } from '#db/queries/overrides.ts';
import { ruleOnComponent } from '#db/queries/rulings.ts';
import { type OverrideView, viewOf } from '#domain/ledger/override-account.ts';
import type { Policy } from '#domain/sla/terms.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Context } from '#monitor/context.ts';

export interface OverridesView {
  readonly asOf: Instant;
  /** The policy's, in which people are told times. */
  readonly zone: string;
  readonly overrides: readonly OverrideView[];
}

export const overridesView = async ({
  store,
  clock,
  policy,
}: Pick<Context, 'store' | 'clock'> & { readonly policy: Pick<Policy, 'zone'> }): Promise<OverridesView> => {
  const asOf = clock.now();
  const rows = await readLedgerRows(store, null);
  const views = new Map<string, OverrideView>();
  for (const [component, own] of rowsByComponent(rows)) {
    const { rulings, evidence } = await ruleOnComponent(store, component, own, asOf);
    for (const ruling of rulings) views.set(ruling.row.id, viewOf(ruling, rulings, evidence, asOf));
  }
  return { asOf, zone: policy.zone, overrides: rows.flatMap(({ id }) => views.get(id) ?? []) };
};
