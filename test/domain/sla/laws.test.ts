/**
 * What holds for every case, against the slow recomputation next door and against the case itself turned, split and shifted.
 * Numbers H… are those of the invariants that the ledger was designed by.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { Assessment } from '#domain/sla/assessment.ts';
import { percentText, type Ratio, reaches } from '#domain/sla/availability.ts';
import { slotsBetween } from '#domain/sla/reserve.ts';
import { downtimeLines, exclusionLines, refusedLines, unknownLines } from '#domain/sla/statement-lines.ts';
import { covered, type Interval, intersect, lengthOf, subtract } from '#domain/time/interval.ts';
import { monthBounds } from '#domain/time/zone.ts';
import { answerCase, assessCase, type CaseFacts, type CaseResult, factsOfCase } from '#monitor/cli/availability-answer.ts';
import { type AvailabilityCase, readCase } from '#monitor/cli/availability-case.ts';
import { testSeed } from '../../support/seeded.ts';
import { arbitraryCase, type CaseDocument, isoText, jitteredCase } from './arbitrary-case.ts';
import { SlowLedger } from './slow-ledger.ts';

const law = (numRuns: number): { seed: number; numRuns: number } => ({ seed: testSeed(20_261_123), numRuns });

const read = (doc: CaseDocument): AvailabilityCase => {
  const found = readCase(doc);
  if ('faults' in found) throw new Error(found.faults.join('\n'));
  return found.case;
};
const answer = (doc: CaseDocument): CaseResult => answerCase(read(doc));
const facts = (doc: CaseDocument): CaseFacts => factsOfCase(read(doc));
const assessment = (doc: CaseDocument): Assessment => assessCase(facts(doc));
const sumsOf = ({ period_ms: P, excluded_ms: X, downtime_ms: D, unknown_ms: U, up_ms: A }: CaseResult): number[] =>
  [P, X, D, U, A].map(Number);
const length = (intervals: readonly Interval[]): number => intervals.reduce((sum, interval) => sum + lengthOf(interval), 0);

/** a/b >= c/d; a ratio without a whole says nothing and is taken as equal. */
const atLeast = (a: Ratio, b: Ratio): boolean =>
  a.whole === 0 || b.whole === 0 || BigInt(a.part) * BigInt(b.whole) >= BigInt(b.part) * BigInt(a.whole);
const bounds = (doc: CaseDocument): Ratio[] => {
  const { measured, lower, upper } = assessment(doc).figures;
  return [measured, lower, upper];
};

describe('H4: the calculator and the slow recomputation agree', () => {
  it('tick by tick', () => {
    fc.assert(
      fc.property(arbitraryCase, (doc) => {
        const { X, D, U, A } = new SlowLedger(doc).sums(30_000);
        expect(sumsOf(answer(doc))).toEqual([X + D + U + A, X, D, U, A]);
      }),
      law(60),
    );
  });
  it('to the millisecond', () => {
    fc.assert(
      fc.property(jitteredCase, (doc) => {
        const { X, D, U, A } = new SlowLedger(doc).exactSums();
        expect(sumsOf(answer(doc))).toEqual([X + D + U + A, X, D, U, A]);
      }),
      law(100),
    );
  });
  it('on cases of which enough are excluded, down, unknown and undecided for that to mean something', () => {
    const seen = { excluded: 0, down: 0, unknown: 0, indeterminate: 0 };
    for (const doc of fc.sample(arbitraryCase, law(200))) {
      const result = answer(doc);
      if (Number(result.excluded_ms) > 0) seen.excluded++;
      if (Number(result.downtime_ms) > 0) seen.down++;
      if (Number(result.unknown_ms) > 0) seen.unknown++;
      if (result.verdict === 'indeterminate') seen.indeterminate++;
    }
    expect(seen.excluded).toBeGreaterThan(20);
    expect(seen.down).toBeGreaterThan(40);
    expect(seen.unknown).toBeGreaterThan(40);
    expect(seen.indeterminate).toBeGreaterThan(3);
  });
});

