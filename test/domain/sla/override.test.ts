import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '#domain/check/quorum.ts';
import type { Evidence, LedgerState } from '#domain/sla/evidence.ts';
import { overlay } from '#domain/sla/evidence.ts';
import { inForce, type LedgerRow, type OverrideRow, overridden, type RevocationRow, ruleOn } from '#domain/sla/override.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import { testSeed } from '../../support/seeded.ts';
import { at, override } from './examples.ts';

const over = { start: at('2026-06-12T00:00:00Z'), end: at('2026-06-13T00:00:00Z') };
const piece = (start: Instant, end: Instant, state: LedgerState): Evidence => ({
  start,
  end,
  state,
  override: null,
  cause: state === 'unknown' ? 'location_silent' : null,
});
const hour = (h: number): string => `2026-06-12T${String(h).padStart(2, '0')}:00:00Z`;
/** Up, but down from 8 to 9 and unknown from 10 to 11. */
const lenient = [
  piece(over.start, at(hour(8)), 'up'),
  piece(at(hour(8)), at(hour(9)), 'down'),
  piece(at(hour(9)), at(hour(10)), 'up'),
  piece(at(hour(10)), at(hour(11)), 'unknown'),
  piece(at(hour(11)), over.end, 'up'),
];
/** The same, and slow from 12 to 13. */
const strict = [
  ...lenient.slice(0, -1),
  piece(at(hour(11)), at(hour(12)), 'up'),
  piece(at(hour(12)), at(hour(13)), 'down'),
  piece(at(hour(13)), over.end, 'up'),
];
const evidence: Record<Reading, Evidence[]> = { lenient, strict };

const rule = (...rows: LedgerRow[]) => ruleOn(rows, evidence, over);
const shown = (rows: readonly OverrideRow[], reading: Reading = 'lenient'): string[] =>
  overridden(evidence[reading], rows, reading, over)
    .filter(({ state }) => state !== 'up')
    .map(
      ({ start, end, state, override: id }) =>
        `${(start - over.start) / 3_600_000}-${(end - over.start) / 3_600_000} ${state} ${id ?? 'checks'}`,
    );
const revocation = (id: string, revokes: string, approvedBy: string | null = null): RevocationRow => ({
  kind: 'revocation',
  id,
  revokes,
  reason: 'A mistake.',
  evidence: 'mail of 14 June',
  author: 'ann',
  approvedBy,
  recordedAt: at('2026-06-14T00:00:00Z'),
});
const noted = '2026-06-13T10:00:00Z';

describe('an override', () => {
  it('that adds downtime needs one author', () => {
    const [ruling] = rule(override('a', noted, hour(14), hour(15), 'down'));
    expect(ruling).toMatchObject({ needsApproval: false, inEffect: true });
    expect(shown(inForce(rule(override('a', noted, hour(14), hour(15), 'down'))))).toEqual([
      '8-9 down checks',
      '10-11 unknown checks',
      '14-15 down a',
    ]);
  });
  it('that turns doubt into downtime adds downtime', () => {
    expect(rule(override('a', noted, hour(10), hour(11), 'down'))[0]).toMatchObject({ needsApproval: false });
  });
  it.each([
    ['downtime into up', 8, 9, 'up'],
    ['downtime into doubt', 8, 9, 'unknown'],
    ['doubt into up', 10, 11, 'up'],
    ['a part of it', 7, 24, 'up'],
    ['what counts only where slow counts', 12, 13, 'up'],
    ['downtime into degraded', 8, 9, 'degraded'],
  ] as const)('that turns %s needs a second person, and has no effect before', (_, from, to, state) => {
    const alone = rule(override('a', noted, hour(from), to === 24 ? null : hour(to), state));
    expect(alone[0]).toMatchObject({ needsApproval: true, inEffect: false });
    expect(inForce(alone)).toEqual([]);
    expect(rule(override('a', noted, hour(from), to === 24 ? null : hour(to), state, 'bob'))[0]).toMatchObject({ inEffect: true });
  });
  it('approved by its own author, or without reason or evidence, is not approved', () => {
    const row = override('a', noted, hour(8), hour(9), 'up', 'bob');
    for (const weak of [
      { ...row, approvedBy: 'ann' },
      { ...row, reason: ' ' },
      { ...row, evidence: '' },
    ])
      expect(rule(weak)[0]).toMatchObject({ needsApproval: true, inEffect: false });
  });
  it('recorded last wins where two overlap; of one instant the greater id', () => {
    const early = override('a', '2026-06-13T09:00:00Z', hour(14), hour(18), 'down');
    const late = override('b', noted, hour(15), hour(16), 'unknown', 'bob');
    expect(shown(inForce(rule(late, early))).slice(2)).toEqual(['14-15 down a', '15-16 unknown b', '16-18 down a']);
    const same = { ...late, recordedAt: early.recordedAt };
    expect(shown(inForce(rule(same, early))).slice(2)).toEqual(['14-15 down a', '15-16 unknown b', '16-18 down a']);
    expect(shown(inForce(rule({ ...same, id: '0' }, early))).slice(2)).toEqual(['14-18 down a']);
  });
  it('without an end runs until it is revoked', () => {
    expect(shown(inForce(rule(override('a', noted, hour(20), null, 'down')))).slice(2)).toEqual(['20-24 down a']);
  });
  it('of degraded is down where slow counts, and up where it does not', () => {
    const rows = inForce(rule(override('a', noted, hour(14), hour(15), 'degraded')));
    expect([shown(rows), shown(rows, 'strict')]).toEqual([
      ['8-9 down checks', '10-11 unknown checks'],
      ['8-9 down checks', '10-11 unknown checks', '12-13 down checks', '14-15 down a'],
    ]);
  });
});

