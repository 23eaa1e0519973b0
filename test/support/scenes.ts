/** The states that design must not forget, as views made from believable facts. Dated at one fixed instant. */
import { instant } from '#domain/time/instant.ts';
import { buildComponentPage, type ComponentPageView } from '#monitor/views/component-view.ts';
import { buildStatusPage, type StatusPageView } from '#monitor/views/status-view.ts';
import { believableComponent, believableFacts, type Wanted } from './believable-facts.ts';

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

const status = (wanted: readonly Wanted[], more = {}, seed?: number): StatusPageView =>
  buildStatusPage(believableFacts(wanted, SCENE_TIME, seed), settings(more), SCENE_TIME);

export const statusScenes: Readonly<Record<string, () => StatusPageView>> = {
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

const component = (wanted: readonly Wanted[], n: number): ComponentPageView => {
  const facts = believableFacts(wanted, SCENE_TIME);
  return buildComponentPage(believableComponent(facts, n, SCENE_TIME), { zone: SCENE_ZONE, sentinels: 0 }, SCENE_TIME);
};

export const componentScenes: Readonly<Record<string, () => ComponentPageView>> = {
  well: () => component(now({}), 4),
  down: () => component(now({ 'Checkout API': 'down' }), 4),
  young: () => component(now({}), 10),
  unborn: () => component([{ name: 'This status page', group: null, now: 'unborn' }], 0),
  'long-name': () => component(forty, 0),
};
