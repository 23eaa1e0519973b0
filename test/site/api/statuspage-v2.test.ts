import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Impact, IncidentFact, LocationSpans } from '#db/queries/facts-types.ts';
import type { LocationState } from '#domain/check/span.ts';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import { instant } from '#domain/time/instant.ts';
import { buildSummary, expireSummary, type SummaryFacts } from '#monitor/views/summary.ts';
import type { Surroundings } from '#site/api/document.ts';
import { type incidentsDocument, type maintenancesDocument, statusDocument, summaryDocument } from '#site/api/statuspage-schema.ts';
import { statusOf, statuspageDocuments, summaryOf } from '#site/api/statuspage-v2.ts';
import { statusV1 } from '#site/api/v1/status.ts';
import { believableFacts } from '../../support/believable-facts.ts';
import { component } from '../../support/front-rig.ts';

const T0 = 1_782_900_000_000; // 2026-07-01T10:00:00Z
const NOW = instant(T0 + 3_600_000);
const around: Surroundings = { pageName: 'Example', origin: 'https://status.example.com', zone: 'America/New_York', stale: null };

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
  announcements: [],
};
const view = buildSummary(facts, ['Core', 'Empty'], '7b1c', NOW);
const summary = summaryOf(view, around);
const documentOf = (path: string) => {
  const found = statuspageDocuments.find((one) => one.path === path);
  if (!found) throw new Error(`no document ${path}`);
  return (some: SummaryFacts): unknown => {
    const answer = JSON.parse(JSON.stringify(found.write(buildSummary(some, [], '7b1c', NOW), around)));
    return found.schema.parse(answer);
  };
};
const incidentsJson = (some: SummaryFacts) => documentOf('/api/v2/incidents.json')(some) as z.infer<typeof incidentsDocument>;
const maintenancesJson = (some: SummaryFacts) =>
  documentOf('/api/v2/scheduled-maintenances.json')(some) as z.infer<typeof maintenancesDocument>;
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
      updated_at: '2026-07-01T11:00:00.000Z',
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
    const status = statusOf(view, { ...around, stale: { asOf: NOW } });
    expect([status.stale, status.as_of]).toEqual([true, '2026-07-01T11:00:00.000Z']);
    expect(() => statusDocument.parse(status)).not.toThrow();
  });
  test('after 15 minutes without the store it claims nothing', () => {
    const expired = summaryOf(expireSummary(view), { ...around, stale: { asOf: NOW } });
    expect(expired.status).toEqual({ indicator: 'minor', description: 'State unknown: nothing was measured lately' });
    expect(new Set(expired.components.map((c) => c.status))).toEqual(new Set(['degraded_performance']));
  });
});

