import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minor } from '#domain/money.ts';
import type { Agreement } from '#domain/sla/agreement.ts';
import { changesOfFinalMonths } from '#domain/sla/agreement-change.ts';
import { testSeed } from '../../support/seeded.ts';
import { agreement, amendments } from './agreements.ts';

const FINAL = ['2026-03', '2026-04', '2026-05'];
const said = (after: Partial<Agreement>, before: Partial<Agreement> = {}, months: readonly string[] = FINAL): string[] =>
  changesOfFinalMonths({ ...agreement, ...before }, { ...agreement, ...after }, months);

describe('a new version of a contract', () => {
  it('that writes a new fee over the old one would change every final month', () => {
    expect(said({ monthlyFee: minor(600_000) })).toEqual([
      'contract northwind-main: the monthly fee of 2026-03 and 2 later months would change from 5000.00 USD to 6000.00 USD, and their reports are final; write an amendment from a month after 2026-05 instead',
    ]);
  });
  it('is told one month by its own name', () => {
    expect(said({ amendments: [{ from: '2026-05', targetPpm: 995_000 }] })).toEqual([
      "contract northwind-main: the target of 2026-05 would change from 99.9 % to 99.5 %, and that month's report is final; write an amendment from a month after 2026-05 instead",
    ]);
  });
  it('may change whatever it likes from a month after the last final one', () => {
    expect(said({ amendments: [{ from: '2026-06', monthlyFee: minor(1), critical: ['api'], schedule: null }] })).toEqual([]);
    expect(said({ monthlyFee: minor(600_000) }, {}, [])).toEqual([]);
  });
  it('may end later, and may not end what is final', () => {
    expect(said({ endDate: '2026-05-31' })).toEqual([]);
    expect(said({ endDate: '2026-04-10' })).toEqual([
      'contract northwind-main: the coverage of 2026-04 and 1 later month would change from all its days to 10 of 30 days, billed by the day, and their reports are final; leave what it covers up to 2026-05 as it was',
    ]);
  });
  it('may give the customer another name, and its components another order', () => {
    expect(said({ customerName: 'Northwind Logistics', components: ['website', 'api'] })).toEqual([]);
  });
  it('may say of whole months how parts of months are billed', () => {
    expect(said({ prorate: false })).toEqual([]);
    expect(said({ prorate: false }, {}, ['2026-01'])).toHaveLength(1);
  });
  it.each([
    [{ customer: 'contoso' }, 'the customer', 'northwind to contoso'],
    [{ reportZone: 'UTC' }, 'the zone', 'America/New_York to UTC'],
    [{ targetPpm: null }, 'the target', "99.9 % to the policy's"],
    [{ unknownPolicy: 'down' }, 'the reading of unknown time', "the policy's to down"],
    [{ countDegraded: true }, 'the reading of degraded time', "the policy's to down"],
    [{ components: ['api', 'docs', 'website'] }, 'the list of components', 'api, website to api, docs, website'],
    [{ critical: ['api', 'website'] }, 'the list of critical components', 'website to api, website'],
    [{ schedule: null }, 'the credit schedule', '"standard" (10 % below 99.5 %, at most 50 %, none under 0.00 USD) to none'],
    [{ claim: { required: true, days: 15 } }, 'the rule for claims', 'not required to required within 15 days'],
  ] as const)('with %j names %s', (after, term, change) => {
    const [sentence, ...more] = said(after, {}, ['2026-05']);
    expect(more).toEqual([]);
    expect(sentence).toContain(
      `contract northwind-main: ${term} of 2026-05 would change from ${change}, and that month's report is final; `,
    );
  });
  it('in another currency is another contract', () => {
    const sentences = said({ currency: 'EUR' });
    expect(sentences[0]).toContain('leave it, and start a new contract after 2026-05 instead');
  });
});

describe('a law: amendments', () => {
  it('from months after the last final one change nothing of the final ones', () => {
    fc.assert(
      fc.property(amendments, (list) => {
        const [kept, later] = [list.filter(({ from }) => from <= '2026-05'), list.filter(({ from }) => from > '2026-05')];
        expect(said({ amendments: [...kept, ...later] }, { amendments: kept })).toEqual([]);
        expect(said({ amendments: kept }, { amendments: list })).toEqual([]);
      }),
      { seed: testSeed(20_261_123), numRuns: 200 },
    );
  });
});
