/** The verbs of incidents on a real store: what people open, post and resolve, and how it goes with what the checks find. */
import { describe, expect, test } from 'vitest';
import { factsOf } from '#db/queries/facts.ts';
import type { Outcome } from '#domain/check/check-result.ts';
import { instant } from '#domain/time/instant.ts';
import { openIncident } from '#monitor/actions/open-incident.ts';
import { resolveIncident } from '#monitor/actions/resolve-incident.ts';
import { updateIncident } from '#monitor/actions/update-incident.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { accepted } from '../../support/accepted.ts';
import { at, type Desk, openDesk, refused } from '../../support/maintenance-desk.ts';
import { result } from '../../support/recording.ts';
import { silentLog } from '../../support/temp-store.ts';

const NIGHT = '2026-11-24T03:00Z';
const opening = {
  title: 'Checkout is slow',
  body: 'We are looking into it.',
  status: null,
  impacts: [{ component: 'checkout', impact: 'degraded' }],
  author: 'Ann',
};
const news = { body: 'News.', status: null, title: null, impacts: [], author: null };

const rows = async (desk: Desk, sql: string): Promise<unknown[][]> =>
  (await desk.store.read({ sql })).rows.map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value)));
const outboxOf = async (desk: Desk) =>
  (await rows(desk, 'SELECT key, type, payload_json, recorded_at_ms FROM outbox ORDER BY id')).map(([key, type, payload, when]) => ({
    key,
    type,
    payload: JSON.parse(String(payload)),
    when,
  }));

describe('opening', () => {
  test('writes the incident, its first update, the impacts, outbox row and event with the time of the server, all or none', async () => {
    await using desk = await openDesk(NIGHT);
    const answer = accepted(await openIncident(desk.ctx, opening));
    const { id } = answer.incident;
    expect(id).toMatch(/^[a-z2-9]{12}$/);
    expect(answer.says).toEqual([
      `Opened ${id}: "Checkout is slow".`,
      'Investigating; open since Mon 2026-11-23 22:00 America/New_York (UTC-5).',
      'Impact: checkout degraded; of the whole, at its worst: minor.',
    ]);
    expect(await factsOf(desk.store).incident(id)).toEqual({
      id,
      detected: false,
      componentIds: [1],
      title: 'Checkout is slow',
      startedAt: at(NIGHT),
      confirmedAt: at(NIGHT),
      resolvedAt: null,
      updates: [
        {
          id: answer.update,
          recordedAt: at(NIGHT),
          displayAt: at(NIGHT),
          status: 'investigating',
          body: 'We are looking into it.',
          author: 'Ann',
          authenticated: false,
          title: null,
          impacts: [{ componentId: 1, impact: 'degraded' }],
        },
      ],
    });
    expect(await rows(desk, 'SELECT incident_id, component_id, impact FROM incident_components')).toEqual([[id, 1, 'degraded']]);
    expect(await outboxOf(desk)).toEqual([
      {
        key: `incident.opened:${id}`,
        type: 'incident.opened',
        payload: {
          incident: id,
          update: answer.update,
          title: 'Checkout is slow',
          status: 'investigating',
          body: 'We are looking into it.',
          impact: 'minor',
          components: [{ component: 'checkout', impact: 'degraded' }],
          startedAt: at(NIGHT),
          resolvedAt: null,
        },
        when: at(NIGHT),
      },
    ]);
    expect(await desk.count("SELECT count(*) FROM events WHERE kind = 'incident_opened'")).toBe(1);
    await desk.store.write([{ sql: "CREATE TRIGGER no_events BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'planted'); END" }]);
    await expect(openIncident(desk.ctx, opening)).rejects.toThrow('planted');
    await expect(updateIncident(desk.ctx, id, news)).rejects.toThrow('planted');
    expect(await desk.count('SELECT (SELECT count(*) FROM incidents) + (SELECT count(*) FROM incident_updates)')).toBe(2);
  });

  test('two people may open two at once on one component: only what the checks find is one per component', async () => {
    await using desk = await openDesk(NIGHT);
    await Promise.all([openIncident(desk.ctx, opening), openIncident(desk.ctx, opening)].map(async (one) => accepted(await one)));
    expect(await desk.count('SELECT count(*) FROM incidents WHERE resolved_at_ms IS NULL')).toBe(2);
  });

  test('a mistyped component is answered with the nearest, and nothing is written', async () => {
    await using desk = await openDesk(NIGHT);
    const asked = { ...opening, impacts: [{ component: 'chekout', impact: 'degraded' }] };
    expect(refused(await openIncident(desk.ctx, asked))).toMatchObject({
      code: 'unknown_component',
      message: 'There is no component chekout. Did you mean checkout? Known: checkout, search.',
      facts: { unknown: 'chekout', near: 'checkout' },
    });
    expect(
      await desk.count('SELECT (SELECT count(*) FROM incidents) + (SELECT count(*) FROM outbox) + (SELECT count(*) FROM events)'),
    ).toBe(0);
  });
});

