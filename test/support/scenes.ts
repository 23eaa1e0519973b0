/** The states that design must not forget, as views made from believable facts. Dated at one fixed instant. */
import type { LedgerFacts } from '#domain/ledger/ledger-facts.ts';
import { currentRevision } from '#domain/maintenance/announcement-fact.ts';
import { DAY, instant, MINUTE } from '#domain/time/instant.ts';
import { buildComponentPage, type ComponentPageView } from '#monitor/views/component-view.ts';
import { buildExplainedMonth, type ExplainedMonthView, expireExplainedMonth } from '#monitor/views/explained-month-view.ts';
import {
  buildHistoryMonth,
  buildHistoryPage,
  expireHistory,
  type HistoryMonthView,
  type HistoryPageView,
} from '#monitor/views/history-pages.ts';
import { buildIncidentPage, expireIncidentPage, type IncidentPageView } from '#monitor/views/incident-view.ts';
import {
  type AnnouncementPageView,
  buildAnnouncementPage,
  buildMaintenancePage,
  expireAnnouncementPage,
  expireMaintenancePage,
  type MaintenancePageView,
} from '#monitor/views/maintenance-pages.ts';
import { componentFigure, monthRows } from '#monitor/views/month-figure.ts';
import { publicReleases } from '#monitor/views/public-release.ts';
import { buildSlaPage, expireSlaPage, type SlaPageView } from '#monitor/views/sla-view.ts';
import { buildStatusPage, type StatusPageView } from '#monitor/views/status-view.ts';
import { thisMonth } from '#monitor/views/this-month.ts';
import { buildUpkeep } from '#monitor/views/upkeep.ts';
import { type Believable, believableComponent, believableFacts, type Wanted } from './believable-facts.ts';
import { believableLedger, noTurn } from './believable-ledger.ts';
import { config } from './front-rig.ts';
import { RELEASES, RUNNING, SATURDAY, SATURDAYS } from './maintenance-scenes.ts';

/** Monday 23 November 2026, 14:20:10 in New York. */
export const SCENE_TIME = instant(Date.UTC(2026, 10, 23, 19, 20, 10));
/** One millisecond more than November may have lost by then: 1 956 010 000 ms / 200. */
export const SHORT_BY_A_HAIR_MS = 9_780_051;
export const SCENE_ZONE = 'America/New_York';

const settings = (more: Partial<Parameters<typeof buildStatusPage>[1]> = {}): Parameters<typeof buildStatusPage>[1] => ({
  groups: ['Storefront', 'Payments', 'Back office'],
  source: 'avow.yaml',
  support: [
    { kind: 'telephone', label: '+1 555 0100', link: 'tel:+15550100' },
    { kind: 'email', label: 'support@example.com', link: 'mailto:support@example.com' },
  ],
  zone: SCENE_ZONE,
  description: '',
  ...more,
});

const twelve: readonly Wanted[] = [
  { name: 'Web shop', group: 'Storefront', critical: true },
  { name: 'Search', group: 'Storefront', troubles: 6 },
  { name: 'Product images', group: 'Storefront' },
  { name: 'Accounts and sign-in', group: 'Storefront', critical: true, troubles: 3 },
  { name: 'Checkout API', group: 'Payments', critical: true, troubles: 4 },
  { name: 'Card payments', group: 'Payments', critical: true, troubles: 1 },
  { name: 'Invoices', group: 'Payments', ageDays: 40 },
  { name: 'Refunds', group: 'Payments', troubles: 0 },
  { name: 'Order entry', group: 'Back office', critical: true, troubles: 2 },
  { name: 'Warehouse', group: 'Back office', troubles: 7 },
  { name: 'Nightly export', group: 'Back office', ageDays: 12 },
  { name: 'Reports', group: 'Back office' },
];
const now = (changes: Readonly<Record<string, Wanted['now']>>): readonly Wanted[] =>
  twelve.map((wanted) => ({ ...wanted, now: changes[wanted.name] ?? 'up' }));

const long =
  'Customer self-service portal for order history, returns, warranty registrations and loyalty points in the region of Europe, the Middle East and Africa, including the archive of documents older than seven years';
const forty: readonly Wanted[] = Array.from({ length: 40 }, (_, i) => ({
  name:
    i === 0
      ? long
      : i === 7
        ? 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2)
        : `Service ${i + 1}`,
  group: i < 20 ? 'Storefront' : i < 30 ? 'A group with a rather long name that has to wrap somewhere on a phone' : null,
  now: i === 0 ? 'down' : i === 9 ? 'slow' : i === 11 ? 'unknown' : 'up',
}));
const fifty: readonly Wanted[] = Array.from({ length: 50 }, (_, i) => ({ name: `Service ${i + 1}`, group: `Group ${1 + (i % 5)}` }));
const selfWatch: readonly Wanted[] = [
  { name: 'This status page', group: null, now: 'up', ageDays: 0.0006, troubles: 0 },
  { name: 'The record', group: null, now: 'up', ageDays: 0.0006, troubles: 0 },
];

