/** A pause, from the order to the ledger: nothing is asked, the time is unknown for a reason of its own, and neither begins nor ends an outage. */
import { describe, expect, it } from 'vitest';
import { readDefinitions } from '#db/queries/definitions.ts';
import { factsOf } from '#db/queries/facts.ts';
import { readSilences } from '#db/queries/silences.ts';
import { readTimelines } from '#db/queries/timelines.ts';
import type { CheckResult } from '#domain/check/check-result.ts';
import { composePanels } from '#domain/check/quorum.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { resumeDue } from '#monitor/actions/resume-component.ts';
import { systemClock } from '#monitor/clock.ts';
import { explainComponent } from '#monitor/views/explain-component.ts';
import { type ConsoleDesk, openConsoleDesk } from '../../support/console-desk.ts';
import { result } from '../../support/recording.ts';

const FILE = 'components:\n  - {name: Web, http: "https://www.example.com/"}\n  - {name: Db, tcp: "db.example.com:5432"}\n';
const MINUTE = 60_000;

/** The states of a component, composed, as `state minutes`. */
const states = async (desk: ConsoleDesk, source: 'spans' | 'evidence', from: Instant): Promise<string[]> => {
  const definitions = await readDefinitions(desk.store);
  const range = { start: from, end: desk.clock.now() };
  const [web] = await readTimelines(desk.store, definitions, { range, source, recordedBy: null, components: new Set([1]) });
  if (!web) return [];
  return composePanels(web.timelines, web.panels, 'lenient', range, range.end).map(
    ({ state, start, end }) => `${state} ${(end - start) / MINUTE}`,
  );
};
const incidents = async ({ store, clock }: ConsoleDesk): Promise<unknown[]> =>
  (await factsOf(store).incidents(instant(clock.now() - 86_400_000))).map(({ startedAt, resolvedAt }) => [startedAt, resolvedAt]);

