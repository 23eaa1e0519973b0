/** Reads what `/` shows: four questions to the facts, then the pure view. */
import { factsOf } from '#db/queries/facts.ts';
import type { Context } from '#monitor/context.ts';
import { lastDays } from './days.ts';
import { BAR_DAYS, buildStatusPage, STORY_DAYS, type StatusPageView } from './status-view.ts';

/** The view of `/`, as of now. */
export const statusPage = async ({ store, clock, config }: Context): Promise<StatusPageView> => {
  const asOf = clock.now();
  const facts = factsOf(store);
  const days = lastDays(config.policy.zone, asOf, BAR_DAYS);
  const since = days.at(-STORY_DAYS)?.start ?? asOf;
  const [components, spans, lastResults, incidents] = await Promise.all([
    facts.components(),
    facts.spans(days[0]?.start ?? asOf, asOf),
    facts.lastResults(asOf),
    facts.incidents(since),
  ]);
  const settings = { ...config, zone: config.policy.zone, description: config.page.description };
  return buildStatusPage({ components, spans, lastResults, incidents }, settings, asOf);
};