describe('the life of one', () => {
  test('investigating, identified with a title and a further component, resolved, postmortem; each told once', async () => {
    await using desk = await openDesk(NIGHT);
    const { id } = accepted(await openIncident(desk.ctx, opening)).incident;
    desk.set('2026-11-24T03:10Z');
    const impacts = [
      { component: 'checkout', impact: 'major_outage' },
      { component: 'search', impact: 'degraded' },
    ];
    const identified = accepted(
      await updateIncident(desk.ctx, id, { ...news, status: 'identified', title: 'Payments fail', impacts, author: 'Ben' }),
    );
    expect(identified.incident).toMatchObject({
      title: 'Payments fail',
      status: 'identified',
      impact: 'major',
      components: [
        { component: 'checkout', impact: 'major_outage' },
        { component: 'search', impact: 'degraded' },
      ],
    });
    desk.set('2026-11-24T03:30Z');
    const over = accepted(await resolveIncident(desk.ctx, id, { body: 'It works again.', author: 'Ben' }));
    expect(over.says).toEqual([
      `Resolved ${id}: "Payments fail".`,
      'Resolved; it lasted from Mon 2026-11-23 22:00 America/New_York (UTC-5) to Mon 2026-11-23 22:30 America/New_York (UTC-5).',
    ]);
    expect(refused(await updateIncident(desk.ctx, id, news))).toMatchObject({ code: 'already_resolved' });
    expect(refused(await resolveIncident(desk.ctx, id, { body: 'Again.', author: null }))).toMatchObject({ code: 'already_resolved' });
    desk.set('2026-11-25T12:00Z');
    accepted(await updateIncident(desk.ctx, id, { ...news, status: 'postmortem', body: 'A disk was full.' }));
    const fact = await factsOf(desk.store).incident(id);
    expect(fact).toMatchObject({ title: 'Payments fail', resolvedAt: at('2026-11-24T03:30Z') });
    expect(fact?.updates.map(({ status }) => status)).toEqual(['postmortem', 'resolved', 'identified', 'investigating']);
    const told = await outboxOf(desk);
    expect(told.map(({ type, payload }) => [type, payload.status, payload.title])).toEqual([
      ['incident.opened', 'investigating', 'Checkout is slow'],
      ['incident.updated', 'identified', 'Payments fail'],
      ['incident.resolved', 'resolved', 'Payments fail'],
      ['incident.updated', 'postmortem', 'Payments fail'],
    ]);
    expect(new Set(told.map(({ key }) => key)).size).toBe(4);
    expect(JSON.stringify(told)).not.toMatch(/Ann|Ben/);
  });

  test('twenty who resolve it at once: one does, nineteen are told so', async () => {
    await using desk = await openDesk(NIGHT);
    const { id } = accepted(await openIncident(desk.ctx, opening)).incident;
    const answers = await Promise.all(Array.from({ length: 20 }, () => resolveIncident(desk.ctx, id, { body: 'Over.', author: null })));
    expect(answers.filter((answer) => 'refused' in answer)).toHaveLength(19);
    expect(await desk.count("SELECT count(*) FROM incident_updates WHERE status = 'resolved'")).toBe(1);
  });

  test('an id that nobody knows is refused', async () => {
    await using desk = await openDesk(NIGHT);
    expect(refused(await updateIncident(desk.ctx, 'nosuchthing2', news))).toMatchObject({ code: 'unknown_incident' });
  });
});

