/** What the form says of an announcement before it is made, held against what the ledger says of it afterwards. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addContractVersion } from '#db/queries/contracts.ts';
import { readLedgerFacts } from '#db/queries/ledger-facts.ts';
import { contractFacts, serviceFacts } from '#domain/ledger/ledger-facts.ts';
import type { NewAnnouncement } from '#domain/maintenance/announcing.ts';
import { isRefusal } from '#domain/refusal.ts';
import { monthFigures } from '#domain/sla/month-statement.ts';
import { HOUR, instant, MINUTE, type Millis, millis } from '#domain/time/instant.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { cancelMaintenance } from '#monitor/actions/cancel-maintenance.ts';
import { editMaintenance } from '#monitor/actions/edit-maintenance.ts';
import { monthAnywhere } from '#monitor/actions/report-context.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { type AnnouncementPreview, announcementPreview, shelfOfFacts } from '#monitor/views/announcement-preview.ts';
import { announcementPage } from '#monitor/views/maintenance-pages.ts';
import { accepted } from '../../support/accepted.ts';
import { config, contextWith } from '../../support/front-rig.ts';
import { agreement } from '../../support/ledger-desk.ts';
import { asking, at, type Desk, openDesk, POLICY } from '../../support/maintenance-desk.ts';
import { result } from '../../support/recording.ts';
import { testSeed } from '../../support/seeded.ts';
import { storePolicy } from '../../support/stored-policy.ts';
import { silentLog } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const CONTRACTS = [
  agreement('east', { critical: ['checkout', 'search'], components: ['checkout', 'search'] }),
  agreement('tokyo', { customerName: 'Nihon KK', reportZone: 'Asia/Tokyo', targetPpm: 999_000 }),
  agreement('search-only', { customerName: 'Solo AG', critical: ['search'], components: ['search'], reportZone: 'Europe/Zurich' }),
];

/** Watched for two days before `now`: checkout down for twenty minutes of them, an hour unknown at the end. */
const openWatched = async (now: string, minNoticeMs: Millis = millis(0)): Promise<Desk> => {
  const desk = await openDesk(now, { minNoticeMs });
  const policy = { ...POLICY, minNoticeMs };
  await storePolicy(desk.store, policy);
  await desk.store.write(CONTRACTS.map((one) => addContractVersion(one, instant(1))));
  const recorder = await createRecorder({ store: desk.store, clock: new VirtualClock(at(now)), log: silentLog });
  const first = at(now) - 12 * HOUR;
  const minutes = Array.from({ length: 11 * 60 }, (_, i) => i);
  const rows = (slug: string, isDown: (i: number) => boolean) =>
    minutes.map((i) => result(slug, 'home', first + i * MINUTE, isDown(i) ? 'fail' : 'ok'));
  await recorder.record([...rows('checkout', (i) => i >= 60 && i < 80), ...rows('search', () => false)]);
  return desk;
};
const contextOf = ({ store, ctx }: Desk) => ({ ...contextWith(store, ctx.clock), config: { ...config, policy: ctx.policy } });
const previewOf = (desk: Desk, asked: NewAnnouncement): Promise<AnnouncementPreview> =>
  announcementPreview(contextOf(desk), { kind: 'new', asked });

/** The ledger itself, read anew: the whole budget of a month by the policy (null) or a contract. */
const budgetsNow = async (desk: Desk, month: string): Promise<Record<string, number>> => {
  const range = monthAnywhere(month);
  const facts = await readLedgerFacts(desk.store, { range, asOf: desk.ctx.clock.now(), source: 'spans' });
  const service = serviceFacts(facts, month);
  const told = [
    ['policy', service] as const,
    ...facts.agreements.map(({ agreement: one }) => [one.id, contractFacts(facts, one, month)] as const),
  ];
  return Object.fromEntries(told.map(([name, given]) => [name, given ? monthFigures(given).projectedBudgetMs : -1]));
};
const told = (preview: AnnouncementPreview, month: string, which: 'before' | 'after'): Record<string, number> =>
  Object.fromEntries(
    preview.budgets
      .filter((line) => line.month === month)
      .flatMap((line) => (line.contracts ?? [{ id: 'policy' }]).map(({ id }) => [id, line[which].wholeMs] as const)),
  );

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const components = fc.constantFrom<'*' | readonly string[]>('*', ['checkout'], ['search']);

