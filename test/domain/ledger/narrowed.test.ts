/** Facts narrowed to a month give the same statement, byte for byte. */
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#domain/canonical-json.ts';
import { componentFacts, serviceFacts } from '#domain/ledger/ledger-facts.ts';
import { narrowed } from '#domain/ledger/narrowed.ts';
import { monthFigures, monthStatement } from '#domain/sla/month-statement.ts';
import { DAY, instant } from '#domain/time/instant.ts';
import { monthAfter } from '#domain/time/month.ts';
import { monthBounds } from '#domain/time/zone.ts';
import { believableFacts } from '../../support/believable-facts.ts';
import { believableLedger } from '../../support/believable-ledger.ts';

const NOW = instant(Date.UTC(2026, 10, 23, 19, 20, 10));
const ZONE = 'America/New_York';
const wanted = Array.from({ length: 6 }, (_, i) => ({ name: `Service ${i}`, group: null, critical: i < 4, ageDays: 60 * (i + 1) }));

describe('narrowed facts', () => {
  it.each([1, 2, 3])('say of every month what all facts say of it (seed %d)', (seed) => {
    const facts = believableFacts(wanted, NOW, seed);
    const ledger = believableLedger(facts, NOW, {}, seed);
    for (let month = '2026-11'; month > '2025-10'; month = monthAfter(month, -1)) {
      const few = narrowed(ledger, monthBounds(ZONE, month));
      for (const factsOf of [serviceFacts, (of: typeof ledger) => componentFacts(of, 'service-1', month)] as const) {
        const [all, some] = [factsOf(ledger, month), factsOf(few, month)];
        expect(some === null).toBe(all === null);
        if (!all || !some) continue;
        const statement = monthStatement(all);
        expect(canonicalJson(monthStatement(some))).toBe(canonicalJson(statement));
        const { downtime, exclusions, refused, unknown, blips, adjustments, ...figures } = statement;
        expect(monthFigures(some)).toEqual(figures);
        expect([downtime, exclusions, refused, unknown, blips, adjustments].every(Array.isArray)).toBe(true);
      }
    }
  });

  it('keep a run of failures whole that began before the month, however many spans it has', () => {
    const [facts] = [believableFacts([{ name: 'Web', group: null, troubles: 0 }], NOW)];
    const ledger = believableLedger(facts, NOW, { announcements: [] });
    const start = monthBounds(ZONE, '2026-11').start;
    const said = (from: number, to: number, lenient: 'up' | 'blip', slow: boolean) =>
      ({ start: instant(from), end: instant(to), lenient, strict: lenient, slow }) as const;
    // The reading of the two halves differs in what the page shows alone: one blip, begun in October.
    const spans = [
      said(start - 5 * DAY, start - 30_000, 'up', false),
      said(start - 30_000, start - 10_000, 'blip', false),
      said(start - 10_000, start + 20_000, 'blip', true),
      said(start + 20_000, NOW, 'up', false),
    ];
    const own = {
      ...ledger,
      components: ledger.components.map((one) => ({ ...one, timelines: one.timelines.map((lane) => ({ ...lane, spans, open: null })) })),
    };
    const told = componentFacts(narrowed(own, monthBounds(ZONE, '2026-11')), 'web', '2026-11');
    expect(told && monthStatement(told).blips).toMatchObject([{ ms: 20_000, counted: false }]);
  });
});