/** One component whose November, and that of the service, is what a figure must not be flattered about. */
const trapped = (name: 'hair-short' | 'all-down' | 'silent'): Believable => {
  const facts = believableFacts([{ name: 'Web shop', group: null, critical: true, troubles: 0 }], SCENE_TIME);
  if (name === 'silent') return { ...facts, spans: [], lastResults: [], incidents: [] };
  const said = (start: number, end: number, state: 'up' | 'down') =>
    ({ start: instant(start), end: instant(end), lenient: state, strict: state, slow: false }) as const;
  const began = SCENE_TIME - 90 * DAY;
  const until = SCENE_TIME + MINUTE;
  const [from, to] = name === 'all-down' ? [began, until] : [SCENE_TIME - 2 * DAY, SCENE_TIME - 2 * DAY + SHORT_BY_A_HAIR_MS];
  const spans = [said(began, from, 'up'), said(from, to, 'down'), said(to, until, 'up')].filter(({ start, end }) => start < end);
  return { ...facts, spans: facts.spans.map((lane) => ({ ...lane, spans, open: null })) };
};
const TRAPS = ['hair-short', 'all-down', 'silent'] as const;
const eachTrap = <T>(scene: (facts: Believable, ledger: LedgerFacts) => Promise<T>): Record<string, () => Promise<T>> =>
  Object.fromEntries(
    TRAPS.map((name) => [
      name,
      () => {
        const facts = trapped(name);
        return scene(facts, believableLedger(facts, SCENE_TIME, { announcements: [] }));
      },
    ]),
  );

const statusOf = async (facts: Believable, ledger: LedgerFacts, more = {}): Promise<StatusPageView> => {
  const month = await thisMonth(
    ledger,
    facts.components.map(({ slug }) => slug),
    noTurn,
  );
  const upkeep = buildUpkeep(ledger, ledger.announcements, ledger.announcements.length > 0 ? RELEASES : [], config.policy);
  return buildStatusPage({ ...facts, month, upkeep }, settings(more), ledger.asOf);
};
const status = (wanted: readonly Wanted[], more = {}, seed?: number): Promise<StatusPageView> => {
  const facts = believableFacts(wanted, SCENE_TIME, seed);
  return statusOf(facts, believableLedger(facts, SCENE_TIME), more);
};
/** The twelve, on the Saturday of the scenes of maintenance; `announcements` replaces what is announced. */
const onSaturday = (announcements = SATURDAYS): { readonly facts: Believable; readonly ledger: LedgerFacts } => {
  const facts = believableFacts(now({}), SATURDAY);
  return { facts, ledger: believableLedger(facts, SATURDAY, { announcements }) };
};

export const statusScenes: Readonly<Record<string, () => Promise<StatusPageView>>> = {
  healthy: () => status(now({})),
  maintenance: () => {
    const { facts, ledger } = onSaturday();
    const { start, end } = currentRevision(RUNNING);
    const windows = [{ start, end, components: RUNNING.components }];
    return statusOf({ ...facts, display: { windows, overrides: [] } }, ledger);
  },
  outage: () => status(now({ 'Checkout API': 'down', Search: 'slow', 'Nightly export': 'unknown' })),
  investigating: () => status(now({ 'Web shop': 'investigating' })),
  unknown: () => status(twelve.map((wanted) => ({ ...wanted, now: 'unknown' as const }))),
  'first-minute': () => status(selfWatch, { source: null, groups: [] }),
  unborn: () =>
    status(
      selfWatch.map((wanted) => ({ ...wanted, now: 'unborn' as const })),
      { source: null, groups: [] },
    ),
  empty: () => status([]),
  forty: () => status(forty),
  fifty: () => status(fifty, { groups: ['Group 1', 'Group 2', 'Group 3', 'Group 4', 'Group 5'] }),
  ...eachTrap(statusOf),
};

const componentOf = async (facts: Believable, ledger: LedgerFacts, n = 0): Promise<ComponentPageView> => {
  const slug = facts.components[n]?.slug ?? '';
  const months = await monthRows(ledger, (month) => componentFigure(ledger, slug, month), noTurn);
  return buildComponentPage({ ...believableComponent(facts, n, SCENE_TIME), months }, { zone: SCENE_ZONE, sentinels: 0 }, SCENE_TIME);
};
const component = (wanted: readonly Wanted[], n: number): Promise<ComponentPageView> => {
  const facts = believableFacts(wanted, SCENE_TIME);
  return componentOf(facts, believableLedger(facts, SCENE_TIME), n);
};

