import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#domain/canonical-json.ts';
import { minor, minorText } from '#domain/money.ts';
import { type Agreement, agreedIn } from '#domain/sla/agreement.ts';
import { renderFault } from '#monitor/config/fault.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { testSeed } from '../../support/seeded.ts';

const HEAD = `components:
  - {name: Website, http: "https://www.example.com/"}
  - {name: API, http: "https://api.example.com/"}
  - {name: Docs, critical: false, http: "https://docs.example.com/"}
customers:
  - {id: northwind, name: Northwind Shipping}
  - {id: contoso, name: Contoso}
credit_schedules:
  - id: standard
    tiers: [{below: 95, credit: 50}, {below: 99.5, credit: 10}, {below: 99, credit: 25}]
    cap: 50
    min_credit: "0.50"
contracts:
`;
const parse = (contracts: string, head = HEAD) =>
  parseConfiguration(Buffer.from(head + contracts), 'avow.yaml', { secret: () => null, ownPorts: [] });
const read = (contracts: string, head = HEAD): readonly Agreement[] => {
  const result = parse(contracts, head);
  if (!isConfig(result)) throw new Error(result.map(renderFault).join('\n'));
  return result.contracts;
};
/** The one contract with these keys besides the least that one needs. */
const one = (keys: Readonly<Record<string, string>> = {}, head = HEAD): Agreement => {
  const all = { id: 'northwind-main', customer: 'northwind', currency: 'USD', monthly_fee: '5000', from: '2026-01-01', ...keys };
  const [agreement] = read(
    `  - ${Object.entries(all)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n    ')}\n`,
    head,
  );
  if (!agreement) throw new Error('no contract');
  return agreement;
};

describe('the shortest contract', () => {
  it('takes its terms from the policy, its components from the file, and agrees no credits', () => {
    expect(one()).toEqual({
      id: 'northwind-main',
      customer: 'northwind',
      customerName: 'Northwind Shipping',
      currency: 'USD',
      monthlyFee: 500_000,
      startDate: '2026-01-01',
      endDate: null,
      reportZone: 'America/New_York',
      targetPpm: null,
      unknownPolicy: null,
      countDegraded: null,
      components: ['api', 'docs', 'website'],
      critical: ['api', 'website'],
      schedule: null,
      prorate: true,
      claim: { required: false, days: 30 },
      amendments: [],
    });
  });
  it('has the zone of the policy, whatever that is', () => {
    expect(one({}, `policy: {zone: Asia/Tokyo}\n${HEAD}`).reportZone).toBe('Asia/Tokyo');
  });
});

describe('a contract', () => {
  it('says what it says', () => {
    const agreement = one({
      to: '2026-12-31',
      zone: 'Europe/Berlin',
      target: '"99.9 %"',
      unknown: 'down',
      count_degraded: 'true',
      components: '[website, docs]',
      critical: '[website]',
      credits: 'standard',
      prorate: 'false',
      claim: '{required: true}',
    });
    expect(agreement).toMatchObject({
      endDate: '2026-12-31',
      reportZone: 'Europe/Berlin',
      targetPpm: 999_000,
      unknownPolicy: 'down',
      countDegraded: true,
      components: ['docs', 'website'],
      critical: ['website'],
      prorate: false,
      claim: { required: true, days: 30 },
    });
    expect(agreement.schedule).toEqual({
      id: 'standard',
      tiers: [
        { belowPpm: 995_000, creditBp: 1_000 },
        { belowPpm: 990_000, creditBp: 2_500 },
        { belowPpm: 950_000, creditBp: 5_000 },
      ],
      capBp: 5_000,
      minCredit: 50,
    });
  });
  it('is the same when the file names components or tiers in another order', () => {
    const [a, b] = [one({ components: '[website, api]' }), one({ components: '[api, website]' })];
    expect(canonicalJson(a)).toBe(canonicalJson(b));
  });
  it('may be one of several of a customer, in the order of the file', () => {
    const least = 'currency: USD, monthly_fee: 1, from: 2026-01-01';
    expect(
      read(
        `  - {id: b, customer: northwind, ${least}}\n  - {id: a, customer: northwind, ${least}}\n  - {id: c, customer: contoso, ${least}}\n`,
      ),
    ).toMatchObject([
      { id: 'b', customerName: 'Northwind Shipping' },
      { id: 'a', customerName: 'Northwind Shipping' },
      { id: 'c', customerName: 'Contoso' },
    ]);
  });
  it('of one day and of no fee is one', () => {
    expect(one({ from: '2026-06-30', to: '2026-06-30', monthly_fee: '0' })).toMatchObject({ monthlyFee: 0, endDate: '2026-06-30' });
  });
  it('may say that no credits are agreed', () => {
    expect(one({ credits: 'none' }).schedule).toBeNull();
  });
});

