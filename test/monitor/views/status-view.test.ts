import { describe, expect, test } from 'vitest';
import type { ComponentFact, IncidentFact, LocationSpans } from '#db/queries/facts-types.ts';
import type { CheckResult } from '#domain/check/check-result.ts';
import type { LocationState, OpenSpan, Span } from '#domain/check/span.ts';
import { DAY, HOUR, instant, MINUTE, millis } from '#domain/time/instant.ts';
import { lastDays } from '#monitor/views/days.ts';
import { BAR_DAYS, buildStatusPage, expireStatusPage, STORY_DAYS, type StatusFacts } from '#monitor/views/status-view.ts';

/** Monday 23 November 2026, 14:20 in New York. */
const NOW = instant(Date.UTC(2026, 10, 23, 19, 20));
const ago = (ms: number) => instant(NOW - ms);
const settings = { groups: ['Core'], source: 'avow.yaml', support: [], zone: 'America/New_York', description: '' };

const component = (id: number, more: Partial<ComponentFact> = {}): ComponentFact => ({
  id,
  slug: `c${id}`,
  name: `Component ${id}`,
  description: '',
  group: null,
  critical: true,
  position: id,
  quorum: 1,
  panels: [{ from: instant(0), locations: [1], needed: 1 }],
  check: {
    definition: { kind: 'self' },
    intervalMs: millis(60_000),
    timeoutMs: millis(10_000),
    holdMs: millis(150_000),
    confirmations: 2,
    degradedMs: millis(5_000),
  },
  createdAt: ago(400 * DAY),
  updatedAt: ago(400 * DAY),
  ...more,
});
const span = (start: number, end: number, lenient: LocationState, slow = false): Span => ({
  start: ago(start),
  end: ago(end),
  lenient,
  strict: slow ? 'down' : lenient,
  slow,
});
const open = (start: number, lenient: LocationState, more: Partial<OpenSpan> = {}): OpenSpan => ({
  start: ago(start),
  coveredUntil: instant(NOW + 60_000),
  lenient,
  strict: lenient,
  slow: false,
  ...more,
});
const lane = (componentId: number, spans: readonly Span[], last: OpenSpan | null, locationId = 1): LocationSpans => ({
  componentId,
  locationId,
  spans,
  open: last,
});
const result = (slug: string, age: number, more: Partial<CheckResult> = {}): CheckResult => ({
  componentId: slug,
  locationId: 'here',
  scheduledAt: ago(age),
  at: ago(age),
  finishedAt: ago(age - 100),
  outcome: 'ok',
  reason: 'ok',
  detail: '',
  httpStatus: 200,
  latencyUs: 100_000,
  phases: {},
  certExpiresAt: null,
  canaryOk: null,
  ...more,
});
const facts = (more: Partial<StatusFacts>): StatusFacts => ({
  components: [],
  spans: [],
  lastResults: [],
  incidents: [],
  display: { windows: [], overrides: [] },
  month: { month: '2026-11', service: null, components: new Map() },
  upkeep: { running: [], next: null, later: null, releases: { last: [], next: [] }, zone: 'America/New_York' },
  ...more,
});
const lines = (view: ReturnType<typeof buildStatusPage>) => view.groups.flatMap((group) => group.components);