export const componentScenes: Readonly<Record<string, () => Promise<ComponentPageView>>> = {
  well: () => component(now({}), 4),
  down: () => component(now({ 'Checkout API': 'down' }), 4),
  young: () => component(now({}), 10),
  unborn: () => component([{ name: 'This status page', group: null, now: 'unborn' }], 0),
  'long-name': () => component(forty, 0),
  ...eachTrap((facts, ledger) => componentOf(facts, ledger)),
};

const sla = (wanted: readonly Wanted[], support = settings().support): Promise<SlaPageView> =>
  buildSlaPage(believableLedger(believableFacts(wanted, SCENE_TIME), SCENE_TIME), { ...config, support }, noTurn);

export const slaScenes: Readonly<Record<string, () => Promise<SlaPageView>>> = {
  usual: () => sla(now({})),
  expired: async () => expireSlaPage(await sla(now({}))),
  'first-minute': () => sla(selfWatch, []),
  unborn: () =>
    sla(
      selfWatch.map((wanted) => ({ ...wanted, now: 'unborn' as const })),
      [],
    ),
  empty: () => sla([], []),
  forty: () => sla(forty),
  ...eachTrap((_facts, ledger) => buildSlaPage(ledger, { ...config, support: settings().support }, noTurn)),
};

const explainedOf = async (facts: Believable, ledger: LedgerFacts, month: string, slug: string | null): Promise<ExplainedMonthView> => {
  const view = await buildExplainedMonth(ledger, month, slug, facts.incidents, noTurn);
  if (!view) throw new Error(`there is no such month: ${month}`);
  return view;
};
const explained = (wanted: readonly Wanted[], month: string, slug: string | null = null): Promise<ExplainedMonthView> => {
  const facts = believableFacts(wanted, SCENE_TIME);
  return explainedOf(facts, believableLedger(facts, SCENE_TIME), month, slug);
};

/** Explanations of the service's months; those that begin with `component` are of one component. */
export const monthScenes: Readonly<Record<string, () => Promise<ExplainedMonthView>>> = {
  running: () => explained(now({}), '2026-11'),
  over: () => explained(now({}), '2026-10'),
  expired: async () => expireExplainedMonth(await explained(now({}), '2026-11')),
  'first-minute': () => explained(selfWatch, '2026-11'),
  forty: () => explained(forty, '2026-11'),
  component: () => explained(now({}), '2026-10', 'checkout-api'),
  'component-long-name': () => explained(forty, '2026-11', 'service-10'),
  ...eachTrap((facts, ledger) => explainedOf(facts, ledger, '2026-11', null)),
};

const HOSTILE = '<script>alert(1)</script> & "quotes" \'and\' <img src=x onerror=alert(2)>';
const LONG_POST = `The provider confirms that card payments fail for one in three buyers.

What works: bank transfer and invoice.
What does not: cards of any kind. ${'We try again every minute and say so here. '.repeat(6)}`;
/** An incident of people on the first components, `minutes` old; resolved after an hour when it is older. */
const postedIncident = (
  wanted: readonly Wanted[],
  more: { title?: string; body?: string; ageMs?: number; expired?: boolean } = {},
): IncidentPageView => {
  const { title = 'Card payments fail for some buyers', body = LONG_POST, ageMs = 45 * MINUTE, expired = false } = more;
  const facts = believableFacts(wanted, SCENE_TIME);
  const began = SCENE_TIME - ageMs;
  const over = ageMs > 60 * MINUTE;
  const [first, second] = facts.components;
  const post = (
    minutes: number,
    status: 'investigating' | 'identified' | 'monitoring' | 'resolved' | 'postmortem',
    said = body,
    impacts = {},
  ) => ({
    id: `post${minutes}`,
    recordedAt: instant(began + minutes * MINUTE),
    displayAt: instant(began + minutes * MINUTE),
    status,
    body: said,
    author: 'szenenautor',
    title: minutes === 12 ? title : null,
    impacts: Object.entries(impacts).map(([id, impact]) => ({ componentId: Number(id), impact: impact as 'degraded' })),
  });
  const incident = {
    id: 'abcdefghijk2',
    detected: false,
    componentIds: [first?.id ?? 1],
    title,
    startedAt: instant(began),
    confirmedAt: instant(began),
    resolvedAt: over ? instant(began + 60 * MINUTE) : null,
    updates: [
      post(0, 'investigating', 'We see failing payments and are looking into it.', { [first?.id ?? 1]: 'degraded' }),
      post(12, 'identified', body, { [first?.id ?? 1]: 'partial_outage', [second?.id ?? 2]: 'degraded' }),
      post(31, 'monitoring', 'The provider changed a setting. It looks better.', { [second?.id ?? 2]: 'none' }),
      ...(over ? [post(60, 'resolved', 'Payments work as usual.'), post(90, 'postmortem', body)] : []),
    ],
  };
  const view = buildIncidentPage({ ...facts, incident }, SCENE_ZONE, SCENE_TIME);
  return expired ? expireIncidentPage(view) : view;
};
const detectedIncident = (): IncidentPageView => {
  const facts = believableFacts(now({ 'Checkout API': 'down' }), SCENE_TIME);
  const incident = facts.incidents.find(({ resolvedAt }) => resolvedAt === null);
  if (!incident) throw new Error('Checkout API should be down');
  return buildIncidentPage({ ...facts, incident }, SCENE_ZONE, SCENE_TIME);
};