describe('sums', () => {
  it('H1: P = X + A + D + U, none of them negative, and the slices tile the period', () => {
    fc.assert(
      fc.property(jitteredCase, (doc) => {
        const { period, slices, sums } = assessment(doc);
        const [P, X, D, U, A] = sumsOf(answer(doc)) as [number, number, number, number, number];
        expect(X + D + U + A).toBe(P);
        expect(Math.min(X, D, U, A)).toBeGreaterThanOrEqual(0);
        expect(sums.periodMs).toBe(lengthOf(period));
        slices.forEach((slice, index) => {
          expect(slice.start).toBe(slices[index - 1]?.end ?? period.start);
          expect(slice.kind).not.toBe(slices[index - 1]?.kind);
        });
        expect(slices.at(-1)?.end ?? period.start).toBe(period.end);
      }),
      law(60),
    );
  });
  it('H2: a period split anywhere adds up', () => {
    fc.assert(
      fc.property(jitteredCase, fc.double({ min: 0, max: 1, noNaN: true }), (doc, where) => {
        const [start, end] = [Date.parse(doc.period.start), Date.parse(doc.period.end)];
        const middle = isoText(Math.round(start + (end - start) * where));
        const parts = [
          { ...doc, period: { ...doc.period, end: middle } },
          { ...doc, period: { ...doc.period, start: middle } },
        ].map((part) => sumsOf(answer(part)));
        const whole = sumsOf(answer(doc));
        expect(whole.map((_, index) => (parts[0]?.[index] ?? 0) + (parts[1]?.[index] ?? 0))).toEqual(whole);
      }),
      law(60),
    );
  });
  it('H3, H14: rows in another order give the same assessment, byte for byte', () => {
    const reversed = ({ critical, announcements, ...rest }: CaseFacts): CaseFacts => ({
      ...rest,
      critical: critical
        .toReversed()
        .map((one) => ({ ...one, timelines: one.timelines.toReversed(), overrides: one.overrides.toReversed() })),
      announcements: announcements.toReversed().map((one) => ({ ...one, revisions: one.revisions.toReversed() })),
    });
    fc.assert(
      fc.property(jitteredCase, (doc) => {
        const once = facts(doc);
        expect(canonicalJson(assessCase(reversed(once)))).toBe(canonicalJson(assessCase(once)));
      }),
      law(60),
    );
  });
  it('H3: results delivered twice, announcements and overrides written twice change nothing', () => {
    const twice = <T>(list: readonly T[]): T[] => [...list, ...list];
    fc.assert(
      fc.property(jitteredCase, (doc) => {
        const doubled: CaseDocument = {
          ...doc,
          announcements: twice(doc.announcements).map((one) => ({ ...one, revisions: twice(one.revisions) })),
          components: doc.components.map((one) => ({
            ...one,
            overrides: twice(one.overrides),
            ...(one.probes ? { probes: Object.fromEntries(Object.entries(one.probes).map(([name, list]) => [name, twice(list)])) } : {}),
            ...(one.outages ? { outages: twice(one.outages) } : {}),
          })),
        };
        expect(answer(doubled)).toEqual(answer(doc));
      }),
      law(60),
    );
  });
  it('H5: a case shifted by whole weeks, with no change of the clocks between, has the same sums', () => {
    const summer = jitteredCase.filter((doc) => doc.period.start.startsWith('2026-07'));
    const shift = (value: unknown, ms: number): unknown => {
      if (Array.isArray(value)) return value.map((entry) => shift(entry, ms));
      if (typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shift(entry, ms)]));
      if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value)) return value;
      return isoText(Date.parse(value) + ms).slice(0, value.length);
    };
    fc.assert(
      fc.property(summer, fc.integer({ min: -12, max: 12 }), (doc, weeks) => {
        const shifted = shift(doc, weeks * 7 * 86_400_000) as CaseDocument;
        expect(sumsOf(answer(shifted))).toEqual(sumsOf(answer(doc)));
      }),
      law(100),
    );
  });
  it('H13: the months of a zone tile the line', () => {
    const zones = ['America/New_York', 'Asia/Tokyo', 'UTC', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Pacific/Apia', 'Africa/Cairo'];
    for (const zone of zones) {
      const months = Array.from({ length: 240 }, (_, n) =>
        monthBounds(zone, `${2010 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`),
      );
      months.forEach((month, index) => {
        if (index > 0) expect(month.start).toBe(months[index - 1]?.end);
        expect(month.end).toBeGreaterThan(month.start);
      });
    }
  });
  it('H13: two zones agree about the time that their months share', () => {
    const months = ['2026-02', '2026-03', '2026-07', '2026-10', '2026-11'];
    fc.assert(
      fc.property(jitteredCase, fc.constantFrom(...months), (doc, month) => {
        const total = (zone: string, from: number, to: number): number[] => {
          const [year, number] = month.split('-').map(Number) as [number, number];
          const around = [-1, 0, 1].map((step) => {
            const n = year * 12 + number - 1 + step;
            return monthBounds(zone, `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`);
          });
          return around
            .flatMap((bounds) => intersect(bounds, { start: from, end: to } as Interval) ?? [])
            .map((part) => sumsOf(answer({ ...doc, contract: {}, period: { start: isoText(part.start), end: isoText(part.end) } })))
            .reduce((sum, part) => sum.map((value, index) => value + (part[index] ?? 0)), [0, 0, 0, 0, 0]);
        };
        const { start, end } = monthBounds('UTC', month);
        expect(total('Asia/Tokyo', start, end)).toEqual(total('America/New_York', start, end));
      }),
      law(40),
    );
  });
});

