/** German: sentences to the letter, plural forms, cases of lengths, decimal commas, and nothing that was left in English. */
import { describe, expect, test } from 'vitest';
import type { Overall } from '#domain/sla/overall.ts';
import { DAY, HOUR, MINUTE, millis, SECOND } from '#domain/time/instant.ts';
import type { MonthBudget } from '#monitor/views/month-figure.ts';
import { ofLength } from '#site/i18n/de/grammar.ts';
import { de } from '#site/i18n/de/words.ts';
import { en } from '#site/i18n/en/words.ts';
import { stringsOf } from '../../support/words-walk.ts';

const overall = (headline: Overall['headline'], names: readonly string[] = []): Overall => ({
  indicator: 'none',
  headline,
  down: headline === 'down' || headline === 'all_down' ? names : [],
  degraded: headline === 'degraded' ? names : [],
  unknown: headline === 'partly_unknown' || headline === 'unknown' ? names : [],
  maintenance: headline === 'maintenance' ? names : [],
});

describe('the largest sentence', () => {
  test.each([
    ['operational', [], 'Alle Systeme sind in Betrieb.'],
    ['down', ['API'], 'API ist ausgefallen.'],
    ['down', ['API', 'Website'], 'API und Website sind ausgefallen.'],
    ['down', ['A', 'B', 'C', 'D'], 'Vier Komponenten sind ausgefallen.'],
    ['down', ['n'.repeat(200)], 'Eine Komponente ist ausgefallen.'],
    ['all_down', ['API', 'Website'], 'Alles Maßgebliche ist ausgefallen.'],
    ['degraded', ['API', 'Website'], 'API und Website sind beeinträchtigt.'],
    ['maintenance', ['API'], 'API wird gewartet.'],
    ['maintenance', ['API', 'Website'], 'API und Website werden gewartet.'],
    ['partly_unknown', ['A', 'B', 'C', 'D'], 'Keine Störung erkennbar, aber der Zustand von vier Komponenten ist unbekannt.'],
    ['partly_unknown', ['n'.repeat(200)], 'Keine Störung erkennbar, aber der Zustand von einer Komponente ist unbekannt.'],
    ['unknown', ['API'], 'Der Zustand ist unbekannt: In letzter Zeit wurde nichts gemessen.'],
  ] as [Overall['headline'], string[], string][])('%s, %j', (of, names, sentence) => {
    expect(de.headline(overall(of, names), [], true)).toBe(sentence);
  });

  test('names what is being looked into, and what waits for its first heartbeat', () => {
    expect(de.headline(overall('operational'), ['API'], true)).toBe('API wird untersucht: Die letzte Prüfung ist fehlgeschlagen.');
    expect(de.headline(overall('unknown', ['Backup']), [], false, true)).toBe('Das erste Lebenszeichen steht noch aus: Backup.');
    expect(de.headline(overall('unknown'), [], false)).toBe('Noch wird nichts überwacht.');
  });
});

describe('counts and lengths', () => {
  test.each([
    [0, '0 weitere Vorfälle an diesem Tag.'],
    [1, '1 weiterer Vorfall an diesem Tag.'],
    [2, '2 weitere Vorfälle an diesem Tag.'],
    [5, '5 weitere Vorfälle an diesem Tag.'],
    [12_345, '12.345 weitere Vorfälle an diesem Tag.'],
  ])('%i', (count, sentence) => {
    expect(de.moreIncidents(count)).toBe(sentence);
  });

  test('the case of a word follows its sentence', () => {
    expect(de.otherDays(1)).toBe('Keine Störung am übrigen gemessenen Tag.');
    expect(de.otherDays(5)).toBe('Keine Störung an den übrigen 5 gemessenen Tagen.');
    expect(de.history.monthHeadline('Oktober 2026', 0, 1)).toBe('Oktober 2026: kein Vorfall, 1 Wartungsfenster.');
    expect(de.releases.headline(1, 'Samstag, 28. November')).toBe('Eine Version ist geplant für Samstag, 28. November.');
    expect(de.releases.headline(2, 'Samstag, 28. November')).toBe('Zwei Versionen sind geplant für Samstag, 28. November.');
  });

  test.each([
    [0, 'weniger als eine Sekunde', 'weniger als einer Sekunde'],
    [SECOND, '1 Sekunde', '1 Sekunde'],
    [18 * MINUTE, '18 Minuten', '18 Minuten'],
    [HOUR, '1 Stunde', '1 Stunde'],
    [150 * MINUTE, '2 h 30 min', '2 h 30 min'],
    [3 * DAY + 4 * HOUR, '3 Tage 4 h', '3 Tagen 4 h'],
    [30 * DAY, '30 Tage', '30 Tagen'],
  ])('%i ms', (ms, alone, behindVon) => {
    expect(de.length(ms)).toBe(alone);
    expect(ofLength(ms)).toBe(behindVon);
  });

  test('how often a check runs has its own word before it', () => {
    expect(de.checkedEvery(de.kinds.http, de.every(MINUTE), ['Wien'])).toBe('Eine HTTP-Anfrage, jede Minute, von Wien aus.');
    expect(de.checkedEvery(de.kinds.tcp, de.every(30 * SECOND), ['Wien', 'Graz'])).toBe(
      'Eine TCP-Verbindung, alle 30 Sekunden, von 2 Standorten aus: Wien, Graz.',
    );
  });
});

