/** Contracts, their customers and credit schedules as the file would say them: the inverse of contract.ts. Amounts as decimal text, shares as per cent. */
import { decimalsOf, minorText } from '#domain/money.ts';
import type { AgreedTerms, Agreement } from '#domain/sla/agreement.ts';
import { NO_CREDITS } from './credit-schedule.ts';
import { type DocumentMapping, type DocumentValue, inShort, type Say } from './document-check.ts';

const PPM_PER_PERCENT = 10_000;
const BP_PER_PERCENT = 100;
export const percentOf = (ppm: number): number => ppm / PPM_PER_PERCENT;

type Schedule = NonNullable<AgreedTerms['schedule']>;

const amountOf = (amount: AgreedTerms['monthlyFee'], currency: string): string => minorText(amount, decimalsOf(currency));
/** As a schedule says it, whatever the currency: without idle zeros. */
const bareAmount = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

export const scheduleDocument = ({ id, tiers, capBp, minCredit }: Schedule, currency: string, say: Say): DocumentMapping => ({
  id,
  tiers: tiers.map(({ belowPpm, creditBp }) => ({ below: percentOf(belowPpm), credit: creditBp / BP_PER_PERCENT })),
  cap: say(capBp / BP_PER_PERCENT, capBp === 100 * BP_PER_PERCENT),
  min_credit: say(bareAmount(amountOf(minCredit, currency)), minCredit === 0),
});

/** Terms as they are written: what is not among `terms` is not said. Null is the policy's own, which is said by saying nothing. */
const termsDocument = (terms: Partial<AgreedTerms>, currency: string): DocumentMapping => ({
  monthly_fee: terms.monthlyFee === undefined ? undefined : amountOf(terms.monthlyFee, currency),
  target: terms.targetPpm == null ? undefined : percentOf(terms.targetPpm),
  unknown: terms.unknownPolicy ?? undefined,
  count_degraded: terms.countDegraded ?? undefined,
  components: terms.components,
  critical: terms.critical,
  credits: terms.schedule === undefined ? undefined : (terms.schedule?.id ?? NO_CREDITS),
  claim: terms.claim && { required: terms.claim.required, days: terms.claim.days },
});

export const contractDocument = (agreement: Agreement, policyZone: string, say: Say): DocumentMapping => {
  const { id, customer, customerName, currency, startDate, endDate, reportZone, prorate, amendments, ...terms } = agreement;
  const { claim, schedule } = terms;
  const { claim: claimSaid, credits, ...rest } = termsDocument(terms, currency);
  return {
    id,
    customer,
    currency,
    from: startDate,
    to: endDate ?? undefined,
    zone: say(reportZone, reportZone === policyZone),
    ...rest,
    credits: say(credits as string, schedule === null),
    prorate: say(prorate, prorate),
    claim: say(claimSaid as DocumentValue, !claim.required && claim.days === 30),
    amendments: say(
      amendments.map(({ from, ...own }) => ({ from, ...termsDocument(own, currency) })),
      amendments.length === 0,
    ),
  };
};

/** The sections of all contracts together. A schedule or customer that no contract names is in force nowhere. */
export const agreedDocument = (contracts: readonly Agreement[], policyZone: string): DocumentMapping => {
  const schedules = new Map<string, DocumentMapping>();
  const customers = new Map<string, DocumentMapping>();
  for (const { customer, customerName, currency, schedule, amendments } of contracts) {
    customers.set(customer, { id: customer, name: customerName });
    for (const one of [schedule, ...amendments.map((amendment) => amendment.schedule)])
      if (one) schedules.set(one.id, scheduleDocument(one, currency, inShort));
  }
  if (contracts.length === 0) return {};
  return {
    credit_schedules: schedules.size === 0 ? undefined : [...schedules.values()],
    customers: [...customers.values()],
    contracts: contracts.map((one) => contractDocument(one, policyZone, inShort)),
  };
};
