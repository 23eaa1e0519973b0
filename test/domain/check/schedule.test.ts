import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '#domain/check/check-result.ts';
import {
  begin,
  CATCH_UP_SPACING_MS,
  type Cadence,
  dueOf,
  isOverdue,
  phaseOf,
  postpone,
  settle,
  slotAfter,
  takeUp,
} from '#domain/check/schedule.ts';
import { type Instant, instant, type Millis, millis } from '#domain/time/instant.ts';

const seed = Number(process.env['AVOW_TEST_SEED'] ?? 20260701);
const MINUTE = millis(60_000);
const wall = instant(Date.UTC(2026, 6, 1));
const regular = (interval: Millis = MINUTE): Cadence => takeUp('api', interval, 0, wall, null);

/** Walks a cadence: a probe starts when it is due, takes `took` ms and comes out as `outcomeAt` says; answers the starts. */
const walk = (cadence: Cadence, until: number, outcomeAt: (start: number) => Outcome, took = 50): number[] => {
  const starts: number[] = [];
  let now = 0;
  for (;;) {
    const start = Math.max(now, dueOf(cadence));
    if (start >= until) return starts;
    starts.push(start);
    cadence = settle(begin(cadence, start), outcomeAt(start), start);
    now = start + took;
  }
};

describe('regular slots', () => {
  it('a check every minute runs at the same second of every minute', () => {
    const starts = walk(regular(), 10 * 60_000, () => 'ok');
    expect(starts).toHaveLength(10);
    expect(new Set(starts.map((at) => at % 60_000)).size).toBe(1);
  });
  it('lateness never adds up: slots stay on the grid however late each start is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 59_000 }), { minLength: 1, maxLength: 200 }), (lateness) => {
        let cadence = regular();
        for (const late of lateness) {
          const due = dueOf(cadence);
          cadence = settle(begin(cadence, due + late), 'ok', due + late);
          expect(dueOf(cadence)).toBe(due + 60_000);
        }
      }),
      { seed },
    );
  });
  it('slots missed by a stall are skipped, not replayed', () => {
    const cadence = regular();
    const after = begin(cadence, dueOf(cadence) + 5 * 60_000 + 1);
    expect(dueOf(after)).toBe(dueOf(cadence) + 6 * 60_000);
  });
  it('the first grid point after an instant lies within one interval and on the grid', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.integer({ min: 1, max: 86_400_000 }),
        fc.integer({ min: 0, max: 1e12 }),
        (origin, interval, now) => {
          const slot = slotAfter(origin, interval, now);
          expect(slot).toBeGreaterThan(now);
          expect(slot - now).toBeLessThanOrEqual(interval);
          expect(Math.abs((slot - origin) % interval)).toBe(0);
        },
      ),
      { seed },
    );
  });
});

describe('spread', () => {
  it('the phase lies inside the interval and depends on the id alone', () => {
    expect(phaseOf('api', MINUTE)).toBe(phaseOf('api', MINUTE));
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1_000, max: 86_400_000 }), (id, interval) => {
        const phase = phaseOf(id, millis(interval));
        expect(phase).toBeGreaterThanOrEqual(0);
        expect(phase).toBeLessThan(interval);
      }),
      { seed },
    );
  });
  it('10,000 checks every minute are spread: no second has more than twice its share', () => {
    const perSecond = new Array<number>(60).fill(0);
    for (let i = 0; i < 10_000; i++) {
      const second = Math.floor(phaseOf(`component-${i}`, MINUTE) / 1_000);
      perSecond[second] = (perSecond[second] ?? 0) + 1;
    }
    expect(Math.max(...perSecond)).toBeLessThan(2 * (10_000 / 60));
    expect(Math.min(...perSecond)).toBeGreaterThan(10_000 / 60 / 2);
  });
});

describe('a restart', () => {
  it('finds the grid again: a check that is not overdue goes on as if nothing had happened', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 59_999 }), fc.integer({ min: 0, max: 1e9 }), (downMs, monoBefore) => {
        const before = takeUp('api', MINUTE, monoBefore, wall, null);
        const slotWall = wall + (before.slot - monoBefore);
        const restartWall = instant(slotWall - downMs);
        const again = takeUp('api', MINUTE, 7, restartWall, null);
        expect(restartWall + (again.slot - 7)).toBe(slotWall);
      }),
      { seed },
    );
  });
  it('does not bunch: every check has run within one interval, and no second starts more than the regular share and the catch-up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 0, max: 7_200_000 }),
        fc.integer({ min: 0, max: 1e6 }),
        (count, downMs, salt) => {
          const now = instant(wall + downMs);
          const firsts: number[] = [];
          let place = 0;
          for (let i = 0; i < count; i++) {
            const id = `${salt}-${i}`;
            const lastAt = instant(wall - ((phaseOf(id, MINUTE) * 7) % 60_000));
            const overdue = isOverdue(MINUTE, now, lastAt);
            const cadence = takeUp(id, MINUTE, 0, now, overdue ? place : null);
            if (overdue) place += CATCH_UP_SPACING_MS;
            firsts.push(dueOf(cadence));
          }
          expect(Math.max(...firsts)).toBeLessThanOrEqual(60_000);
          const perSecond = new Map<number, number>();
          for (const at of firsts) perSecond.set(Math.floor(at / 1_000), (perSecond.get(Math.floor(at / 1_000)) ?? 0) + 1);
          const share = count / 60;
          expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(1_000 / CATCH_UP_SPACING_MS + share + 6 * Math.sqrt(share) + 6);
        },
      ),
      { seed, numRuns: 50 },
    );
  });
  it('a check that has never run, or only in the future, owes a sample', () => {
    expect(isOverdue(MINUTE, wall, null)).toBe(true);
    expect(isOverdue(MINUTE, wall, instant(wall + 1))).toBe(true);
    expect(isOverdue(MINUTE, wall, instant(wall - 60_000))).toBe(false);
    expect(isOverdue(MINUTE, wall, instant(wall - 60_001))).toBe(true);
  });
});

