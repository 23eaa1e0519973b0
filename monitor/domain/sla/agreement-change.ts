/**
 * Whether a new version of a contract would rewrite a month whose report is final. Compared is what the calculator takes of
 * each such month, never the documents: an amendment from a later month, an end to come or another name of the customer
 * changes no month that is past, and the order of components says nothing. Answers sentences, one per term, none when nothing
 * of it changes. Months are `YYYY-MM`. Source: semantics D1, D5.
 */
import { canonicalJson } from '../canonical-json.ts';
import { decimalsOf, type Minor, minorText } from '../money.ts';
import { type AgreedMonth, type Agreement, agreedIn } from './agreement.ts';
import { contractMonth } from './contract-month.ts';

type Advice = (lastFinal: string, before: string) => string;
const AMEND: Advice = (month) => `write an amendment from a month after ${month} instead`;
const LISTED =
  (slugs: 'components' | 'critical'): Advice =>
  (month, before) =>
    `write "${slugs}: [${before}]" into the contract, and what is new as an amendment from a month after ${month}`;
const ANEW: Advice = (month) => `leave it, and start a new contract after ${month} instead`;
const DATES: Advice = (month) => `leave what it covers up to ${month} as it was`;

/** One term of one month, in the words of the sentence. */
interface Term {
  readonly name: string;
  readonly advice: Advice;
  readonly read: (agreed: AgreedMonth, month: string) => string;
}

const percent = (parts: number, perPercent: number): string => `${parts / perPercent} %`;
const amount = (value: Minor, currency: string): string => `${minorText(value, decimalsOf(currency))} ${currency}`;
const list = (slugs: readonly string[]): string => slugs.toSorted().join(', ');

const scheduleText = ({ scheduleId, contract: { schedule, currency } }: AgreedMonth): string => {
  if (schedule === null) return 'none';
  const tiers = schedule.tiers
    .toSorted((a, b) => b.belowPpm - a.belowPpm)
    .map(({ belowPpm, creditBp }) => `${percent(creditBp, 100)} below ${percent(belowPpm, 10_000)}`);
  return `"${scheduleId}" (${tiers.join(', ')}, at most ${percent(schedule.capBp, 100)}, none under ${amount(schedule.minCredit, currency)})`;
};

/** A month that is covered in full is billed in full, whatever was agreed of parts. */
const coverage = ({ contract }: AgreedMonth, month: string): string => {
  const { coveredDays, daysInMonth } = contractMonth(month, contract, null);
  if (coveredDays === daysInMonth) return 'all its days';
  return `${coveredDays} of ${daysInMonth} days, billed ${contract.prorate ? 'by the day' : 'in full'}`;
};

/** All that a report depends on; a number is written as in the configuration file. */
const TERMS: readonly Term[] = [
  { name: 'customer', advice: ANEW, read: ({ contract }) => contract.customer },
  { name: 'currency', advice: ANEW, read: ({ contract }) => contract.currency },
  { name: 'zone', advice: ANEW, read: ({ contract }) => contract.reportZone },
  { name: 'coverage', advice: DATES, read: coverage },
  { name: 'monthly fee', advice: AMEND, read: ({ contract }) => amount(contract.monthlyFee, contract.currency) },
  {
    name: 'target',
    advice: AMEND,
    read: ({ contract: { targetPpm } }) => (targetPpm === null ? "the policy's" : percent(targetPpm, 10_000)),
  },
  { name: 'reading of unknown time', advice: AMEND, read: ({ contract }) => contract.unknownPolicy ?? "the policy's" },
  {
    name: 'reading of degraded time',
    advice: AMEND,
    read: ({ contract: { countDegraded } }) => (countDegraded === null ? "the policy's" : countDegraded ? 'down' : 'not down'),
  },
  { name: 'list of components', advice: LISTED('components'), read: ({ contract }) => list(contract.components) },
  { name: 'list of critical components', advice: LISTED('critical'), read: ({ contract }) => list(contract.critical) },
  { name: 'credit schedule', advice: AMEND, read: scheduleText },
  {
    name: 'rule for claims',
    advice: AMEND,
    read: ({ claim }) => (claim.required ? `required within ${claim.days} days` : 'not required'),
  },
];

const sameDocument = (before: Agreement, after: Agreement): boolean => canonicalJson(before) === canonicalJson(after);

/** What `after` would change of the months whose reports are final, a sentence per term. `finalMonths` in any order. */
export const changesOfFinalMonths = (before: Agreement, after: Agreement, finalMonths: readonly string[]): string[] => {
  const months = finalMonths.toSorted();
  const last = months.at(-1);
  if (last === undefined || sameDocument(before, after)) return [];
  const pairs = months.map((month) => ({ month, old: agreedIn(before, month), next: agreedIn(after, month) }));
  return TERMS.flatMap(({ name, advice, read }) => {
    const differing = pairs.filter(({ month, old, next }) => read(old, month) !== read(next, month));
    const [first, ...more] = differing;
    if (first === undefined) return [];
    const where = more.length === 0 ? first.month : `${first.month} and ${more.length} later ${more.length === 1 ? 'month' : 'months'}`;
    const final = more.length === 0 ? "that month's report is final" : 'their reports are final';
    return [
      `contract ${after.id}: the ${name} of ${where} would change from ${read(first.old, first.month)} to ${read(first.next, first.month)}, and ${final}; ${advice(last, read(first.old, first.month))}`,
    ];
  });
};