export const incidentScenes: Readonly<Record<string, () => Promise<IncidentPageView>>> = {
  detected: async () => detectedIncident(),
  posted: async () => postedIncident(now({ 'Web shop': 'slow' })),
  resolved: async () => postedIncident(now({}), { ageMs: 8 * DAY }),
  expired: async () => postedIncident(now({}), { expired: true }),
  hostile: async () => postedIncident(forty, { title: HOSTILE, body: HOSTILE }),
};

const maintenancePageOf = async (ledger: LedgerFacts): Promise<MaintenancePageView> =>
  buildMaintenancePage(ledger, ledger.announcements, config.policy, noTurn);

export const maintenanceScenes: Readonly<Record<string, () => Promise<MaintenancePageView>>> = {
  usual: () => maintenancePageOf(onSaturday().ledger),
  reserved: () => maintenancePageOf(onSaturday([]).ledger),
  expired: async () => expireMaintenancePage(await maintenancePageOf(onSaturday().ledger)),
  'first-minute': () => {
    const facts = believableFacts(selfWatch, SCENE_TIME);
    return maintenancePageOf(believableLedger(facts, SCENE_TIME, { announcements: [] }));
  },
};

const announcementOf = (id: string): AnnouncementPageView => {
  const { ledger } = onSaturday();
  const view = buildAnnouncementPage(
    ledger,
    ledger.announcements.find((one) => one.id === id),
    publicReleases(RELEASES, ledger.announcements, config.policy, ledger.asOf),
  );
  if (!view) throw new Error(`there is no announcement ${id}`);
  return view;
};
/** Announcements of `maintenance-scenes.ts` by id, and one whose facts are old. */
export const announcementScenes: Readonly<Record<string, () => Promise<AnnouncementPageView>>> = {
  ...Object.fromEntries(['running', 'outside', 'cancelled', 'import'].map((id) => [id, async () => announcementOf(id)])),
  expired: async () => expireAnnouncementPage(announcementOf('running')),
};

const openOnes = ({ incidents }: Believable): Set<string> =>
  new Set(incidents.filter(({ resolvedAt }) => resolvedAt === null).map(({ id }) => id));
const historyMonthOf = async (facts: Believable, ledger: LedgerFacts, month: string): Promise<HistoryMonthView> => {
  const view = await buildHistoryMonth(ledger, month, ledger.announcements, openOnes(facts), noTurn);
  if (!view) throw new Error(`there is no such month: ${month}`);
  return view;
};
/** Names that begin with `month` are those of one month, the others of the page of all months. */
export const historyScenes: Readonly<Record<string, () => Promise<HistoryPageView | HistoryMonthView>>> = {
  usual: () => {
    const { facts, ledger } = onSaturday();
    return buildHistoryPage(ledger, ledger.announcements, openOnes(facts), noTurn);
  },
  'first-minute': () => {
    const facts = believableFacts(selfWatch, SCENE_TIME);
    return buildHistoryPage(believableLedger(facts, SCENE_TIME, { announcements: [] }), [], openOnes(facts), noTurn);
  },
  empty: () =>
    buildHistoryPage(believableLedger(believableFacts([], SCENE_TIME), SCENE_TIME, { announcements: [] }), [], new Set(), noTurn),
  'month-running': () => {
    const facts = believableFacts(now({ 'Checkout API': 'down' }), SCENE_TIME);
    return historyMonthOf(facts, believableLedger(facts, SCENE_TIME, { announcements: SATURDAYS }), '2026-11');
  },
  'month-over': () => {
    const { facts, ledger } = onSaturday();
    return historyMonthOf(facts, ledger, '2026-10');
  },
  'month-forty': () => {
    const facts = believableFacts(forty, SCENE_TIME);
    return historyMonthOf(facts, believableLedger(facts, SCENE_TIME), '2026-11');
  },
  'month-expired': async () => {
    const { facts, ledger } = onSaturday();
    return expireHistory(await historyMonthOf(facts, ledger, '2026-11'));
  },
};
