/** What Spanish sentences are put together from: counts, lists, lengths, times with their article. */
import { lengthText } from '#domain/time/length-text.ts';
import { figureText, numberText, partsOf } from '../../format.ts';

/** One and many of what is counted; `la`: a word of feminine gender. */
export interface Noun {
  readonly one: string;
  readonly many: string;
  readonly la?: true;
}
export const COMPONENT: Noun = { one: 'componente', many: 'componentes' };
export const INCIDENT: Noun = { one: 'incidente', many: 'incidentes' };
export const WINDOW: Noun = { one: 'ventana de mantenimiento', many: 'ventanas de mantenimiento', la: true };
export const RELEASE: Noun = { one: 'versión', many: 'versiones', la: true };
export const DAY: Noun = { one: 'día', many: 'días' };
export const HOUR: Noun = { one: 'hora', many: 'horas', la: true };
export const PLACE: Noun = { one: 'ubicación', many: 'ubicaciones', la: true };

const rules = new Intl.PluralRules('es');
const formOf = (count: number, { one, many }: Pick<Noun, 'one' | 'many'>): string => {
  const rule = rules.select(count);
  // "1.000.000 de incidentes"
  return rule === 'one' ? one : rule === 'many' ? `de ${many}` : many;
};

/** A month or a count at the head of a sentence. */
export const atHead = (text: string): string => text.charAt(0).toLocaleUpperCase('es') + text.slice(1);
/** A month inside a sentence. */
export const inside = (text: string): string => text.charAt(0).toLocaleLowerCase('es') + text.slice(1);

const SMALL = ['', '', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'];
/** "ninguna", "un", "dos", "11"; small counts are written as words. */
export const numeral = (count: number, { la }: Noun): string => {
  if (count === 0) return la ? 'ninguna' : 'ningún';
  if (count === 1) return la ? 'una' : 'un';
  return SMALL[count] ?? numberText('es', count);
};
/** "ninguna versión", "dos versiones" */
export const counted = (count: number, noun: Noun): string => `${numeral(count, noun)} ${count === 0 ? noun.one : formOf(count, noun)}`;
/** "1 minuto", "5 minutos". */
export const plural = (count: number, noun: Pick<Noun, 'one' | 'many'>): string => `${numberText('es', count)} ${formOf(count, noun)}`;

/** "A, B y C"; "A e Informes". */
export const all = (names: readonly string[]): string => new Intl.ListFormat('es', { type: 'conjunction' }).format(names);
export const any = (names: readonly string[]): string => new Intl.ListFormat('es', { type: 'disjunction' }).format(names);
/** Names are spelled out while a reader can take them in, otherwise counted; a count is in small letters. */
export const listed = (names: readonly string[], noun: Noun): string => {
  const total = names.reduce((sum, name) => sum + name.length, 0);
  return names.length > 3 || total > 90 ? counted(names.length, noun) : all(names);
};
/** The same at the head of a sentence; names stay as they are. */
export const listedAtHead = (names: readonly string[], noun: Noun): string => {
  const list = listed(names, noun);
  return list === counted(names.length, noun) ? atHead(list) : list;
};
export const are = (names: readonly string[]): string => (names.length === 1 ? 'está' : 'están');

/** The article of a time that comes as text: "las 14:02", "la 01:02", "el 23 nov, 14:02". */
const articleOf = (at: string): 'el' | 'la' | 'las' => (!/^\d{1,2}:/.test(at) ? 'el' : /^0?1:/.test(at) ? 'la' : 'las');
export const the = (at: string): string => `${articleOf(at)} ${at}`;
/** "a las 14:02", "el 23 nov, 14:02" */
export const when = (at: string): string => (articleOf(at) === 'el' ? the(at) : `a ${the(at)}`);
export const fromTime = (at: string): string => (articleOf(at) === 'el' ? `del ${at}` : `de ${the(at)}`);
export const toTime = (at: string): string => (articleOf(at) === 'el' ? `al ${at}` : `a ${the(at)}`);

/** "99,9401 %" */
export const percent = (figure: string): string => `${figureText('es', figure)}\u00a0%`;

const MINUTE = { one: 'minuto', many: 'minutos' };
const SECOND = { one: 'segundo', many: 'segundos' };

/** "18 minutos", "2 h 30 min", "3 días 4 h". */
export const lengthOf = (ms: number): string => {
  const { days, hours, minutes, seconds } = partsOf(ms);
  if (days > 0) return hours > 0 && days < 10 ? `${plural(days, DAY)} ${hours} h` : plural(days, DAY);
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : plural(hours, HOUR);
  if (minutes > 0) return minutes < 10 && seconds > 0 ? `${minutes} min ${seconds} s` : plural(minutes, MINUTE);
  return seconds > 0 ? plural(seconds, SECOND) : 'menos de un segundo';
};

/** For columns of figures. */
export const shortLengthOf = (ms: number): string => {
  const { days, hours, minutes, seconds } = partsOf(ms);
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return seconds > 0 && minutes < 10 ? `${minutes} min ${seconds} s` : `${minutes} min`;
  return seconds > 0 ? `${seconds} s` : 'menos de 1 s';
};

/** As people say it; what is shorter than a second to the millisecond, so that it does not read as nothing. */
export const lengthOrNone = (ms: number): string => (ms < 1_000 ? lengthText(ms) : lengthOf(ms));