/** The weekends at which clocks change in New York, and an ordinary one; windows on the Saturday, the Sunday, and in the next month. */
const SCENES = [
  { now: '2026-10-30T09:00-04:00', dates: ['2026-10-31', '2026-11-01', '2026-11-07'] },
  { now: '2026-03-06T09:00-05:00', dates: ['2026-03-07', '2026-03-08', '2026-04-04'] },
  { now: '2026-11-27T09:00-05:00', dates: ['2026-11-28', '2026-11-30', '2026-12-05'] },
  // The slot runs, so that it is too late for it.
  { now: '2026-11-28T11:00-05:00', dates: ['2026-11-28', '2026-12-05'] },
] as const;

describe.each(SCENES)('at $now', ({ now, dates }) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openWatched(now);
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  test('what is said before is what the ledger says after, whatever is announced: account, entry, every budget', {
    timeout: 60_000,
  }, async () => {
    let [announced, refusals] = [0, 0];
    const tried = async (date: string, from: string, to: string, on: '*' | readonly string[]): Promise<void> => {
      const asked = asking(from, to, { slot: date, components: on });
      const preview = await previewOf(desk, asked);
      const answer = await announceMaintenance(desk.ctx, asked);
      if (isRefusal(answer)) {
        refusals++;
        expect(preview.refusal).toEqual({ code: answer.code, message: answer.message, facts: answer.facts });
        return;
      }
      announced++;
      const { announcement, warnings } = answer;
      expect(preview.refusal).toBeNull();
      expect([preview.excludedMs, preview.announcedMs]).toEqual([announcement.excludedMs, announcement.announcedMs]);
      expect(preview.warnings).toEqual(warnings);
      const page = await announcementPage(contextOf(desk), announcement.id);
      expect({ ...preview.entry, id: announcement.id }).toEqual(page?.entry);
      expect(preview.account).toEqual(page?.account);
      expect(preview.account.reduce((sum, { ms }) => sum + ms, 0)).toBe(announcement.announcedMs);
      const months = new Set(preview.budgets.map(({ month }) => month));
      expect(months.size).toBeGreaterThan(0);
      for (const month of months) {
        const now_ = await budgetsNow(desk, month);
        for (const [name, whole] of Object.entries(told(preview, month, 'after')))
          expect([month, name, whole]).toEqual([month, name, now_[name]]);
      }
      // So that the next one finds the slot free.
      accepted(await cancelMaintenance(desk.ctx, announcement.id, { author: null }));
    };
    await fc.assert(fc.asyncProperty(fc.constantFrom(...dates), time, time, components, tried), { numRuns: 25, seed: testSeed(20261124) });
    expect(announced).toBeGreaterThan(0);
    expect(refusals).toBeGreaterThan(0);
  });
});

describe('while it is written', () => {
  test('the time is judged although the words are still missing, and what is wrong with them is said apart', async () => {
    await using desk = await openWatched('2026-11-27T09:00-05:00');
    const preview = await previewOf(desk, asking('10:00', '15:00', { title: '', body: '' }));
    expect([preview.refusal, preview.excludedMs]).toEqual([null, 18_000_000]);
    expect(Object.keys(preview.texts)).toEqual(['title', 'body']);
  });

  test('five hours of Saturday take 90 seconds from the budget of the policy, and nothing from a contract that it does not concern', async () => {
    await using desk = await openWatched('2026-11-27T09:00-05:00');
    const preview = await previewOf(desk, asking('10:00', '15:00', { components: ['checkout'] }));
    const change = (id: string | null) =>
      preview.budgets.find(({ contracts }) => (id === null ? contracts === null : contracts?.some((one) => one.id === id)))?.changeMs;
    expect([change(null), change('east'), change('search-only')]).toEqual([-90_000, -90_000, 0]);
  });

  test('a window over midnight of a customer takes from two of their months', async () => {
    await using desk = await openWatched('2026-10-30T09:00-04:00');
    const preview = await previewOf(desk, asking('10:00', '15:00', { slot: '2026-10-31' }));
    const tokyo = preview.budgets.filter(({ zone }) => zone === 'Asia/Tokyo').map(({ month, changeMs }) => [month, changeMs]);
    // One hour of October and four of November at 99.9 %.
    expect(tokyo).toEqual([
      ['2026-10', -3_600],
      ['2026-11', -14_400],
    ]);
  });

  test('every clock is named once, with the customers that live by it', async () => {
    await using desk = await openWatched('2026-11-27T09:00-05:00');
    const { zones } = await previewOf(desk, asking('10:00', '15:00'));
    expect(zones.map(({ zone, of }) => [zone, of.join(' ')])).toEqual([
      ['America/New_York', 'reserve page customers'],
      ['UTC', 'utc'],
      ['Europe/Zurich', 'customers'],
      ['Asia/Tokyo', 'customers'],
    ]);
    expect(zones.at(-1)?.customers).toEqual(['Nihon KK']);
  });

  test('a date far away is judged without reading the ages between', async () => {
    await using desk = await openWatched('2026-11-27T09:00-05:00');
    const ahead = await previewOf(desk, asking('10:00', '12:00', { slot: '2999-11-28' }));
    expect(new Set(ahead.budgets.map(({ month }) => month))).toEqual(new Set(['2999-11']));
    expect((await previewOf(desk, asking('10:00', '12:00', { slot: '0031-11-28' }))).refusal?.code).toBe('in_the_past');
    expect((await previewOf(desk, asking('ten', '12:00'))).refusal?.code).toBe('bad_time');
  });

  test('the strip is a week of the wall: the day on which clocks go back has 25 hours', async () => {
    await using desk = await openWatched('2026-10-30T09:00-04:00');
    const { strip } = await previewOf(desk, asking('10:00', '15:00', { slot: '2026-11-01' }));
    expect([strip.day.end - strip.day.start, strip.week.end - strip.week.start]).toEqual([25 * HOUR, 169 * HOUR]);
    expect(strip.days).toHaveLength(7);
  });
});

