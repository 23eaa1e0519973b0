/** What the verbs about overrides share: their context, the situation they decide in, and what a row weighs among those of its component. */
import { lastComponentVersions } from '#db/queries/components.ts';
import { readLedgerRows, rowsByComponent } from '#db/queries/overrides.ts';
import { ruleOnComponent } from '#db/queries/rulings.ts';
import type { Statement, Store } from '#db/store.ts';
import { type OverrideView, viewOf } from '#domain/ledger/override-account.ts';
import type { LedgerSituation } from '#domain/ledger/overriding.ts';
import { byPrecedence, type LedgerRow, type OverrideRow, type Ruling } from '#domain/sla/override.ts';
import type { Policy } from '#domain/sla/terms.ts';
import type { Instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Acting } from '#monitor/context.ts';
import { auditOf } from './audit.ts';
import type { Naming } from './new-id.ts';

export interface OverrideContext extends Naming, Acting {
  readonly store: Store;
  readonly clock: Clock;
  readonly policy: Pick<Policy, 'zone'>;
}

/** Everything as it stands; call it inside `store.exclusive`, so that it still holds when the verb writes. */
export const overrideSituation = async ({ store, clock }: OverrideContext): Promise<LedgerSituation> => {
  const [rows, components] = await Promise.all([readLedgerRows(store, null), lastComponentVersions(store)]);
  return { now: clock.now(), components: new Set(components.map(({ slug }) => slug)), rows };
};

/** The override that a row is, or takes back. */
export const targetOf = (row: LedgerRow, { rows }: LedgerSituation): OverrideRow => {
  const target = row.kind === 'override' ? row : rows.find(({ id }) => id === row.revokes);
  if (target?.kind !== 'override') throw new Error(`The ledger's row ${row.id} takes back an override that is not there.`);
  return target;
};

export const rulingsOn = async (
  { store }: OverrideContext,
  component: string,
  { rows, now }: LedgerSituation,
): Promise<readonly Ruling[]> => (await ruleOnComponent(store, component, rowsByComponent(rows).get(component) ?? [], now)).rulings;

export interface Weighed {
  readonly ruling: Ruling;
  readonly view: OverrideView;
}
/** The row among those of its component: a new one, or in place of the form in which it stands there. */
export const weigh = async (ctx: OverrideContext, row: LedgerRow, situation: LedgerSituation, now: Instant): Promise<Weighed> => {
  const { component } = targetOf(row, situation);
  const others = (rowsByComponent(situation.rows).get(component) ?? []).filter(({ id }) => id !== row.id);
  const { rulings, evidence } = await ruleOnComponent(ctx.store, component, [...others, row].sort(byPrecedence), now);
  const ruling = rulings.find((one) => one.row.id === row.id);
  if (!ruling) throw new Error(`The ledger's row ${row.id} was not ruled on.`);
  return { ruling, view: viewOf(ruling, rulings, evidence, now) };
};

/** A row of the ledger as the audit tells of it. `target`: the override itself, or the one that a revocation takes back. */
const auditForm = (row: LedgerRow, { component, start, end, state }: OverrideRow): object => ({
  kind: row.kind,
  id: row.id,
  component,
  start: isoOf(start),
  end: end === null ? null : isoOf(end),
  state,
  reason: row.reason,
  evidence: row.evidence,
  author: row.author,
  approvedBy: row.approvedBy,
});
/** Found by the override, also where it is taken back. */
export const auditedOverride = (
  ctx: OverrideContext,
  verb: 'record' | 'approve' | 'revoke',
  target: OverrideRow,
  before: LedgerRow | null,
  after: LedgerRow & { readonly inEffect: boolean },
): Promise<Statement[]> =>
  auditOf(ctx, {
    verb: `override.${verb}`,
    subject: `override/${target.id}`,
    before: before && auditForm(before, target),
    after: { ...auditForm(after, target), inEffect: after.inEffect },
  });
