/**
 * Checks and components for people who run Avow, a page at a time: what each is, who manages it, and what it is told to be now. A page
 * goes on behind the last component of the one before (`next`), so that ten thousand cost no more than fifty. Plain JSON, instants ms.
 */
import {
  type Candidates,
  type CheckSign,
  type ListedComponent,
  type ListFilter,
  readComponentList,
  readListCounts,
} from '#db/queries/component-list.ts';
import type { ManagedBy } from '#db/queries/components.ts';
import type { CheckKind } from '#domain/check/check-definition.ts';
import { concernedIds } from '#domain/incident/incident-fact.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import type { ComponentState } from '#domain/sla/overall.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import { contains } from '#domain/time/interval.ts';
import type { ComponentContext } from '#monitor/actions/component-verb.ts';
import { nearest } from '#monitor/config/nearest.ts';
import { type ComponentNow, componentsNow, type Overlay, readOverlay } from './component-states.ts';

const PAGE = 50;
const MOST = 200;
/** Components looked at in one go while those of a state are looked for. */
const LOOKED_AT = 500;

export const LIST_STATES = [
  'operational',
  'degraded',
  'partial_outage',
  'major_outage',
  'maintenance',
  'unknown',
] as const satisfies readonly ComponentState[];

export interface ComponentLine {
  readonly slug: string;
  readonly name: string;
  readonly group: string | null;
  readonly kind: CheckKind;
  readonly critical: boolean;
  readonly managed: ManagedBy;
  readonly paused: boolean;
  readonly state: ComponentState;
  /** Null: longer than a week, or never measured. */
  readonly since: Instant | null;
  readonly investigating: boolean;
  readonly lastCheckAt: Instant | null;
  /** Of the version in force. */
  readonly recordedAt: Instant;
}

export interface ComponentListView {
  readonly asOf: Instant;
  readonly zone: string;
  readonly components: readonly ComponentLine[];
  /** What to ask with as `after` for the next page; null: this is the last. */
  readonly next: string | null;
  /** That match search and group, whatever their state. */
  readonly found: number;
  readonly total: number;
  readonly paused: number;
  readonly console: number;
  readonly groups: readonly string[];
}

/** As it comes from an address or a command: everything is text. */
export type ListQuery = Readonly<Record<string, string | undefined>>;

interface Asked {
  readonly filter: ListFilter;
  readonly state: ComponentState | null;
  readonly after: { readonly position: number; readonly slug: string } | null;
  readonly limit: number;
}

const bad = (parameter: string, message: string): Refusal => refuse('bad_parameter', message, { parameter });

const oneOf = <T extends string>(parameter: string, given: string | undefined, known: readonly T[]): T | null | Refusal => {
  if (given === undefined || given === '') return null;
  const found = known.find((one) => one === given);
  if (found) return found;
  const near = nearest(given, known);
  return bad(
    parameter,
    `"${given.slice(0, 40)}" is no ${parameter}.${near === null ? '' : ` Did you mean ${near}?`} Known: ${known.join(', ')}.`,
  );
};

const CURSOR = /^(\d{1,9})~([a-z0-9-]{1,64})$/;
const cursorOf = ({ position, slug }: ListedComponent): string => `${position}~${slug}`;

const read = (query: ListQuery): Asked | Refusal => {
  const { search = '', group, state, managed, paused, after, limit } = query;
  if (search.length > 200) return bad('search', 'A search may have 200 characters. Shorten it.');
  const wanted = oneOf('state', state, LIST_STATES);
  const manager = oneOf('managed', managed, ['file', 'console'] as const);
  const asleep = oneOf('paused', paused, ['true', 'false'] as const);
  const refused = [wanted, manager, asleep].find(isRefusal);
  if (refused) return refused;
  const [, position, slug] = CURSOR.exec(after ?? '') ?? [];
  if (after !== undefined && after !== '' && slug === undefined)
    return bad('after', 'The place to go on from is not one that a page gave. Begin anew without it.');
  const count = limit === undefined || limit === '' ? PAGE : /^\d{1,4}$/.test(limit) ? Number(limit) : Number.NaN;
  if (!(count >= 1 && count <= MOST))
    return bad('limit', `A page holds 1 to ${MOST} components, and the limit was "${(limit ?? '').slice(0, 40)}".`);
  return {
    filter: {
      search: search.trim(),
      group: group ?? null,
      managed: manager as ManagedBy | null,
      paused: asleep === null ? null : asleep === 'true',
    },
    state: wanted as ComponentState | null,
    after: slug === undefined ? null : { position: Number(position), slug },
    limit: count,
  };
};

