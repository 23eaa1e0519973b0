import { describe, expect, test } from 'vitest';
import { factsOf } from '#db/queries/facts.ts';
import type { LocationSpans } from '#db/queries/facts-types.ts';
import { instant } from '#domain/time/instant.ts';
import { openIncident } from '#monitor/actions/open-incident.ts';
import { resolveIncident } from '#monitor/actions/resolve-incident.ts';
import { updateIncident } from '#monitor/actions/update-incident.ts';
import { SYSTEM } from '#monitor/context.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { incidentPage } from '#monitor/views/incident-page.ts';
import { buildIncidentPage, expireIncidentPage, rangeOf } from '#monitor/views/incident-view.ts';
import { CHECKOUT, detected, IMAGES, minute, posted, SEARCH } from '../../domain/incident/incident-examples.ts';
import { accepted } from '../../support/accepted.ts';
import { component, config } from '../../support/front-rig.ts';
import { at, openDesk } from '../../support/maintenance-desk.ts';
import { result } from '../../support/recording.ts';
import { silentLog } from '../../support/temp-store.ts';

const components = [component(CHECKOUT, 'checkout'), component(SEARCH, 'search'), component(IMAGES, 'images', { critical: false })];
/** Up until minute `from`, down until `to`, then up. */
const spans = (componentId: number, from: number, to: number): LocationSpans => {
  const said = (start: number, end: number, state: 'up' | 'down') =>
    ({ start: minute(start), end: minute(end), lenient: state, strict: state, slow: false }) as const;
  return { componentId, locationId: 1, spans: [said(-600, from, 'up'), said(from, to, 'down'), said(to, 600, 'up')], open: null };
};
const build = (incident: Parameters<typeof buildIncidentPage>[0]['incident'], lanes: readonly LocationSpans[], now: number) =>
  buildIncidentPage({ incident, components, spans: lanes }, 'UTC', minute(now));

describe('the page of an incident as data', () => {
  test('what was posted stands beside what the checks saw, from ten minutes before to ten minutes after', () => {
    const incident = posted(
      [
        [0, 'investigating', { [CHECKOUT]: 'degraded' }],
        [10, 'identified', { [CHECKOUT]: 'major_outage', [IMAGES]: 'degraded' }, 'Payments fail'],
        [30, 'resolved'],
      ],
      { title: 'Payments fail', resolvedAt: minute(30) },
    );
    const view = build(incident, [spans(CHECKOUT, 2, 25)], 60);
    expect(view).toMatchObject({
      title: 'Payments fail',
      status: 'resolved',
      impact: 'major',
      worstNow: 'none',
      detected: false,
      current: true,
    });
    expect(view.range).toEqual({ start: minute(-10), end: minute(40) });
    expect(view.components).toEqual([
      {
        slug: 'checkout',
        name: 'CHECKOUT',
        impact: 'none',
        worst: 'major_outage',
        seen: [
          { start: minute(-10), end: minute(2), state: 'operational', investigating: false },
          { start: minute(2), end: minute(25), state: 'major_outage', investigating: false },
          { start: minute(25), end: minute(40), state: 'operational', investigating: false },
        ],
        omitted: 0,
        months: ['2026-11'],
      },
      { slug: 'images', name: 'IMAGES', impact: 'none', worst: 'degraded', seen: [], omitted: 0, months: ['2026-11'] },
    ]);
    expect(view.posts).toEqual([
      { at: minute(30), status: 'resolved', title: null, body: 'What was said at 30.', impacts: [] },
      {
        at: minute(10),
        status: 'identified',
        title: 'Payments fail',
        body: 'What was said at 10.',
        impacts: [
          { slug: 'checkout', name: 'CHECKOUT', impact: 'major_outage' },
          { slug: 'images', name: 'IMAGES', impact: 'degraded' },
        ],
      },
      {
        at: minute(0),
        status: 'investigating',
        title: null,
        body: 'What was said at 0.',
        impacts: [{ slug: 'checkout', name: 'CHECKOUT', impact: 'degraded' }],
      },
    ]);
    expect(JSON.stringify(view)).not.toContain('Ann');
  });

  test('while it is open the line ends now, and the impact is the one posted last', () => {
    const incident = posted([
      [0, 'investigating', { [CHECKOUT]: 'major_outage' }],
      [5, 'monitoring', { [CHECKOUT]: 'degraded' }],
    ]);
    const view = build(incident, [spans(CHECKOUT, 1, 4)], 8);
    expect(view).toMatchObject({
      status: 'monitoring',
      impact: 'major',
      worstNow: 'degraded',
      resolvedAt: null,
      range: { end: minute(8) },
    });
    expect(view.components[0]).toMatchObject({ impact: 'degraded', worst: 'major_outage' });
    expect(view.components[0]?.seen.at(-1)).toMatchObject({ state: 'operational', end: minute(8) });
    expect(expireIncidentPage(view).current).toBe(false);
    expect(expireIncidentPage(build(detected({ resolvedAt: minute(20) }), [], 60)).current).toBe(true);
  });

  test('of a long incident the line begins a twentieth of its length before', () => {
    expect(rangeOf({ startedAt: minute(0), resolvedAt: minute(600) }, minute(10_000))).toEqual({ start: minute(-30), end: minute(630) });
    expect(rangeOf({ startedAt: minute(0), resolvedAt: minute(600) }, minute(605)).end).toBe(minute(605));
  });

  test('months are those of the policy that it touches', () => {
    const late = posted([[0, 'investigating', { [CHECKOUT]: 'degraded' }]], {
      startedAt: at('2026-11-30T23:50Z'),
      resolvedAt: at('2026-12-01T00:10Z'),
    });
    const months = (zone: string) =>
      buildIncidentPage({ incident: late, components, spans: [] }, zone, at('2026-12-24T00:00Z')).components[0]?.months;
    expect(months('UTC')).toEqual(['2026-11', '2026-12']);
    expect(months('America/New_York')).toEqual(['2026-11']);
  });

  test('a component that is watched no more is not named, and one first measured later says nothing of before', () => {
    const incident = posted([[0, 'investigating', { [CHECKOUT]: 'degraded', 99: 'major_outage' }]], { resolvedAt: minute(30) });
    const later: LocationSpans = {
      componentId: CHECKOUT,
      locationId: 1,
      spans: [],
      open: { start: minute(100), coveredUntil: minute(200), lenient: 'up', strict: 'up', slow: false },
    };
    const view = build(incident, [later], 150);
    expect(view.components.map(({ slug, seen }) => [slug, seen])).toEqual([['checkout', []]]);
    expect(view.posts[0]?.impacts).toHaveLength(1);
  });
});