/** Checkout answers at second 0, fails three times, and answers again when asked to. */
const watched = async (desk: Desk) => {
  const recorder = await createRecorder({ store: desk.store, clock: desk.ctx.clock, log: silentLog });
  const record = async (...list: [number, Outcome][]) => {
    for (const [seconds, outcome] of list) await recorder.record([result('checkout', 'home', at(NIGHT) + seconds * 1_000, outcome)]);
  };
  return { recorder, record };
};
const open = async (desk: Desk) => {
  const [incident, ...more] = (await factsOf(desk.store).incidents(instant(0))).filter(({ resolvedAt }) => resolvedAt === null);
  if (!incident || more.length > 0) throw new Error('one incident should be open');
  return incident;
};

describe('what the checks found', () => {
  test('people take over its words, and the first good check still ends it, under the title that they gave it', async () => {
    await using desk = await openDesk('2026-11-24T04:00Z');
    const { record } = await watched(desk);
    await record([0, 'ok'], [60, 'fail'], [70, 'fail']);
    const { id } = await open(desk);
    const impacts = [{ component: 'search', impact: 'degraded' }];
    accepted(await updateIncident(desk.ctx, id, { ...news, status: 'identified', title: 'Payments fail', impacts, author: 'Ann' }));
    expect(refused(await resolveIncident(desk.ctx, id, { body: 'Over.', author: null }))).toMatchObject({
      code: 'still_down',
      facts: { components: ['checkout'], down_since_ms: at('2026-11-24T03:01Z') },
    });
    await record([130, 'fail'], [190, 'ok']);
    const fact = await factsOf(desk.store).incident(id);
    expect(fact).toMatchObject({ detected: true, title: 'Payments fail', componentIds: [1], resolvedAt: at('2026-11-24T03:03:10Z') });
    // Said last, though of an instant before the post: the page tells it as the last word.
    expect(fact?.updates.map(({ status, body, displayAt }) => [status, body, displayAt])).toEqual([
      ['resolved', 'The checkout answers again. It was down for 2 min 10 s.', at('2026-11-24T04:00Z')],
      ['identified', 'News.', at('2026-11-24T04:00Z')],
      ['investigating', expect.stringContaining('is not answering'), at('2026-11-24T03:01:10Z')],
    ]);
    const told = await outboxOf(desk);
    expect(told.map(({ type, payload }) => [type, payload.title])).toEqual([
      ['incident.opened', 'The checkout is not answering: connection refused'],
      ['incident.updated', 'Payments fail'],
      ['incident.resolved', 'Payments fail'],
    ]);
    accepted(await updateIncident(desk.ctx, id, { ...news, status: 'postmortem' }));
    await record([250, 'fail'], [260, 'fail']);
    expect((await open(desk)).id).not.toBe(id);
  });

  test('a recorder that starts again goes on with an incident that people posted on', async () => {
    await using desk = await openDesk('2026-11-24T04:00Z');
    await (await watched(desk)).record([0, 'ok'], [60, 'fail'], [70, 'fail']);
    const { id } = await open(desk);
    accepted(await updateIncident(desk.ctx, id, { ...news, status: 'monitoring' }));
    await (await watched(desk)).record([130, 'fail'], [190, 'ok']);
    expect(await factsOf(desk.store).incident(id)).toMatchObject({ resolvedAt: at('2026-11-24T03:03:10Z') });
    expect(await desk.count('SELECT count(*) FROM incidents')).toBe(1);
  });

  test('an incident of people on the same component stands beside it: each begins and ends by itself, and the answers warn', async () => {
    await using desk = await openDesk('2026-11-24T04:00Z');
    const { record } = await watched(desk);
    await record([0, 'ok'], [60, 'fail'], [70, 'fail']);
    const found = await open(desk);
    const mine = accepted(await openIncident(desk.ctx, opening));
    expect(mine.warnings).toEqual([{ code: 'detected_too', message: expect.stringContaining(`post on ${found.id}.`) }]);
    const over = accepted(await resolveIncident(desk.ctx, mine.incident.id, { body: 'Over.', author: null }));
    expect(over.warnings).toEqual([
      {
        code: 'seen_down',
        message: `The checks still see an outage: "${found.title}" (${found.id}) since Mon 2026-11-23 22:01 America/New_York (UTC-5). The page goes on showing it.`,
      },
    ]);
    expect((await open(desk)).id).toBe(found.id);
    accepted(await openIncident(desk.ctx, opening));
    await record([190, 'ok']);
    expect((await open(desk)).detected).toBe(false);
  });
});
