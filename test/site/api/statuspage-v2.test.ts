import { describe, expect, test } from 'vitest';
import type { IncidentFact, LocationSpans } from '#db/queries/facts-types.ts';
import type { LocationState } from '#domain/check/span.ts';
import { instant } from '#domain/time/instant.ts';
import { buildSummary, expireSummary, type SummaryFacts } from '#monitor/views/summary.ts';
import { type Surroundings, statusDocument, statusOf, summaryDocument, summaryOf } from '#site/api/statuspage-v2.ts';
import { component } from '../../support/front-rig.ts';

const T0 = 1_782_900_000_000; // 2026-07-01T10:00:00Z
const NOW = instant(T0 + 3_600_000);
const around: Surroundings = { pageName: 'Example', origin: 'https://status.example.com', zone: 'America/New_York', staleSince: null };

const says = (
  componentId: number,
  state: LocationState,
  more: { readonly slow?: boolean; readonly coveredUntil?: number; readonly start?: number } = {},
): LocationSpans => ({
  componentId,
  locationId: 1,
  spans: [],
  open: {
    start: instant(more.start ?? T0),
    coveredUntil: instant(more.coveredUntil ?? NOW + 150_000),
    lenient: state,
    strict: state,
    slow: more.slow ?? false,
  },
});
const incident: IncidentFact = {
  id: 'inc-1',
  detected: true,
  componentIds: [2],
  title: 'API is down',
  startedAt: instant(T0),
  confirmedAt: instant(T0 + 60_000),
  resolvedAt: null,
  updates: [
    {
      id: 'u1',
      recordedAt: instant(T0 + 60_000),
      displayAt: instant(T0 + 60_000),
      status: 'investigating',
      body: 'Two checks in a row failed.',
      author: null,
      title: null,
      impacts: [],
    },
    {
      id: 'u2',
      recordedAt: instant(T0 + 120_000),
      displayAt: instant(T0 + 120_000),
      status: 'monitoring',
      body: 'A fix is in place.',
      author: 'ops',
      title: null,
      impacts: [],
    },
  ],
};
const facts: SummaryFacts = {
  components: [
    component(1, 'web', { group: 'Core', description: 'The web site' }),
    component(2, 'api', { group: 'Core' }),
    component(3, 'docs', { critical: false }),
    component(4, 'slow'),
    component(5, 'silent'),
  ],
  spans: [says(1, 'up'), says(2, 'down'), says(3, 'blip'), says(4, 'up', { slow: true }), says(5, 'up', { coveredUntil: NOW - 1 })],
  incidents: [incident, { ...incident, id: 'inc-0', resolvedAt: NOW }],
  display: { windows: [], overrides: [] },
};
const view = buildSummary(facts, ['Core', 'Empty'], '7b1c', NOW);
const summary = summaryOf(view, around);
const statusBy = (id: string): string | undefined => summary.components.find((c) => c.id === id)?.status;

