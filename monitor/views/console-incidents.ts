/**
 * Incidents in the console: those that are open first, then what is over by month, one page at a time (keyset: by start, then id). And
 * what a form that opens one offers. Plain JSON, instants as ms, as of now. Not for the public.
 */
import { factsOf } from '#db/queries/facts.ts';
import { type IncidentPlace, readResolvedIncidents } from '#db/queries/incidents.ts';
import { readPostingComponents } from '#db/queries/posting-components.ts';
import { accountOf, type IncidentAccount } from '#domain/incident/incident-account.ts';
import type { Impact, IncidentFact } from '#domain/incident/incident-fact.ts';
import type { Instant } from '#domain/time/instant.ts';
import { monthAt } from '#domain/time/month.ts';
import type { Context } from '#monitor/context.ts';

const A_PAGE = 40;

export interface NamedComponent {
  readonly slug: string;
  readonly name: string;
}
export interface IncidentLine
  extends Pick<IncidentAccount, 'id' | 'detected' | 'title' | 'status' | 'impact' | 'startedAt' | 'resolvedAt'> {
  readonly components: readonly (NamedComponent & { readonly impact: Impact })[];
  readonly posts: number;
  /** Who wrote last; null: Avow itself, or nobody yet. */
  readonly lastAuthor: string | null;
  readonly lastAt: Instant | null;
}
export interface ConsoleIncidentsView {
  readonly asOf: Instant;
  readonly zone: string;
  readonly open: readonly IncidentLine[];
  /** By month of their start, the latest first. */
  readonly months: readonly { readonly month: string; readonly incidents: readonly IncidentLine[] }[];
  /** Where the next page begins; null: there is none. */
  readonly next: IncidentPlace | null;
  /** This is not the first page. */
  readonly further: boolean;
}

/** What is watched, in the order of the page: what posts may speak of. */
export const watchedComponents = async ({ store }: Pick<Context, 'store'>): Promise<NamedComponent[]> =>
  (await readPostingComponents(store)).flatMap(({ slug, name, watched }) => (watched ? [{ slug, name }] : []));

export const consoleIncidents = async (
  { store, clock, config }: Pick<Context, 'store' | 'clock' | 'config'>,
  before: IncidentPlace | null,
): Promise<ConsoleIncidentsView> => {
  const asOf = clock.now();
  const { zone } = config.policy;
  const [components, open, past] = await Promise.all([
    readPostingComponents(store),
    before ? [] : factsOf(store).incidents(asOf),
    readResolvedIncidents(store, before, A_PAGE + 1),
  ]);
  const nameOf = new Map(components.map(({ slug, name }) => [slug, name]));
  const line = (fact: IncidentFact): IncidentLine => {
    const {
      id,
      detected,
      title,
      status,
      impact,
      startedAt,
      resolvedAt,
      components: concerned,
      updates,
    } = accountOf(fact, components, asOf);
    const [last] = updates;
    return {
      id,
      detected,
      title,
      status,
      impact,
      startedAt,
      resolvedAt,
      components: concerned.map(({ component, impact: now }) => ({
        slug: component,
        name: nameOf.get(component) ?? component,
        impact: now,
      })),
      posts: updates.length,
      lastAuthor: last?.author ?? null,
      lastAt: last?.recordedAt ?? null,
    };
  };
  const shown = past.slice(0, A_PAGE);
  const last = shown.at(-1);
  return {
    asOf,
    zone,
    open: open.filter(({ resolvedAt }) => resolvedAt === null).map(line),
    months: [...Map.groupBy(shown.map(line), ({ startedAt }) => monthAt(zone, startedAt))].map(([month, incidents]) => ({
      month,
      incidents,
    })),
    next: past.length > A_PAGE && last ? { startedAt: last.startedAt, id: last.id } : null,
    further: before !== null,
  };
};