describe('the front page as data', () => {
  test('a confirmed outage is an outage since its first failing sample, with the reason of the last result', () => {
    const view = buildStatusPage(
      facts({
        components: [component(1), component(2)],
        spans: [lane(1, [span(100 * DAY, 18 * MINUTE, 'up')], open(18 * MINUTE, 'down')), lane(2, [], open(100 * DAY, 'up'))],
        lastResults: [result('c1', 20_000, { outcome: 'fail', reason: 'connect_refused' }), result('c2', 12_000)],
      }),
      settings,
      NOW,
    );
    expect(view.overall).toMatchObject({ indicator: 'major', headline: 'down', down: ['Component 1'] });
    expect(lines(view)[0]).toMatchObject({
      state: 'major_outage',
      since: ago(18 * MINUTE),
      cause: { reason: 'connect_refused', httpStatus: null },
      investigating: false,
    });
    expect(lines(view)[1]).toMatchObject({ state: 'operational', since: null, cause: null });
    expect(view.lastCheckAt).toBe(ago(12_000));
    expect(lines(view)[0]?.bars.at(-1)?.downMs).toBe(18 * MINUTE);
  });

  test('a component whose cover has run out is unknown since that moment, and the page says what it did not measure', () => {
    const view = buildStatusPage(
      facts({
        components: [component(1), component(2)],
        spans: [lane(1, [], open(9 * DAY, 'up', { coveredUntil: ago(47 * MINUTE) })), lane(2, [], open(9 * DAY, 'up'))],
        lastResults: [result('c1', 50 * MINUTE), result('c2', 1_000)],
      }),
      settings,
      NOW,
    );
    expect(lines(view)[0]).toMatchObject({ state: 'unknown', since: ago(47 * MINUTE) });
    expect(view.overall).toMatchObject({ indicator: 'minor', headline: 'partly_unknown', unknown: ['Component 1'] });
    expect(view.unmeasured).toEqual([{ start: ago(47 * MINUTE), end: null, component: 'Component 1' }]);
  });

  test('a gap that all components share is told once, and what a single one adds is told with its name', () => {
    const gap = [span(DAY, 9 * HOUR, 'up'), span(9 * HOUR, 8 * HOUR, 'unknown'), span(8 * HOUR, HOUR, 'up')];
    const longer = [span(DAY, 9 * HOUR, 'up'), span(9 * HOUR, 7 * HOUR, 'unknown'), span(7 * HOUR, HOUR, 'up')];
    const view = buildStatusPage(
      facts({ components: [component(1), component(2)], spans: [lane(1, gap, open(HOUR, 'up')), lane(2, longer, open(HOUR, 'up'))] }),
      settings,
      NOW,
    );
    expect(view.unmeasured).toEqual([
      { start: ago(8 * HOUR), end: ago(7 * HOUR), component: 'Component 2' },
      { start: ago(9 * HOUR), end: ago(8 * HOUR), component: null },
    ]);
  });

  test('failures that are not confirmed yet are investigated, and are not called unmeasured', () => {
    const view = buildStatusPage(
      facts({
        components: [component(1)],
        spans: [lane(1, [span(5 * DAY, 8_000, 'up')], open(8_000, 'pending'))],
        lastResults: [result('c1', 8_000, { outcome: 'fail', reason: 'timeout' })],
      }),
      settings,
      NOW,
    );
    expect(lines(view)[0]).toMatchObject({
      state: 'unknown',
      investigating: true,
      cause: { reason: 'timeout', httpStatus: null },
      since: ago(8_000),
    });
    expect(view.investigating).toEqual(['Component 1']);
    expect(view.unmeasured).toEqual([]);
  });

  test('a fault of our own explains why nothing is known, never why a component is down', () => {
    const blind = result('c1', 5_000, { outcome: 'error', reason: 'own_network' });
    const causeWith = (now: OpenSpan) =>
      lines(buildStatusPage(facts({ components: [component(1)], spans: [lane(1, [], now)], lastResults: [blind] }), settings, NOW))[0]
        ?.cause;
    expect(causeWith(open(HOUR, 'down'))).toBeNull();
    expect(causeWith(open(60_000, 'pending'))).toBeNull();
    expect(causeWith(open(HOUR, 'up', { coveredUntil: ago(60_000) }))).toEqual({ reason: 'own_network', httpStatus: null });
  });

  test('slow answers are degraded, and so is a component that one of three locations cannot reach', () => {
    const three = { from: instant(0), locations: [1, 2, 3] };
    const view = buildStatusPage(
      facts({
        components: [component(1, { panels: [{ ...three, needed: 1 }] }), component(2, { panels: [{ ...three, needed: 2 }] })],
        spans: [
          ...[1, 2, 3].map((l) => lane(1, [], open(9 * DAY, 'up', { slow: true, strict: 'down' }), l)),
          ...[1, 2, 3].map((l) => lane(2, [], open(9 * DAY, l === 3 ? 'down' : 'up'), l)),
        ],
      }),
      settings,
      NOW,
    );
    expect(lines(view).map((line) => line.state)).toEqual(['degraded', 'degraded']);
    expect(view.overall.indicator).toBe('minor');
  });

  test('a component that was never measured is unknown without a since, and none of its days is unknown', () => {
    const [line] = lines(buildStatusPage(facts({ components: [component(1)] }), settings, NOW));
    expect(line).toMatchObject({ state: 'unknown', since: null, lastCheckAt: null });
    expect(line?.bars).toHaveLength(BAR_DAYS);
    expect(line?.bars.every((bar) => bar.unknownMs === 0 && bar.operationalMs === 0)).toBe(true);
  });

  test('a heartbeat that never came is waited for; where anything else is watched, checks are running', () => {
    const { check } = component(1);
    const beat = component(1, {
      check: { ...check, definition: { kind: 'heartbeat', graceMs: millis(60_000) } as typeof check.definition },
    });
    const waiting = buildStatusPage(facts({ components: [beat] }), settings, NOW);
    expect(waiting.awaitsBeat).toBe(true);
    expect(lines(waiting)[0]?.cause).toEqual({ reason: 'awaits_beat', httpStatus: null });
    expect(buildStatusPage(facts({ components: [beat, component(2)] }), settings, NOW).awaitsBeat).toBe(false);
    expect(buildStatusPage(facts({}), settings, NOW).awaitsBeat).toBe(false);
    const heard = [result('c1', HOUR, { reason: 'beat', httpStatus: null })];
    expect(buildStatusPage(facts({ components: [beat], lastResults: heard }), settings, NOW).awaitsBeat).toBe(false);
  });

  test('an unexpected status is told by its number', () => {
    const lastResults = [result('c1', 5_000, { outcome: 'fail', reason: 'status_unexpected', httpStatus: 503 })];
    const view = buildStatusPage(
      facts({ components: [component(1)], spans: [lane(1, [], open(HOUR, 'down'))], lastResults }),
      settings,
      NOW,
    );
    expect(lines(view)[0]?.cause).toEqual({ reason: 'status_unexpected', httpStatus: 503 });
  });

  test('groups come in the order of the file, groups it no longer names after them, components without a group last', () => {
    const view = buildStatusPage(
      facts({ components: [component(1), component(2, { group: 'Old' }), component(3, { group: 'Core' })] }),
      settings,
      NOW,
    );
    expect(view.groups.map((group) => [group.name, group.components.map((c) => c.slug)])).toEqual([
      ['Core', ['c3']],
      ['Old', ['c2']],
      [null, ['c1']],
    ]);
  });

  test('open incidents stand on top, every incident on the day it began, newest day first, updates newest first', () => {
    const update = (id: string, age: number, status: 'investigating' | 'resolved'): IncidentFact['updates'][number] => ({
      id,
      recordedAt: ago(age),
      displayAt: ago(age),
      status,
      body: id,
      author: null,
      title: null,
      impacts: [],
    });
    const incidents: readonly IncidentFact[] = [
      {
        id: 'a',
        detected: true,
        componentIds: [1],
        title: 'A',
        startedAt: ago(HOUR),
        confirmedAt: ago(HOUR),
        resolvedAt: null,
        updates: [update('a1', HOUR, 'investigating')],
      },
      {
        id: 'b',
        detected: true,
        componentIds: [1],
        title: 'B',
        startedAt: ago(3 * DAY),
        confirmedAt: ago(3 * DAY),
        resolvedAt: ago(3 * DAY - HOUR),
        updates: [update('b1', 3 * DAY, 'investigating'), update('b2', 3 * DAY - HOUR, 'resolved')],
      },
    ];
    const view = buildStatusPage(
      facts({ components: [component(1)], spans: [lane(1, [], open(9 * DAY, 'up'))], incidents }),
      settings,
      NOW,
    );
    expect(view.openIncidents.map((i) => i.id)).toEqual(['a']);
    expect(view.story).toHaveLength(STORY_DAYS);
    expect(view.story.map((day) => day.incidents.map((i) => i.id).join())).toEqual(['a', '', '', 'b', ...Array(10).fill('')]);
    expect(view.story[3]?.incidents[0]?.updates.map((u) => u.body)).toEqual(['b2', 'b1']);
    expect(view.story.map((day) => day.measured)).toEqual([...Array(10).fill(true), ...Array(4).fill(false)]);
  });

  test('a day with ten incidents tells six and counts the other four', () => {
    const incidents = Array.from(
      { length: 10 },
      (_, i): IncidentFact => ({
        id: `i${i}`,
        detected: true,
        componentIds: [1],
        title: `I${i}`,
        startedAt: ago(HOUR + i * MINUTE),
        confirmedAt: ago(HOUR + i * MINUTE),
        resolvedAt: ago(HOUR + i * MINUTE - 30_000),
        updates: [],
      }),
    );
    const view = buildStatusPage(
      facts({ components: [component(1)], spans: [lane(1, [], open(9 * DAY, 'up'))], incidents }),
      settings,
      NOW,
    );
    expect(view.story[0]).toMatchObject({ omitted: 4 });
    expect(view.story[0]?.incidents.map((i) => i.id)).toEqual(['i0', 'i1', 'i2', 'i3', 'i4', 'i5']);
  });

  test('without a configuration file the page knows that Avow watches itself', () => {
    expect(buildStatusPage(facts({}), { ...settings, source: null }, NOW).watchesItself).toBe(true);
    expect(buildStatusPage(facts({}), settings, NOW).watchesItself).toBe(false);
  });

  test('an expired page keeps its history and knows no present state', () => {
    const fresh = buildStatusPage(
      facts({ components: [component(1)], spans: [lane(1, [], open(9 * DAY, 'up'))], lastResults: [result('c1', 9_000)] }),
      settings,
      NOW,
    );
    const expired = expireStatusPage(fresh);
    expect(expired.overall).toMatchObject({ headline: 'unknown', unknown: ['Component 1'] });
    expect(lines(expired)[0]).toMatchObject({ state: 'unknown', since: ago(9_000) });
    expect(lines(expired)[0]?.bars).toEqual(lines(fresh)[0]?.bars);
    expect([fresh.current, expired.current]).toEqual([true, false]);
  });

  test('each line carries the figure of its component, and one that was not watched yet none', () => {
    const month = {
      month: '2026-11',
      service: null,
      components: new Map([['c1', { availability: '99.4999', standing: 'missed' as const }]]),
    };
    const view = buildStatusPage(facts({ components: [component(1), component(2)], month }), settings, NOW);
    expect(view).toMatchObject({ month: '2026-11', figure: null });
    expect(lines(view).map((line) => line.month)).toEqual([{ availability: '99.4999', standing: 'missed' }, null]);
  });

  test('the view is plain JSON: nothing is lost on the way through a snapshot', () => {
    const view = buildStatusPage(facts({ components: [component(1)], spans: [lane(1, [], open(9 * DAY, 'up'))] }), settings, NOW);
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
  });
});

