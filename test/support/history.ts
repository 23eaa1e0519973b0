/**
 * A store with a past: every check of every component of a configuration from one instant to another, as the prober would
 * have stored them and the compaction would have left them: hot rows, packs, spans, rollups, incidents, prober runs. Seeded.
 * All of it goes through the product's own fold, pack and rollup, so `avow doctor` must find no difference.
 */
import { insertChecks, type Pair } from '#db/queries/checks.ts';
import { insertDaily } from '#db/queries/daily.ts';
import { type ComponentHistory, readDefinitions, versionAt } from '#db/queries/definitions.ts';
import { closedSpans } from '#db/queries/facts.ts';
import type { CheckRow } from '#db/queries/pack.ts';
import { replacePack } from '#db/queries/packs.ts';
import { writeSpans } from '#db/queries/spans.ts';
import { saveWorkerRun } from '#db/queries/worker-runs.ts';
import type { Statement, Store } from '#db/store.ts';
import { OUTCOMES } from '#domain/check/check-result.ts';
import { foldSamples, type Piece, type Sample } from '#domain/check/confirmation.ts';
import { type DaySample, rollUpDay } from '#domain/check/day-rollup.ts';
import { REASONS, type Reason } from '#domain/check/reason.ts';
import { phaseOf, RETRY_AFTER_MS } from '#domain/check/schedule.ts';
import { after, DAY, HOUR, type Instant, instant, MINUTE, type Millis, SECOND } from '#domain/time/instant.ts';
import { dayOf } from '#domain/time/zone.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { systemClock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';
import { tellOpened, tellResolved } from '#monitor/core/told.ts';
import { seeded } from './seeded.ts';

export interface HistorySpan {
  readonly from: Instant;
  /** The last checks lie just before this; what the prober does next joins on. */
  readonly until: Instant;
  readonly seed: number;
}
export interface HistoryWritten {
  readonly checks: number;
  readonly packedDays: number;
  readonly spans: number;
  readonly incidents: number;
}
interface Trouble {
  readonly start: number;
  readonly end: number;
  readonly reason: Reason | 'silence';
}
type Random = () => number;

/** As core/compaction.ts does it. */
const HOT_FOR = 48 * HOUR;
const PHASE_DAYS = 7;
const ROWS_PER_WRITE = 1_000;
const DAYS_PER_WRITE = 30;

/** What goes wrong, how often in thirty days, and for how long (minutes, at most). */
const USUAL: readonly (readonly [Trouble['reason'], number, number])[] = [
  ['connect_refused', 0.25, 40],
  ['status_unexpected', 0.25, 90],
  ['timeout', 0.15, 25],
  ['over_latency_limit', 0.6, 120],
  ['status_unexpected', 1.5, 0.2],
  ['own_network', 0.1, 15],
  ['silence', 0.05, 60],
];

const troublesOf = (random: Random, from: number, until: number): Trouble[] => {
  const days = (until - from) / DAY;
  const found: Trouble[] = [];
  for (const [reason, perMonth, minutes] of USUAL) {
    const count = Math.floor((days / 30) * perMonth * 2 * random() + random());
    for (let i = 0; i < count; i++) {
      const start = from + random() * (until - from - HOUR);
      found.push({ start, end: Math.min(until - 10 * MINUTE, start + (0.1 + random()) * minutes * MINUTE), reason });
    }
  }
  return found.sort((a, b) => a.start - b.start);
};

/** Microseconds of an answer: quiet nights, a busy noon, a long tail. */
const latencyAt = (random: Random, at: number, base: number): number => {
  const noon = 1 + 0.35 * Math.sin(((at % DAY) / DAY) * 2 * Math.PI - Math.PI / 2);
  const tail = random() < 0.03 ? 1 + 4 * random() : 1;
  return Math.round(base * noon * tail * (0.85 + 0.3 * random()));
};

