/**
 * Facts as a store would answer them after ninety believable days: seeded, dated relative to `asOf`, consistent among
 * themselves (spans tile, incidents match confirmed outages, last results match the open spans). For tests of views and
 * pages, and for looking at them.
 */
import type { ComponentFact, DailyFact, IncidentFact, LatencyPoint, LocationFact, LocationSpans } from '#db/queries/facts-types.ts';
import type { CheckPlan } from '#domain/check/check-definition.ts';
import type { CheckResult } from '#domain/check/check-result.ts';
import { latencySummary } from '#domain/check/day-rollup.ts';
import type { LocationState, OpenSpan, Span } from '#domain/check/span.ts';
import { DAY, type Instant, instant, MINUTE, millis } from '#domain/time/instant.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import type { ComponentFacts } from '#monitor/views/component-view.ts';
import type { StatusFacts } from '#monitor/views/status-view.ts';

export type Condition = 'up' | 'down' | 'slow' | 'unknown' | 'investigating' | 'unborn';
export interface Wanted {
  readonly name: string;
  readonly group: string | null;
  readonly critical?: boolean;
  readonly now?: Condition;
  /** How many days have been measured; default 400. */
  readonly ageDays?: number;
  /** Troubles in the last ninety days; default from the seed. */
  readonly troubles?: number;
}

const plan: CheckPlan = {
  definition: {
    kind: 'http',
    url: 'http://127.0.0.1/',
    method: 'GET',
    headers: {},
    body: null,
    maxRedirects: 3,
    expectStatus: [[200, 299]],
    expectHeaders: [],
    expectBody: [],
    expectJson: [],
    tls: { verify: true, expiresInDays: 14 },
  },
  intervalMs: millis(60_000),
  timeoutMs: millis(10_000),
  holdMs: millis(150_000),
  confirmations: 2,
  degradedMs: millis(5_000),
};

const LOCATION: LocationFact = { id: 1, slug: 'here', name: 'Frankfurt', local: true };

interface Trouble {
  readonly start: number;
  readonly length: number;
  readonly state: LocationState;
  readonly slow: boolean;
}

const troublesOf = (random: () => number, asOf: number, wanted: Wanted): Trouble[] => {
  const count = wanted.troubles ?? Math.floor(random() ** 2 * 9);
  const kinds: readonly (readonly [LocationState, boolean, number])[] = [
    ['down', false, 90],
    ['down', false, 35],
    ['up', true, 55],
    ['unknown', false, 25],
    ['blip', false, 1],
  ];
  const found: Trouble[] = [];
  for (let i = 0; i < count; i++) {
    const [state, slow, minutes] = kinds[Math.floor(random() * kinds.length)] ?? ['blip', false, 1];
    const day = 1 + Math.floor(random() * 88);
    const start = asOf - day * DAY + Math.floor(random() * 600) * MINUTE;
    found.push({ start, length: Math.max(1, Math.round(minutes * (0.3 + random() * 2.4))) * MINUTE, state, slow });
  }
  return found.sort((a, b) => a.start - b.start);
};

const span = (start: number, end: number, state: LocationState, slow = false): Span => ({
  start: instant(start),
  end: instant(end),
  lenient: state,
  strict: slow ? 'down' : state,
  slow,
});

/** The open span of each condition: its state, slow or not, since when, and how far the last sample speaks. */
const openOf = (condition: Condition, asOf: number, random: () => number): OpenSpan => {
  const sample = asOf - Math.floor(3_000 + random() * 50_000);
  const cover = instant(sample + 150_000);
  const of = (state: LocationState, start: number, slow = false, coveredUntil = cover): OpenSpan => ({
    start: instant(start),
    coveredUntil,
    lenient: state,
    strict: slow ? 'down' : state,
    slow,
  });
  if (condition === 'down') return of('down', asOf - 18 * MINUTE - 4_000);
  if (condition === 'slow') return of('up', asOf - 41 * MINUTE, true);
  if (condition === 'unknown') return of('up', asOf - 95 * MINUTE, false, instant(asOf - 47 * MINUTE));
  if (condition === 'investigating') return of('pending', sample);
  return of('up', asOf - 5 * MINUTE);
};

const spansOf = (componentId: number, asOf: number, wanted: Wanted, random: () => number): LocationSpans => {
  const from = asOf - Math.min(wanted.ageDays ?? 400, 90.9) * DAY;
  const open = openOf(wanted.now ?? 'up', asOf, random);
  const spans: Span[] = [];
  let at = from;
  for (const { start, length, state, slow } of troublesOf(random, asOf, wanted)) {
    if (start <= at || start + length >= open.start - 10 * MINUTE) continue;
    spans.push(span(at, start, 'up'), span(start, start + length, state, slow));
    at = start + length;
  }
  if (at < open.start) spans.push(span(at, open.start, 'up'));
  return { componentId, locationId: LOCATION.id, spans, open: at < open.start ? open : { ...open, start: instant(Math.max(at, from)) } };
};

