/** Reads what `/` shows: four questions to the facts, the running month, maintenance and releases, then the pure view. */
import { factsOf } from '#db/queries/facts.ts';
import type { Context } from '#monitor/context.ts';
import { lastDays } from './days.ts';
import { readMonthsBack } from './month-facts.ts';
import { BAR_DAYS, buildStatusPage, STORY_DAYS, type StatusPageView } from './status-view.ts';
import { thisMonth } from './this-month.ts';
import { turnsOf } from './turns.ts';
import { readUpkeep } from './upkeep.ts';

/** The view of `/`, as of now. */
export const statusPage = async (context: Context): Promise<StatusPageView> => {
  const { store, clock, config } = context;
  const asOf = clock.now();
  const facts = factsOf(store);
  const days = lastDays(config.policy.zone, asOf, BAR_DAYS);
  const since = days.at(-STORY_DAYS)?.start ?? asOf;
  const [components, spans, lastResults, incidents, display, ledger] = await Promise.all([
    facts.components(),
    facts.spans(days[0]?.start ?? asOf, asOf),
    facts.lastResults(asOf),
    facts.incidents(since),
    facts.display(asOf),
    readMonthsBack(context, 0),
  ]);
  const slugs = components.map(({ slug }) => slug);
  const [month, upkeep] = await Promise.all([thisMonth(ledger, slugs, turnsOf(clock)), readUpkeep(context, ledger)]);
  const settings = { ...config, zone: config.policy.zone, description: config.page.description };
  return buildStatusPage({ components, spans, lastResults, incidents, display, month, upkeep }, settings, asOf);
};