const DETAILS: Readonly<Partial<Record<Reason, string>>> = {
  connect_refused: 'The server refused the connection.',
  status_unexpected: 'The server answered 503 where 200 to 299 are expected.',
  timeout: 'The server accepted the connection but did not answer within 10 s.',
  over_latency_limit: 'It answered as expected, but took longer than is allowed.',
  own_network: 'No sentinel answered either: our own network was down, so this says nothing about the target.',
};
const STATUS: Readonly<Partial<Record<Reason, number>>> = { ok: 200, over_latency_limit: 200, status_unexpected: 503 };
const outcomeOf = (reason: Reason): Sample['outcome'] | 'error' =>
  reason === 'ok' ? 'ok' : reason === 'over_latency_limit' ? 'slow' : reason === 'own_network' ? 'error' : 'fail';

const rowOf = (random: Random, at: number, lag: number, reason: Reason, base: number): CheckRow => {
  const outcome = outcomeOf(reason);
  const answered = outcome === 'ok' || outcome === 'slow';
  const us = reason === 'timeout' ? 10_000_000 : latencyAt(random, at, outcome === 'slow' ? 6_000_000 : answered ? base : 3_000);
  const [dns, connect] = [Math.round(us * 0.02), Math.round(us * (0.08 + 0.05 * random()))];
  const transfer = Math.round(us * 0.03);
  const took = outcome === 'error' ? 4_000 : Math.ceil(us / 1_000);
  return {
    at,
    lag,
    took,
    delay: took + Math.floor(random() * 50),
    outcome: OUTCOMES.indexOf(outcome),
    reason: REASONS[reason].id,
    canary: outcome === 'error' ? 0 : null,
    status: STATUS[reason] ?? null,
    latencyUs: outcome === 'error' ? null : us,
    phases: answered ? [dns + 1, connect + 1, 0, us - dns - connect - transfer + 1, transfer + 1] : null,
    detail: DETAILS[reason] ?? null,
  };
};

/** Every check of one component, ascending, with the retries that follow a first failure. */
const checksOf = (component: ComponentHistory, { from, until }: HistorySpan, random: Random): CheckRow[] => {
  const { intervalMs } = component.versions[0].check;
  const troubles = troublesOf(random, from, until);
  const base = 20_000 + 150_000 * random();
  const rows: CheckRow[] = [];
  let next = 0;
  let failing = false;
  const troubleAt = (at: number): Trouble['reason'] => {
    while (troubles[next] && (troubles[next] as Trouble).end <= at) next++;
    const trouble = troubles[next];
    return trouble && trouble.start <= at ? trouble.reason : 'ok';
  };
  const check = (due: number): CheckRow | null => {
    const lag = Math.floor(random() * 12);
    const reason = troubleAt(due + lag);
    if (reason === 'silence') return null;
    const row = rowOf(random, due + lag, lag, reason, base);
    rows.push(row);
    return row;
  };
  const first = Math.ceil(from / intervalMs) * intervalMs + phaseOf(component.slug, intervalMs);
  for (let due = first; due < until - 15 * SECOND; due += intervalMs) {
    const outcome = check(due)?.outcome;
    const fails = outcome === OUTCOMES.indexOf('fail');
    if (fails && !failing) for (const ms of RETRY_AFTER_MS) if (ms < intervalMs - SECOND && due + ms < until) check(due + ms);
    failing = rows.at(-1)?.outcome === OUTCOMES.indexOf('fail');
  }
  return rows;
};

const byDay = (rows: readonly CheckRow[]): Map<number, CheckRow[]> => {
  const days = new Map<number, CheckRow[]>();
  for (const row of rows) {
    const day = dayOf(row.at as Instant);
    const list = days.get(day);
    if (list) list.push(row);
    else days.set(day, [row]);
  }
  return days;
};

/** Packs of the days that ended two days ago, hot rows of the others. */
async function writeEvidence(store: Store, pair: Pair, days: ReadonlyMap<number, CheckRow[]>, until: Instant): Promise<number> {
  const lastPacked = dayOf(instant(until - HOT_FOR)) - 1;
  const young = dayOf(until) - PHASE_DAYS;
  let statements: Statement[] = [];
  let packed = 0;
  for (const [day, rows] of days) {
    if (day <= lastPacked) {
      statements.push(...replacePack(pair, day, rows, (row) => day >= young || row.outcome !== 0));
      packed++;
      if (packed % DAYS_PER_WRITE === 0) await store.write(statements.splice(0));
    } else
      for (let i = 0; i < rows.length; i += ROWS_PER_WRITE)
        statements.push(insertChecks(rows.slice(i, i + ROWS_PER_WRITE).map((row) => ({ ...pair, row }))));
  }
  await store.write(statements);
  statements = [];
  return packed;
}