const lineOf = (listed: ListedComponent, now: ComponentNow | undefined): ComponentLine => {
  const { id: _, position: __, ...line } = listed;
  return {
    ...line,
    state: now?.timeline.state ?? 'unknown',
    since: now?.timeline.since ?? null,
    investigating: now?.timeline.investigating ?? false,
    lastCheckAt: now?.lastCheckAt ?? null,
  };
};

/** What the checks must say before a component may be told so, where nobody put anything over them (domain/sla/displayed.ts). */
const SIGN: Readonly<Record<ComponentState, CheckSign>> = {
  operational: 'up',
  degraded: 'troubled',
  partial_outage: 'none',
  major_outage: 'down',
  maintenance: 'none',
  unknown: 'silent',
};

/** Who may be in that state: by what the checks say, or because something lies over them. Null: nobody is, for all are under maintenance. */
const candidatesFor = (state: ComponentState, { display, incidents }: Overlay, asOf: Instant): Candidates | null => {
  // The state is that of the millisecond before, as for every range that ends now.
  const at = instant(asOf - 1);
  const windows = display.windows.filter((window) => contains(window, at)).map(({ components }) => components);
  if (state === 'maintenance') return { sign: windows.includes('*') ? 'any' : 'none', slugs: windows.flatMap(named), ids: [], asOf };
  // What was never measured is unknown even then.
  if (windows.includes('*') && state !== 'unknown') return null;
  const overridden = display.overrides.filter(({ start, end }) => start <= at && (end === null || at < end));
  const posted = incidents.filter(({ resolvedAt }) => resolvedAt === null).flatMap(concernedIds);
  return { sign: SIGN[state], slugs: overridden.map(({ component }) => component), ids: posted, asOf };
};
const named = (components: readonly string[] | '*'): readonly string[] => (components === '*' ? [] : components);

/** One more than asked for says whether there is a next page. */
const listed = async (
  ctx: ComponentContext,
  { filter, state, after, limit }: Asked,
  overlay: Overlay,
  asOf: Instant,
): Promise<ListedComponent[]> => {
  if (state === null) return readComponentList(ctx.store, filter, after, limit + 1);
  const found: ListedComponent[] = [];
  const candidates = candidatesFor(state, overlay, asOf);
  if (candidates === null) return [];
  // Most that may be in a state are: a page of them is looked at first.
  for (let from = after, count = limit + 1; ; count = LOOKED_AT) {
    const some = await readComponentList(ctx.store, filter, from, count, candidates);
    const now = await componentsNow(
      ctx.store,
      some.map(({ id }) => id),
      overlay,
      asOf,
      false,
    );
    found.push(...some.filter(({ id }) => (now.get(id)?.timeline.state ?? 'unknown') === state));
    const last = some.at(-1);
    if (found.length > limit || some.length < count || !last) return found.slice(0, limit + 1);
    from = last;
  }
};

export const componentListView = async (ctx: ComponentContext, query: ListQuery = {}): Promise<ComponentListView | Refusal> => {
  const asked = read(query);
  if (isRefusal(asked)) return asked;
  const { store, clock, config } = ctx;
  const asOf = clock.now();
  const [overlay, { found, total, paused, console, groups }] = await Promise.all([
    readOverlay(store, asOf),
    readListCounts(store, asked.filter),
  ]);
  const rows = await listed(ctx, asked, overlay, asOf);
  const page = rows.slice(0, asked.limit);
  const now = await componentsNow(
    store,
    page.map(({ id }) => id),
    overlay,
    asOf,
    true,
  );
  const last = page.at(-1);
  return {
    asOf,
    zone: config.policy.zone,
    components: page.map((one) => lineOf(one, now.get(one.id))),
    next: rows.length > asked.limit && last ? cursorOf(last) : null,
    found,
    total,
    paused,
    console,
    groups,
  };
};