describe('a paused component', () => {
  it('is unknown from the very instant on, whatever was said last, and known again from the first check after it', async () => {
    await using desk = await openConsoleDesk(FILE);
    const start = desk.clock.now();
    await desk.sample('web', 'ok');
    await desk.sample('web', 'ok', 30_000);
    await desk.does('pause', { slug: 'web', reason: 'moving house' });
    desk.clock.jumpWall(10 * MINUTE);
    await desk.does('resume', { slug: 'web' });
    desk.clock.jumpWall(MINUTE);
    await desk.sample('web', 'ok');
    const expected = ['up 1.5', 'unknown 11', 'up 1'];
    expect(await states(desk, 'spans', start)).toEqual(expected);
    expect(await states(desk, 'evidence', start)).toEqual(expected);
    expect((await doctorReport({ store: desk.store, clock: systemClock })).differences).toEqual([]);
  });

  it('takes no result: what was asked before counts, what was asked during the pause is refused', async () => {
    await using desk = await openConsoleDesk(FILE);
    const asked = desk.clock.now();
    desk.clock.jumpWall(5_000);
    await desk.does('pause', { slug: 'web', reason: 'x' });
    desk.clock.jumpWall(5_000);
    const late = await desk.recorder.record([result('web', 'local', asked, 'ok')]);
    const during = await desk.recorder.record([result('web', 'local', desk.clock.now() - 1_000, 'ok')]);
    expect([late, during]).toEqual([
      { stored: true, fresh: 1, duplicates: 0, refused: 0 },
      { stored: true, fresh: 0, duplicates: 0, refused: 1 },
    ]);
    expect(await states(desk, 'spans', asked)).toEqual(['up 0.08333333333333333', 'unknown 0.08333333333333333']);
  });

  it('opens no outage: a run of failures that it cuts off begins anew behind it', async () => {
    await using desk = await openConsoleDesk(FILE);
    await desk.sample('web', 'ok');
    await desk.sample('web', 'fail', 30_000);
    await desk.does('pause', { slug: 'web', reason: 'x' });
    desk.clock.jumpWall(20_000);
    await desk.does('resume', { slug: 'web' });
    desk.clock.jumpWall(10_000);
    await desk.sample('web', 'fail', 30_000);
    expect(await incidents(desk)).toEqual([]);
    const second = desk.clock.now();
    await desk.sample('web', 'fail', 1_000);
    expect(await incidents(desk)).toEqual([[second - 30_000, null]]);
  });

  it('ends no outage: one that is open stays open, over a restart too, and ends with the first good check behind the pause', async () => {
    await using desk = await openConsoleDesk(FILE);
    const start = desk.clock.now();
    await desk.sample('web', 'fail');
    await desk.sample('web', 'fail');
    expect(await incidents(desk)).toEqual([[start, null]]);
    await desk.does('pause', { slug: 'web', reason: 'x' });
    desk.clock.jumpWall(60 * MINUTE);
    await desk.restart();
    expect(await incidents(desk)).toEqual([[start, null]]);
    await desk.does('resume', { slug: 'web' });
    desk.clock.jumpWall(MINUTE);
    const good = desk.clock.now();
    await desk.sample('web', 'ok');
    expect(await incidents(desk)).toEqual([[start, good]]);
    expect(await states(desk, 'spans', start)).toEqual(['down 2', 'unknown 61', 'up 1']);
  });

  it('stays paused while its file changes it, and is no difference to that file', async () => {
    await using desk = await openConsoleDesk(FILE);
    const pausedAt = desk.clock.now();
    await desk.does('pause', { slug: 'db', reason: 'moving house', author: 'Ann' });
    desk.clock.jumpWall(MINUTE);
    await desk.apply(FILE.replace('name: Db', 'name: Database, slug: db'));
    const view = await explainComponent(await desk.context(), 'db');
    expect(view).toMatchObject({ state: 'unknown', pause: { reason: 'moving house', by: 'Ann', until: null } });
    expect('history' in view && view.history.map(({ deed, author }) => [deed, author])).toEqual([
      ['changed', null],
      ['paused', 'Ann'],
      ['added', null],
    ]);
    expect(view).toMatchObject({ pause: { since: pausedAt } });
  });

  it('that is removed from the file and named again is asked again', async () => {
    await using desk = await openConsoleDesk(FILE);
    await desk.does('pause', { slug: 'db', reason: 'x' });
    await desk.apply(FILE.split('\n').slice(0, 2).join('\n'));
    await desk.apply(FILE);
    expect(await explainComponent(await desk.context(), 'db')).toMatchObject({ pause: null });
  });

  it('has the ledger say why nothing is known', async () => {
    await using desk = await openConsoleDesk(FILE);
    const start = desk.clock.now();
    await desk.sample('web', 'ok');
    const pausedAt = desk.clock.now();
    await desk.does('pause', { slug: 'web', reason: 'x' });
    desk.clock.jumpWall(10 * MINUTE);
    const resumed = desk.clock.now();
    await desk.does('resume', { slug: 'web' });
    desk.clock.jumpWall(5 * MINUTE);
    const definitions = await readDefinitions(desk.store);
    const range = { start, end: desk.clock.now() };
    const timelines = await readTimelines(desk.store, definitions, { range, source: 'spans', recordedBy: null, components: null });
    const silences = await readSilences(desk.store, timelines, range, null);
    expect(silences.filter(({ cause }) => cause === 'paused')).toEqual([
      { component: 'web', cause: 'paused', start: pausedAt, end: resumed },
    ]);
  });
});

describe('a pause with an end', () => {
  it('ends by itself at that instant, by whoever looks first', async () => {
    await using desk = await openConsoleDesk(FILE);
    const end = desk.clock.now() + 10 * MINUTE;
    await desk.does('pause', { slug: 'web', reason: 'x', until: new Date(end).toISOString() });
    desk.clock.jumpWall(10 * MINUTE - 1);
    expect(await resumeDue(await desk.context())).toEqual([]);
    desk.clock.jumpWall(1);
    expect(await resumeDue(await desk.context())).toEqual(['web']);
    expect(await explainComponent(await desk.context(), 'web')).toMatchObject({
      pause: null,
      history: [{ deed: 'resumed', author: null }, { deed: 'paused' }, { deed: 'added' }],
    });
  });

  it('that passed while nobody ran was over then, not when somebody came', async () => {
    await using desk = await openConsoleDesk(FILE);
    const start = desk.clock.now();
    await desk.does('pause', { slug: 'web', reason: 'x', until: new Date(start + 10 * MINUTE).toISOString() });
    desk.clock.jumpWall(60 * MINUTE);
    await resumeDue(await desk.context());
    const definitions = await readDefinitions(desk.store);
    const range = { start, end: desk.clock.now() };
    const timelines = await readTimelines(desk.store, definitions, { range, source: 'spans', recordedBy: null, components: null });
    const paused = (await readSilences(desk.store, timelines, range, null)).filter(({ cause }) => cause === 'paused');
    expect(paused.map((part) => (part.end - part.start) / MINUTE)).toEqual([10]);
  });
});