describe('read from a store', () => {
  test('an incident of the checks that people posted on, with what was seen; nobody by name, and nothing for an unknown id', async () => {
    await using desk = await openDesk('2026-11-24T03:02Z');
    const recorder = await createRecorder({ store: desk.store, clock: desk.ctx.clock, log: silentLog });
    const record = (second: number, outcome: 'ok' | 'fail') =>
      recorder.record([result('checkout', 'home', at('2026-11-24T03:00Z') + second * 1_000, outcome)]);
    await record(0, 'ok');
    await record(60, 'fail');
    await record(70, 'fail');
    const [found] = await factsOf(desk.store).incidents(instant(0));
    const id = found?.id ?? '';
    const asked = { body: 'A disk is full.', status: 'identified', title: 'Payments fail', author: 'Ann' };
    accepted(await updateIncident(desk.ctx, id, { ...asked, impacts: [{ component: 'search', impact: 'degraded' }] }));
    desk.set('2026-11-24T03:10Z');
    await record(190, 'ok');
    desk.set('2026-11-24T03:11Z');
    const context = { store: desk.store, clock: desk.ctx.clock, actor: SYSTEM, log: silentLog, config } as const;
    const view = await incidentPage(context, id);
    expect(view).toMatchObject({
      detected: true,
      title: 'Payments fail',
      status: 'resolved',
      startedAt: at('2026-11-24T03:01Z'),
      resolvedAt: at('2026-11-24T03:03:10Z'),
      components: [
        { slug: 'checkout', worst: 'major_outage' },
        { slug: 'search', worst: 'degraded', seen: [] },
      ],
    });
    expect(view?.components[0]?.seen.map(({ state }) => state)).toEqual(['operational', 'major_outage', 'operational', 'unknown']);
    expect(view?.posts.map(({ status }) => status)).toEqual(['resolved', 'identified', 'investigating']);
    expect(JSON.stringify(view)).not.toContain('Ann');
    const own = accepted(await openIncident(desk.ctx, { ...asked, impacts: [{ component: 'search', impact: 'none' }] })).incident.id;
    expect(await incidentPage(context, own)).toMatchObject({ detected: false, impact: 'none', worstNow: 'none', resolvedAt: null });
    accepted(await resolveIncident(desk.ctx, own, { body: 'Over.', author: 'Ann' }));
    expect(await incidentPage(context, own)).toMatchObject({ status: 'resolved' });
    expect(await incidentPage(context, 'nosuchthing2')).toBeNull();
  });
});
