/**
 * What holds whatever people do and whenever: random deeds against the real store, with the clock going forward. The seed is
 * AVOW_TEST_SEED or the one written here; a failing case shows its deeds.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAnnouncements, readAnnouncementsTouching } from '#db/queries/announcements.ts';
import { describe as describeFact } from '#domain/maintenance/account.ts';
import type { MaintenanceAnswer } from '#domain/maintenance/answer.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { HOUR, type Instant, MINUTE } from '#domain/time/instant.ts';
import { covered, intersect } from '#domain/time/interval.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { cancelMaintenance } from '#monitor/actions/cancel-maintenance.ts';
import { completeMaintenance } from '#monitor/actions/complete-maintenance.ts';
import { editMaintenance } from '#monitor/actions/edit-maintenance.ts';
import { maintenanceView } from '#monitor/views/maintenance.ts';
import { asking, at, type Desk, openDesk } from '../../support/maintenance-desk.ts';
import { testRuns, testSeed } from '../../support/seeded.ts';

/** The slots in play: 28 November and 5 December, 15:00Z to 20:00Z. */
const FIRST = at('2026-11-28T15:00Z');
const SLOTS = ['2026-11-28', '2026-12-05'] as const;

const time = fc
  .tuple(fc.integer({ min: 7, max: 18 }), fc.constantFrom('00', '30'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
const components = fc.constantFrom<'*' | readonly string[]>('*', ['checkout'], ['search']);
const deed = fc.oneof(
  fc.record({ do: fc.constant('announce' as const), slot: fc.constantFrom(...SLOTS), from: time, to: time, components }),
  fc.record({
    do: fc.constant('edit' as const),
    which: fc.nat(5),
    slot: fc.option(fc.constantFrom(...SLOTS), { nil: undefined }),
    from: fc.option(time, { nil: undefined }),
    to: fc.option(time, { nil: undefined }),
  }),
  fc.record({ do: fc.constant('cancel' as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant('complete' as const), which: fc.nat(5) }),
  // Minutes until the next deed; a tenth of them cross a week.
  fc.record({
    do: fc.constant('wait' as const),
    minutes: fc.oneof({ weight: 9, arbitrary: fc.nat(180) }, { weight: 1, arbitrary: fc.nat(7 * 24 * 60) }),
  }),
);
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

const perform = async (desk: Desk, ids: readonly string[], one: Exclude<Deed, { do: 'wait' }>): Promise<MaintenanceAnswer | Refusal> => {
  if (one.do === 'announce') return announceMaintenance(desk.ctx, asking(one.from, one.to, { slot: one.slot, components: one.components }));
  const id = ids[one.which % Math.max(1, ids.length)] ?? 'nosuchthing2';
  const by = { author: null };
  if (one.do === 'edit') return editMaintenance(desk.ctx, id, { slot: one.slot, from: one.from, to: one.to, ...by });
  return one.do === 'cancel' ? cancelMaintenance(desk.ctx, id, by) : completeMaintenance(desk.ctx, id, by);
};

const rowsOf = (desk: Desk) =>
  desk.count(
    `SELECT (SELECT count(*) FROM announcements) + (SELECT count(*) FROM announcement_revisions) + (SELECT count(*) FROM announcement_endings)`,
  );

test('H6, H10 and the books: a slot never gives more than 18 000 000 ms, no late deed gains anything, a refusal writes nothing, no row is lost', {
  timeout: 60_000,
}, async () => {
  let [accepted, refusals] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 14 }), fc.constantFrom(0, 2 * HOUR, 48 * HOUR), async (deeds, notice) => {
      await using desk = await openDesk('2026-11-28T06:00-05:00', { minNoticeMs: notice as never });
      const ids: string[] = [];
      for (const one of deeds) {
        if (one.do === 'wait') {
          desk.set((desk.ctx.clock.now() + one.minutes * MINUTE) as Instant);
          continue;
        }
        const now = desk.ctx.clock.now();
        const [rows, before] = [await rowsOf(desk), await readAnnouncements(desk.store)];
        const excludedIn = (facts: typeof before, slotStart: number): number => {
          const slot = { start: slotStart as Instant, end: (slotStart + 5 * HOUR) as Instant };
          const parts = facts.flatMap((fact) => describeFact(fact, desk.ctx.policy, now).excluded);
          return covered(parts.flatMap((part) => intersect(part, slot) ?? []));
        };
        const answer = await perform(desk, ids, one);
        const facts = await readAnnouncements(desk.store);
        if (isRefusal(answer)) {
          refusals++;
          expect(await rowsOf(desk)).toBe(rows);
          expect(facts).toEqual(before);
        } else {
          accepted++;
          const { announcement } = answer;
          if (one.do === 'announce') ids.push(announcement.id);
          expect(await rowsOf(desk)).toBe(rows + (one.do === 'announce' ? 2 : 1));
          expect(announcement.excludedMs + announcement.notCounted.reduce((sum, { ms }) => sum + ms, 0)).toBe(announcement.announcedMs);
          // What was recorded before stands unchanged at the front of what is recorded now.
          for (const old of before) {
            const kept = facts.find(({ id }) => id === old.id);
            expect(kept?.revisions.slice(0, old.revisions.length)).toEqual(old.revisions);
          }
        }
        for (const start of [FIRST, FIRST + 7 * 24 * HOUR]) {
          expect(excludedIn(facts, start)).toBeLessThanOrEqual(18_000_000);
          if (now > start - notice) expect(excludedIn(facts, start)).toBeLessThanOrEqual(excludedIn(before, start));
        }
      }
      const outbox = await desk.count('SELECT count(*) FROM outbox');
      expect(outbox).toBe((await rowsOf(desk)) - (await desk.count('SELECT count(*) FROM announcements')));
      expect(await desk.count("SELECT count(*) FROM events WHERE kind LIKE 'maintenance%'")).toBe(outbox);
      const view = await maintenanceView(desk.ctx);
      expect([...view.running, ...view.upcoming, ...view.past].map(({ id }) => id).sort()).toEqual(ids.toSorted());
    }),
    { numRuns: testRuns(40), seed: testSeed(20_261_128) },
  );
  // The deeds are a mix; a law about refusals alone, or about none, would prove nothing.
  expect(Math.min(accepted, refusals)).toBeGreaterThan(40);
});

test('a month is judged by every announcement that any revision of it touched', async () => {
  await using desk = await openDesk('2026-11-27T09:00-05:00');
  const moved = await announceMaintenance(desk.ctx, asking('10:00', '12:00'));
  if (isRefusal(moved)) throw new Error(moved.message);
  await editMaintenance(desk.ctx, moved.announcement.id, { slot: '2026-12-05', author: null });
  await announceMaintenance(desk.ctx, asking('10:00', '12:00', { slot: '2026-12-12' }));
  const november = { start: at('2026-11-01T04:00Z'), end: at('2026-12-01T05:00Z') };
  expect((await readAnnouncementsTouching(desk.store, november)).map(({ id }) => id)).toEqual([moved.announcement.id]);
  const instant = { start: at('2026-11-28T17:00Z'), end: at('2026-11-28T18:00Z') };
  expect(await readAnnouncementsTouching(desk.store, instant)).toEqual([]);
});