describe('the last days of a zone', () => {
  test('New York had 25 hours on 1 November 2026, and each day ends where the next begins', () => {
    const days = lastDays('America/New_York', NOW, 30);
    expect(days).toHaveLength(30);
    const first = days.find((day) => day.start === Date.UTC(2026, 10, 1, 4));
    expect(first && (first.end - first.start) / HOUR).toBe(25);
    expect(days.slice(1).every((day, i) => day.start === days[i]?.end)).toBe(true);
    expect(days.at(-1)).toEqual({ start: instant(Date.UTC(2026, 10, 23, 5)), end: instant(Date.UTC(2026, 10, 24, 5)) });
  });

  test('a day of 25 hours asked in its last hour is one day', () => {
    const late = instant(Date.UTC(2026, 10, 2, 4, 30));
    expect(lastDays('America/New_York', late, 1)).toEqual([
      { start: instant(Date.UTC(2026, 10, 1, 4)), end: instant(Date.UTC(2026, 10, 2, 5)) },
    ]);
  });

  test('days in Apia skip 30 December 2011, which never was', () => {
    const days = lastDays('Pacific/Apia', instant(Date.UTC(2011, 11, 31, 12)), 3);
    expect(days.every((day) => (day.end - day.start) / HOUR === 24)).toBe(true);
    expect(days[1]?.end).toBe(days[2]?.start);
  });
});