test('a failure that is not confirmed yet is said to be investigated, and is not operational', () => {
  const pending = buildSummary(
    {
      components: [component(1, 'web')],
      spans: [says(1, 'pending')],
      incidents: [],
      announcements: [],
      display: { windows: [], overrides: [] },
    },
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

describe('what a person posted', () => {
  const post = (
    id: string,
    minutes: number,
    status: IncidentFact['updates'][number]['status'],
    impacts: readonly (readonly [number, Impact])[],
  ): IncidentFact['updates'][number] => ({
    id,
    recordedAt: instant(T0 + minutes * 60_000),
    displayAt: instant(T0 + minutes * 60_000),
    status,
    body: id,
    author: 'kanarienautor',
    title: null,
    impacts: impacts.map(([componentId, impact]) => ({ componentId, impact })),
  });
  const opened: IncidentFact = {
    ...incident,
    detected: false,
    componentIds: [1, 3],
    resolvedAt: instant(T0 + 30 * 60_000),
    updates: [
      post('three', 30, 'resolved', []),
      post('two', 20, 'identified', [[3, 'degraded']]),
      post('one', 10, 'investigating', [[1, 'partial_outage']]),
    ],
  };
  const told = incidentsJson({ ...facts, incidents: [opened] }).incidents[0];

  test('is told post by post: what was said of a component before, and what is said from here on', () => {
    expect(
      told?.incident_updates.map(({ id, affected_components }) => [id, affected_components.map((one) => Object.values(one).join(' '))]),
    ).toEqual([
      ['three', ['web WEB partial_outage operational', 'docs DOCS degraded_performance operational']],
      ['two', ['web WEB partial_outage partial_outage', 'docs DOCS operational degraded_performance']],
      ['one', ['web WEB operational partial_outage']],
    ]);
  });
  test('has the impact of its worst hour, and whoever wrote it is nobody', () => {
    expect([told?.impact, told?.status, told?.resolved_at]).toEqual(['major', 'resolved', '2026-07-01T10:30:00.000Z']);
    expect(told?.components.map(({ id }) => id)).toEqual(['web', 'docs']);
    expect(told?.shortlink).toBe('https://status.example.com/incidents/inc-1');
    expect(JSON.stringify(told)).not.toContain('kanarien');
  });
  test('everything critical down is critical, something not critical is minor', () => {
    const impactOf = (impacts: readonly (readonly [number, Impact])[]): string | undefined =>
      incidentsJson({ ...facts, incidents: [{ ...opened, updates: [post('one', 10, 'investigating', impacts)] }] }).incidents[0]?.impact;
    expect(impactOf([1, 2, 4, 5].map((id) => [id, 'major_outage']))).toBe('critical');
    expect(impactOf([[3, 'major_outage']])).toBe('minor');
    expect(impactOf([[1, 'degraded']])).toBe('minor');
    expect(impactOf([[1, 'none']])).toBe('none');
  });
});

describe('scheduled maintenance', () => {
  const HOUR = 3_600_000;
  const announced = (id: string, startHours: number, more: Partial<AnnouncementFact> = {}): AnnouncementFact => ({
    id,
    recordedAt: instant(NOW - 100 * HOUR),
    components: ['web'],
    imported: false,
    author: 'kanarienautor',
    revisions: [
      {
        rev: 1,
        recordedAt: instant(NOW - 100 * HOUR),
        publicAt: instant(NOW - 100 * HOUR),
        start: instant(NOW + startHours * HOUR),
        end: instant(NOW + (startHours + 2) * HOUR),
        title: `Window ${id}`,
        body: 'Words',
        author: 'kanarienautor',
      },
    ],
    ending: null,
    approval: { recordedAt: NOW, approvedBy: 'kanarienfreigabe', evidence: 'kanarienbeleg' },
    ...more,
  });
  const announcements = [
    announced('ahead', 24),
    announced('runs', -1),
    announced('over', -48),
    announced('dropped', 48, { ending: { kind: 'cancelled', recordedAt: instant(NOW - HOUR), author: 'kanarienautor' } }),
    announced('done', -10, { ending: { kind: 'completed', recordedAt: instant(NOW - 9 * HOUR), author: null } }),
  ];
  const seen = { ...facts, incidents: [], announcements };
  const updatesOf = (id: string) =>
    maintenancesJson(seen)
      .scheduled_maintenances.find((one) => one.id === id)
      ?.incident_updates.map((one) => [one.id, one.status, ...one.affected_components.map((c) => `${c.old_status} ${c.new_status}`)]);

  test('is scheduled, in progress or completed; what was cancelled is completed', () => {
    expect(maintenancesJson(seen).scheduled_maintenances.map(({ id, status }) => [id, status])).toEqual([
      ['dropped', 'completed'],
      ['ahead', 'scheduled'],
      ['runs', 'in_progress'],
      ['done', 'completed'],
      ['over', 'completed'],
    ]);
    expect(summaryOf(buildSummary(seen, [], '7b1c', NOW), around).scheduled_maintenances.map(({ id }) => id)).toEqual(['ahead', 'runs']);
  });
  test('is told by its revisions, its start and its end, each under an id that stays', () => {
    expect(updatesOf('ahead')).toEqual([['ahead-r1', 'scheduled', 'operational operational']]);
    expect(updatesOf('runs')).toEqual([
      ['runs-started', 'in_progress', 'operational under_maintenance'],
      ['runs-r1', 'scheduled', 'operational operational'],
    ]);
    expect(updatesOf('done')).toEqual([
      ['done-completed', 'completed', 'under_maintenance operational'],
      ['done-started', 'in_progress', 'operational under_maintenance'],
      ['done-r1', 'scheduled', 'operational operational'],
    ]);
    expect(updatesOf('dropped')).toEqual([
      ['dropped-cancelled', 'completed', 'operational operational'],
      ['dropped-r1', 'scheduled', 'operational operational'],
    ]);
  });
  const display = { windows: [{ start: instant(NOW - HOUR), end: instant(NOW + HOUR), components: ['web'] }], overrides: [] };
  test('puts what it concerns under maintenance while it is left out, whatever the checks see, and nothing else', () => {
    const down = summaryOf(buildSummary({ ...seen, spans: [says(1, 'down'), says(2, 'up')], display }, [], '7b1c', NOW), around);
    expect(down.components.filter(({ status, group }) => status === 'under_maintenance' && !group).map(({ id }) => id)).toEqual(['web']);
  });
  test('names nobody', () => expect(JSON.stringify(maintenancesJson(seen))).not.toContain('kanarien'));
});

test('whatever ninety days brought, every document keeps its shape', () => {
  const conditions = ['up', 'down', 'slow', 'unknown', 'investigating', 'unborn'] as const;
  const wanted = fc.record({
    name: fc.string({ minLength: 1, maxLength: 40 }),
    group: fc.option(fc.constantFrom('Core', 'Edge', '<b>'), { nil: null }),
    critical: fc.boolean(),
    now: fc.constantFrom(...conditions),
    troubles: fc.nat({ max: 6 }),
  });
  fc.assert(
    fc.property(fc.array(wanted, { maxLength: 6 }), fc.nat({ max: 1_000 }), fc.boolean(), (some, seed, away) => {
      const view = buildSummary(
        { ...believableFacts(some, NOW, seed), announcements: [], display: { windows: [], overrides: [] } },
        ['Core'],
        '7b1c',
        NOW,
      );
      const surroundings = { ...around, stale: away ? { asOf: NOW } : null };
      for (const document of [...statuspageDocuments, statusV1]) {
        for (const shown of [view, document.expire(view)]) {
          const answer: unknown = JSON.parse(JSON.stringify(document.write(shown, surroundings)));
          expect(document.schema.safeParse(answer).error).toBeUndefined();
        }
      }
    }),
    { numRuns: 40 },
  );
});