describe('promise and maintenance', () => {
  const budget = (leftMs: number, more: Partial<MonthBudget> = {}): MonthBudget => ({
    wholeMs: millis(leftMs + 85 * MINUTE),
    usedMs: millis(85 * MINUTE),
    leftMs: millis(leftMs),
    weekday: 'SAT',
    slotMs: millis(5 * HOUR),
    slotAhead: true,
    ...more,
  });
  test.each([
    [
      130 * MINUTE,
      true,
      'Noch 2 h 10 min Ausfallzeit übrig von insgesamt 3 h 35 min im November; ein ganzer unangekündigter Samstag würde die Zusage brechen.',
    ],
    [-1, true, '1 h 25 min Ausfallzeit, 1 ms mehr als im November erlaubt.'],
    [130 * MINUTE, false, '1 h 25 min Ausfallzeit; die Zusage erlaubt 3 h 35 min.'],
    [-1, false, '1 h 25 min Ausfallzeit, 1 ms zu viel; die Zusage erlaubt 1 h 24 min.'],
  ])('a budget with %i ms left, running: %s', (leftMs, running, sentence) => {
    expect(de.sla.budget({ budget: budget(leftMs), running }, 'November')).toBe(sentence);
  });

  test('figures keep their digits and get a decimal comma; the percent sign stays with its number', () => {
    expect(de.sla.explained(null, 'Oktober 2026', '99.9401')).toBe('Oktober 2026: 99,9401\u00a0%.');
    expect(de.sla.promise(995_000)).toBe('Wir sagen 99,5\u00a0% Verfügbarkeit außerhalb angekündigter Wartung zu.');
    expect(de.sla.between('99.1', '99.9401')).toBe('99,1 bis 99,9401');
    expect(de.badges.percent('100')).toBe('100 %');
  });

  test('what is refused has its reason', () => {
    expect(de.maintenance.refused('late', 90 * MINUTE)).toBe('Nicht ausgenommen: 1 h 30 min. Angekündigt wurde nach der Frist.');
    expect(de.sla.causeOf('worker_silent')).toBe('Unsere eigene Überwachung lief nicht.');
    expect(de.cause({ reason: 'status_unexpected', httpStatus: 503 })).toBe('unerwarteter HTTP-Status 503');
  });

  test('a rule of half hours is told to the minute', () => {
    expect(de.maintenance.rule({ weekday: 'SAT', start: '10:00', durationMin: 150, zone: 'America/New_York' }, 'Ostküstenzeit')).toMatch(
      /^Jeden Samstag ist ein Fenster von 2 h 30 min ab 10:00 \(Ostküstenzeit\) reserviert\./,
    );
  });
});

describe('nothing is left in English', () => {
  /** The same word in both languages: names of things, values that a program reads, signs. */
  const SAME = new Set([
    ...['–', 'Status', 'Support', 'Chat', 'Online', 'Hotfix', 'Feeds', 'Badges', 'Median'],
    ...['null', 'src', 'position', 'lang', 'theme', 'inline', 'Outlook', 'Thunderbird', 'In HTML', 'In Markdown'],
    ', |d|h|min|s',
    'ltr',
  ]);
  const english = new Map(stringsOf({ ...en, reports: null }));
  test.each(stringsOf({ ...de, reports: null }))('%s', (path, text) => {
    if (!SAME.has(text)) expect(text).not.toBe(english.get(path));
  });

  test('every English string has its German one', () => {
    expect(stringsOf(de).length).toBe(stringsOf(en).length);
  });
});
