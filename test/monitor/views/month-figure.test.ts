/** What pages say of a month: cut off and never rounded, no figure without results, and a budget that is that of the whole month. */
import { describe, expect, it } from 'vitest';
import type { LedgerFacts } from '#domain/ledger/ledger-facts.ts';
import { DAY, HOUR, instant } from '#domain/time/instant.ts';
import { expireExplainedMonth } from '#monitor/views/explained-month-view.ts';
import { componentFigure, monthRows, serviceFigure } from '#monitor/views/month-figure.ts';
import { expireSlaPage } from '#monitor/views/sla-view.ts';
import { noTurn, policyOf } from '../../support/believable-ledger.ts';
import { announcementFact, ledgerOf, said } from '../../support/ledger-examples.ts';
import { monthScenes, SHORT_BY_A_HAIR_MS, slaScenes, statusScenes } from '../../support/scenes.ts';

const at = (text: string) => instant(Date.parse(text));
const february = (downMs: number, more: Partial<LedgerFacts> = {}): LedgerFacts => {
  const start = at('2026-02-10T05:00:00Z');
  const saturdays = ['2026-02-07', '2026-02-14', '2026-02-21', '2026-02-28'];
  return ledgerOf(
    at('2026-04-01T12:00:00Z'),
    {
      web: [
        said('2025-01-01T00:00:00Z', start, 'up'),
        said(start, start + downMs, 'down'),
        said(start + downMs, '2026-04-02T00:00:00Z', 'up'),
      ],
    },
    {
      announcements: saturdays.map((day, n) => announcementFact(`m${n}`, '2026-02-01T00:00:00Z', `${day}T15:00:00Z`, `${day}T20:00:00Z`)),
      ...more,
    },
  );
};

