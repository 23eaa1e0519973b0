/** What English sentences are put together from: counts, lists, lengths. */
import { lengthText } from '#domain/time/length-text.ts';
import { numberText, partsOf } from '../../format.ts';

/** Small counts are written as words at the head of a sentence. */
export const counted = (count: number): string =>
  ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'][count] ?? numberText('en', count);
/** Names are spelled out while a reader can take them in, otherwise counted. */
export const listed = (names: readonly string[], noun: string): string => {
  const total = names.reduce((sum, name) => sum + name.length, 0);
  if (names.length > 3 || total > 90) return `${counted(names.length)} ${noun}${names.length === 1 ? '' : 's'}`;
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names).replace(/, and /, ' and ');
};
/** A counted list inside a sentence: "Four components" becomes "four components"; names stay as they are. */
export const inside = (list: string): string =>
  /^(No|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten) components?$/.test(list) ? list.toLowerCase() : list;
export const are = (names: readonly string[]): string => (names.length === 1 ? 'is' : 'are');
export const plural = (count: number, one: string, many = `${one}s`): string => `${numberText('en', count)} ${count === 1 ? one : many}`;

/** "18 minutes", "2 h 30 min", "3 days 4 h". */
export const lengthOf = (ms: number): string => {
  const { days, hours, minutes, seconds } = partsOf(ms);
  if (days > 0) return hours > 0 && days < 10 ? `${plural(days, 'day')} ${hours} h` : plural(days, 'day');
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : plural(hours, 'hour');
  if (minutes > 0) return minutes < 10 && seconds > 0 ? `${minutes} min ${seconds} s` : plural(minutes, 'minute');
  return seconds > 0 ? plural(seconds, 'second') : 'less than a second';
};

/** For columns of figures: "2:30:00" would need a legend, so "2 h 30 min" again, short. */
export const shortLengthOf = (ms: number): string => {
  const { days, hours, minutes, seconds } = partsOf(ms);
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return seconds > 0 && minutes < 10 ? `${minutes} min ${seconds} s` : `${minutes} min`;
  return seconds > 0 ? `${seconds} s` : 'under 1 s';
};

/** As people say it; what is shorter than a second to the millisecond, so that it does not read as nothing. */
export const lengthOrNone = (ms: number): string => (ms < 1_000 ? lengthText(ms) : lengthOf(ms));
