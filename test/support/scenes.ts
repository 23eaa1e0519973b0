/** The states that design must not forget, as views made from believable facts. Dated at one fixed instant. */
import { instant } from '#domain/time/instant.ts';
import { buildComponentPage, type ComponentPageView } from '#monitor/views/component-view.ts';
import { buildExplainedMonth, type ExplainedMonthView, expireExplainedMonth } from '#monitor/views/explained-month-view.ts';
import { componentFigure, monthRows } from '#monitor/views/month-figure.ts';
import { buildSlaPage, expireSlaPage, type SlaPageView } from '#monitor/views/sla-view.ts';
import { buildStatusPage, type StatusPageView } from '#monitor/views/status-view.ts';
import { thisMonth } from '#monitor/views/this-month.ts';
import { believableComponent, believableFacts, type Wanted } from './believable-facts.ts';
import { believableLedger, noTurn } from './believable-ledger.ts';
import { config } from './front-rig.ts';

/** Monday 23 November 2026, 14:20:10 in New York. */
export const SCENE_TIME = instant(Date.UTC(2026, 10, 23, 19, 20, 10));
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

const status = async (wanted: readonly Wanted[], more = {}, seed?: number): Promise<StatusPageView> => {
  const facts = believableFacts(wanted, SCENE_TIME, seed);
  const slugs = facts.components.map(({ slug }) => slug);
  const month = await thisMonth(believableLedger(facts, SCENE_TIME), slugs, noTurn);
  return buildStatusPage({ ...facts, month }, settings(more), SCENE_TIME);
};

export const statusScenes: Readonly<Record<string, () => Promise<StatusPageView>>> = {
  healthy: () => status(now({})),
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
};

const component = async (wanted: readonly Wanted[], n: number): Promise<ComponentPageView> => {
  const facts = believableFacts(wanted, SCENE_TIME);
  const ledger = believableLedger(facts, SCENE_TIME);
  const slug = facts.components[n]?.slug ?? '';
  const months = await monthRows(ledger, (month) => componentFigure(ledger, slug, month), noTurn);
  return buildComponentPage({ ...believableComponent(facts, n, SCENE_TIME), months }, { zone: SCENE_ZONE, sentinels: 0 }, SCENE_TIME);
};

export const componentScenes: Readonly<Record<string, () => Promise<ComponentPageView>>> = {
  well: () => component(now({}), 4),
  down: () => component(now({ 'Checkout API': 'down' }), 4),
  young: () => component(now({}), 10),
  unborn: () => component([{ name: 'This status page', group: null, now: 'unborn' }], 0),
  'long-name': () => component(forty, 0),
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
};

const explained = async (wanted: readonly Wanted[], month: string, slug: string | null = null): Promise<ExplainedMonthView> => {
  const facts = believableFacts(wanted, SCENE_TIME);
  const view = await buildExplainedMonth(believableLedger(facts, SCENE_TIME), month, slug, facts.incidents, noTurn);
  if (!view) throw new Error(`there is no such month: ${month}`);
  return view;
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
};
