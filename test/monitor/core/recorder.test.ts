import { describe, expect, test } from 'vitest';
import { factsOf } from '#db/queries/facts.ts';
import { type Store, StoreFault } from '#db/store.ts';
import type { Outcome } from '#domain/check/check-result.ts';
import type { Panels } from '#domain/check/quorum.ts';
import { instant } from '#domain/time/instant.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import type { Recorder } from '#monitor/core/recorder-types.ts';
import { readSummary } from '#monitor/views/summary.ts';
import { timelineOf } from '#monitor/views/timeline.ts';
import { count, define, result, tableText, versionStatement } from '../../support/recording.ts';
import { openTempStore, silentLog } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const T0 = Date.UTC(2026, 8, 15, 12);
const clockAt = (ms: number): VirtualClock => new VirtualClock(ms);
const setUp = async (store: Store, locations = ['home']): Promise<{ recorder: Recorder; clock: VirtualClock }> => {
  await define(store, [{ slug: 'checkout' }, { slug: 'search' }], locations);
  const clock = clockAt(T0 + 3_600_000);
  return { recorder: await createRecorder({ store, clock, log: silentLog }), clock };
};
const history = (...list: [number, Outcome, string?][]) =>
  list.map(([seconds, outcome, location]) => result('checkout', location ?? 'home', T0 + seconds * 1_000, outcome));

