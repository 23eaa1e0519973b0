/**
 * What the widget in the vendor's own application says: the state, open incidents, the window that runs or comes next, and what changes in
 * it. Plain JSON, instants as ms; nothing that is not on the public pages. `buildWidget` is pure. Source: interfaces.md (/widget.js),
 * semantics F (In-app).
 */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { factsOf } from '#db/queries/facts.ts';
import { readReleases } from '#db/queries/releases.ts';
import { type Overall, overallState, type Weighed } from '#domain/sla/overall.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Context } from '#monitor/context.ts';
import { buildFrame, type FrameView } from './frame.ts';
import { type PublicRelease, publicReleases, releasesIn } from './public-release.ts';
import { readSummary, type SummaryView } from './summary.ts';

export interface WidgetView {
  readonly asOf: Instant;
  readonly overall: Overall;
  /** Names of components whose last check failed and is not confirmed yet. */
  readonly investigating: readonly string[];
  /** Open ones, newest first. */
  readonly incidents: readonly { readonly id: string; readonly title: string; readonly startedAt: Instant }[];
  readonly frame: FrameView;
  /** Releases with public notes that are planned into the window; a title is public with its notes. */
  readonly changes: readonly { readonly version: string; readonly title: string | null }[];
  readonly components: readonly Weighed[];
}

/** As of `summary.asOf`. `releases`: those that are public. */
export const buildWidget = (summary: SummaryView, frame: FrameView, releases: readonly PublicRelease[]): WidgetView => {
  const announcement = frame.window?.id ?? null;
  return {
    asOf: summary.asOf,
    overall: summary.overall,
    investigating: summary.components.filter(({ investigating }) => investigating).map(({ name }) => name),
    incidents: summary.incidents
      .filter(({ resolvedAt }) => resolvedAt === null)
      .map(({ id, title, startedAt }) => ({ id, title, startedAt })),
    frame,
    changes: announcement === null ? [] : releasesIn(announcement, releases).map(({ version, title }) => ({ version, title })),
    components: summary.components.map(({ name, critical, state }) => ({ name, critical, state })),
  };
};

/** As of now. Rejects when the store does not answer. */
export const widgetView = async ({ store, clock, config }: Context): Promise<WidgetView> => {
  const now = clock.now();
  const [summary, announcements, releases] = await Promise.all([
    readSummary(factsOf(store), config.groups, store.info.instanceId, now),
    readAnnouncements(store),
    readReleases(store),
  ]);
  return buildWidget(summary, buildFrame(announcements, config.policy, now), publicReleases(releases, announcements, config.policy, now));
};

/** No state is claimed any more. */
export const expireWidget = (view: WidgetView): WidgetView => {
  const components = view.components.map((component) => ({ ...component, state: 'unknown' as const }));
  return { ...view, components, overall: overallState(components), investigating: [] };
};
