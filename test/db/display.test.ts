/** What lies over the checks when components are shown: the windows that months leave out, by the policy that judges the month, and overrides in force. */
import { expect, test } from 'vitest';
import { factsOf } from '#db/queries/facts.ts';
import { DAY, millis } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { cancelMaintenance } from '#monitor/actions/cancel-maintenance.ts';
import { recordOverride } from '#monitor/actions/record-override.ts';
import { accepted } from '../support/accepted.ts';
import { asking, at, openDesk, POLICY } from '../support/maintenance-desk.ts';
import { storePolicy } from '../support/stored-policy.ts';

test('a window that was announced in time is left out for its components, and not after it was cancelled', async () => {
  await using desk = await openDesk('2026-11-24T09:00-05:00');
  await storePolicy(desk.store);
  const { announcement } = accepted(await announceMaintenance(desk.ctx, asking('10:00', '12:00', { components: ['checkout'] })));
  const windows = async () => (await factsOf(desk.store).display(desk.ctx.clock.now())).windows;
  expect((await windows()).map(({ start, end, components }) => [isoOf(start), isoOf(end), components])).toEqual([
    ['2026-11-28T15:00:00.000Z', '2026-11-28T17:00:00.000Z', ['checkout']],
  ]);
  accepted(await cancelMaintenance(desk.ctx, announcement.id, { author: 'Ann' }));
  expect(await windows()).toEqual([]);
});

test('a policy that changes within a month judges windows from the next month on, as it judges figures', async () => {
  await using desk = await openDesk('2026-11-24T09:00-05:00');
  await storePolicy(desk.store);
  accepted(await announceMaintenance(desk.ctx, asking('10:00', '12:00')));
  accepted(await announceMaintenance(desk.ctx, asking('10:00', '12:00', { slot: '2026-12-05' })));
  // From now on thirty days of notice are asked for, which neither window had.
  await storePolicy(desk.store, { ...POLICY, minNoticeMs: millis(30 * DAY) }, desk.ctx.clock.now());
  const { windows } = await factsOf(desk.store).display(desk.ctx.clock.now());
  expect(windows.map(({ start }) => isoOf(start))).toEqual(['2026-11-28T15:00:00.000Z']);
});

test('an override is shown from when it is in force: adding downtime at once', async () => {
  await using desk = await openDesk('2026-11-24T09:00-05:00');
  await storePolicy(desk.store);
  const [start, end] = [at('2026-11-24T08:00-05:00'), at('2026-11-24T08:30-05:00')];
  const asked = { component: 'checkout', start, end, state: 'down' as const, reason: 'Orders were lost.', evidence: null };
  accepted(await recordOverride(desk.ctx, { ...asked, author: 'Ann', approvedBy: null }));
  const { overrides } = await factsOf(desk.store).display(desk.ctx.clock.now());
  expect(overrides.map(({ component, state }) => [component, state])).toEqual([['checkout', 'down']]);
});
