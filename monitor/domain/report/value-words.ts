/**
 * The values of a report as people read them, in plain English: months, shares, money, states. Percentages are taken from the
 * document's text and never computed. Units in: ppm, basis points, minor units.
 */
import { minor, minorText } from '../money.ts';
import type { ReserveRule } from '../sla/reserve.ts';
import type { ReportAdjustment, ReportContract, ReportDocument, ReportVerdict } from './report-document.ts';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** "October 2026" */
export const monthWords = (month: string): string => `${MONTHS[Number(month.slice(5)) - 1] ?? month.slice(5)} ${month.slice(0, 4)}`;

const WEEKDAYS: Readonly<Record<ReserveRule['weekday'], string>> = {
  MON: 'Monday',
  TUE: 'Tuesday',
  WED: 'Wednesday',
  THU: 'Thursday',
  FRI: 'Friday',
  SAT: 'Saturday',
  SUN: 'Sunday',
};
export const weekdayWord = (weekday: ReserveRule['weekday']): string => WEEKDAYS[weekday];

const share = (parts: number, decimals: number): string => {
  const digits = String(parts).padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return `${digits.slice(0, -decimals)}${fraction === '' ? '' : `.${fraction}`} %`;
};
/** 995 000 is "99.5 %". */
export const ppmWords = (ppm: number): string => share(ppm, 4);
/** 2 500 is "25 %". */
export const bpWords = (bp: number): string => share(bp, 2);
export const percentWords = (text: string | null): string => (text === null ? 'no figure' : `${text} %`);

/** "1250.00 USD" */
export const moneyWords = (amount: number, { currency, decimals }: Pick<ReportContract, 'currency' | 'decimals'>): string =>
  `${minorText(minor(amount), decimals)} ${currency}`;

const VERDICTS: Readonly<Record<ReportVerdict, string>> = {
  met: 'kept',
  missed: 'not kept',
  indeterminate: 'undecided',
  not_applicable: 'not applicable',
};
export const verdictWord = (verdict: ReportVerdict): string => VERDICTS[verdict];

const STATES: Readonly<Record<ReportAdjustment['state'], string>> = {
  up: 'up',
  degraded: 'degraded',
  down: 'down',
  unknown: 'in a state that nobody knows',
};
export const stateWords = (state: ReportAdjustment['state']): string => STATES[state];

/** Names of people in the order in which they signed: "Ann, approved by Bob". */
export const signedWords = ({ author, approved_by }: Pick<ReportAdjustment, 'author' | 'approved_by'>): string =>
  approved_by === null ? author : `${author}, approved by ${approved_by}`;

export const componentName = ({ contract }: Pick<ReportDocument, 'contract'>, id: string): string =>
  contract.components.find((one) => one.id === id)?.name ?? id;

/** "a", "a and b", "a, b and c" */
export const listWords = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? 'nothing') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
