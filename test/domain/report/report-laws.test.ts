import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#domain/canonical-json.ts';
import { buildReport } from '#domain/report/build-report.ts';
import type { ReportFacts } from '#domain/report/report-facts.ts';
import { stretchOf } from '#domain/report/report-times.ts';
import type { StatementFacts } from '#domain/sla/month-statement.ts';
import { covered, lengthOf } from '#domain/time/interval.ts';
import { isUnreadable, readReport } from '#monitor/views/report-schema.ts';
import { testSeed } from '../../support/seeded.ts';
import { arbitraryMonth, factsOf } from './arbitrary-month.ts';
import { making, witness } from './report-examples.ts';

const law = { seed: testSeed(20_261_206), numRuns: 100 };

/** Every list of facts reversed, and given twice. */
const twice = <T>(list: readonly T[]): readonly T[] => [...list.toReversed(), ...list];
const shuffled = (given: StatementFacts): StatementFacts => ({
  ...given,
  contract: { ...given.contract, critical: given.contract.critical.toReversed(), components: given.contract.components.toReversed() },
  components: given.components.toReversed(),
  announcements: twice(given.announcements),
  silences: twice(given.silences),
});
const shuffledFacts = (facts: ReportFacts): ReportFacts => ({
  ...facts,
  announcements: twice(facts.announcements),
  incidents: twice(facts.incidents),
  slots: twice(facts.slots),
  releases: twice(facts.releases),
  witnesses: new Map([...facts.witnesses].reverse().map(([id, witnesses]) => [id, twice(witnesses)])),
});

describe('laws of the document', () => {
  it('H18: merged downtime lines sum to D, exclusion lines to X, unknown lines to U', () => {
    fc.assert(
      fc.property(arbitraryMonth, (month) => {
        const report = buildReport(factsOf(month), making);
        const sum = (lines: readonly { readonly ms: number }[]): number => lines.reduce((total, { ms }) => total + ms, 0);
        expect(covered(report.downtime.map(stretchOf))).toBe(report.figures.downtime_ms);
        expect(sum(report.exclusions)).toBe(report.figures.excluded_ms);
        expect(sum(report.unknown)).toBe(report.figures.unknown_ms);
        for (const line of [...report.downtime, ...report.exclusions, ...report.unknown]) expect(line.ms).toBe(lengthOf(stretchOf(line)));
        for (const slot of report.slots) {
          expect(slot.used_ms).toBeLessThanOrEqual(slot.excluded_ms);
          expect(slot.excluded_ms).toBeLessThanOrEqual(slot.announced_ms);
          expect(slot.announced_ms).toBeLessThanOrEqual(slot.reserved_ms);
        }
      }),
      law,
    );
  });
  it('H14: the same facts in another order, and given twice, are the same bytes', () => {
    const seen = witness('nyc', ['2026-06-09T23:59:00Z', '2026-06-10T00:00:00Z', '2026-06-10T09:59:00Z', '2026-06-10T10:00:00Z']);
    fc.assert(
      fc.property(arbitraryMonth, (month) => {
        const behind = { witnesses: new Map([['D1', [seen, { ...seen, location: 'fra' }]]]) };
        const facts = { ...factsOf(month), ...behind };
        const others = shuffledFacts({ ...factsOf({ ...month, given: shuffled(month.given) }), ...behind });
        expect(canonicalJson(buildReport(others, making))).toBe(canonicalJson(buildReport(facts, making)));
      }),
      law,
    );
  });
  it('every document that is built is read back as it was', () => {
    fc.assert(
      fc.property(arbitraryMonth, (month) => {
        const text = canonicalJson(buildReport(factsOf(month), making));
        const read = readReport(JSON.parse(text));
        expect(isUnreadable(read) ? read.faults : canonicalJson(read)).toBe(text);
      }),
      { ...law, numRuns: 40 },
    );
  });
});
