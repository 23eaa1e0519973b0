/** Reads what `/sla` shows: thirteen months in one go, then the pure view. */
import type { Context } from '#monitor/context.ts';
import { readMonthsBack } from './month-facts.ts';
import { MONTHS_TOLD } from './month-figure.ts';
import { buildSlaPage, type SlaPageView } from './sla-view.ts';
import { turnsOf } from './turns.ts';

/** The view of `/sla`, as of now. */
export const slaPage = async (context: Context): Promise<SlaPageView> =>
  buildSlaPage(await readMonthsBack(context, MONTHS_TOLD), context.config, turnsOf(context.clock));
