/**
 * What Arabic sentences are put together from: counts in all six plural forms, lists, lengths, and what keeps names and figures of the
 * other direction together. Names are never inflected: they stand behind a preposition or a colon, isolated.
 */
import { numberText, partsOf } from '../../format.ts';

/** A name as it is, whichever its direction: what stands around it keeps its place (FSI … PDI). */
export const named = (name: string): string => `\u2068${name}\u2069`;
/** Latin text, versions, signs with digits: from left to right (LRI … PDI). */
export const latin = (text: string): string => `\u2066${text}\u2069`;
export const quoted = (title: string): string => `«${named(title)}»`;

/** The forms behind a number; one and two carry their number in themselves, and two has a form of its own behind a preposition. */
export interface Noun {
  readonly one: string;
  readonly two: string;
  readonly ofTwo: string;
  readonly few: string;
  readonly many: string;
  readonly other: string;
}
const noun = (one: string, two: string, ofTwo: string, few: string, many: string, other: string): Noun => ({
  one,
  two,
  ofTwo,
  few,
  many,
  other,
});
export const NOUNS = {
  day: noun('يوم واحد', 'يومان', 'يومين', 'أيام', 'يومًا', 'يوم'),
  hour: noun('ساعة واحدة', 'ساعتان', 'ساعتين', 'ساعات', 'ساعة', 'ساعة'),
  minute: noun('دقيقة واحدة', 'دقيقتان', 'دقيقتين', 'دقائق', 'دقيقة', 'دقيقة'),
  second: noun('ثانية واحدة', 'ثانيتان', 'ثانيتين', 'ثوانٍ', 'ثانية', 'ثانية'),
  businessDay: noun('يوم عمل واحد', 'يوما عمل', 'يومي عمل', 'أيام عمل', 'يوم عمل', 'يوم عمل'),
  measuredDay: noun('يوم مقيس واحد', 'يومان مقيسان', 'يومين مقيسين', 'أيام مقيسة', 'يومًا مقيسًا', 'يوم مقيس'),
  olderDay: noun('يوم أقدم', 'يومان أقدم', 'يومين أقدم', 'أيام أقدم', 'يومًا أقدم', 'يوم أقدم'),
  component: noun('مكوّن واحد', 'مكوّنان', 'مكوّنين', 'مكوّنات', 'مكوّنًا', 'مكوّن'),
  otherComponent: noun('مكوّن آخر', 'مكوّنان آخران', 'مكوّنين آخرين', 'مكوّنات أخرى', 'مكوّنًا آخر', 'مكوّن آخر'),
  location: noun('موقع واحد', 'موقعان', 'موقعين', 'مواقع', 'موقعًا', 'موقع'),
  failure: noun('إخفاق واحد', 'إخفاقان', 'إخفاقين', 'إخفاقات', 'إخفاقًا', 'إخفاق'),
  failedCheck: noun('فحص فاشل واحد', 'فحصان فاشلان', 'فحصين فاشلين', 'فحوص فاشلة', 'فحصًا فاشلًا', 'فحص فاشل'),
  incident: noun('حادث واحد', 'حادثان', 'حادثين', 'حوادث', 'حادثًا', 'حادث'),
  openIncident: noun('حادث واحد مفتوح', 'حادثان مفتوحان', 'حادثين مفتوحين', 'حوادث مفتوحة', 'حادثًا مفتوحًا', 'حادث مفتوح'),
  window: noun('نافذة صيانة واحدة', 'نافذتا صيانة', 'نافذتي صيانة', 'نوافذ صيانة', 'نافذة صيانة', 'نافذة صيانة'),
  gap: noun('فجوة أخرى', 'فجوتان أخريان', 'فجوتين أخريين', 'فجوات أخرى', 'فجوة أخرى', 'فجوة أخرى'),
  release: noun('إصدار واحد', 'إصداران', 'إصدارين', 'إصدارات', 'إصدارًا', 'إصدار'),
  line: noun('سطر واحد', 'سطران', 'سطرين', 'أسطر', 'سطرًا', 'سطر'),
  stretch: noun('فترة واحدة', 'فترتان', 'فترتين', 'فترات', 'فترة', 'فترة'),
} as const satisfies Record<string, Noun>;

const rules = new Intl.PluralRules('ar');
/** "3 أيام"; `oblique`: behind a preposition or another noun. */
export const plural = (count: number, { one, two, ofTwo, few, many, other }: Noun, oblique = false): string => {
  const number = numberText('ar', count);
  const forms: Record<Intl.LDMLPluralRule, string> = {
    zero: `${number} ${other}`,
    one,
    two: oblique ? ofTwo : two,
    few: `${number} ${few}`,
    many: `${number} ${many}`,
    other: `${number} ${other}`,
  };
  return forms[rules.select(count)];
};

const conjunction = new Intl.ListFormat('ar', { type: 'conjunction' });
const disjunction = new Intl.ListFormat('ar', { type: 'disjunction' });
export const all = (names: readonly string[]): string => conjunction.format(names);
export const any = (names: readonly string[]): string => disjunction.format(names);
/** Names are spelled out while a reader can take them in, otherwise counted; always behind a preposition. */
export const listed = (names: readonly string[], one: Noun = NOUNS.component): string => {
  const total = names.reduce((sum, name) => sum + name.length, 0);
  return names.length > 3 || total > 90 ? plural(names.length, one, true) : all(names.map(named));
};

/** "18 دقيقة", "2 س 30 د", "3 أيام 4 س". */
export const lengthOf = (ms: number, oblique = false): string => {
  const { days, hours, minutes, seconds } = partsOf(ms);
  const { day, hour, minute, second } = NOUNS;
  if (days > 0) return hours > 0 && days < 10 ? `${plural(days, day, oblique)} ${hours} س` : plural(days, day, oblique);
  if (hours > 0) return minutes > 0 ? `${hours} س ${minutes} د` : plural(hours, hour, oblique);
  if (minutes > 0) return minutes < 10 && seconds > 0 ? `${minutes} د ${seconds} ث` : plural(minutes, minute, oblique);
  return seconds > 0 ? plural(seconds, second, oblique) : 'أقل من ثانية';
};

/** For columns of figures. */
export const shortLengthOf = (ms: number): string => {
  const { days, hours, minutes, seconds } = partsOf(ms);
  if (days > 0) return hours > 0 ? `${days} ي ${hours} س` : `${days} ي`;
  if (hours > 0) return minutes > 0 ? `${hours} س ${minutes} د` : `${hours} س`;
  if (minutes > 0) return seconds > 0 && minutes < 10 ? `${minutes} د ${seconds} ث` : `${minutes} د`;
  return seconds > 0 ? `${seconds} ث` : 'أقل من 1 ث';
};

/** To the millisecond, never in days: "3 س 15 د 36 ث". */
export const exactLengthOf = (ms: number): string => {
  const size = Math.abs(ms);
  const hours = Math.floor(size / 3_600_000);
  const { minutes, seconds } = partsOf(size);
  const parts = [
    hours > 0 ? `${hours} س` : '',
    hours > 0 || minutes > 0 ? `${minutes} د` : '',
    seconds > 0 ? `${seconds} ث` : '',
    size % 1_000 > 0 ? `${size % 1_000} ملي ث` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '0' : `${ms < 0 ? '−' : ''}${parts.join(' ')}`;
};

/** As people say it; what is shorter than a second to the millisecond, so that it does not read as nothing. */
export const lengthOrNone = (ms: number, oblique = false): string => (ms < 1_000 ? exactLengthOf(ms) : lengthOf(ms, oblique));
