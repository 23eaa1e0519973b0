/** Arabic: six plural forms, names that are never inflected and stand isolated, figures from left to right, and no English left over. */
import { describe, expect, test } from 'vitest';
import type { Overall } from '#domain/sla/overall.ts';
import { HOUR, MINUTE, millis } from '#domain/time/instant.ts';
import { timeText, windowText } from '#site/format.ts';
import { NOUNS, plural } from '#site/i18n/ar/grammar.ts';
import { ar } from '#site/i18n/ar/words.ts';
import { en } from '#site/i18n/en/words.ts';
import { stringsOf } from '../../support/words-walk.ts';

/** As it is read: without the invisible signs that isolate names and figures. */
const plain = (text: string): string => text.replaceAll(/[\u2066-\u2069]/g, '');
const overall = (headline: Overall['headline'], names: readonly string[]): Overall => ({
  headline,
  indicator: 'none',
  down: headline === 'down' || headline === 'all_down' ? names : [],
  degraded: headline === 'degraded' ? names : [],
  unknown: headline === 'unknown' || headline === 'partly_unknown' ? names : [],
  maintenance: headline === 'maintenance' ? names : [],
});

describe('counts and lengths', () => {
  test.each([
    [0, '0 يوم', '0 يوم'],
    [1, 'يوم واحد', 'يوم واحد'],
    [2, 'يومان', 'يومين'],
    [5, '5 أيام', '5 أيام'],
    [11, '11 يومًا', '11 يومًا'],
    [100, '100 يوم', '100 يوم'],
    [103, '103 أيام', '103 أيام'],
  ])('%i days; behind a preposition two have a form of their own', (count, alone, behind) => {
    expect(plural(count, NOUNS.day)).toBe(alone);
    expect(plural(count, NOUNS.day, true)).toBe(behind);
  });

  test('lengths are told as people say them, in short, and to the millisecond', () => {
    expect(ar.length(18 * MINUTE)).toBe('18 دقيقة');
    expect(ar.length(150 * MINUTE)).toBe('2 س 30 د');
    expect(ar.length(2 * HOUR)).toBe('ساعتان');
    expect(ar.every(2 * MINUTE)).toBe('دقيقتين');
    expect(ar.shortLength(76 * HOUR)).toBe('3 ي 4 س');
    expect(ar.exactLength(11_736_001)).toBe('3 س 15 د 36 ث 1 ملي ث');
  });
});

describe('sentences', () => {
  test.each([
    ['operational', [], 'كل الأنظمة تعمل.'],
    ['all_down', ['Checkout API'], 'انقطاع في Checkout API.'],
    ['all_down', ['Checkout API', 'Search'], 'انقطاع في كل المكوّنات الأساسية.'],
    ['down', ['Checkout API', 'Search'], 'انقطاع في Checkout API وSearch.'],
    ['down', ['a', 'b', 'c', 'd', 'e'], 'انقطاع في 5 مكوّنات.'],
    ['degraded', ['Search'], 'أداء متراجع في Search.'],
    ['maintenance', ['Search'], 'صيانة جارية في Search.'],
    ['partly_unknown', ['Search'], 'لم يُرصد أي خلل، لكن الحالة غير معروفة في Search.'],
    ['unknown', ['Search'], 'الحالة غير معروفة: لم يُقَس شيء مؤخرًا.'],
  ] as [Overall['headline'], string[], string][])('the headline of %s %j', (headline, names, sentence) => {
    expect(plain(ar.headline(overall(headline, names), [], true))).toBe(sentence);
  });

  test('a name of either direction stands isolated', () => {
    expect(ar.headline(overall('down', ['Checkout API']), [], true)).toBe('انقطاع في \u2068Checkout API\u2069.');
  });

  test('a figure keeps its sign at its digits, from left to right', () => {
    expect(ar.sla.percent('99.9401')).toBe('\u206699.9401%\u2069');
    expect(ar.sla.promise(995_000)).toBe('نعد بتوافر قدره \u206699.5%\u2069 خارج أوقات الصيانة المعلنة.');
  });

  test('the budget says what is left and what would break the promise', () => {
    const budget = {
      wholeMs: millis(215 * MINUTE),
      usedMs: millis(85 * MINUTE),
      leftMs: millis(130 * MINUTE),
      weekday: 'SAT',
      slotMs: millis(5 * HOUR),
      slotAhead: true,
    } as const;
    expect(ar.sla.budget({ budget, running: true }, 'نوفمبر')).toBe(
      'وقت التوقف المتبقي: 2 س 10 د من أصل 3 س 35 د مسموح بها في نوفمبر؛ ويكفي توقف كامل غير معلن في يوم سبت واحد لإخلاف الوعد.',
    );
    expect(ar.sla.budget({ budget, running: false }, 'نوفمبر')).toBe('وقت التوقف: 1 س 25 د، من أصل 3 س 35 د يسمح بها الوعد.');
  });

  test('what does not count has its reason, and a failed check its cause', () => {
    expect(ar.maintenance.refused('late', 90 * MINUTE)).toBe('غير مستثنى: 1 س 30 د. أُعلن عنها بعد انقضاء المهلة.');
    expect(plain(ar.cause({ reason: 'status_unexpected', httpStatus: 503 }))).toBe('رمز حالة HTTP غير متوقع: 503');
    expect(ar.history.monthHeadline('نوفمبر 2026', 2, 3)).toBe('نوفمبر 2026: حادثان، 3 نوافذ صيانة.');
  });

  test('a window has Latin digits, Arabic commas, and the offset in one piece', () => {
    const start = Date.UTC(2026, 10, 28, 15);
    expect(timeText('ar', 'America/New_York', start, 'exact')).toBe('28 نوفمبر 2026، 10:00:00');
    expect(windowText('ar', 'America/New_York', { start, end: start + 2 * HOUR })).toBe(
      'السبت، 28 نوفمبر 2026، 10:00–12:00 التوقيت الشرقي لأمريكا الشمالية (\u2066UTC−5\u2069) = 15:00–17:00 \u2066UTC\u2069',
    );
  });
});

describe('English', () => {
  /** Signs and values that are the same in every language; reports are English. */
  const SAME = /^(none|severity\.none|embed\.rows\.\d\.0|embed\.rows\.1\.2|subscribe\.programs\.\d\.0|reports\..*)$/;

  test('is left over nowhere', () => {
    const english = new Map(stringsOf(en));
    const same = stringsOf(ar).filter(([path, text]) => english.get(path) === text && !SAME.test(path));
    expect(same).toEqual([]);
    const latinOnly = stringsOf(ar).filter(
      ([path, text]) => !/[\u0600-\u06ff]/.test(text) && !SAME.test(path) && !/^(lang|dir)$/.test(path),
    );
    expect(latinOnly).toEqual([]);
  });

  test('and the shape is whole', () => {
    const pathsOf = (words: unknown) => stringsOf(words).map(([path]) => path);
    expect(pathsOf(ar)).toEqual(expect.arrayContaining(pathsOf(en).filter((path) => !/signs\.\d|rules\.\d/.test(path))));
  });
});
