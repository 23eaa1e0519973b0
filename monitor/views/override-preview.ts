/**
 * What an override or a revocation would change, before anybody records it: over its own time, and in the figures of the months that it
 * touches. The ledger's own derivation: the row is decided, ruled on and laid over the evidence exactly as if it had been recorded, and
 * approved where that takes a second person. Nothing is written. Lengths in ms. Source: semantics A7, C.
 */
import { readAgreements } from '#db/queries/contracts.ts';
import { readLedgerFacts } from '#db/queries/ledger-facts.ts';
import { rowsByComponent } from '#db/queries/overrides.ts';
import { ruleOnComponent } from '#db/queries/rulings.ts';
import type { Store } from '#db/store.ts';
import { componentFacts, contractFacts, coversMonth, type LedgerFacts, serviceFacts } from '#domain/ledger/ledger-facts.ts';
import { type OverrideView, passedOf } from '#domain/ledger/override-account.ts';
import {
  decideOverride,
  decideRevocation,
  findRow,
  judgeWeight,
  type LedgerSituation,
  type NewOverride,
  type NewRevocation,
} from '#domain/ledger/overriding.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { agreedIn } from '#domain/sla/agreement.ts';
import { monthFigures, type StatementFacts } from '#domain/sla/month-statement.ts';
import { byPrecedence, type LedgerRow, type OverrideRow, type Ruling } from '#domain/sla/override.ts';
import type { Policy } from '#domain/sla/terms.ts';
import type { Verdict } from '#domain/sla/verdict.ts';
import type { Instant, Millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { monthAt, monthsFrom } from '#domain/time/month.ts';
import { monthBounds } from '#domain/time/zone.ts';
import { type OverrideContext, overrideSituation, rulingsOn, targetOf, weigh } from '#monitor/actions/override-verb.ts';

/** An override that reaches over more months changes those before them too, and says that it does. */
const MOST_MONTHS = 12;
/** Stands for whoever will approve it. */
const SOMEBODY_ELSE = 'the second person, whoever it is';

export interface PreviewedFigure {
  readonly availability: string | null;
  readonly downtimeMs: Millis;
  readonly unknownMs: Millis;
  readonly verdict: Verdict;
}
export interface PreviewedMonth {
  readonly month: string;
  /** Whose figure: of the whole service, of the component alone, of a contract. */
  readonly of: 'service' | 'component' | 'contract';
  /** Name of the component, or the customer's name and the contract; null: the service. */
  readonly name: string | null;
  readonly targetPpm: number;
  readonly before: PreviewedFigure;
  readonly after: PreviewedFigure;
}
export interface OverridePreview {
  readonly asOf: Instant;
  readonly override: OverrideView;
  readonly months: readonly PreviewedMonth[];
  /** Earlier months that it changes and that are not told. */
  readonly omitted: number;
}

interface Asking extends OverrideContext {
  readonly policy: Policy;
}

/** With the component ruled on anew. */
const ruledAnew = (facts: LedgerFacts, component: string, rulings: readonly Ruling[]): LedgerFacts => ({
  ...facts,
  components: facts.components.map((one) => (one.slug === component ? { ...one, rulings } : one)),
});

const figureOf = (facts: StatementFacts): PreviewedFigure & { readonly targetPpm: number } => {
  const { availability, sums, verdict, terms } = monthFigures(facts);
  return { availability, downtimeMs: sums.downtimeMs, unknownMs: sums.unknownMs, verdict, targetPpm: terms.targetPpm };
};

const changed = (
  of: PreviewedMonth['of'],
  name: string | null,
  before: StatementFacts | null,
  after: StatementFacts | null,
): PreviewedMonth[] => {
  if (!before || !after) return [];
  const { targetPpm, ...real } = figureOf(before);
  const { targetPpm: _same, ...imagined } = figureOf(after);
  return [{ month: before.month, of, name, targetPpm, before: real, after: imagined }];
};

/** The months of `zone` that a stretch touches, the latest first. */
const monthsOf = (zone: string, { start, end }: Interval): string[] => monthsFrom(monthAt(zone, start), monthAt(zone, end)).toReversed();

const read = (store: Store, month: string, zone: string, asOf: Instant): Promise<LedgerFacts> =>
  readLedgerFacts(store, { range: monthBounds(zone, month), asOf, source: 'spans', causes: false });

/** Months of contracts are in their own zones. */
const contractsChanged = async (
  store: Store,
  component: string,
  over: Interval,
  rulings: readonly Ruling[],
  asOf: Instant,
): Promise<PreviewedMonth[]> => {
  const months: PreviewedMonth[] = [];
  for (const known of await readAgreements(store)) {
    const { agreement } = known;
    for (const month of monthsOf(agreement.reportZone, over).slice(0, MOST_MONTHS)) {
      const { contract, customerName } = agreedIn(agreement, month);
      const removedAt = known.removed ? known.recordedAt : null;
      if (!contract.critical.includes(component) || !coversMonth({ agreement, removedAt }, month, asOf)) continue;
      const real = await read(store, month, contract.reportZone, asOf);
      const anew = ruledAnew(real, component, rulings);
      months.push(
        ...changed(
          'contract',
          `${customerName}, ${agreement.id}`,
          contractFacts(real, agreement, month),
          contractFacts(anew, agreement, month),
        ),
      );
    }
  }
  return months;
};

const monthsChanged = async (
  { store, policy }: Asking,
  component: string,
  over: Interval,
  rulings: readonly Ruling[],
  asOf: Instant,
  contracts: boolean,
): Promise<Pick<OverridePreview, 'months' | 'omitted'>> => {
  const all = monthsOf(policy.zone, over);
  const told = all.slice(0, MOST_MONTHS);
  const months: PreviewedMonth[] = [];
  for (const month of told) {
    const real = await read(store, month, policy.zone, asOf);
    const imagined = ruledAnew(real, component, rulings);
    const name = real.components.find(({ slug }) => slug === component)?.name ?? component;
    const service = serviceFacts(real, month);
    if (service?.contract.critical.includes(component)) months.push(...changed('service', null, service, serviceFacts(imagined, month)));
    months.push(...changed('component', name, componentFacts(real, component, month), componentFacts(imagined, component, month)));
  }
  if (contracts) months.push(...(await contractsChanged(store, component, over, rulings, asOf)));
  return { months, omitted: all.length - told.length };
};

const preview = async (
  ctx: Asking,
  row: LedgerRow,
  target: OverrideRow,
  situation: LedgerSituation,
  contracts: boolean,
): Promise<OverridePreview | Refusal> => {
  const { ruling, view } = await weigh(ctx, row, situation, situation.now);
  const fault = judgeWeight(ruling, row.kind === 'override' ? null : target);
  if (fault) return fault;
  const final = ruling.needsApproval ? { ...row, approvedBy: SOMEBODY_ELSE } : row;
  const others = rowsByComponent(situation.rows).get(target.component) ?? [];
  const { rulings } = await ruleOnComponent(ctx.store, target.component, [...others, final].sort(byPrecedence), situation.now);
  const over = passedOf(target, situation.now);
  const months = await monthsChanged(ctx, target.component, over, rulings, situation.now, contracts);
  return { asOf: situation.now, override: view, ...months };
};

/** `contracts`: figures of contracts too, for whoever may read them. Refuses what recording it would. */
export const previewOverride = async (ctx: Asking, asked: NewOverride, contracts: boolean): Promise<OverridePreview | Refusal> => {
  const situation = await overrideSituation(ctx);
  const row = decideOverride('preview', asked, situation);
  return isRefusal(row) ? row : preview(ctx, row, row, situation, contracts);
};

export const previewRevocation = async (ctx: Asking, asked: NewRevocation, contracts: boolean): Promise<OverridePreview | Refusal> => {
  const situation = await overrideSituation(ctx);
  const found = findRow(situation, asked.revokes);
  if (isRefusal(found)) return found;
  const rulings = await rulingsOn(ctx, targetOf(found, situation).component, situation);
  const decided = decideRevocation('preview', asked, situation, rulings);
  return isRefusal(decided) ? decided : preview(ctx, decided.row, decided.target, situation, contracts);
};