describe('evidence', () => {
  const probed = jitteredCase.filter((doc) => doc.components.some(({ critical, probes }) => critical && probes));
  /** The case with one more result, at an instant of which no other is. */
  const withResult = (doc: CaseDocument, at: number, outcome: string, which: number): CaseDocument => {
    const candidates = doc.components.filter(({ probes }) => probes);
    const component = candidates[which % candidates.length];
    const location = Object.keys(component?.probes ?? {}).at(-1) ?? '';
    const start = Date.parse(doc.period.start);
    const entry = { at: isoText(start - (start % 60_000) + at * 60_000 + 17_000), outcome };
    return {
      ...doc,
      components: doc.components.map((one) =>
        one === component ? { ...one, probes: { ...one.probes, [location]: [...(one.probes?.[location] ?? []), entry] } } : one,
      ),
    };
  };
  const place = fc.record({ at: fc.integer({ min: -5, max: 1_445 }), which: fc.integer({ min: 0, max: 2 }) });

  it('H7: one more good result never lowers the figure or a bound', () => {
    fc.assert(
      fc.property(probed, place, (doc, { at, which }) => {
        const before = bounds(doc);
        const now = bounds(withResult(doc, at, 'ok', which));
        expect(now.map((ratio, index) => atLeast(ratio, before[index] as Ratio))).toEqual([true, true, true]);
      }),
      law(60),
    );
  });
  it('H8: with N = 1 one more failure never raises them', () => {
    fc.assert(
      fc.property(probed, place, (doc, { at, which }) => {
        const literal = { ...doc, rules: { ...doc.rules, confirm_failures: 1 } };
        const before = bounds(literal);
        const now = bounds(withResult(literal, at, 'fail', which));
        expect(now.map((ratio, index) => atLeast(before[index] as Ratio, ratio))).toEqual([true, true, true]);
      }),
      law(60),
    );
  });
  it('H15: with all overrides revoked the checks speak alone', () => {
    fc.assert(
      fc.property(jitteredCase, (doc) => {
        const components = (change: (one: CaseDocument['components'][number]) => CaseDocument['components'][number]['overrides']) => ({
          ...doc,
          components: doc.components.map((one) => ({ ...one, overrides: change(one) })),
        });
        expect(answer(components((one) => one.overrides.map((row) => ({ ...row, revoked: true }))))).toEqual(answer(components(() => [])));
      }),
      law(100),
    );
  });
});

describe('announcements', () => {
  const sumsNow = (doc: CaseDocument): { X: number; D: number } => {
    const { excludedMs, downtimeMs } = assessment(doc).sums;
    return { X: excludedMs, D: downtimeMs };
  };
  it('H6: in a slot no more is excluded than the slot is long, and nothing outside', () => {
    fc.assert(
      fc.property(jitteredCase, (doc) => {
        const { slices, period } = assessment(doc);
        const { reserve } = read(doc).rules.terms;
        const slots = slotsBetween(reserve, period.start, period.end);
        const excluded = slices.filter(({ kind }) => kind === 'excluded');
        expect(length(subtract(excluded, slots))).toBe(0);
        for (const slot of slots) {
          expect(lengthOf(slot)).toBe(reserve.durationMin * 60_000);
          expect(length(excluded.flatMap((slice) => intersect(slice, slot) ?? []))).toBeLessThanOrEqual(lengthOf(slot));
        }
      }),
      law(60),
    );
  });
  it('H9: one more announcement in time never adds downtime nor takes excluded time away', () => {
    fc.assert(
      fc.property(jitteredCase, fc.integer({ min: -60, max: 1_000 }), fc.integer({ min: 0, max: 500 }), (doc, from, minutes) => {
        const start = Date.parse(doc.period.start) + from * 60_000;
        const window = { recorded_at: '2026-02-01T00:00:00Z', start: isoText(start), end: isoText(start + minutes * 60_000) };
        const more = { ...doc, announcements: [...doc.announcements, { id: 'more', components: '*' as const, revisions: [window] }] };
        const [before, now] = [sumsNow(doc), sumsNow(more)];
        expect(now.D).toBeLessThanOrEqual(before.D);
        expect(now.X).toBeGreaterThanOrEqual(before.X);
      }),
      law(60),
    );
  });
  it('H10: a late revision, an earlier cancellation and an earlier completion never exclude more', () => {
    fc.assert(
      fc.property(jitteredCase, fc.integer({ min: 0, max: 1_440 }), fc.integer({ min: 0, max: 500 }), (doc, from, minutes) => {
        const start = Date.parse(doc.period.start) + from * 60_000;
        const late = {
          recorded_at: isoText(Date.parse(doc.period.end) + 86_400_000),
          start: isoText(start),
          end: isoText(start + minutes * 60_000),
        };
        const earlierOf = (text: string | undefined): string => (text === undefined || Date.parse(text) > start ? isoText(start) : text);
        const changed = (change: (one: CaseDocument['announcements'][number]) => CaseDocument['announcements'][number]) =>
          sumsNow({ ...doc, announcements: doc.announcements.map(change) }).X;
        const before = sumsNow(doc).X;
        expect(changed((one) => ({ ...one, revisions: [...one.revisions, late] }))).toBeLessThanOrEqual(before);
        expect(changed((one) => ({ ...one, cancelled_at: earlierOf(one.cancelled_at) }))).toBeLessThanOrEqual(before);
        expect(changed((one) => ({ ...one, completed_at: earlierOf(one.completed_at) }))).toBeLessThanOrEqual(before);
      }),
      law(60),
    );
  });
  it('every announced millisecond is excluded or has its reason, as the slow recomputation says', () => {
    fc.assert(
      fc.property(arbitraryCase, (doc) => {
        const told = new Map<string, number>();
        const add = (map: Map<string, number>, key: string, ms: number): void => void map.set(key, (map.get(key) ?? 0) + ms);
        const found = assessment(doc);
        for (const line of exclusionLines(found)) for (const { id } of line.announcements) add(told, `${id} excluded`, line.ms);
        for (const line of refusedLines(found)) add(told, `${line.announcement} ${line.reason}`, line.ms);
        const slow = new SlowLedger(doc);
        const expected = new Map<string, number>();
        const critical = doc.components.filter((component) => component.critical);
        for (let t = slow.start; t < slow.end; t += 60_000) {
          const kind = slow.tick(t);
          for (const one of doc.announcements) {
            const reason = slow.reason(one, t);
            if (reason === null) continue;
            const counts = critical.some(({ id }) => one.components === '*' || one.components.includes(id));
            const overtaken = reason === 'excluded' && (!counts ? 'not_critical' : kind === 'D' ? 'down_elsewhere' : false);
            add(expected, `${one.id} ${overtaken || reason}`, 60_000);
          }
        }
        expect(Object.fromEntries([...told].sort())).toEqual(Object.fromEntries([...expected].sort()));
      }),
      law(60),
    );
  });
});

