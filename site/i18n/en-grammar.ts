/** What English sentences are put together from: counts, lists, lengths. */
import { numberText, partsOf } from '../format.ts';

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

/** To the millisecond, in hours: "698 h 23 min 12 s 345 ms". */
export const exactLengthOf = (ms: number): string => {
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(ms / 3_600_000), 'h'],
    [Math.floor(ms / 60_000) % 60, 'min'],
    [Math.floor(ms / 1_000) % 60, 's'],
    [ms % 1_000, 'ms'],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${numberText('en', count)} ${unit}`);
  return said.length > 0 ? said.join(' ') : 'none';
};
/** A length that may be none, or so short that it would read as none. */
export const lengthOrNone = (ms: number): string => (ms < 1_000 ? exactLengthOf(ms) : lengthOf(ms));
