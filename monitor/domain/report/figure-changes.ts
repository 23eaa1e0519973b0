/**
 * Two values of one figure beside each other, as a sentence with both and the difference. Lengths and amounts are subtracted as
 * integers; of percentages only the order is asked, from their text. Plain English.
 */
import { lengthText } from '../time/length-text.ts';
import type { ReportContract, ReportDocument } from './report-document.ts';
import { moneyWords, percentWords, verdictWord } from './value-words.ts';

/** What happened, or what would happen. */
export interface Mood {
  readonly rose: string;
  readonly fell: string;
  /** "The verdict was kept and is now not kept." */
  readonly was: string;
  readonly isNow: string;
}
export const HAPPENED: Mood = { rose: 'rose', fell: 'fell', was: 'was', isNow: 'is now' };
export const IMAGINED: Mood = { rose: 'would rise', fell: 'would fall', was: 'is', isNow: 'would be' };

type Figures = ReportDocument['figures'];
type Kind = 'length' | 'percent' | 'count' | 'verdict';
/** Every figure by its name, in the order in which they are told. */
export const FIGURES: Readonly<Record<keyof Figures, readonly [name: string, kind: Kind]>> = {
  verdict: ['The verdict', 'verdict'],
  availability: ['The availability', 'percent'],
  lower: ['The lower bound', 'percent'],
  upper: ['The upper bound', 'percent'],
  downtime_ms: ['Downtime', 'length'],
  excluded_ms: ['Excluded time', 'length'],
  unknown_ms: ['Unknown time', 'length'],
  up_ms: ['Time up', 'length'],
  eligible_ms: ['Eligible time', 'length'],
  known_ms: ['Measured time', 'length'],
  period_ms: ['The period', 'length'],
  budget_ms: ['The budget', 'length'],
  remaining_ms: ['What is left of the budget', 'length'],
  projected_budget_ms: ['The budget of the whole month', 'length'],
  blips: ['The number of blips', 'count'],
  blip_ms: ['The time in blips', 'length'],
};
export const FIGURE_KEYS = Object.keys(FIGURES) as (keyof Figures)[];

const TEXTS: Readonly<Record<Kind, (value: Figures[keyof Figures]) => string>> = {
  length: (value) => lengthText(Number(value)),
  percent: (value) => percentWords(value === null ? null : String(value)),
  count: String,
  verdict: (value) => verdictWord(value as Figures['verdict']),
};
/** A figure as people read it. */
export const figureText = (key: keyof Figures, figures: Figures): string => TEXTS[FIGURES[key][1]](figures[key]);

const moved = (name: string, up: boolean, mood: Mood, by: string | null, from: string, to: string): string =>
  `${name} ${up ? mood.rose : mood.fell}${by === null ? '' : ` by ${by},`} from ${from} to ${to}.`;
const turned = (name: string, mood: Mood, from: string, to: string): string => `${name} ${mood.was} ${from} and ${mood.isNow} ${to}.`;

/** Digits of a percentage without its point: they sort as the percentages do. */
const digits = (text: string): number => Number(text.replace('.', ''));

/** One figure of both; null when it is the same. */
export const figureChange = (key: keyof Figures, before: Figures, after: Figures, mood: Mood): string | null => {
  const [[name, kind], was, is] = [FIGURES[key], before[key], after[key]];
  if (was === is) return null;
  const [from, to] = [figureText(key, before), figureText(key, after)];
  if (typeof was === 'number' && typeof is === 'number') {
    const by = Math.abs(is - was);
    return moved(name, is > was, mood, kind === 'length' ? lengthText(by) : String(by), from, to);
  }
  if (kind !== 'percent' || was === null || is === null) return turned(name, mood, from, to);
  return moved(name, digits(String(is)) > digits(String(was)), mood, null, from, to);
};

/** An amount of money in both; `null`: nobody can say it yet. */
export const moneyChange = (
  name: string,
  was: number | null,
  is: number | null,
  currency: Pick<ReportContract, 'currency' | 'decimals'>,
  mood: Mood,
): string | null => {
  if (was === is) return null;
  const told = (amount: number | null): string => (amount === null ? 'undecided' : moneyWords(amount, currency));
  if (was === null || is === null) return turned(name, mood, told(was), told(is));
  return moved(name, is > was, mood, moneyWords(Math.abs(is - was), currency), told(was), told(is));
};