const resultOf = (slug: string, condition: Condition, asOf: number, random: () => number): CheckResult => {
  const at = condition === 'unknown' ? asOf - 49.5 * MINUTE : asOf - Math.floor(3_000 + random() * 50_000);
  const failed = condition === 'down' || condition === 'investigating';
  const scale = condition === 'slow' ? 40 : 1;
  const phases = { dns: 1_800, connect: 11_400, tls: 24_900, ttfb: Math.round(61_000 * scale * (0.8 + random() * 0.4)), transfer: 6_200 };
  const total = Object.values(phases).reduce((sum, us) => sum + us, 0);
  return {
    componentId: slug,
    locationId: LOCATION.slug,
    scheduledAt: instant(Math.floor(at)),
    at: instant(Math.floor(at)),
    finishedAt: instant(Math.floor(at + (failed ? 12 : total / 1_000))),
    outcome: failed ? 'fail' : condition === 'slow' ? 'slow' : 'ok',
    reason: failed ? 'connect_refused' : condition === 'slow' ? 'over_latency_limit' : 'ok',
    detail: '',
    httpStatus: failed ? null : 200,
    latencyUs: failed ? 12_000 : total,
    phases: failed ? { dns: 1_800, connect: 10_200 } : phases,
    certExpiresAt: failed ? null : instant(asOf + 61 * DAY),
    canaryOk: null,
  };
};

const incidentsOf = (component: ComponentFact, { spans, open }: LocationSpans): IncidentFact[] =>
  [...spans, ...(open ? [{ ...open, end: null }] : [])]
    .filter((s) => s.lenient === 'down')
    .map(({ start, end }) => {
      const confirmedAt = instant(start + 10_000);
      const opened = {
        id: `${component.slug}-${start}-1`,
        recordedAt: confirmedAt,
        displayAt: confirmedAt,
        status: 'investigating' as const,
        body: `${component.name} is not answering: connection refused.`,
        author: null,
        title: null,
        impacts: [],
      };
      const closed = end && {
        ...opened,
        id: `${component.slug}-${start}-2`,
        recordedAt: end,
        displayAt: end,
        status: 'resolved' as const,
        body: `${component.name} answers again.`,
      };
      return {
        id: `${component.slug}-${start}`,
        detected: true,
        componentIds: [component.id],
        title: `${component.name} is not answering`,
        startedAt: start,
        confirmedAt,
        resolvedAt: end,
        updates: closed ? [opened, closed] : [opened],
      };
    });

export interface Believable extends Omit<StatusFacts, 'month' | 'upkeep'> {
  readonly incidents: readonly IncidentFact[];
}

/** Facts for these components as of `asOf`; the same seed gives the same facts. */
export const believableFacts = (wanted: readonly Wanted[], asOf: Instant, seed = 7): Believable => {
  const random = seeded(seed);
  const components = wanted.map(
    ({ name, group, critical, ageDays }, i): ComponentFact => ({
      id: i + 1,
      slug:
        name
          .toLowerCase()
          .replaceAll(/[^a-z0-9]+/g, '-')
          .replaceAll(/^-|-$/g, '')
          .slice(0, 60) || `component-${i + 1}`,
      name,
      description: '',
      group,
      critical: critical ?? i < 3,
      position: i,
      quorum: 1,
      panels: [{ from: instant(0), locations: [LOCATION.id], needed: 1 }],
      check: plan,
      createdAt: instant(asOf - Math.round((ageDays ?? 400) * DAY)),
      updatedAt: instant(asOf - Math.round((ageDays ?? 400) * DAY)),
    }),
  );
  const measured = components.filter((_, i) => wanted[i]?.now !== 'unborn');
  const spans = measured.map((c) => spansOf(c.id, asOf, wanted[c.id - 1] as Wanted, random));
  return {
    components,
    spans,
    lastResults: measured.map((c) => resultOf(c.slug, wanted[c.id - 1]?.now ?? 'up', asOf, random)),
    incidents: measured.flatMap((c, i) => incidentsOf(c, spans[i] as LocationSpans)).sort((a, b) => b.startedAt - a.startedAt),
    display: { windows: [], overrides: [] },
  };
};

/** A day's rhythm in µs: quiet nights, a busy noon, a long tail. */
const latencyAt = (at: number, random: () => number): number => {
  const noon = 1 + 0.35 * Math.sin(((at % DAY) / DAY) * 2 * Math.PI - Math.PI / 2);
  const tail = random() < 0.04 ? 1 + random() * 3 : 1;
  return Math.round(92_000 * noon * tail * (0.85 + random() * 0.3));
};

/** The facts of the component page of the n-th component. */
export const believableComponent = (facts: Believable, n: number, asOf: Instant, seed = 11): Omit<ComponentFacts, 'months'> => {
  const random = seeded(seed);
  const component = facts.components[n] as ComponentFact;
  const mine = facts.spans.filter((s) => s.componentId === component.id);
  const began = mine[0]?.spans[0]?.start ?? mine[0]?.open?.start ?? asOf;
  const today = Math.floor(asOf / DAY);
  const points: LatencyPoint[] = [];
  for (let at = Math.max(began, Math.min(today * DAY, asOf - DAY)); at < asOf; at += MINUTE) {
    points.push({ at: instant(at), latencyUs: latencyAt(at, random), outcome: 'ok' });
  }
  const daily: DailyFact[] = [];
  for (let day = Math.max(today - 90, Math.ceil(began / DAY)); day < today; day++) {
    const hours = Array.from({ length: 24 }, (_, hour) =>
      Array.from({ length: 60 }, (_unused, minute) => latencyAt(day * DAY + (hour * 60 + minute) * MINUTE, random)),
    );
    daily.push({
      componentId: component.id,
      locationId: LOCATION.id,
      day,
      ok: 1_440,
      slow: 0,
      fail: 0,
      error: 0,
      upMs: DAY,
      downMs: 0,
      unknownMs: 0,
      blips: 0,
      blipMs: 0,
      slowMs: 0,
      latency: [...hours.map(latencySummary), latencySummary(hours.flat())],
    });
  }
  return { ...facts, component, locations: [LOCATION], spans: mine, from: LOCATION, points, daily };
};