describe('a revocation', () => {
  const added = override('a', noted, hour(14), hour(15), 'down');
  it('of added downtime takes downtime away, and needs a second person', () => {
    expect(shown(inForce(rule(added, revocation('r', 'a')))).slice(2)).toEqual(['14-15 down a']);
    expect(shown(inForce(rule(added, revocation('r', 'a', 'bob')))).slice(2)).toEqual([]);
  });
  it('that gives downtime back needs one author', () => {
    const rulings = rule(override('a', noted, hour(8), hour(9), 'up', 'bob'), revocation('r', 'a'));
    expect(rulings[1]).toMatchObject({ needsApproval: false, inEffect: true });
    expect(shown(inForce(rulings))).toEqual(shown([]));
  });
  it('of a row that never had an effect changes nothing', () => {
    expect(inForce(rule(override('a', noted, hour(8), hour(9), 'up'), revocation('r', 'a')))).toEqual([]);
  });
  it('uncovers what was recorded before', () => {
    const later = override('b', '2026-06-13T11:00:00Z', hour(14), hour(15), 'unknown', 'bob');
    expect(shown(inForce(rule(added, later))).slice(2)).toEqual(['14-15 unknown b']);
    expect(shown(inForce(rule(added, later, revocation('r', 'b')))).slice(2)).toEqual(['14-15 down a']);
  });
});

describe('laws of overrides', () => {
  const law = { seed: testSeed(20_261_124), numRuns: 300 };
  const rows = fc.array(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      from: fc.integer({ min: 0, max: 23 }),
      hours: fc.integer({ min: 0, max: 24 }),
      state: fc.constantFrom('up', 'degraded', 'down', 'unknown'),
      recorded: fc.integer({ min: 0, max: 3 }),
      approved: fc.boolean(),
    }),
    { maxLength: 6 },
  );
  const rowsOf = (list: { id: string; from: number; hours: number; state: string; recorded: number; approved: boolean }[]): OverrideRow[] =>
    list.map((one, index) => ({
      ...override(`${one.id}${index}`, noted, hour(0), null, one.state as OverrideRow['state'], one.approved ? 'bob' : null),
      start: instant(over.start + one.from * 3_600_000),
      end: instant(over.start + (one.from + one.hours) * 3_600_000),
      recordedAt: instant(at(noted) + one.recorded),
    }));

  it('at each instant the last recorded of those that cover it speaks, else the checks', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const overrides = rowsOf(list);
        const laid = overridden(lenient, overrides, 'lenient', over);
        for (let t = over.start + 1_800_000; t < over.end; t += 3_600_000) {
          const covering = overrides.filter(({ start, end }) => start <= t && (end === null || t < end));
          const last = covering.sort((a, b) => a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : 1)).at(-1);
          const checks = lenient.find(({ start, end }) => start <= t && t < end)?.state;
          const expected = last ? (last.state === 'degraded' ? 'up' : last.state) : checks;
          expect(laid.filter(({ start, end }) => start <= t && t < end).map(({ state }) => state)).toEqual([expected]);
        }
      }),
      law,
    );
  });
  it('no row that waits for approval has an effect, and the order in which rows are handed over does not matter', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const overrides = rowsOf(list);
        const rulings = ruleOn(overrides, evidence, over);
        expect(ruleOn(overrides.toReversed(), evidence, over)).toEqual(rulings);
        expect(ruleOn([...overrides, ...overrides], evidence, over)).toEqual(rulings);
        for (const { row, needsApproval, inEffect } of rulings) {
          expect(inEffect).toBe(!needsApproval || row.approvedBy === 'bob');
          expect(inForce(rulings).some(({ id }) => id === row.id)).toBe(inEffect);
        }
      }),
      law,
    );
  });
  it('H15: revoking all of them, approved, leaves the checks alone', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const overrides = rowsOf(list);
        const revocations = overrides.map(({ id }) => revocation(`z${id}`, id, 'bob'));
        const left = inForce(ruleOn([...overrides, ...revocations], evidence, over));
        expect(overridden(lenient, left, 'lenient', over)).toEqual(lenient);
      }),
      law,
    );
  });
  it('laying one list over another keeps order, leaves no overlap, and covers what either covers', () => {
    const list = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })), { maxLength: 8 }).map((pairs) => {
      let t = 0;
      return pairs.map(([gap, length]) => {
        t += gap - 1 + length;
        return { start: instant(t - length), end: instant(t) };
      });
    });
    fc.assert(
      fc.property(list, list, (base, top) => {
        const laid = overlay(
          base.map((one) => ({ ...one, from: 'base' })),
          top.map((one) => ({ ...one, from: 'top' })),
        );
        const said = (pieces: readonly { start: Instant; end: Instant }[], t: number): boolean =>
          pieces.some(({ start, end }) => start <= t && t < end);
        for (let t = 0; t < 85; t++) {
          const here = laid.filter(({ start, end }) => start <= t && t < end).map(({ from }) => from);
          expect(here).toEqual(said(top, t) ? ['top'] : said(base, t) ? ['base'] : []);
        }
        laid.forEach(({ start, end }, index) => {
          expect(start).toBeLessThan(end);
          expect(start).toBeGreaterThanOrEqual(laid[index - 1]?.end ?? 0);
        });
      }),
      law,
    );
  });
});