describe('an order that makes no sense is refused', () => {
  it.each([
    ['a pause without a reason', 'pause', { slug: 'web', reason: ' ' }, 'bad_text'],
    ['a pause that would be over', 'pause', { slug: 'web', reason: 'x', until: '2026-11-03T12:00Z' }, 'bad_until'],
    ['a pause of years', 'pause', { slug: 'web', reason: 'x', until: '2028-11-03T12:00Z' }, 'bad_until'],
    ['a pause of what there is not', 'pause', { slug: 'wbe', reason: 'x' }, 'no_component'],
    ['the end of no pause', 'resume', { slug: 'web' }, 'not_paused'],
  ] as const)('%s', async (_, verb, request, code) => {
    await using desk = await openConsoleDesk(FILE);
    expect(await desk.ask(verb, request)).toMatchObject({ refused: true, code });
  });

  it('a second pause says who paused it, since when and why', async () => {
    await using desk = await openConsoleDesk(FILE);
    await desk.does('pause', { slug: 'web', reason: 'moving house', author: 'Ann' });
    expect(await desk.ask('pause', { slug: 'web', reason: 'y' })).toMatchObject({
      code: 'already_paused',
      message:
        'web is paused already, since Tue 2026-11-03 07:00 America/New_York (UTC-5) by Ann: moving house. Resume it first to give another reason or end.',
    });
  });
});

describe('the law of pauses', () => {
  it('with any samples and pauses, no instant of a pause is up or down, and the stored spans are those of the evidence', {
    timeout: 60_000,
  }, async () => {
    for (let seed = 1; seed <= 12; seed++) {
      await using desk = await openConsoleDesk(FILE);
      const start = desk.clock.now();
      let random = seed * 7_919;
      const next = (most: number): number => (random = (random * 48_271) % 2_147_483_647) % most;
      const pauses: [number, number][] = [];
      let since: number | null = null;
      for (let step = 0; step < 40; step++) {
        const what = next(10);
        if (what < 2 && since === null) {
          since = Number((await desk.does('pause', { slug: 'web', reason: 'x' }))['recordedAt']);
        } else if (what < 4 && since !== null) {
          pauses.push([since, Number((await desk.does('resume', { slug: 'web' }))['recordedAt'])]);
          since = null;
        } else {
          const outcome: CheckResult['outcome'] = (['ok', 'ok', 'fail', 'slow', 'error'] as const)[next(5)] ?? 'ok';
          await desk.sample('web', outcome, 0);
        }
        desk.clock.jumpWall(1 + next(120_000));
        if (next(15) === 0) await desk.restart();
      }
      if (since !== null) pauses.push([since, desk.clock.now()]);
      const [spans, evidence] = [await states(desk, 'spans', start), await states(desk, 'evidence', start)];
      expect(spans, `seed ${seed}`).toEqual(evidence);
      const definitions = await readDefinitions(desk.store);
      const range = { start, end: desk.clock.now() };
      const [web] = await readTimelines(desk.store, definitions, { range, source: 'spans', recordedBy: null, components: new Set([1]) });
      const composed = web ? composePanels(web.timelines, web.panels, 'lenient', range, range.end) : [];
      for (const [from, to] of pauses)
        for (const piece of composed) if (piece.start < to && piece.end > from) expect(piece.state, `seed ${seed}`).toBe('unknown');
      expect((await doctorReport({ store: desk.store, clock: systemClock })).differences, `seed ${seed}`).toEqual([]);
    }
  });
});
