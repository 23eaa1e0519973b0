import { describe, expect, it } from 'vitest';
import { readLedgerFacts } from '#db/queries/ledger-facts.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { componentFacts, contractFacts, coversMonth, serviceFacts } from '#domain/ledger/ledger-facts.ts';
import { monthStatement } from '#domain/sla/month-statement.ts';
import { monthBounds } from '#domain/time/zone.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { asking, at } from '../support/maintenance-desk.ts';
import { openMonthsDesk, YAML } from '../support/months-desk.ts';

const OCTOBER = monthBounds('UTC', '2026-10');

describe('everything a month is judged by', () => {
  it('gives one statement, from the stored spans and from the checks themselves', async () => {
    await using desk = await openMonthsDesk('2026-09-20T00:00:00Z', '2026-10-20T00:00:00Z');
    const { store } = desk;
    const asOf = at('2026-10-20T00:00:00Z');
    const told = await Promise.all(
      (['spans', 'evidence'] as const).map(async (source) => {
        const facts = await readLedgerFacts(store, { range: OCTOBER, asOf, source });
        return facts.agreements.map(({ agreement }) => monthStatement(contractFacts(facts, agreement, '2026-10')));
      }),
    );
    const [spans, evidence] = told;
    expect(spans).toHaveLength(2);
    expect(canonicalJson(evidence)).toBe(canonicalJson(spans));
    const [kita, north] = spans ?? [];
    expect(north).toMatchObject({ contract: 'north-main', stage: 'open', period: { start: at('2026-10-01T04:00:00Z'), end: asOf } });
    expect(kita).toMatchObject({ contract: 'kita-main', coveredDays: 16, period: { start: at('2026-10-15T15:00:00Z'), end: asOf } });
  });

  it('knows nothing that was recorded later: not the announcement, not its revision', async () => {
    await using desk = await openMonthsDesk('2026-09-28T00:00:00Z', '2026-10-12T00:00:00Z');
    desk.set('2026-10-05T12:00:00Z');
    await announceMaintenance({ ...desk.ctx, policy: desk.config.policy }, asking('10:00', '11:00', { slot: '2026-10-10' }));
    const at2 = async (asOf: string) => {
      const facts = await readLedgerFacts(desk.store, { range: OCTOBER, asOf: at(asOf), source: 'spans' });
      const known = facts.agreements.find(({ agreement }) => agreement.id === 'north-main');
      if (!known) throw new Error('no contract');
      return monthStatement(contractFacts(facts, known.agreement, '2026-10'));
    };
    expect((await at2('2026-10-05T11:59:59.999Z')).projectedBudgetMs).toBe(2_678_400_000 / 200);
    expect((await at2('2026-10-05T12:00:00Z')).projectedBudgetMs).toBe((2_678_400_000 - 3_600_000) / 200);
    expect((await at2('2026-10-11T00:00:00Z')).sums.excludedMs).toBe(3_600_000);
  });

  it('a policy that changes between two midnights holds for the month that begins after it, each in the zone of its contract', async () => {
    await using desk = await openMonthsDesk('2026-10-20T00:00:00Z', '2026-11-01T00:00:00Z');
    await desk.apply(`policy: { target: 99.9 }\n${YAML}`);
    const range = monthBounds('UTC', '2026-11');
    const facts = await readLedgerFacts(desk.store, { range, asOf: at('2026-11-02T00:00:00Z'), source: 'spans' });
    const targets = facts.agreements.map(({ agreement }) => [
      agreement.id,
      ...['2026-10', '2026-11', '2026-12'].map((month) => contractFacts(facts, agreement, month).policy.targetPpm),
    ]);
    // November began at 15:00Z of 31 October in Tokyo and at 04:00Z of 1 November in New York; the file changed at 00:00Z.
    expect(targets).toEqual([
      ['kita-main', 995_000, 995_000, 999_000],
      ['north-main', 995_000, 999_000, 999_000],
    ]);
  });

  it('the service is judged by its critical components from the first minute on, a component by itself', async () => {
    await using desk = await openMonthsDesk('2026-10-03T09:30:00Z', '2026-10-12T00:00:00Z');
    const facts = await readLedgerFacts(desk.store, { range: OCTOBER, asOf: at('2026-10-12T00:00:00Z'), source: 'spans' });
    const service = serviceFacts(facts, '2026-10');
    expect(service?.contract.critical).toEqual(['app']);
    expect(service && monthStatement(service).period.start).toBe(at('2026-10-03T09:30:00Z'));
    expect(componentFacts(facts, 'files', '2026-10')?.contract.critical).toEqual(['files']);
    expect(serviceFacts(facts, '2026-09')).toBeNull();
    expect(componentFacts(facts, 'nobody', '2026-10')).toBeNull();
  });

  it('a contract that is taken out of the configuration is reported for the month in which it was, and for none after', async () => {
    await using desk = await openMonthsDesk('2026-10-01T00:00:00Z', '2026-10-12T00:00:00Z');
    await desk.apply(
      'components:\n  - { name: App, http: "http://127.0.0.1:9/" }\n  - { name: Files, http: "http://127.0.0.1:9/", interval: 5m, critical: false }\n',
    );
    const asOf = at('2026-12-12T00:00:00Z');
    const facts = await readLedgerFacts(desk.store, { range: OCTOBER, asOf, source: 'spans' });
    const [known] = facts.agreements;
    if (!known) throw new Error('no contract');
    expect(['2026-09', '2026-10', '2026-11'].map((month) => coversMonth(known, month, asOf))).toEqual([false, true, false]);
  });
});