describe('summary.json', () => {
  test('is the whole Statuspage v2 shape, field by field', () => {
    expect(() => summaryDocument.parse(JSON.parse(JSON.stringify(summary)))).not.toThrow();
    expect(Object.keys(summary)).toEqual(['page', 'components', 'incidents', 'scheduled_maintenances', 'status']);
    expect(summary.page).toEqual({
      id: '7b1c',
      name: 'Example',
      url: 'https://status.example.com',
      time_zone: 'America/New_York',
      updated_at: '2026-07-01T10:59:59.999Z',
    });
  });
  test('a component is what its locations said last, and never operational when they fell silent', () => {
    expect(Object.fromEntries(['web', 'api', 'docs', 'slow', 'silent'].map((id) => [id, statusBy(id)]))).toEqual({
      web: 'operational',
      api: 'major_outage',
      docs: 'operational',
      slow: 'degraded_performance',
      silent: 'degraded_performance',
    });
    expect(summary.status).toEqual({ indicator: 'major', description: 'API is down; state unknown of SILENT' });
  });
  test('a group is a component with members and the worst of their states; an empty group is left out', () => {
    const groups = summary.components.filter((c) => c.group);
    expect(groups.map((g) => [g.name, g.status, g.components])).toEqual([['Core', 'major_outage', ['web', 'api']]]);
    expect(summary.components.find((c) => c.id === 'web')?.group_id).toBe(groups[0]?.id);
  });
  test('only open incidents are in it, updates newest first, with what they changed', () => {
    expect(summary.incidents.map((i) => i.id)).toEqual(['inc-1']);
    const [open] = summary.incidents;
    expect([open?.status, open?.impact, open?.started_at, open?.monitoring_at, open?.resolved_at]).toEqual([
      'monitoring',
      'major',
      '2026-07-01T10:00:00.000Z',
      '2026-07-01T10:02:00.000Z',
      null,
    ]);
    expect(open?.incident_updates.map((u) => [u.id, u.affected_components])).toEqual([
      ['u2', [{ code: 'api', name: 'API', old_status: 'major_outage', new_status: 'major_outage' }]],
      ['u1', [{ code: 'api', name: 'API', old_status: 'operational', new_status: 'major_outage' }]],
    ]);
    expect(open?.components.map((c) => c.id)).toEqual(['api']);
  });
  test("the store's own numbers never leave the process", () => {
    expect(JSON.stringify(summary)).not.toMatch(/"(?:componentId|component_id|locationId)"/);
    expect(summary.components.every((c) => typeof c.id === 'string' && !/^\d+$/.test(c.id))).toBe(true);
  });
});

describe('status.json', () => {
  test('is page and status alone', () => {
    const status = statusOf(view, around);
    expect(() => statusDocument.parse(status)).not.toThrow();
    expect(Object.keys(status)).toEqual(['page', 'status']);
  });
  test('with the store away it says so and as of when', () => {
    const status = statusOf(view, { ...around, staleSince: NOW });
    expect([status.stale, status.as_of]).toEqual([true, '2026-07-01T11:00:00.000Z']);
    expect(() => statusDocument.parse(status)).not.toThrow();
  });
  test('after 15 minutes without the store it claims nothing', () => {
    const expired = summaryOf(expireSummary(view), { ...around, staleSince: NOW });
    expect(expired.status).toEqual({ indicator: 'minor', description: 'State unknown: nothing was measured lately' });
    expect(new Set(expired.components.map((c) => c.status))).toEqual(new Set(['degraded_performance']));
  });
});

test('a failure that is not confirmed yet is said to be investigated, and is not operational', () => {
  const pending = buildSummary(
    { components: [component(1, 'web')], spans: [says(1, 'pending')], incidents: [], display: { windows: [], overrides: [] } },
    [],
    '7b1c',
    NOW,
  );
  const { status, components } = summaryOf(pending, around);
  expect(status).toEqual({ indicator: 'minor', description: 'Investigating WEB: the last check failed' });
  expect(components[0]?.status).toBe('degraded_performance');
});

test('one location of two is not enough to call a component down: the reader is told that it is hard to reach', () => {
  const panels = [{ from: instant(0), locations: [1, 2], needed: 2 }] as const;
  const both = [says(1, 'down'), { ...says(1, 'up'), locationId: 2 }];
  const two: SummaryFacts = { ...facts, components: [component(1, 'web', { panels })], incidents: [], spans: both };
  const stateOf = (some: SummaryFacts): string | undefined => buildSummary(some, [], '7b1c', NOW).components[0]?.state;
  expect(stateOf(two)).toBe('degraded');
  expect(stateOf({ ...two, spans: both.slice(0, 1) })).toBe('unknown');
  expect(stateOf({ ...two, spans: [says(1, 'down'), { ...says(1, 'down'), locationId: 2 }] })).toBe('major_outage');
});