describe('the recorder', () => {
  test('acknowledges results once they are durable, with every field as it was measured', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store);
    const [sent] = history([0, 'slow']);
    expect(await recorder.record(sent ? [sent] : [])).toEqual({ stored: true, fresh: 1, duplicates: 0, refused: 0 });
    expect(await factsOf(store).lastResults()).toEqual([{ ...sent, recordedAt: T0 + 3_600_000 }]);
  });

  test('stores a result delivered twice once, the first row winning', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store);
    const [first] = history([0, 'ok']);
    const [other] = history([0, 'fail']);
    if (!first || !other) return;
    await recorder.record([first, other]);
    expect(await recorder.record([other])).toMatchObject({ fresh: 0, duplicates: 1 });
    expect((await factsOf(store).lastResults()).map((r) => r.outcome)).toEqual(['ok']);
    expect(recorder.status).toMatchObject({ storedTotal: 1, duplicateTotal: 2 });
  });

  test('refuses what is unknown or more than 5 s in the future, and counts it', async () => {
    await using store = await openTempStore();
    const { recorder, clock } = await setUp(store);
    const now = clock.now();
    const answer = await recorder.record([
      result('nobody', 'home', now, 'ok'),
      result('checkout', 'nowhere', now, 'ok'),
      result('checkout', 'home', now + 5_001, 'ok'),
      result('checkout', 'home', now + 5_000, 'ok'),
    ]);
    expect(answer).toEqual({ stored: true, fresh: 1, duplicates: 0, refused: 3 });
  });

  test('opens an incident at the confirming failure, dated from the first one, and resolves it at the first good sample', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store);
    for (const one of history([0, 'ok'], [60, 'fail'], [70, 'fail'], [80, 'fail'], [120, 'ok'])) await recorder.record([one]);
    const [incident, ...more] = await factsOf(store).incidents(instant(0));
    expect(more).toEqual([]);
    expect(incident).toMatchObject({
      title: 'The checkout is not answering: connection refused',
      componentIds: [1],
      startedAt: T0 + 60_000,
      confirmedAt: T0 + 70_000,
      resolvedAt: T0 + 120_000,
    });
    expect(incident?.id).toMatch(/^[a-z2-9]{12}$/);
    expect(incident?.updates.map(({ status, body }) => [status, body])).toEqual([
      ['resolved', 'The checkout answers again. It was down for 1 minute.'],
      [
        'investigating',
        'The checkout is not answering: connection refused. Repeated checks confirm it. We keep checking and will say when it answers again.',
      ],
    ]);
    expect(await tableText(store, 'outbox', 'id, key, type')).toEqual([
      `[1,"incident.opened:${incident?.id}","incident.opened"]`,
      `[2,"incident.resolved:${incident?.id}","incident.resolved"]`,
    ]);
  });

  test('the log tells the person at the terminal what went down and that it is over, once each', async () => {
    await using store = await openTempStore();
    const lines: string[] = [];
    const hear = (message: string, facts?: Readonly<Record<string, unknown>>): void =>
      void lines.push(`${message} ${JSON.stringify(facts)}`);
    const { clock } = await setUp(store);
    const recorder = await createRecorder({ store, clock, log: { ...silentLog, info: hear, warn: hear } });
    for (const one of history([0, 'ok'], [60, 'fail'], [70, 'fail'], [80, 'fail'], [120, 'ok'])) await recorder.record([one]);
    const since = JSON.stringify({ since: new Date(T0 + 60_000).toISOString() });
    expect(lines).toEqual([
      `The checkout is not answering: connection refused. ${since}`,
      `Over: The checkout is not answering: connection refused. ${since}`,
    ]);
  });

  test('a blip, a single failure before silence and errors of our own open nothing', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store);
    await recorder.record(history([0, 'ok'], [60, 'fail'], [70, 'ok'], [130, 'fail'], [600, 'fail'], [620, 'error'], [900, 'ok']));
    expect(await factsOf(store).incidents(instant(0))).toEqual([]);
  });

  test('silence neither ends an incident nor opens a second one', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store);
    await recorder.record(history([0, 'fail'], [10, 'fail'], [1_000, 'fail'], [1_010, 'fail'], [1_020, 'ok']));
    expect((await factsOf(store).incidents(instant(0))).map(({ startedAt, resolvedAt }) => [startedAt, resolvedAt])).toEqual([
      [T0, T0 + 1_020_000],
    ]);
  });

  test('two of three locations must be down, and two must be up again', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store, ['a', 'b', 'c']);
    const all = (s: number, a: Outcome, b: Outcome, c: Outcome) => history([s, a, 'a'], [s + 1, b, 'b'], [s + 2, c, 'c']);
    for (const round of [all(0, 'ok', 'ok', 'ok'), all(60, 'ok', 'fail', 'ok'), all(120, 'ok', 'fail', 'ok')]) await recorder.record(round);
    expect(await factsOf(store).incidents(instant(0))).toEqual([]);
    for (const round of [all(180, 'ok', 'fail', 'fail'), all(240, 'ok', 'fail', 'fail'), all(300, 'ok', 'ok', 'fail')])
      await recorder.record(round);
    expect(await factsOf(store).incidents(instant(0))).toMatchObject([
      { startedAt: T0 + 182_000, confirmedAt: T0 + 242_000, resolvedAt: T0 + 301_000 },
    ]);
  });

  test('a late good sample between two failures takes the confirmation back in the spans; what was told stays and ends', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store);
    await recorder.record(history([0, 'ok'], [60, 'fail'], [120, 'fail'], [180, 'ok'], [240, 'ok']));
    await recorder.record(history([90, 'ok']));
    const [spans] = await factsOf(store).spans(instant(T0), instant(T0 + 900_000));
    expect(spans?.spans.map(({ start, end, lenient }) => [(start - T0) / 1_000, (end - T0) / 1_000, lenient])).toEqual([
      [0, 60, 'up'],
      [60, 90, 'blip'],
      [90, 120, 'up'],
      [120, 180, 'blip'],
    ]);
    expect(spans?.open).toMatchObject({ start: T0 + 180_000, lenient: 'up', coveredUntil: T0 + 390_000 });
    const [incident] = await factsOf(store).incidents(instant(0));
    expect(incident?.resolvedAt).toBe(T0 + 180_000);
    expect(incident?.updates.some(({ body }) => body.includes('not a confirmed outage'))).toBe(true);
  });

  test('a late failure moves the start of an open incident back', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store);
    await recorder.record(history([0, 'ok'], [120, 'fail'], [130, 'fail']));
    await recorder.record(history([100, 'fail']));
    expect(await factsOf(store).incidents(instant(0))).toMatchObject([{ startedAt: T0 + 100_000, resolvedAt: null }]);
    await recorder.record(history([200, 'ok']));
    expect(await factsOf(store).incidents(instant(0))).toMatchObject([{ startedAt: T0 + 100_000, resolvedAt: T0 + 200_000 }]);
  });

  test('an outage that only late results show becomes a closed incident without a message', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store);
    await recorder.record(history([0, 'ok'], [60, 'ok'], [120, 'ok'], [180, 'ok']));
    await recorder.record(history([70, 'fail'], [90, 'fail']));
    expect(await factsOf(store).incidents(instant(0))).toMatchObject([{ startedAt: T0 + 70_000, resolvedAt: T0 + 120_000 }]);
    expect(await tableText(store, 'outbox')).toEqual([]);
  });

  test('late failures that confirm an outage still running open its incident', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store);
    await recorder.record(history([0, 'ok'], [60, 'fail']));
    await recorder.record(history([50, 'fail']));
    expect(await factsOf(store).incidents(instant(0))).toMatchObject([{ startedAt: T0 + 50_000, resolvedAt: null }]);
    expect(await tableText(store, 'outbox', 'id, type, 0')).toEqual(['[1,"incident.opened",0]']);
  });

  test('an outage told late is told by its failures, not by the first result that came with them', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store);
    await recorder.record(history([0, 'ok'], [600, 'ok']));
    await recorder.record(history([50, 'ok'], [60, 'fail'], [70, 'fail'], [120, 'ok']));
    expect(await factsOf(store).incidents(instant(0))).toMatchObject([
      { title: 'The checkout is not answering: connection refused', startedAt: T0 + 60_000, confirmedAt: T0 + 60_000 },
    ]);
  });

  test('a late result and what it means for incidents are one commit', async () => {
    await using store = await openTempStore();
    await define(store, [{ slug: 'checkout' }], ['home']);
    const commits: number[] = [];
    const counting = new Proxy(store, {
      get(target, property) {
        const value = Reflect.get(target, property) as unknown;
        if (property === 'write') return (statements: Parameters<Store['write']>[0]) => commits.push(1) && target.write(statements);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const recorder = await createRecorder({ store: counting, clock: clockAt(T0 + 3_600_000), log: silentLog });
    await recorder.record(history([0, 'ok'], [60, 'fail']));
    commits.length = 0;
    await recorder.record(history([50, 'fail']));
    expect(commits).toEqual([1]);
    expect(await factsOf(store).incidents(instant(0))).toMatchObject([{ startedAt: T0 + 50_000, resolvedAt: null }]);
    await recorder.record(history([100, 'error']));
    commits.length = 0;
    await recorder.record(history([90, 'ok']));
    expect(commits).toEqual([1]);
    expect(await factsOf(store).incidents(instant(0))).toMatchObject([{ startedAt: T0 + 50_000, resolvedAt: T0 + 90_000 }]);
  });

  test('an open incident that late results show to be no outage ends, and its last words say that it never was one', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store);
    await recorder.record(history([0, 'ok'], [60, 'fail'], [70, 'fail'], [100, 'error']));
    await recorder.record(history([65, 'ok'], [90, 'ok']));
    const [incident, ...more] = await factsOf(store).incidents(instant(0));
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ startedAt: T0 + 60_000, resolvedAt: T0 + 60_000 });
    expect(incident?.updates.find(({ status }) => status === 'resolved')?.body).toContain('not a confirmed outage');
  });

  test('a clock that ran a year ahead for a moment does not make the recorder blind for a year', async () => {
    await using store = await openTempStore();
    await define(store, [{ slug: 'checkout' }], ['home']);
    const clock = clockAt(T0 + 365 * 86_400_000);
    const recorder = await createRecorder({ store, clock, log: silentLog });
    await recorder.record([result('checkout', 'home', clock.now(), 'ok')]);
    clock.jumpWall(-365 * 86_400_000);
    const take = async (seconds: number, outcome: Outcome): Promise<void> => {
      clock.jumpWall(T0 + seconds * 1_000 - clock.now());
      await recorder.record(history([seconds, outcome]));
    };
    await take(0, 'ok');
    await take(60, 'fail');
    await take(70, 'fail');
    expect(await factsOf(store).incidents(instant(0))).toMatchObject([{ startedAt: T0 + 60_000, resolvedAt: null }]);
    const summary = await readSummary(factsOf(store), [], 'x', instant(T0 + 71_000));
    expect(summary.components.map(({ state }) => state)).toEqual(['major_outage']);
    expect((await factsOf(store).lastResults(instant(T0 + 71_000))).map(({ at }) => at)).toEqual([T0 + 70_000]);
    await take(120, 'ok');
    expect(await factsOf(store).incidents(instant(0))).toMatchObject([{ startedAt: T0 + 60_000, resolvedAt: T0 + 120_000 }]);
    expect(await tableText(store, 'outbox', 'id, type, 0')).toEqual(['[1,"incident.opened",0]', '[2,"incident.resolved",0]']);
  });

  test('a quorum that is lowered opens an incident from then on, not from before', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store, ['a', 'b']);
    await recorder.record(history([0, 'ok', 'a'], [1, 'fail', 'b'], [11, 'fail', 'b'], [60, 'ok', 'a'], [61, 'fail', 'b']));
    await store.write([versionStatement(1, T0 + 100_000, { slug: 'checkout', quorum: 1 }, 2)]);
    await recorder.reload();
    await recorder.record(history([120, 'ok', 'a'], [121, 'fail', 'b']));
    expect(await factsOf(store).incidents(instant(0))).toMatchObject([{ startedAt: T0 + 100_000, resolvedAt: null }]);
  });

  test('a component that is no longer watched has no open incident', async () => {
    await using store = await openTempStore();
    const { recorder, clock } = await setUp(store);
    await recorder.record(history([0, 'fail'], [10, 'fail']));
    await store.write([versionStatement(1, T0 + 60_000, { slug: 'checkout' }, 1, true)]);
    await recorder.reload();
    expect(await factsOf(store).incidents(instant(0))).toMatchObject([{ resolvedAt: T0 + 60_000 }]);
    expect(await recorder.record([result('checkout', 'home', clock.now(), 'ok')])).toMatchObject({ refused: 1 });
  });

  test('a component that is removed and watched again begins anew: the second incident does not reach into the first', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store);
    await recorder.record(history([0, 'fail'], [10, 'fail']));
    await store.write([versionStatement(1, T0 + 60_000, { slug: 'checkout' }, 1, true)]);
    await recorder.reload();
    await recorder.record(history([50, 'fail']));
    await store.write([versionStatement(1, T0 + 70_000, { slug: 'checkout' }, 1)]);
    await recorder.reload();
    await recorder.record(history([80, 'fail'], [90, 'fail'], [100, 'ok']));
    const told = await factsOf(store).incidents(instant(0));
    expect(told.map(({ startedAt, resolvedAt }) => [(startedAt - T0) / 1_000, ((resolvedAt ?? 0) - T0) / 1_000])).toEqual([
      [80, 100],
      [0, 60],
    ]);
    const [spans] = await factsOf(store).spans(instant(T0), instant(T0 + 900_000));
    expect(spans?.spans.map(({ start, end, lenient }) => [(start - T0) / 1_000, (end - T0) / 1_000, lenient])).toEqual([
      [0, 60, 'down'],
      [60, 80, 'unknown'],
      [80, 100, 'down'],
    ]);
  });

  test('a failure that was under way when its component was removed opens nothing', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store);
    await recorder.record(history([0, 'fail']));
    await store.write([versionStatement(1, T0 + 60_000, { slug: 'checkout' }, 1, true)]);
    await recorder.reload();
    expect(await recorder.record(history([50, 'fail']))).toMatchObject({ fresh: 1 });
    expect(await factsOf(store).incidents(instant(0))).toEqual([]);
  });

  test('a location that is given up stops counting, and the past is judged by who was asked then', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store, ['a', 'b']);
    await recorder.record(history([0, 'ok', 'a'], [1, 'fail', 'b'], [11, 'fail', 'b'], [60, 'ok', 'a'], [61, 'fail', 'b']));
    await store.write([
      { sql: 'INSERT INTO location_versions VALUES (2, ?, ?, 0, 1)', args: [T0 + 70_000, 'B'] },
      versionStatement(1, T0 + 70_000, { slug: 'checkout' }, 1),
    ]);
    const [checkout] = await factsOf(store).components();
    expect(checkout?.panels).toEqual([
      { from: 0, locations: [1, 2], needed: 2 },
      { from: T0 + 70_000, locations: [1], needed: 1 },
    ]);
    const spans = await factsOf(store).spans(instant(T0), instant(T0 + 100_000), 1);
    const { states } = timelineOf(spans, checkout?.panels as Panels, { start: instant(T0), end: instant(T0 + 100_000) });
    expect(states.map(({ start, end, state }) => [(start - T0) / 1_000, (end - T0) / 1_000, state])).toEqual([
      [0, 1, 'operational'],
      [1, 70, 'degraded'],
      [70, 100, 'operational'],
    ]);
  });

  test('says after the commit which components changed', async () => {
    await using store = await openTempStore();
    const { recorder } = await setUp(store);
    const heard: string[] = [];
    recorder.onRecorded(({ changed, results }) => heard.push(`${results}: ${changed.join()}`));
    for (const one of history([0, 'ok'], [60, 'ok'], [120, 'fail'])) await recorder.record([one]);
    expect(heard).toEqual(['1: checkout', '1: ', '1: checkout']);
  });
});