describe('a change', () => {
  const changes = [
    ['before the deadline a longer window counts whole', '2026-11-27T10:00-05:00', { to: '14:00' }, 14_400_000],
    ['after it a longer one gains nothing', '2026-11-28T11:00-05:00', { to: '14:00' }, 7_200_000],
    ['after it a shorter one takes time away', '2026-11-28T10:30-05:00', { to: '11:00' }, 3_600_000],
  ] as const;
  test.each(changes)('%s, as said before', async (_name, then, change, excludedMs) => {
    await using desk = await openWatched('2026-11-27T09:00-05:00');
    const { announcement } = accepted(await announceMaintenance(desk.ctx, asking('10:00', '12:00')));
    desk.set(then);
    const preview = await announcementPreview(contextOf(desk), { kind: 'change', id: announcement.id, change });
    const answer = accepted(await editMaintenance(desk.ctx, announcement.id, { ...change, author: null }));
    expect([preview.excludedBeforeMs, preview.excludedMs]).toEqual([7_200_000, excludedMs]);
    expect([answer.excludedBeforeMs, answer.announcement.excludedMs]).toEqual([7_200_000, excludedMs]);
    expect(preview.warnings).toEqual(answer.warnings);
    expect(told(preview, '2026-11', 'after')).toEqual(await budgetsNow(desk, '2026-11'));
  });

  test('of nothing shows what stands, and says that nothing is changed', async () => {
    await using desk = await openWatched('2026-11-27T09:00-05:00');
    const { announcement } = accepted(await announceMaintenance(desk.ctx, asking('10:00', '12:00')));
    const preview = await announcementPreview(contextOf(desk), { kind: 'change', id: announcement.id, change: {} });
    expect([preview.refusal?.code, preview.excludedMs, preview.entry?.id]).toEqual(['nothing_changes', 7_200_000, announcement.id]);
  });

  test('is refused when it is based on an earlier version than the last', async () => {
    await using desk = await openWatched('2026-11-27T09:00-05:00');
    const { announcement } = accepted(await announceMaintenance(desk.ctx, asking('10:00', '12:00')));
    accepted(await editMaintenance(desk.ctx, announcement.id, { to: '13:00', basedOn: 1, author: 'Ben' }));
    const answer = await editMaintenance(desk.ctx, announcement.id, { title: 'Another', basedOn: 1, author: 'Ann' });
    expect(isRefusal(answer) && [answer.code, answer.facts]).toEqual(['conflict', { announcement: announcement.id, based_on: 1, rev: 2 }]);
    expect(isRefusal(answer) && answer.message).toContain('Ben changed');
    accepted(await editMaintenance(desk.ctx, announcement.id, { title: 'Another', basedOn: 2, author: 'Ann' }));
  });
});

describe('what was read a moment ago', () => {
  const facts = async (): Promise<never> => ({}) as never;
  test('serves everybody who asks for the same months within ten seconds, and not a moment longer', async () => {
    const [shelf, now] = [shelfOfFacts(), at('2026-11-27T09:00-05:00')];
    const takes = [
      ['november', 0],
      ['november', 9_999],
      ['november', 10_000],
      ['december', 10_000],
    ] as const;
    const reads = takes.map(([key, later]) => {
      let read = false;
      void shelf.take(key, instant(now + later), () => {
        read = true;
        return facts();
      });
      return read;
    });
    expect(reads).toEqual([true, false, true, true]);
  });
  test('is not kept when reading failed', async () => {
    const [shelf, now] = [shelfOfFacts(), at('2026-11-27T09:00-05:00')];
    await expect(shelf.take('november', now, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await expect(shelf.take('november', now, facts)).resolves.toEqual({});
  });
});
