/** French: sentences to the letter, plural forms, lengths, decimal commas, and nothing that was left in English. */
import { describe, expect, test } from 'vitest';
import type { Overall } from '#domain/sla/overall.ts';
import { HOUR, MINUTE, millis } from '#domain/time/instant.ts';
import type { MonthBudget } from '#monitor/views/month-figure.ts';
import { en } from '#site/i18n/en/words.ts';
import { fr } from '#site/i18n/fr/words.ts';
import { stringsOf } from '../../support/words-walk.ts';

/** Spaces at which no line ends read as spaces here; one test of their own looks at them. */
const plain = (sentence: string): string => sentence.replaceAll(/[\u00a0\u202f]/g, ' ');

const overall = (headline: Overall['headline'], names: readonly string[] = []): Overall => ({
  indicator: 'none',
  headline,
  down: headline === 'down' || headline === 'all_down' ? names : [],
  degraded: headline === 'degraded' ? names : [],
  unknown: headline === 'partly_unknown' || headline === 'unknown' ? names : [],
  maintenance: headline === 'maintenance' ? names : [],
});
const headline = (of: Overall['headline'], names?: readonly string[]): string => plain(fr.headline(overall(of, names), [], true));

describe('the largest sentence', () => {
  test.each([
    ['operational', [], 'Tous les systèmes sont opérationnels.'],
    ['down', ['API'], 'API est indisponible.'],
    ['down', ['API', 'Site'], 'API et Site sont indisponibles.'],
    ['down', ['A', 'B', 'C', 'D'], 'Quatre composants sont indisponibles.'],
    ['all_down', ['API', 'Site'], 'Tous les composants essentiels sont indisponibles.'],
    ['degraded', ['API', 'Site'], 'API et Site fonctionnent en mode dégradé.'],
    ['maintenance', ['API'], 'API est en maintenance.'],
    ['partly_unknown', ['A', 'B', 'C', 'D'], 'Aucune perturbation constatée, mais l’état reste inconnu pour quatre composants.'],
    ['unknown', ['API'], 'L’état est inconnu : rien n’a été mesuré récemment.'],
  ] as [Overall['headline'], string[], string][])('%s, %j', (of, names, sentence) => {
    expect(headline(of, names)).toBe(sentence);
  });

  test('names what is being looked into, and what waits for its first heartbeat', () => {
    expect(plain(fr.headline(overall('operational'), ['API'], true))).toBe('Analyse en cours : API. Le dernier contrôle a échoué.');
    expect(plain(fr.headline(overall('unknown', ['Sauvegarde']), [], false, true))).toBe(
      'En attente du premier signal de vie : Sauvegarde.',
    );
    expect(fr.headline(overall('unknown'), [], false)).toBe('Rien n’est encore surveillé.');
  });
});

describe('counts and lengths', () => {
  test.each([
    [0, '0 autre incident ce jour-là.'],
    [1, '1 autre incident ce jour-là.'],
    [2, '2 autres incidents ce jour-là.'],
    [5, '5 autres incidents ce jour-là.'],
    [1_000_000, '1 000 000 autres incidents ce jour-là.'],
  ])('%i', (count, sentence) => {
    expect(plain(fr.moreIncidents(count))).toBe(sentence);
  });

  test('nought of something is no plural, and the head of a sentence is a word', () => {
    expect(plain(fr.history.monthHeadline('octobre 2026', 0, 1))).toBe('Octobre 2026 : aucun incident, 1 fenêtre de maintenance.');
    expect(fr.releases.headline(1, 'samedi 28 novembre')).toBe('Une version est prévue pour le samedi 28 novembre.');
    expect(fr.releases.headline(2, 'samedi 28 novembre')).toBe('Deux versions sont prévues pour le samedi 28 novembre.');
  });

  test.each([
    [400, 'moins d’une seconde'],
    [MINUTE, '1 minute'],
    [18 * MINUTE, '18 minutes'],
    [150 * MINUTE, '2 h 30 min'],
    [76 * HOUR, '3 jours 4 h'],
  ])('%i ms', (ms, words) => {
    expect(plain(fr.length(ms))).toBe(words);
  });

  test('a column says days with a j', () => {
    expect(fr.shortLength(76 * HOUR)).toBe('3 j 4 h');
  });

  test.each([
    [MINUTE, 'Une requête HTTP, toutes les minutes, depuis Paris.'],
    [MINUTE / 2, 'Une requête HTTP, toutes les 30 secondes, depuis Paris.'],
    [48 * HOUR, 'Une requête HTTP, tous les 2 jours, depuis Paris.'],
  ])('every %i ms', (ms, sentence) => {
    expect(fr.checkedEvery(fr.kinds.http, fr.every(ms), ['Paris'])).toBe(sentence);
  });
});

