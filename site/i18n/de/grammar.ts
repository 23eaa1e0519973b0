/** What German sentences are put together from: counts, lists, lengths. A length behind "von" or "vor" stands in the dative. */
import { lengthText } from '#domain/time/length-text.ts';
import { numberText, partsOf } from '../../format.ts';

const rules = new Intl.PluralRules('de');
const and = new Intl.ListFormat('de', { type: 'conjunction' });
const or = new Intl.ListFormat('de', { type: 'disjunction' });

/** The form of a word that goes with a count. */
export const form = (count: number, one: string, many: string): string => (rules.select(count) === 'one' ? one : many);
/** "1 Tag", "2 Tage". */
export const plural = (count: number, one: string, many: string): string => `${numberText('de', count)} ${form(count, one, many)}`;

/** Small counts from two on are written as words inside a sentence. */
export const counted = (count: number): string =>
  [null, null, 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn'][count] ?? numberText('de', count);
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const all = (names: readonly string[]): string => and.format(names);
export const any = (names: readonly string[]): string => or.format(names);

/** Names are spelled out while a reader can take them in, otherwise counted. */
const spelledOut = (names: readonly string[]): boolean => names.length <= 3 && names.reduce((sum, name) => sum + name.length, 0) <= 90;
/** Components inside a sentence; `one` is a single one in the case that the sentence asks for. */
export const components = (names: readonly string[], one = 'eine Komponente'): string => {
  if (spelledOut(names)) return all(names);
  return names.length === 1 ? one : `${counted(names.length)} Komponenten`;
};
/** The same at the head of a sentence; names stay as they are. */
export const componentsFirst = (names: readonly string[]): string => (spelledOut(names) ? all(names) : capital(components(names)));
/** Titles of maintenance windows at the head of a sentence. */
export const windowsFirst = (titles: readonly string[]): string =>
  spelledOut(titles) ? all(titles.map((title) => `„${title}“`)) : capital(`${counted(titles.length)} Wartungsfenster`);

type Case = 'nominative' | 'dative';

/** "18 Minuten", "2 h 30 min", "3 Tage 4 h"; in the dative "3 Tagen 4 h". */
const lengthIn = (ms: number, inCase: Case): string => {
  const { days, hours, minutes, seconds } = partsOf(ms);
  const dayCount = plural(days, 'Tag', inCase === 'dative' ? 'Tagen' : 'Tage');
  if (days > 0) return hours > 0 && days < 10 ? `${dayCount} ${hours} h` : dayCount;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : plural(hours, 'Stunde', 'Stunden');
  if (minutes > 0) return minutes < 10 && seconds > 0 ? `${minutes} min ${seconds} s` : plural(minutes, 'Minute', 'Minuten');
  if (seconds > 0) return plural(seconds, 'Sekunde', 'Sekunden');
  return inCase === 'dative' ? 'weniger als einer Sekunde' : 'weniger als eine Sekunde';
};
export const lengthOf = (ms: number): string => lengthIn(ms, 'nominative');
export const ofLength = (ms: number): string => lengthIn(ms, 'dative');

/** For columns of figures; "d" is the sign of the day. */
export const shortLengthOf = (ms: number): string => {
  const { days, hours, minutes, seconds } = partsOf(ms);
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return seconds > 0 && minutes < 10 ? `${minutes} min ${seconds} s` : `${minutes} min`;
  return seconds > 0 ? `${seconds} s` : 'unter 1 s';
};

/** As people say it; what is shorter than a second to the millisecond, so that it does not read as nothing. */
export const lengthOrNone = (ms: number): string => (ms < 1_000 ? lengthText(ms) : lengthOf(ms));
export const ofLengthOrNone = (ms: number): string => (ms < 1_000 ? lengthText(ms) : ofLength(ms));
