/** Reads what `/components/{slug}` shows: the facts of one component, then the pure view. */
import { factsOf } from '#db/queries/facts.ts';
import { DAY, instant } from '#domain/time/instant.ts';
import { dayOf } from '#domain/time/zone.ts';
import type { Context } from '#monitor/context.ts';
import { buildComponentPage, type ComponentPageView } from './component-view.ts';
import { lastDays } from './days.ts';
import { readMonthsBack } from './month-facts.ts';
import { componentFigure, MONTHS_TOLD, monthRows, onlyMonth } from './month-figure.ts';
import { BAR_DAYS } from './status-view.ts';
import { turnsOf } from './turns.ts';

/** The view of `/components/{slug}`, as of now; null when no such component is watched. */
export const componentPage = async (context: Context, slug: string): Promise<ComponentPageView | null> => {
  const { store, clock, config } = context;
  const asOf = clock.now();
  const facts = factsOf(store);
  const [components, locations] = await Promise.all([facts.components(), facts.locations()]);
  const component = components.find((c) => c.slug === slug);
  if (!component) return null;
  const from = locations.find((location) => location.local) ?? locations[0] ?? null;
  const today = dayOf(asOf);
  const rawSince = instant(Math.min(today * DAY, asOf - DAY));
  const start = lastDays(config.policy.zone, asOf, BAR_DAYS)[0]?.start ?? asOf;
  const [spans, lastResults, incidents, display, points, daily, ledger] = await Promise.all([
    facts.spans(start, asOf, component.id),
    facts.lastResults(asOf),
    facts.incidents(asOf),
    facts.display(asOf),
    from ? facts.latencies(component.id, from.id, rawSince, asOf) : [],
    facts.daily(today - BAR_DAYS, today, component.id),
    readMonthsBack(context, MONTHS_TOLD, slug),
  ]);
  const months = await monthRows(ledger, (month) => componentFigure(onlyMonth(ledger, month), slug, month), turnsOf(clock));
  const mine = daily.filter((day) => day.locationId === from?.id).toSorted((a, b) => a.day - b.day);
  const gathered = { component, components, locations, spans, lastResults, incidents, display, from, points, daily: mine, months };
  return buildComponentPage(gathered, { zone: config.policy.zone, sentinels: config.sentinels.length }, asOf);
};
