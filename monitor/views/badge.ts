/**
 * What a badge says: the state of the service or of one component now, or its availability in the running month or over the last 30 or
 * 90 days, windows excluded. Percentages are cut off, never rounded; null: there is none. Plain JSON, instants as ms. Source: interfaces.md
 * (badges), semantics A9 (Display), C5.
 */
import { factsOf } from '#db/queries/facts.ts';
import { readLedgerFacts } from '#db/queries/ledger-facts.ts';
import { rollingAssessment } from '#domain/ledger/rolling.ts';
import { percentText } from '#domain/sla/availability.ts';
import { type ComponentState, type Headline, overallState } from '#domain/sla/overall.ts';
import { after, DAY, millis } from '#domain/time/instant.ts';
import { monthAt } from '#domain/time/month.ts';
import type { Context } from '#monitor/context.ts';
import { readMonthsBack } from './month-facts.ts';
import { componentFigure, type Standing, serviceFigure } from './month-figure.ts';
import { readSummary, type SummaryView } from './summary.ts';

/** Names the whole service where a component's slug may stand. */
const OVERALL = 'overall';

export const ROLLING = { '30d': 30, '90d': 90 } as const;
export type RollingSpan = keyof typeof ROLLING;

interface Subject {
  /** Name of the component; null: the service. */
  readonly name: string | null;
}
export interface StatusBadge extends Subject {
  readonly what: 'status';
  /** Of a component its state; of the service the headline, and `unknown` when any critical fact is. */
  readonly state: ComponentState | Headline;
  readonly investigating: boolean;
}
export interface FigureBadge extends Subject {
  readonly what: 'month' | RollingSpan;
  /** `YYYY-MM`; null where it is no month. */
  readonly month: string | null;
  /** "99.9401". */
  readonly availability: string | null;
  /** Null: there is nothing to judge. */
  readonly standing: Standing | null;
  /** False: the facts are too old to speak of now. */
  readonly current: boolean;
}
export type BadgeView = StatusBadge | FigureBadge;

/** Null: no such component is watched. */
const subjectOf = async ({ store }: Context, component: string): Promise<Subject | null> => {
  if (component === OVERALL) return { name: null };
  const found = (await factsOf(store).components()).find(({ slug }) => slug === component);
  return found ? { name: found.name } : null;
};

export const buildStatusBadge = (summary: SummaryView, component: string): StatusBadge | null => {
  if (component === OVERALL)
    return {
      what: 'status',
      name: null,
      state: overallState(summary.components).headline,
      investigating: summary.components.some(({ investigating }) => investigating),
    };
  const found = summary.components.find(({ slug }) => slug === component);
  return found ? { what: 'status', name: found.name, state: found.state, investigating: found.investigating } : null;
};

/** As of now; null: no such component is watched. */
export const statusBadge = async ({ store, clock, config }: Context, component: string): Promise<StatusBadge | null> =>
  buildStatusBadge(await readSummary(factsOf(store), config.groups, store.info.instanceId, clock.now()), component);

const only = (component: string): string | null => (component === OVERALL ? null : component);

/** The running month; null: no such component is watched. */
export const monthBadge = async (context: Context, component: string): Promise<FigureBadge | null> => {
  const subject = await subjectOf(context, component);
  if (!subject) return null;
  const facts = await readMonthsBack(context, 0, only(component));
  const month = monthAt(context.config.policy.zone, facts.asOf);
  const figure = component === OVERALL ? serviceFigure(facts, month) : componentFigure(facts, component, month);
  const availability = figure?.availability ?? null;
  return { what: 'month', ...subject, month, availability, standing: figure?.standing ?? null, current: true };
};

/** The last days up to now; null: no such component is watched. */
export const rollingBadge = async (context: Context, component: string, span: RollingSpan): Promise<FigureBadge | null> => {
  const subject = await subjectOf(context, component);
  if (!subject) return null;
  const { store, clock } = context;
  const asOf = clock.now();
  const range = { start: after(asOf, millis(-ROLLING[span] * DAY)), end: asOf };
  const slug = only(component);
  const facts = await readLedgerFacts(store, { range, asOf, source: 'spans', causes: false, ...(slug === null ? {} : { only: slug }) });
  const assessed = rollingAssessment(facts, slug);
  return {
    what: span,
    ...subject,
    month: null,
    availability: assessed && percentText(assessed.figures.measured),
    standing: assessed?.verdict ?? null,
    current: true,
  };
};

/** The same once its facts are too old: nothing is known of now. */
export const expireBadge = (view: BadgeView): BadgeView =>
  view.what === 'status'
    ? { ...view, state: 'unknown', investigating: false }
    : { ...view, availability: null, standing: null, current: false };
