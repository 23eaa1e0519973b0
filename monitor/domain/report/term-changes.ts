/**
 * What differs in the terms and the money of two reports: contract, policy, period, credit and claim, member by member. How a claim stands
 * is no change of its own: it follows from the deadline, from what was received, and from the time at which it is asked.
 */
import { canonicalJson } from '../canonical-json.ts';
import { instantWords } from '../maintenance/words.ts';
import { HAPPENED, moneyChange } from './figure-changes.ts';
import type { ReportChange, ReportContract, ReportCredit, ReportDocument } from './report-document.ts';
import { valueText } from './report-fault.ts';
import { atOf } from './report-times.ts';
import { bpWords, listWords, ppmWords } from './value-words.ts';

/** The value as a change holds it: text as it is, everything else as canonical JSON. */
export const held = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : canonicalJson(value);

/** Every member that differs; the words come from its name unless there are better ones. */
const memberChanges = <T extends object>(
  where: string,
  subject: string,
  before: T,
  after: T,
  better: Partial<Record<keyof T, (was: T, is: T) => string | null>> = {},
): ReportChange[] =>
  Object.keys({ ...before, ...after }).flatMap((name) => {
    const key = name as keyof T;
    const [was, is] = [held(before[key]), held(after[key])];
    if (was === is) return [];
    const plain = `${subject}: ${name.replaceAll('_', ' ')} was ${valueText(was)} and is now ${valueText(is)}.`;
    return [{ what: `${where}.${name}`, before: was, after: is, words: better[key]?.(before, after) ?? plain }];
  });

const tierWords = (tier: ReportCredit['tier']): string => (tier === null ? 'none' : `the one below ${ppmWords(tier.below_ppm)}`);
const claimRule = ({ claim: { required, days } }: Pick<ReportContract, 'claim'>): string =>
  required ? `required within ${days} days` : 'not required';
const scheduleWords = ({ credit_schedule: schedule }: Pick<ReportContract, 'credit_schedule'>): string =>
  schedule === null
    ? 'none'
    : `${listWords(schedule.tiers.map(({ below_ppm, credit_bp }) => `${bpWords(credit_bp)} below ${ppmWords(below_ppm)}`))}, at most ${bpWords(schedule.cap_bp)}`;
const componentsWords = ({ components }: ReturnType<typeof termsOf>): string =>
  listWords(components.map(({ id, critical }) => (critical ? id : `${id} (does not decide)`)));

export const creditChanges = (before: ReportDocument, after: ReportDocument): ReportChange[] => {
  const { contract } = after;
  const [was, is] = [before.credit, after.credit];
  const credit = (from: number | null, to: number | null) => moneyChange('The credit', from, to, contract, HAPPENED);
  if (was === null || is === null) {
    const words = credit(was?.credit_minor ?? null, is?.credit_minor ?? null);
    return words === null ? [] : [{ what: 'credit', before: held(was), after: held(is), words }];
  }
  return memberChanges('credit', 'The credit', was, is, {
    credit_minor: (one, other) => credit(one.credit_minor, other.credit_minor),
    billed_minor: (one, other) => moneyChange('The fee billed', one.billed_minor, other.billed_minor, contract, HAPPENED),
    gross_minor: (one, other) => moneyChange('The credit before the minimum', one.gross_minor, other.gross_minor, contract, HAPPENED),
    tier: (one, other) => `The tier of the credit was ${tierWords(one.tier)} and is now ${tierWords(other.tier)}.`,
    credit_bp: (one, other) => `The rate of the credit was ${bpWords(one.credit_bp)} and is now ${bpWords(other.credit_bp)}.`,
  });
};

export const claimChanges = (before: ReportDocument, after: ReportDocument): ReportChange[] => {
  const zone = after.contract.report_zone;
  const received = after.claim.received_at;
  const said = ({ deadline, received_at, due_minor }: ReportDocument['claim']) => ({ deadline, received_at, due_minor });
  return memberChanges('claim', 'The claim', said(before.claim), said(after.claim), {
    received_at: () =>
      received === null ? 'The claim that was received is gone.' : `A claim was received at ${instantWords(zone, atOf(received))}.`,
    due_minor: (was, is) => moneyChange('What is owed', was.due_minor, is.due_minor, after.contract, HAPPENED),
  });
};

/** What was agreed of the month. Names are no terms; dates and billing by the day show in the period and in what was billed, or changed nothing. */
const termsOf = (contract: ReportContract) => {
  const { customer_name: _name, start_date: _start, end_date: _end, prorate: _prorate, components, ...terms } = contract;
  return { ...terms, components: components.map(({ id, critical }) => ({ id, critical })) };
};

export const termChanges = (before: ReportDocument, after: ReportDocument): ReportChange[] => {
  const bounds = ({ period: { tzdata: _tzdata, ...period } }: ReportDocument) => period;
  return [
    ...memberChanges('contract', 'The contract', termsOf(before.contract), termsOf(after.contract), {
      monthly_fee_minor: (was, is) => moneyChange('The monthly fee', was.monthly_fee_minor, is.monthly_fee_minor, after.contract, HAPPENED),
      claim: (was, is) => `A claim was ${claimRule(was)} and is now ${claimRule(is)}.`,
      components: (was, is) => `The contract spoke of ${componentsWords(was)} and now speaks of ${componentsWords(is)}.`,
      credit_schedule: (was, is) => `The credits agreed were ${scheduleWords(was)} and are now ${scheduleWords(is)}.`,
    }),
    ...memberChanges('period', 'The period', bounds(before), bounds(after)),
    ...memberChanges('policy', 'The policy', before.policy, after.policy, {
      target_ppm: (was, is) => `The promise was ${ppmWords(was.target_ppm)} and is now ${ppmWords(is.target_ppm)}.`,
    }),
    ...memberChanges('report', 'The report', { format: before.format, month: before.month }, { format: after.format, month: after.month }),
  ];
};