describe('an amount', () => {
  it.each([
    ['5000', 'USD', 500_000],
    ['5000.10', 'USD', 500_010],
    ['"5000.10"', 'USD', 500_010],
    ['"0005000.5000"', 'USD', 500_050],
    ['0.1', 'USD', 10],
    ['1.005', 'BHD', 1_005],
    ['5000.00', 'JPY', 5_000],
    ['"90071992547409.91"', 'USD', Number.MAX_SAFE_INTEGER],
  ])('of %s in %s is %i of its smallest unit', (text, currency, fee) => {
    expect(one({ monthly_fee: text, currency }).monthlyFee).toBe(fee);
  });
  it('is exact with and without quotes, whatever its digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.boolean(), (cents, quotes) => {
        const text = minorText(minor(cents), 2);
        expect(one({ monthly_fee: quotes ? `"${text}"` : text }).monthlyFee).toBe(cents);
      }),
      { seed: testSeed(20_261_123), numRuns: 100 },
    );
  });
  it('of a schedule is read in the currency of the contract', () => {
    const yen = HEAD.replace('"0.50"', '"100.00"');
    expect(one({ currency: 'JPY', credits: 'standard' }, yen).schedule?.minCredit).toBe(100);
    expect(one({ currency: 'BHD', credits: 'standard' }, yen).schedule?.minCredit).toBe(100_000);
  });
});

describe('an amendment', () => {
  it('changes what it names from its month on, in whatever order the file has them', () => {
    const agreement = one({
      to: '2026-12-31',
      target: '99.9',
      amendments: '[{from: 2026-09-01, claim: {required: true}}, {from: 2026-06, monthly_fee: "6000.00", target: 99.5}]',
    });
    expect(agreement.amendments).toEqual([
      { from: '2026-06', monthlyFee: 600_000, targetPpm: 995_000 },
      { from: '2026-09', claim: { required: true, days: 30 } },
    ]);
    expect(agreedIn(agreement, '2026-05').contract).toMatchObject({ monthlyFee: 500_000, targetPpm: 999_000 });
    expect(agreedIn(agreement, '2026-09')).toMatchObject({ contract: { monthlyFee: 600_000 }, claim: { required: true } });
  });
  it('may come in the last month of the contract', () => {
    expect(one({ to: '2026-06-15', amendments: '[{from: 2026-06, target: 99}]' }).amendments).toHaveLength(1);
  });
  it('may agree credits, and end them', () => {
    const { amendments } = one({ amendments: '[{from: 2026-03, credits: standard}, {from: 2026-05, credits: none}]' });
    expect(amendments.map(({ schedule }) => schedule?.id ?? schedule)).toEqual(['standard', null]);
  });
  it('may agree a target and a schedule for it at once, where either alone would not do', () => {
    const agreement = one({ target: '99', amendments: '[{from: 2026-03, target: 99.9, credits: standard}]' });
    expect(agreement.amendments[0]).toMatchObject({ targetPpm: 999_000, schedule: { id: 'standard' } });
  });
  it('lets earlier terms name a component that the file has no more', () => {
    const agreement = one({
      components: '[website, warehouse]',
      critical: '[website, warehouse]',
      amendments: '[{from: 2026-06, components: [website, docs], critical: [website]}]',
    });
    expect(agreedIn(agreement, '2026-05').contract.critical).toEqual(['warehouse', 'website']);
    expect(agreedIn(agreement, '2026-06').contract.components).toEqual(['docs', 'website']);
  });
});

describe('faults of contracts', () => {
  it('are said at once, and none of them twice', () => {
    const result = parse(`  - id: a
    customer: northwnd
    currency: usd
    monthly_fee: "1,000"
    from: 2026-13-01
    zone: EST
    components: [websit]
    credits: standrad
    amendments: [{from: 2026-06-02, target: 99}]
`);
    expect(isConfig(result) ? [] : result.map(({ path }) => path)).toEqual([
      'contracts[0].customer',
      'contracts[0].currency',
      'contracts[0].monthly_fee',
      'contracts[0].from',
      'contracts[0].zone',
      'contracts[0].components[0]',
      'contracts[0].credits',
      'contracts[0].amendments[0].from',
    ]);
  });
  it('do not come from what other sections have wrong', () => {
    const result = parse(
      '  - {id: a, customer: acme, currency: USD, monthly_fee: 1, from: 2026-01-01, components: [shop], credits: gold}\n',
      HEAD.replace('name: Website', 'nme: Website').replace('{id: contoso', '{id: Contoso').replace('id: standard', 'id: Standard'),
    );
    expect(isConfig(result) ? [] : result.map(({ path }) => path)).toEqual([
      'components[0].nme',
      'customers[1].id',
      'credit_schedules[0].id',
    ]);
  });
});