describe('the figure of a month on a page', () => {
  it('trap 1: exactly the budget is kept, one millisecond more is not', () => {
    expect(serviceFigure(february(11_736_000), '2026-02')).toMatchObject({
      availability: '99.5000',
      standing: 'met',
      budget: { leftMs: 0 },
    });
    expect(serviceFigure(february(11_736_001), '2026-02')).toMatchObject({
      availability: '99.4999',
      standing: 'missed',
      budget: { leftMs: -1 },
    });
  });

  it('trap 2: 99.49999996 % is said as 99.4999 by service and component', () => {
    const facts = february(11_736_001);
    const figures = [serviceFigure(facts, '2026-02'), componentFigure(facts, 'web', '2026-02')];
    expect(figures.map((figure) => figure && [figure.availability, figure.lower, figure.upper])).toEqual([
      ['99.4999', '99.4999', '99.4999'],
      ['99.4999', '99.4999', '99.4999'],
    ]);
    expect(JSON.stringify(figures)).not.toContain('99.50');
  });

  it('trap 36: a month that was down throughout is 0.0000', () => {
    const facts = ledgerOf(at('2026-04-01T12:00:00Z'), { web: [said('2025-01-01T00:00:00Z', '2026-04-02T00:00:00Z', 'down')] });
    expect(serviceFigure(facts, '2026-02')).toMatchObject({ availability: '0.0000', standing: 'missed' });
  });

  it('trap 40: without a single result there is no figure and nothing is decided, however well the others were', () => {
    const facts = ledgerOf(at('2026-04-01T12:00:00Z'), { web: [said('2025-01-01T00:00:00Z', '2026-04-02T00:00:00Z', 'up')], api: [] });
    expect(componentFigure(facts, 'api', '2026-02')).toMatchObject({ availability: null, standing: 'indeterminate' });
    expect(componentFigure(facts, 'web', '2026-02')).toMatchObject({ availability: '100.0000', standing: 'met' });
    expect(serviceFigure(facts, '2026-02')).toMatchObject({
      availability: null,
      lower: '0.0000',
      upper: '100.0000',
      standing: 'indeterminate',
    });
  });

  it.each([
    [0, '100.0000'],
    [1, '99.9999'],
  ])('%d ms of downtime in a month is %s: 100.0000 means that nothing was lost', (downMs, figure) => {
    expect(serviceFigure(february(downMs), '2026-02')?.availability).toBe(figure);
  });

  it('a running month under the target is below, not missed, while the rest of it can make it good', () => {
    const now = at('2026-03-02T05:00:00Z');
    // 12 minutes of the first day: 99.1666 %, but March may have 3 h 42 min 54 s (743 h, nothing announced).
    const down = (ms: number) =>
      ledgerOf(now, {
        web: [
          said('2025-01-01T00:00:00Z', '2026-03-01T06:00:00Z', 'up'),
          said('2026-03-01T06:00:00Z', at('2026-03-01T06:00:00Z') + ms, 'down'),
          said(at('2026-03-01T06:00:00Z') + ms, '2026-03-02T05:00:00Z', 'up'),
        ],
      });
    expect(serviceFigure(down(720_000), '2026-03')).toMatchObject({
      availability: '99.1666',
      running: true,
      standing: 'below',
      budget: { wholeMs: 13_374_000, usedMs: 720_000, leftMs: 12_654_000, slotMs: 18_000_000, slotAhead: true },
    });
    expect(serviceFigure(down(13_374_000), '2026-03')).toMatchObject({ standing: 'below', budget: { leftMs: 0 } });
    expect(serviceFigure(down(13_374_001), '2026-03')).toMatchObject({ standing: 'missed', budget: { leftMs: -1 } });
  });

  it('what is announced ahead is no time that may be lost', () => {
    const now = at('2026-03-02T05:00:00Z');
    const announcements = [announcementFact('m', '2026-03-01T00:00:00Z', '2026-03-07T15:00:00Z', '2026-03-07T20:00:00Z')];
    const facts = ledgerOf(now, { web: [said('2025-01-01T00:00:00Z', '2026-03-03T00:00:00Z', 'up')] }, { announcements });
    // 13 374 000 less a two hundredth of 5 h.
    expect(serviceFigure(facts, '2026-03')?.budget.wholeMs).toBe(13_374_000 - 90_000);
  });

  it('after the last Saturday of a month none is to come', () => {
    const facts = ledgerOf(at('2026-02-28T20:00:00Z'), { web: [said('2025-01-01T00:00:00Z', '2026-03-03T00:00:00Z', 'up')] });
    expect(serviceFigure(facts, '2026-02')?.budget.slotAhead).toBe(false);
  });

  it('a month in which Avow began to watch is counted from then, and may lose no more than that part allows', () => {
    const began = at('2026-03-22T04:00:00Z');
    const facts = ledgerOf(at('2026-03-23T04:00:00Z'), { web: [said(began, '2026-03-24T00:00:00Z', 'up')] }, {}, began);
    // Ten days are left of March.
    expect(serviceFigure(facts, '2026-03')).toMatchObject({
      period: { start: began },
      sums: { periodMs: DAY },
      budget: { wholeMs: (10 * DAY) / 200 },
    });
    expect(serviceFigure(facts, '2026-02')).toBeNull();
  });

  it('months are judged by the policy in force at their start', () => {
    const policies = [policyOf(), { ...policyOf({ targetPpm: 999_000 }), from: at('2026-03-01T05:00:00Z') }] as const;
    const facts = february(3 * HOUR, { policies });
    expect(serviceFigure(facts, '2026-02')).toMatchObject({ targetPpm: 995_000, standing: 'met' });
    expect(serviceFigure(facts, '2026-03')).toMatchObject({ targetPpm: 999_000 });
  });

  it('thirteen months are told, the running one first, and those before the first check have no figure', async () => {
    const rows = await monthRows(february(0), (month) => serviceFigure(february(0), month), noTurn);
    expect(rows.map(({ month }) => month)).toEqual([
      '2026-04',
      '2026-03',
      '2026-02',
      '2026-01',
      '2025-12',
      '2025-11',
      '2025-10',
      '2025-09',
      '2025-08',
      '2025-07',
      '2025-06',
      '2025-05',
      '2025-04',
    ]);
    const young = ledgerOf(
      at('2026-04-01T12:00:00Z'),
      { web: [said('2026-03-31T00:00:00Z', '2026-04-02T00:00:00Z', 'up')] },
      {},
      at('2026-03-31T00:00:00Z'),
    );
    const few = await monthRows(young, (month) => serviceFigure(young, month), noTurn);
    expect(few.map(({ figure }) => figure !== null)).toEqual([true, true, ...Array.from({ length: 11 }, () => false)]);
  });
});

describe('the scenes of pages', () => {
  it('one millisecond too much is below the target, and nowhere 99.50', async () => {
    const views = await Promise.all([statusScenes['hair-short']?.(), slaScenes['hair-short']?.(), monthScenes['hair-short']?.()]);
    expect(views[0]?.figure).toMatchObject({ availability: '99.4999', sums: { downtimeMs: SHORT_BY_A_HAIR_MS, periodMs: 1_956_010_000 } });
    expect((((1_956_010_000 - SHORT_BY_A_HAIR_MS) / 1_956_010_000) * 100).toFixed(2)).toBe('99.50');
    expect(JSON.stringify(views)).not.toContain('99.50');
  });

  it('facts older than fifteen minutes speak of nothing present; months that are over stay as they are', async () => {
    const [promise, running, over] = [await slaScenes['usual']?.(), await monthScenes['running']?.(), await monthScenes['over']?.()];
    if (!promise || !running || !over) throw new Error('a scene is missing');
    expect(expireSlaPage(promise)).toEqual({ ...promise, current: false });
    expect(expireExplainedMonth(running).current).toBe(false);
    expect(expireExplainedMonth(over)).toEqual(over);
  });
});
