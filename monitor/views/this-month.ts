/** The running month for pages that show it in passing: of the service, and of every component by its slug. */
import { type LedgerFacts, monthZone } from '#domain/ledger/ledger-facts.ts';
import { monthAt } from '#domain/time/month.ts';
import { componentFigure, type MonthFigure, onlyMonth, type Standing, serviceFigure } from './month-figure.ts';
import type { Turn } from './turns.ts';

/** What a line of a component says of the month. */
export interface MonthMark {
  readonly availability: string | null;
  readonly standing: Standing;
}
export interface ThisMonth {
  /** `YYYY-MM`; the path of its explanation. */
  readonly month: string;
  readonly service: MonthFigure | null;
  readonly components: ReadonlyMap<string, MonthMark>;
}

/** `slugs`: the components that are asked for; one that was not watched yet has no mark. */
export const thisMonth = async (facts: LedgerFacts, slugs: readonly string[], turn: Turn): Promise<ThisMonth> => {
  const month = monthAt(monthZone(facts), facts.asOf);
  const own = onlyMonth(facts, month);
  const service = serviceFigure(own, month);
  const components = new Map<string, MonthMark>();
  for (const slug of slugs) {
    await turn();
    const figure = componentFigure(own, slug, month);
    if (figure) components.set(slug, { availability: figure.availability, standing: figure.standing });
  }
  return { month, service, components };
};
