import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertIncident, insertPostedUpdate, insertUpdate } from '#db/queries/incidents.ts';
import { insertDeployment, insertNotes, insertPublication, insertRelease } from '#db/queries/releases.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { cancelMaintenance } from '#monitor/actions/cancel-maintenance.ts';
import { type Context, SYSTEM } from '#monitor/context.ts';
import { feedView } from '#monitor/views/feed-entries.ts';
import { accepted } from '../../support/accepted.ts';
import { config, quiet } from '../../support/front-rig.ts';
import { asking, at, type Desk, openDesk } from '../../support/maintenance-desk.ts';
import { CANARY } from '../../support/public-facts.ts';

let desk: Desk;
let context: Context;
beforeAll(async () => {
  desk = await openDesk('2026-11-24T10:00-05:00');
  context = { ...desk.ctx, config, log: quiet, actor: SYSTEM };
  const told = accepted(await announceMaintenance(desk.ctx, asking('10:00', '12:00', { author: CANARY, components: ['search'] })));
  desk.set('2026-11-25T10:00-05:00');
  accepted(await cancelMaintenance(desk.ctx, told.announcement.id, { author: CANARY }));
  const outage = at('2026-11-25T11:00-05:00');
  await desk.store.write([
    ...insertIncident(
      { id: 'i-1', componentId: 1, title: 'Checkout is away', startedAt: outage, confirmedAt: outage, resolvedAt: null },
      outage,
    ),
    insertUpdate({ id: 'u-1', incidentId: 'i-1', displayAt: outage, status: 'investigating', body: 'We look.' }, outage),
    insertRelease({ version: '2.0.0', recordedAt: outage, kind: 'hotfix', title: 'Faster', tickets: [CANARY], author: CANARY }),
    insertNotes('2.0.0', { rev: 1, recordedAt: outage, notes: 'It is *faster*.', author: CANARY }),
    insertPublication('2.0.0', { rev: 1, recordedAt: outage, publicAt: at('2026-11-25T12:00-05:00'), author: CANARY }),
    insertDeployment('2.0.0', 1, {
      recordedAt: at('2026-11-25T14:00-05:00'),
      deployedAt: at('2026-11-25T13:00-05:00'),
      kind: 'deploy',
      place: 'outside_window',
      announcement: null,
      reason: CANARY,
      approvedBy: CANARY,
      author: CANARY,
    }),
  ]);
  desk.set('2026-11-25T15:00-05:00');
});
afterAll(async () => desk?.[Symbol.asyncDispose]());

const keys = async (topic: Parameters<typeof feedView>[1]['topic'], slug: string | null): Promise<string[] | null> =>
  (await feedView(context, { topic, slug }))?.entries.map(({ key }) => key.replace(/maintenance\/[^/]+/, 'maintenance/m')) ?? null;

test('the store is told to the world, the newest first, without a name of anybody', async () => {
  expect(await keys(null, null)).toEqual([
    'release/2.0.0/deployment/1',
    'release/2.0.0/notes/1',
    'incident/i-1/u-1',
    'maintenance/m/cancelled',
    'maintenance/m/rev/1',
  ]);
  expect(JSON.stringify(await feedView(context, { topic: null, slug: null }))).not.toContain(CANARY);
});

test('a component that is asked for brings what concerns it', async () => {
  expect(await keys(null, 'checkout')).toEqual(['release/2.0.0/deployment/1', 'release/2.0.0/notes/1', 'incident/i-1/u-1']);
  expect(await keys('incident', 'search')).toEqual([]);
  expect(await keys('maintenance', 'search')).toHaveLength(2);
});

test('a component that an update brings in is concerned from there on', async () => {
  const said = at('2026-11-25T14:30-05:00');
  const update = {
    id: 'u2',
    recordedAt: said,
    displayAt: said,
    status: 'identified',
    body: 'Search too.',
    author: CANARY,
    title: null,
  } as const;
  await desk.store.write(insertPostedUpdate('i-1', { ...update, impacts: [{ componentId: 2, impact: 'degraded' }] }));
  const view = await feedView(context, { topic: 'incident', slug: 'search' });
  expect(view?.entries.map(({ key, components }) => [key, components])).toEqual([
    ['incident/i-1/u2', ['The checkout', 'The search']],
    ['incident/i-1/u-1', ['The checkout']],
  ]);
});

test('a component that nobody watches has no feed', async () => {
  expect(await keys(null, 'nobody')).toBeNull();
});
