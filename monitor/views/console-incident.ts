/**
 * One incident in the console: what the public page shows, and what only its keepers see: who wrote what, and of what the checks saw the
 * samples behind it, by reason. Plain JSON, instants as ms, as of now. Not for the public.
 */
import { mergeFirstWins, type Pair, readHotDay, readPackedDay } from '#db/queries/checks.ts';
import { lastVersion, readDefinitions } from '#db/queries/definitions.ts';
import { factsOf } from '#db/queries/facts.ts';
import type { CheckRow } from '#db/queries/pack.ts';
import { readPostingComponents } from '#db/queries/posting-components.ts';
import type { Store } from '#db/store.ts';
import { OUTCOMES } from '#domain/check/check-result.ts';
import { reasonById, reasonWords } from '#domain/check/reason.ts';
import { type AccountedUpdate, accountOf } from '#domain/incident/incident-account.ts';
import { concernedIds, isOpenStatus, lastPostOf, POSTED_STATUSES, type PostedStatus } from '#domain/incident/incident-fact.ts';
import { after, DAY, earlier, type Instant, instant, millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { dayOf } from '#domain/time/zone.ts';
import type { Context } from '#monitor/context.ts';
import { type NamedComponent, watchedComponents } from './console-incidents.ts';
import { incidentPage } from './incident-page.ts';
import type { IncidentPageView } from './incident-view.ts';

/** Of an incident that lasts longer the samples of its first days are counted; the page of the check has the rest. */
const COUNTED = millis(7 * DAY);

export interface SamplesByReason {
  readonly reason: string;
  readonly count: number;
  readonly first: Instant;
  readonly last: Instant;
}
/** What one location measured of one component while the incident is looked at. */
export interface SamplesOf extends NamedComponent {
  readonly location: string;
  readonly samples: number;
  readonly good: number;
  readonly slow: number;
  readonly failed: number;
  /** Own faults of the prober: no evidence. */
  readonly errors: number;
  readonly reasons: readonly SamplesByReason[];
  readonly until: Instant;
}
export interface ConsoleIncidentView {
  readonly page: IncidentPageView;
  /** Newest first, with who wrote them. */
  readonly updates: readonly AccountedUpdate[];
  /** Id of the post recorded last, which a form carries; null: nothing was posted. */
  readonly last: string | null;
  readonly watched: readonly NamedComponent[];
  readonly samples: readonly SamplesOf[];
  /** Which statuses a further post may have. */
  readonly statuses: readonly PostedStatus[];
}

/** What may be posted next: while it is open anything but a post-mortem, and `resolved` only where people opened it. */
const statusesOf = ({ resolvedAt, detected }: Pick<IncidentPageView, 'resolvedAt' | 'detected'>): readonly PostedStatus[] => {
  if (resolvedAt !== null) return ['postmortem'];
  return POSTED_STATUSES.filter((status) => isOpenStatus(status) || (status === 'resolved' && !detected));
};

/** Whole samples of one location over a stretch of days, ascending. */
const samplesIn = async (store: Store, pair: Pair, { start, end }: Interval): Promise<CheckRow[]> => {
  const found: CheckRow[] = [];
  for (let day = dayOf(start); day <= dayOf(end); day++) {
    const packed = (await readPackedDay(store, pair, day)) ?? [];
    found.push(...mergeFirstWins(packed, await readHotDay(store, pair, day)));
  }
  return found.filter(({ at }) => at >= start && at <= end);
};

const GOOD = new Set(['ok', 'slow']);
const countedBy = (rows: readonly CheckRow[]): Pick<SamplesOf, 'samples' | 'good' | 'slow' | 'failed' | 'errors' | 'reasons'> => {
  const outcomeOf = ({ outcome }: CheckRow) => OUTCOMES[outcome] ?? 'error';
  const count = (outcome: (typeof OUTCOMES)[number]): number => rows.filter((row) => outcomeOf(row) === outcome).length;
  const bad = rows.filter((row) => !GOOD.has(outcomeOf(row)));
  const reasons = [...Map.groupBy(bad, ({ reason, status }) => reasonWords(reasonById(reason), status))].map(
    ([reason, own]): SamplesByReason => ({
      reason,
      count: own.length,
      first: instant(Math.min(...own.map(({ at }) => at))),
      last: instant(Math.max(...own.map(({ at }) => at))),
    }),
  );
  return {
    samples: rows.length,
    good: count('ok'),
    slow: count('slow'),
    failed: count('fail'),
    errors: count('error'),
    reasons: reasons.sort((a, b) => b.count - a.count),
  };
};

export const consoleIncident = async (context: Context, id: string): Promise<ConsoleIncidentView | null> => {
  const { store, clock } = context;
  const [page, fact] = await Promise.all([incidentPage(context, id), factsOf(store).incident(id)]);
  if (!page || !fact) return null;
  const [components, watched, definitions] = await Promise.all([
    readPostingComponents(store),
    watchedComponents(context),
    readDefinitions(store),
  ]);
  const until = earlier(page.range.end, after(page.range.start, COUNTED));
  const samples: SamplesOf[] = [];
  for (const componentId of concernedIds(fact)) {
    const component = definitions.components.find((one) => one.id === componentId);
    if (!component) continue;
    for (const location of definitions.locations) {
      const pair: Pair = { componentId, locationId: location.id };
      const found = await samplesIn(store, pair, { start: page.range.start, end: until });
      if (found.length === 0) continue;
      samples.push({
        slug: component.slug,
        name: lastVersion(component.versions).name,
        location: lastVersion(location.versions).name,
        ...countedBy(found),
        until,
      });
    }
  }
  return {
    page,
    updates: accountOf(fact, components, clock.now()).updates,
    last: lastPostOf(fact)?.id ?? null,
    watched,
    samples,
    statuses: statusesOf(page),
  };
};