/** The real store, but its next commits fail as told: before they happen, or after, unheard. */
const failing = (store: Store, faults: ('before' | 'after' | StoreFault)[]): Store =>
  new Proxy(store, {
    get(target, property) {
      if (property !== 'write') {
        const value = Reflect.get(target, property) as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      }
      return async (statements: Parameters<Store['write']>[0]) => {
        const fault = faults.shift();
        if (fault instanceof StoreFault) throw fault;
        if (fault === 'before') throw new StoreFault('io', 'The disk did not answer.');
        const rows = await target.write(statements);
        if (fault === 'after') throw new StoreFault('io', 'The answer was lost.');
        return rows;
      };
    },
  });

describe('a store in trouble', () => {
  test('commits that fail, or whose answer is lost, are repeated until the same facts stand once', async () => {
    await using store = await openTempStore();
    await using healthy = await openTempStore();
    const { recorder: reference } = await setUp(healthy);
    await define(store, [{ slug: 'checkout' }, { slug: 'search' }], ['home']);
    const clock = clockAt(T0 + 3_600_000);
    const recorder = await createRecorder({
      store: failing(store, ['before', 'after', 'before', 'after', 'after']),
      clock,
      log: silentLog,
    });
    const list = history([0, 'ok'], [60, 'fail'], [70, 'fail'], [120, 'ok'], [180, 'slow']);
    const answers: unknown[] = [];
    for (const one of list) {
      void recorder.record([one]).then((answer) => answers.push(answer));
      await reference.record([one]);
    }
    while (answers.length < list.length) await clock.advance(1_000);
    for (const table of ['spans', 'incidents'] as const)
      expect((await tableText(store, table)).map(withoutRecordedAt)).toEqual((await tableText(healthy, table)).map(withoutRecordedAt));
    expect(await tableText(store, 'outbox', 'key')).toEqual(await tableText(healthy, 'outbox', 'key'));
    expect(await count(store, 'SELECT count(*) FROM checks')).toBe(5);
  });

  test('results beyond the bound are dropped and counted, and an event names their number once the store works again', async () => {
    await using store = await openTempStore();
    await define(store, [{ slug: 'checkout' }], ['home']);
    const clock = clockAt(T0 + 3_600_000);
    const full = Array.from({ length: 4 }, () => new StoreFault('full', 'The disk is full.'));
    const recorder = await createRecorder({ store: failing(store, full), clock, log: silentLog, queueLimit: 3 });
    const first = recorder.record(history([0, 'ok'], [60, 'ok'], [120, 'ok']));
    expect(await recorder.record(history([180, 'ok'], [240, 'ok']))).toEqual({ stored: false, dropped: 2 });
    expect(recorder.status).toMatchObject({ queued: 3, droppedTotal: 2 });
    for (let i = 0; i < 5; i++) await clock.advance(5_000);
    while (recorder.status.queued > 0) await clock.advance(5_000);
    expect(await first).toMatchObject({ stored: true, fresh: 3 });
    const { rows } = await store.read({ sql: "SELECT kind, detail_json FROM events WHERE kind = 'results_dropped'" });
    expect(rows.map(([kind, detail]) => [kind, JSON.parse(String(detail)).dropped])).toEqual([['results_dropped', 2]]);
  });

  test('one result that the store refuses does not hold up the others', async () => {
    await using store = await openTempStore();
    await define(store, [{ slug: 'checkout' }], ['home']);
    await store.write([
      { sql: `CREATE TRIGGER poison BEFORE INSERT ON checks WHEN NEW.at = ${T0 + 120_000} BEGIN SELECT RAISE(ABORT, 'not this one'); END` },
    ]);
    const clock = clockAt(T0 + 3_600_000);
    const recorder = await createRecorder({ store, clock, log: silentLog });
    let answer: unknown;
    void recorder.record(history([0, 'ok'], [60, 'ok'], [120, 'ok'], [180, 'ok'])).then((said) => {
      answer = said;
    });
    while (answer === undefined) await clock.advance(5_000);
    expect(answer).toEqual({ stored: true, fresh: 3, duplicates: 0, refused: 1 });
  });

  test('a store that is gone ends the writing, not the process: results wait and drain says how many', async () => {
    await using store = await openTempStore();
    const { recorder, clock } = await setUp(store);
    await recorder.record(history([0, 'ok']));
    await store.close();
    void recorder.record(history([60, 'ok'], [120, 'ok']));
    const left = recorder.drain(10_000);
    await clock.advance(10_000);
    expect(await left).toBe(2);
    expect(recorder.status).toMatchObject({ queued: 2, storedTotal: 1 });
    expect(clock.waiting).toBe(0);
  });

  test('drain answers how many results are left when the deadline passes', async () => {
    await using store = await openTempStore();
    await define(store, [{ slug: 'checkout' }], ['home']);
    const clock = clockAt(T0 + 3_600_000);
    const full = Array.from({ length: 3 }, () => new StoreFault('full', 'The disk is full.'));
    const recorder = await createRecorder({ store: failing(store, full), clock, log: silentLog });
    void recorder.record(history([0, 'ok'], [60, 'ok']));
    const early = recorder.drain(50);
    await clock.advance(50);
    expect(await early).toBe(2);
    const later = recorder.drain(1e9);
    while (recorder.status.queued > 0) await clock.advance(1_000);
    expect(await later).toBe(0);
  });
});

const withoutRecordedAt = (row: string): string => row.replace(/,\d+\]$/, ']');