describe('retries', () => {
  it('a target that fails once is asked again 10 s and 20 s after, and then at its regular slot', () => {
    const first = dueOf(regular());
    const starts = walk(regular(), first + 60_001, (at) => (at === first ? 'fail' : at < first + 20_000 ? 'fail' : 'ok'));
    expect(starts).toEqual([first, first + 10_000, first + 20_000, first + 60_000]);
  });
  it('retries stop at the first good answer', () => {
    const first = dueOf(regular());
    expect(walk(regular(), first + 60_001, (at) => (at === first ? 'fail' : 'ok'))).toEqual([first, first + 10_000, first + 60_000]);
  });
  it('a run that goes on failing keeps the regular slots, so its end is sampled like its start', () => {
    const first = dueOf(regular());
    const starts = walk(regular(), first + 300_001, () => 'fail');
    expect(starts.map((at) => at - first)).toEqual([0, 10_000, 20_000, 60_000, 120_000, 180_000, 240_000, 300_000]);
  });
  it('an error is no evidence: it neither starts retries nor stops them', () => {
    const first = dueOf(regular());
    expect(walk(regular(), first + 120_001, () => 'error').map((at) => at - first)).toEqual([0, 60_000, 120_000]);
    const starts = walk(regular(), first + 60_001, (at) => (at === first ? 'fail' : 'error'));
    expect(starts.map((at) => at - first)).toEqual([0, 10_000, 20_000, 60_000]);
  });
  it('a regular slot that falls between the retries is kept', () => {
    const interval = millis(14_000);
    const first = dueOf(regular(interval));
    const starts = walk(regular(interval), first + 28_001, () => 'fail');
    expect(starts.map((at) => at - first)).toEqual([0, 10_000, 14_000, 20_000, 28_000]);
  });
  it('a probe that takes longer than both retries is followed by one, not two', () => {
    const first = dueOf(regular());
    const starts = walk(regular(), first + 60_001, () => 'fail', 25_000);
    expect(starts.map((at) => at - first)).toEqual([0, 25_000, 60_000]);
  });
  it('whatever the answers: never two starts at once, no slot missed, at most two starts beyond the slots per bad run', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<Outcome>('ok', 'slow', 'fail', 'error'), { minLength: 1, maxLength: 120 }),
        fc.integer({ min: 25_000, max: 90_000 }),
        fc.integer({ min: 1, max: 5_000 }),
        (answers, interval, took) => {
          const cadence = regular(millis(interval));
          let asked = 0;
          let badRuns = 0;
          let bad = false;
          const starts = walk(
            cadence,
            30 * interval,
            () => {
              const outcome = answers[asked++ % answers.length] as Outcome;
              if (outcome === 'fail' && !bad) badRuns++;
              if (outcome !== 'error') bad = outcome === 'fail';
              return outcome;
            },
            took,
          );
          starts.slice(1).forEach((at, i) => void expect(at - (starts[i] ?? 0)).toBeGreaterThanOrEqual(took));
          const slots = new Set<number>();
          for (let slot = dueOf(cadence); slot < 30 * interval; slot += interval) slots.add(slot);
          const beyond = starts.length - slots.size;
          expect(beyond).toBeLessThanOrEqual(2 * badRuns);
          for (const slot of slots) {
            if (slot + took >= 30 * interval) continue;
            expect(starts.some((at) => at >= slot && at < slot + took)).toBe(true);
          }
        },
      ),
      { seed },
    );
  });
});

describe('after a stall', () => {
  it('an overdue check takes one place in the queue, or its next slot when that comes first', () => {
    const cadence = regular();
    const now = dueOf(cadence) + 3 * 60_000 + 30_000;
    expect(dueOf(postpone(cadence, now, now + 500))).toBe(now + 500);
    expect(dueOf(postpone(cadence, now, now + 45_000))).toBe(dueOf(cadence) + 4 * 60_000);
    expect(dueOf(begin(postpone(cadence, now, now + 500), now + 500))).toBe(dueOf(cadence) + 4 * 60_000);
  });
});

it('an instant is never a monotonic time by accident: the grid depends on the wall clock only through its phase', () => {
  const a = takeUp('api', MINUTE, 1_000, wall, null);
  const b = takeUp('api', MINUTE, 1_000, (wall + 60_000) as Instant, null);
  expect(a).toEqual(b);
});