const sampleOf = ({ at, outcome, latencyUs }: CheckRow): DaySample => ({
  at: at as Instant,
  outcome: OUTCOMES[outcome] ?? 'error',
  latencyUs,
});
const isEvidence = (sample: DaySample): sample is DaySample & Sample => sample.outcome !== 'error';

/** Rollups of the days that have ended. */
const rollupsOf = (pair: Pair, days: ReadonlyMap<number, CheckRow[]>, pieces: readonly Piece[], coveredUntil: Instant, until: Instant) => {
  const spans = closedSpans(pieces, coveredUntil);
  const [first, last] = [spans[0], dayOf(instant(until - 10 * MINUTE)) - 1];
  const statements: Statement[] = [];
  for (let day = first ? dayOf(first.start) : last + 1; day <= last; day++)
    statements.push(insertDaily(pair, day, rollUpDay(day, (days.get(day) ?? []).map(sampleOf), spans)));
  return statements;
};

/** What the recorder would have told of each confirmed outage, when it would have told it. */
const incidentsOf = (component: ComponentHistory, rows: readonly CheckRow[], pieces: readonly Piece[]): Statement[][] =>
  pieces
    .filter(({ lenient }) => lenient === 'down')
    .map(({ start, end }) => {
      const from = rows.findIndex(({ at }) => at === start);
      const confirmed = rows[from + component.versions[0].confirmations - 1];
      const reason = (Object.keys(REASONS) as Reason[]).find((name) => REASONS[name].id === confirmed?.reason) ?? 'timeout';
      const confirmedAt = (confirmed?.at ?? start) as Instant;
      const [version] = component.versions;
      const told = tellOpened({ component, version, reason, httpStatus: null, startedAt: start, confirmedAt, locations: 1 }, confirmedAt);
      return [...told.statements, ...(end === null ? [] : tellResolved(told.incident, component.slug, version, end, end))];
    });

const writeComponent = async (
  store: Store,
  component: ComponentHistory,
  locationId: number,
  span: HistorySpan,
): Promise<HistoryWritten> => {
  const pair: Pair = { componentId: component.id, locationId };
  const rows = checksOf(component, span, seeded(span.seed * 7_919 + component.id));
  const days = byDay(rows);
  const packedDays = await writeEvidence(store, pair, days, span.until);
  const { pieces, cursor } = foldSamples(rows.map(sampleOf).filter(isEvidence), (at) => versionAt(component.versions, at));
  if (!cursor) return { checks: rows.length, packedDays, spans: 0, incidents: 0 };
  const told = incidentsOf(component, rows, pieces);
  await store.write([
    ...writeSpans([{ ...pair, changes: { removed: [], put: pieces } }]),
    ...rollupsOf(pair, days, pieces, after(cursor.lastAt, cursor.hold as Millis), span.until),
    ...told.flat(),
  ]);
  return { checks: rows.length, packedDays, spans: pieces.length, incidents: told.length };
};

/** Puts `config` in force since `from` and writes the past of each component, one after the other. */
export const writeHistory = async (
  store: Store,
  config: Config,
  span: HistorySpan,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<HistoryWritten> => {
  await applyConfiguration({ store, clock: { ...systemClock, now: () => span.from } }, config);
  const { components, locations } = await readDefinitions(store);
  const local = locations.find(({ slug }) => slug === config.locations.find((one) => one.local)?.slug);
  if (!local) throw new Error('The configuration names no local location.');
  await saveWorkerRun(store, local.slug, span.from, instant(span.until - SECOND));
  const sum = { checks: 0, packedDays: 0, spans: 0, incidents: 0 };
  for (const [i, component] of components.entries()) {
    const written = await writeComponent(store, component, local.id, span);
    for (const key of ['checks', 'packedDays', 'spans', 'incidents'] as const) sum[key] += written[key];
    onProgress(i + 1, components.length);
    await systemClock.sleep(0);
  }
  return sum;
};