describe('figures and lines', () => {
  it('H11: 100.0000 is shown when nothing was lost and only then; the target is shown as reached when it was and only then', () => {
    fc.assert(
      fc.property(jitteredCase, (doc) => {
        const { figures, sums } = assessment(doc);
        const shown = percentText(figures.measured);
        if (figures.measured.whole === 0) {
          expect(shown).toBeNull();
          return;
        }
        expect(shown === '100.0000').toBe(figures.measured.part === figures.measured.whole);
        if (doc.rules.unknown_policy === 'exclude') expect(shown === '100.0000').toBe(sums.downtimeMs === 0);
        const shownPpm = Number(shown?.replace('.', ''));
        expect(shownPpm >= doc.rules.target_ppm).toBe(reaches(figures.measured, doc.rules.target_ppm));
      }),
      law(60),
    );
  });
  it('H11: holds on both sides of every edge', () => {
    const whole = fc.integer({ min: 1, max: 2_678_400_000 });
    fc.assert(
      fc.property(whole, fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: -2, max: 2 }), (K, ppm, off) => {
        const part = Math.min(K, Math.max(0, Math.floor((K * ppm) / 1_000_000) + off));
        const ratio = { part, whole: K } as Ratio;
        const shown = percentText(ratio) ?? '';
        expect(shown).toMatch(/^\d{1,3}\.\d{4}$/);
        expect(Number(shown.replace('.', '')) >= ppm).toBe(reaches(ratio, ppm));
        expect(shown === '100.0000').toBe(part === K);
      }),
      law(1_000),
    );
  });
  it('H18: downtime lines merged are D, exclusion lines sum to X, unknown lines to U, none overlapping where they are summed', () => {
    fc.assert(
      fc.property(jitteredCase, (doc) => {
        const found = assessment(doc);
        const { downtimeMs, excludedMs, unknownMs } = found.sums;
        const [down, excluded, unknown] = [downtimeLines(found), exclusionLines(found), unknownLines(found, [])];
        expect(covered(down)).toBe(downtimeMs);
        expect([length(excluded), covered(excluded)]).toEqual([excludedMs, excludedMs]);
        expect([length(unknown), covered(unknown)]).toEqual([unknownMs, unknownMs]);
        for (const line of excluded) expect([line.announcements.length > 0, line.components.length > 0]).toEqual([true, true]);
        for (const line of unknown) expect(line.components.length).toBeGreaterThan(0);
        const ids = [...down, ...excluded, ...unknown].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      law(200),
    );
  });
});
