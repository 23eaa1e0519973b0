/** What French sentences are put together from: counts, lists, lengths, and times with the preposition that they take. */
import { glued, numberText, partsOf } from '../../format.ts';

const rules = new Intl.PluralRules('fr');
/** Nought and one are singular: "0 incident", "1 incident", "2 incidents". */
const isOne = (count: number): boolean => rules.select(count) === 'one';

export const plural = (count: number, one: string, many = `${one}s`): string => `${numberText('fr', count)} ${isOne(count) ? one : many}`;

const COUNTS = ['Deux', 'Trois', 'Quatre', 'Cinq', 'Six', 'Sept', 'Huit', 'Neuf', 'Dix'];
/** Small counts are written as words at the head of a sentence; `feminine` where what is counted is. */
export const counted = (count: number, feminine = false): string => {
  if (count === 0) return feminine ? 'Aucune' : 'Aucun';
  if (count === 1) return feminine ? 'Une' : 'Un';
  return COUNTS[count - 2] ?? numberText('fr', count);
};

/** "A, B et C". */
export const all = (names: readonly string[]): string => new Intl.ListFormat('fr', { type: 'conjunction' }).format(names);
/** "A, B ou C". */
export const any = (names: readonly string[]): string => new Intl.ListFormat('fr', { type: 'disjunction' }).format(names);

/** Names are spelled out while a reader can take them in, otherwise counted. */
const isShort = (names: readonly string[]): boolean => names.length <= 3 && names.reduce((sum, name) => sum + name.length, 0) <= 90;
/** Components at the head of a sentence: "API et Site", "Quatre composants". */
export const components = (names: readonly string[]): string =>
  isShort(names) ? all(names) : `${counted(names.length)} ${isOne(names.length) ? 'composant' : 'composants'}`;
/** The same inside a sentence. */
export const innerComponents = (names: readonly string[]): string => (isShort(names) ? all(names) : components(names).toLowerCase());
/** Windows by their titles: "« Mise à jour » et « Migration »", "Quatre maintenances". */
export const windows = (titles: readonly string[]): string =>
  isShort(titles)
    ? all(titles.map((title) => `«\u00a0${title}\u00a0»`))
    : `${counted(titles.length, true)} ${isOne(titles.length) ? 'maintenance' : 'maintenances'}`;
export const are = (names: readonly string[]): string => (names.length === 1 ? 'est' : 'sont');

/** For what Intl writes in small letters and a sentence begins with. */
export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);
export const small = (text: string): string => text.charAt(0).toLocaleLowerCase('fr') + text.slice(1);
/** Of a month: "de novembre", "d’octobre". */
export const ofMonth = (month: string): string => (/^[aeiou]/i.test(month) ? `d’${month}` : `de ${month}`);

/** Times are a clock alone ("14:02") or a date with or without one ("24 nov., 14:02", "mardi 24 novembre à 14:02"). */
const isClock = (at: string): boolean => /^\d{1,2}:\d{2}/.test(at);
const dated = (at: string): string => at.replace(/,? (?=\d{2}:\d{2})/, (parting) => (parting === ', ' ? ' à ' : parting));
/** "à 14:02", "le 24 nov. à 14:02". */
export const on = (at: string): string => (isClock(at) ? `à ${at}` : `le ${dated(at)}`);
/** "14:02", "le 24 nov. à 14:02", behind "depuis" and "avant". */
export const from = (at: string): string => (isClock(at) ? at : `le ${dated(at)}`);
/** "de 03:10 à 03:25", "le 24 nov. de 03:10 à 03:25", "du 24 nov. à 23:50 au 25 nov. à 00:10". */
export const fromTo = (start: string, end: string): string => {
  if (!isClock(end)) return `${isClock(start) ? `de ${start}` : `du ${dated(start)}`} au ${dated(end)}`;
  return `${isClock(start) ? `de ${start}` : `le ${dated(start).replace(' à ', ' de ')}`} à ${end}`;
};

/** "18 minutes", "2 h 30 min", "3 jours 4 h". */
export const lengthOf = (ms: number): string => {
  const { days, hours, minutes, seconds } = partsOf(ms);
  if (days > 0) return hours > 0 && days < 10 ? glued(`${plural(days, 'jour')} ${hours} h`) : plural(days, 'jour');
  if (hours > 0) return minutes > 0 ? glued(`${hours} h ${minutes} min`) : plural(hours, 'heure');
  if (minutes > 0) return minutes < 10 && seconds > 0 ? glued(`${minutes} min ${seconds} s`) : plural(minutes, 'minute');
  return seconds > 0 ? plural(seconds, 'seconde') : 'moins d’une seconde';
};

/** For columns of figures: "2 h 30 min" again, short. */
export const shortLengthOf = (ms: number): string => {
  const { days, hours, minutes, seconds } = partsOf(ms);
  if (days > 0) return hours > 0 ? `${days} j ${hours} h` : `${days} j`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return seconds > 0 && minutes < 10 ? `${minutes} min ${seconds} s` : `${minutes} min`;
  return seconds > 0 ? `${seconds} s` : 'moins de 1 s';
};

/** As people say it; what is shorter than a second to the millisecond, so that it does not read as nothing. */
export const lengthOrNone = (ms: number): string => (ms < 1_000 ? glued(`${ms} ms`) : lengthOf(ms));
