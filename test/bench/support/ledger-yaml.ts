/** The configuration of a store for the ledger: components of one-minute checks, and contracts over all or some of them. */
import { seeded } from '#monitor/demo/seeded.ts';

export interface LedgerSetting {
  readonly components: number;
  readonly locations: 1 | 2;
  /** One: over everything. More: each over 20 to 50 of the components. */
  readonly contracts: number;
  /** First day of every contract, `YYYY-MM-DD`. */
  readonly from: string;
  /** What every component watches. */
  readonly target: string;
}

const CONTRACT = 'currency: USD, monthly_fee: "5000.00", zone: UTC, credits: standard';

export const ledgerYaml = ({ components, locations, contracts, from, target }: LedgerSetting): string => {
  const random = seeded(4);
  const slugs = Array.from({ length: components }, (_, i) => `c${i}`);
  const some = (): string => {
    const count = Math.min(components, 20 + Math.floor(random() * 31));
    const first = Math.floor(random() * components);
    return Array.from({ length: count }, (_, i) => slugs[(first + i) % components]).join(', ');
  };
  return [
    ...(locations === 2 ? ['locations:', '  - { name: Here, local: true }', '  - { name: There }'] : []),
    'credit_schedules:',
    '  - { id: standard, tiers: [{ below: 99.5, credit: 10 }, { below: 99, credit: 25 }], cap: 50 }',
    'customers:',
    ...Array.from({ length: contracts }, (_, i) => `  - { id: customer-${i}, name: "Customer ${i}" }`),
    'contracts:',
    ...Array.from(
      { length: contracts },
      (_, i) =>
        `  - { id: contract-${i}, customer: customer-${i}, from: ${from}, ${CONTRACT}${contracts === 1 ? '' : `, components: [${some()}]`} }`,
    ),
    'components:',
    ...slugs.map((slug) => `  - { name: "Service ${slug}", slug: ${slug}, http: "${target}" }`),
    '',
  ].join('\n');
};