describe('times', () => {
  test('take the preposition of a clock or of a date', () => {
    expect(fr.since('14:02')).toBe('depuis 14:02');
    expect(fr.since('24 nov., 14:02')).toBe('depuis le 24 nov. à 14:02');
    expect(fr.notMeasured(null, '03:10', '03:25')).toBe('Nous n’avons rien mesuré de 03:10 à 03:25.');
    expect(fr.lasted('23 nov., 23:50', '24 nov., 00:10', '20 minutes')).toBe('Du 23 nov. à 23:50 au 24 nov. à 00:10, 20 minutes.');
    expect(fr.lasted('23 nov., 03:05', '03:25', '19 minutes')).toBe('Le 23 nov. de 03:05 à 03:25, 19 minutes.');
    expect(fr.range('10 nov.', fr.today.toLowerCase())).toBe('Du 10 nov. à aujourd’hui');
  });

  test('a month that begins with a vowel takes an apostrophe', () => {
    expect(fr.history.explain('octobre 2026')).toBe('Ce qui fonde le chiffre d’octobre 2026');
    expect(fr.history.explain('novembre 2026')).toBe('Ce qui fonde le chiffre de novembre 2026');
  });
});

describe('the promise and the month', () => {
  const budget = (leftMs: number, more: Partial<MonthBudget> = {}): MonthBudget => ({
    wholeMs: millis(leftMs + 85 * MINUTE),
    usedMs: millis(85 * MINUTE),
    leftMs: millis(leftMs),
    weekday: 'SAT',
    slotMs: millis(5 * HOUR),
    slotAhead: true,
    ...more,
  });
  const running = (of: MonthBudget): string => plain(fr.sla.budget({ budget: of, running: true }, 'novembre'));

  test('the budget says what is left and what would break the promise', () => {
    expect(running(budget(130 * MINUTE))).toBe(
      'Il reste 2 h 10 min d’indisponibilité sur le total de 3 h 35 min admis en novembre ; une seule plage du samedi entière et non annoncée romprait l’engagement.',
    );
    expect(running(budget(0, { slotAhead: false }))).toBe('Il ne reste aucune indisponibilité admise en novembre.');
    expect(running(budget(-1))).toBe('1 h 25 min d’indisponibilité, soit 1 ms de plus que le total admis en novembre.');
    expect(plain(fr.sla.budget({ budget: budget(130 * MINUTE), running: false }, 'novembre'))).toBe(
      '1 h 25 min d’indisponibilité, sur le total de 3 h 35 min que l’engagement admet.',
    );
  });

  test('figures have a decimal comma, and no digit of them changes', () => {
    expect(plain(fr.sla.explained(null, 'octobre 2026', '99.9401'))).toBe('Octobre 2026 : 99,9401 %.');
    expect(plain(fr.sla.verdict({ standing: 'met', targetPpm: 995_000, running: true }, true))).toBe(
      'L’engagement de 99,5 % est tenu à ce jour.',
    );
    expect(fr.badges.percent('100')).toBe('100 %');
  });
});

describe('reasons', () => {
  test('why announced time counts', () => {
    expect(plain(fr.maintenance.refused('late', 90 * MINUTE))).toBe('Non exclu : 1 h 30 min. L’annonce est postérieure à l’échéance.');
  });

  test('what a check found, with the number of its status and nothing else', () => {
    expect(fr.cause({ reason: 'status_unexpected', httpStatus: 503 })).toBe('code HTTP inattendu 503');
    expect(fr.cause({ reason: 'connect_refused', httpStatus: null })).toBe('connexion refusée');
  });

  test('a window says when it was announced and what of it is left out', () => {
    const entry = { announcedMs: millis(150 * MINUTE), excludedMs: millis(150 * MINUTE), refused: [], decides: true, imported: null };
    expect(plain(fr.maintenance.account({ state: 'past', ...entry }, 'mardi 24 novembre à 09:00'))).toBe(
      'Annoncée le mardi 24 novembre à 09:00 : exclue de la disponibilité, 2 h 30 min.',
    );
  });
});

describe('the whole', () => {
  /** Of the word itself, of names of programs and of what is written so in code. */
  const SAME = new Set([
    'ltr',
    'Maintenance',
    'Incidents',
    '–',
    'null',
    'src',
    'position',
    'inline',
    'lang',
    'theme',
    'Outlook',
    'Thunderbird',
  ]);
  /** English in every language. */
  const ENGLISH = /^(reports|api\.maintenancePosts)\./;

  test('nothing is left in English', () => {
    const english = new Map(stringsOf(en));
    const left = stringsOf(fr).filter(([path, text]) => english.get(path) === text && !SAME.has(text) && !ENGLISH.test(path));
    expect(left).toEqual([]);
  });

  test('no line ends before a sign that stands apart, or within quotation marks', () => {
    const loose = stringsOf(fr).filter(([path, text]) => !ENGLISH.test(path) && / [:;%»]|« |'/.test(text));
    expect(loose).toEqual([]);
  });
});
