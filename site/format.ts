/**
 * Numbers and times as people read them, per language and zone, through Intl. In: instants and lengths in ms, latencies
 * in µs. Percent and latency are rounded for reading only; nothing here decides anything.
 */
import { dayNumber } from '#domain/time/civil.ts';
import { instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import { localeOf } from './i18n/languages.ts';

const DAY_MS = 86_400_000;

/** What parts the members of a list of names, with the space behind it. */
export const commaOf = (lang: string): string => ({ ar: '، ', ja: '、' })[lang] ?? ', ';

/**
 * Latin letters and signs with digits, kept from left to right within a sentence that runs from right to left (LRI … PDI). Without it
 * "UTC" would turn round the range of times that follows it.
 */
const latin = (lang: string, text: string): string => (lang === 'ar' ? `\u2066${text}\u2069` : text);

const cached = new Map<string, Intl.DateTimeFormat>();
const formatter = (lang: string, zone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${lang} ${zone} ${name}`;
  const known = cached.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(localeOf(lang), { timeZone: zone, hourCycle: 'h23', ...options });
  cached.set(key, made);
  return made;
};

const STYLES = {
  /** 14:02 */
  clock: { hour: '2-digit', minute: '2-digit' },
  /** 14:02:10 */
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  /** 23 Nov */
  day: { day: 'numeric', month: 'short' },
  /** Monday 23 November */
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  /** Monday 23 November at 14:02 */
  weekdayClock: { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
  /** November */
  monthName: { month: 'long' },
  /** November 2026 */
  month: { month: 'long', year: 'numeric' },
  /** Nov 2026 */
  monthShort: { month: 'short', year: 'numeric' },
  /** Sat 28 Nov */
  slot: { weekday: 'short', day: 'numeric', month: 'short' },
  /** Sat, 28 Nov 2026 */
  slotYear: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  /** Sat, 05 Sept 2026 */
  slotPadded: { weekday: 'short', day: '2-digit', month: 'short', year: 'numeric' },
  /** 23 November 2026 */
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  /** Monday 23 November 2026 */
  dayInFull: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** 23 November 2026, 14:02 */
  dateClock: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  /** Mon 23 */
  dayShort: { weekday: 'short', day: '2-digit' },
  /** 23 Nov, 14:02 */
  moment: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  /** 23 Nov, 14:02:10 */
  momentSeconds: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  /** 23 Nov 2026, 14:02:10 */
  exact: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
export type TimeStyle = keyof typeof STYLES;

/** An instant as the wall of `zone` shows it. */
export const timeText = (lang: string, zone: string, at: number, style: TimeStyle): string =>
  formatter(lang, zone, style, STYLES[style]).format(at);

/** A calendar month `YYYY-MM`, whatever the zone. */
export const monthText = (lang: string, month: string, style: 'monthName' | 'month' | 'monthShort'): string =>
  timeText(lang, 'UTC', dayNumber(Number(month.slice(0, 4)), Number(month.slice(5)), 15) * DAY_MS, style);

/** Only the clock when both lie on the same local day, otherwise day and clock. */
export const nearText = (lang: string, zone: string, at: number, asOf: number): string =>
  timeText(lang, zone, at, timeText(lang, zone, at, 'date') === timeText(lang, zone, asOf, 'date') ? 'clock' : 'moment');

/** Told to the minute, both would read the same. */
export const sameMinute = (a: number, b: number): boolean => Math.floor(a / 60_000) === Math.floor(b / 60_000);

/** Start and end of one stretch, to the minute; to the second when both lie in the same minute. */
export const spanTexts = (lang: string, zone: string, start: number, end: number, asOf: number): readonly [string, string] => {
  if (!sameMinute(start, end)) return [nearText(lang, zone, start, asOf), nearText(lang, zone, end, start)];
  const near = timeText(lang, zone, start, 'date') === timeText(lang, zone, asOf, 'date');
  return [timeText(lang, zone, start, near ? 'seconds' : 'exact'), timeText(lang, zone, end, 'seconds')];
};

/** `2026-11-23T14:02:10.000Z`, for machines. */
export const isoText = (at: number): string => isoOf(instant(at));

/** How far the wall of `zone` is from UTC at an instant: "GMT-4". */
export const offsetText = (lang: string, zone: string, at: number): string =>
  formatter(lang, zone, 'offset', { timeZoneName: 'shortOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value ?? '';

/** The name people give a zone: "Eastern Time", "UTC". */
export const zoneText = (lang: string, zone: string, at: number): string => {
  if (zone === 'UTC') return latin(lang, 'UTC');
  const parts = formatter(lang, zone, 'zone', { timeZoneName: 'longGeneric' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
};

/** What the wall of a zone is ahead of UTC at an instant, with its short name where it has one: "EST, UTC−5". */
export const zoneShortText = (lang: string, zone: string, at: number): string => {
  // Only American English has the short names of American zones; only English writes every offset as "GMT-4".
  const offset = latin(lang, offsetText('en', zone, at).replace('GMT', 'UTC').replace('-', '−'));
  const short = formatter(lang === 'en' ? 'en-US' : lang, zone, 'offset short', { timeZoneName: 'short' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  // Where the zone has no short name in the language, its place is taken by the offset, or by UTC itself.
  return short === undefined || /\d|^(GMT|UTC)/.test(short) || short === 'غرينتش' ? offset : `${short}${commaOf(lang)}${offset}`;
};

interface Span {
  readonly start: number;
  readonly end: number;
}
/** `told`: the day that was said already. */
const wallText = (lang: string, zone: string, { start, end }: Span, told: string | null): string => {
  const [from, to] = [start, end].map((at) => timeText(lang, zone, at, 'slotYear'));
  const [starts, ends] = [start, end].map((at) => timeText(lang, zone, at, 'clock'));
  const comma = commaOf(lang);
  const range =
    from !== to
      ? `${from}${comma}${starts} – ${to}${comma}${ends}`
      : from === told
        ? `${starts}–${ends}`
        : `${from}${comma}${starts}–${ends}`;
  if (zone === 'UTC') return `${range} ${latin(lang, 'UTC')}`;
  const offsets = new Set([start, end].map((at) => zoneShortText(lang, zone, at)));
  return `${range} ${zoneText(lang, zone, start)} (${[...offsets].join(' – ')})`;
};

/**
 * A window in one line that is read long after, on the wall of its zone and in UTC: "Sat, 28 Nov 2026, 10:00–12:00 Eastern Time
 * (EST, UTC−5) = 15:00–17:00 UTC".
 */
export const windowText = (lang: string, zone: string, window: Span): string =>
  [...new Set([zone, 'UTC'])]
    .map((where, i) => wallText(lang, where, window, i === 0 ? null : timeText(lang, zone, window.start, 'slotYear')))
    .join(' = ');

const numbers = new Map<string, Intl.NumberFormat>();
export const numberText = (lang: string, value: number, digits = 0): string => {
  const key = `${lang} ${digits}`;
  const known = numbers.get(key);
  if (known) return known.format(value);
  const made = new Intl.NumberFormat(localeOf(lang), { minimumFractionDigits: digits, maximumFractionDigits: digits });
  numbers.set(key, made);
  return made.format(value);
};

/** A figure such as "99.9401" with the decimal sign of the language; not a digit of it changes. */
export const figureText = (lang: string, figure: string): string => figure.replace('.', numberText(lang, 0.5, 1).charAt(1));

/** What ends a sentence that a page puts together itself, behind a time or a name. */
export const stopOf = (lang: string): string => ({ ja: '。' })[lang] ?? '.';

/** A sentence in which no line ends between a number and its unit. */
export const glued = (sentence: string): string => sentence.replaceAll(/(\d) (?=(?:%|h|min|s|ms)(?![a-z]))/g, '$1\u00a0');

/** Whole parts of a length, largest first: days, hours, minutes, seconds. Cut off, never rounded up. */
export const partsOf = (ms: number): { days: number; hours: number; minutes: number; seconds: number } => ({
  days: Math.floor(ms / DAY_MS),
  hours: Math.floor(ms / 3_600_000) % 24,
  minutes: Math.floor(ms / 60_000) % 60,
  seconds: Math.floor(ms / 1_000) % 60,
});

/** Milliseconds and seconds where a language does not write "ms" and "s". Kept from right to left on the axis of a plot too (RLI … PDI). */
const measured = (lang: string, value: string, unit: 'ms' | 's'): string =>
  lang === 'ar' ? `\u2067${value}\u00a0${{ ms: 'ملي\u00a0ث', s: 'ث' }[unit]}\u2069` : `${value} ${unit}`;

/** "104 ms", "4.2 ms", "1.53 s" from µs. */
export const latencyText = (lang: string, us: number): string => {
  if (us >= 1_000_000) return measured(lang, numberText(lang, us / 1_000_000, 2), 's');
  return measured(lang, numberText(lang, us / 1_000, us < 10_000 ? 1 : 0), 'ms');
};

/** "10.2 ms" from µs: lengths that are compared with each other, in one unit and with one decimal. */
export const phaseText = (lang: string, us: number): string => measured(lang, numberText(lang, us / 1_000, 1), 'ms');
