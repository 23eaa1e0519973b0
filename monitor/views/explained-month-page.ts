/** Reads what `/sla/{YYYY-MM}` and `/components/{slug}/{YYYY-MM}` show: one month, then the pure view. */
import { factsOf } from '#db/queries/facts.ts';
import type { Context } from '#monitor/context.ts';
import { buildExplainedMonth, type ExplainedMonthView } from './explained-month-view.ts';
import { readMonth } from './month-facts.ts';
import { turnsOf } from './turns.ts';

/** `slug` null: the service. Null: there is no such month, or nothing of that name was watched in it. */
export const explainedMonthPage = async (
  context: Pick<Context, 'store' | 'clock' | 'config'>,
  month: string,
  slug: string | null,
): Promise<ExplainedMonthView | null> => {
  const facts = await readMonth(context, month, slug);
  if (!facts) return null;
  const incidents = await factsOf(context.store).incidents(facts.range.start);
  return buildExplainedMonth(facts, month, slug, incidents, turnsOf(context.clock));
};
