/**
 * What the picture for social networks shows: the state of everything in one sentence, and ninety days of the four components that a reader
 * would ask for first. Plain JSON, instants as ms. `buildPicture` is pure. Source: design.md (90-day bars).
 */
import type { DayBar } from '#domain/sla/day-bars.ts';
import { type ComponentState, type Overall, overallState } from '#domain/sla/overall.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Context } from '#monitor/context.ts';
import { statusPage } from './status-page.ts';
import type { StatusPageView } from './status-view.ts';

const MOST_LINES = 4;

export interface PictureView {
  readonly asOf: Instant;
  readonly zone: string;
  readonly overall: Overall;
  readonly investigating: readonly string[];
  readonly measured: boolean;
  readonly awaitsBeat: boolean;
  readonly lines: readonly { readonly slug: string; readonly name: string; readonly bars: readonly DayBar[] }[];
  /** Components that are not among the lines. */
  readonly omitted: number;
  /** Names and weights of all of them: what the sentence is made of. */
  readonly components: readonly { readonly name: string; readonly critical: boolean }[];
}

/** What is in trouble first, then what is critical, then as on the page. */
const URGENCY: Readonly<Record<ComponentState, number>> = {
  major_outage: 0,
  partial_outage: 0,
  degraded: 1,
  unknown: 2,
  maintenance: 3,
  operational: 3,
};

export const buildPicture = (page: StatusPageView): PictureView => {
  const all = page.groups.flatMap(({ components }) => components);
  const first = all.toSorted((a, b) => URGENCY[a.state] - URGENCY[b.state] || Number(b.critical) - Number(a.critical)).slice(0, MOST_LINES);
  return {
    asOf: page.asOf,
    zone: page.zone,
    overall: page.overall,
    investigating: page.investigating,
    measured: page.lastCheckAt !== null,
    awaitsBeat: page.awaitsBeat,
    lines: first.map(({ slug, name, bars }) => ({ slug, name, bars })),
    omitted: all.length - first.length,
    components: all.map(({ name, critical }) => ({ name, critical })),
  };
};

/** As of now. Rejects when the store does not answer. */
export const pictureView = async (context: Context): Promise<PictureView> => buildPicture(await statusPage(context));

/** The same once its facts are too old: the days stay, every present state is unknown. */
export const expirePicture = (view: PictureView): PictureView => ({
  ...view,
  investigating: [],
  overall: overallState(view.components.map((component) => ({ ...component, state: 'unknown' }))),
});
