/** The Spanish sentences: counts and lengths by the rules of the language, times with their article, and nothing left in English. */
import { describe, expect, test } from 'vitest';
import type { Headline, Overall } from '#domain/sla/overall.ts';
import { HOUR, MINUTE, millis } from '#domain/time/instant.ts';
import type { MonthBudget } from '#monitor/views/month-figure.ts';
import { en } from '#site/i18n/en/words.ts';
import { es } from '#site/i18n/es/words.ts';
import { stringsOf } from '../../support/words-walk.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('counts', () => {
  test.each([
    [0, '0 fallos descartados por la comprobación siguiente, 12 segundos en total. Cuentan como funcionamiento.'],
    [1, '1 fallo descartado por la comprobación siguiente, de 12 segundos. Cuenta como funcionamiento.'],
    [2, '2 fallos descartados por la comprobación siguiente, 12 segundos en total. Cuentan como funcionamiento.'],
    [5, '5 fallos descartados por la comprobación siguiente, 12 segundos en total. Cuentan como funcionamiento.'],
  ])('%i refuted failures', (count, sentence) => {
    expect(es.sla.blipsNote(count, 12_000)).toBe(sentence);
  });

  test.each([
    [0, 0, 'Noviembre de 2026: sin incidentes ni mantenimiento.'],
    [1, 0, 'Noviembre de 2026: 1 incidente, sin mantenimiento.'],
    [2, 1, 'Noviembre de 2026: 2 incidentes, 1 ventana de mantenimiento.'],
    [5, 12_345, 'Noviembre de 2026: 5 incidentes, 12.345 ventanas de mantenimiento.'],
    [1_000_000, 0, 'Noviembre de 2026: 1.000.000 de incidentes, sin mantenimiento.'],
  ])('%i incidents and %i windows in a month', (incidents, windows, sentence) => {
    expect(es.history.monthHeadline('noviembre de 2026', incidents, windows)).toBe(sentence);
  });

  test('in words agree with what is counted', () => {
    const day = 'sábado, 28 de noviembre';
    expect(es.releases.headline(1, day)).toBe('Una versión está planificada para el sábado, 28 de noviembre.');
    expect(es.releases.headline(2, day)).toBe('Dos versiones están planificadas para el sábado, 28 de noviembre.');
    expect(es.releases.headline(11, day)).toBe('11 versiones están planificadas para el sábado, 28 de noviembre.');
    expect(es.openAbove(3)).toBe('Tres incidentes siguen abiertos; se describen más arriba.');
    expect(es.sla.outageTerm({ confirmations: [1, 3] })).toContain('De una a tres comprobaciones fallidas seguidas');
  });
});

describe('lengths and times', () => {
  test.each([
    [500, 'menos de un segundo'],
    [MINUTE, '1 minuto'],
    [18 * MINUTE, '18 minutos'],
    [150 * MINUTE, '2 h 30 min'],
    [HOUR, '1 hora'],
    [76 * HOUR, '3 días 4 h'],
  ])('%i ms is "%s"', (ms, text) => {
    expect(es.length(ms)).toBe(text);
  });

  test('a clock and a day have their article', () => {
    expect(es.notMeasured(null, '03:10', '03:25')).toBe('No medimos nada entre las 03:10 y las 03:25.');
    expect(es.lasted('00:50', '01:02', '12 minutos')).toBe('De las 00:50 a la 01:02, 12 minutos.');
    expect(es.lasted('23 nov, 23:50', '24 nov, 00:10', '20 minutos')).toBe('Del 23 nov, 23:50 al 24 nov, 00:10, 20 minutos.');
  });
});

describe('the headline', () => {
  const overall = (headline: Headline, names: readonly string[] = []): Overall => ({
    indicator: 'none',
    headline,
    down: names,
    degraded: names,
    maintenance: names,
    unknown: names,
  });
  test.each([
    ['operational', [], 'Todos los sistemas están operativos.'],
    ['down', ['API'], 'API está fuera de servicio.'],
    ['down', ['API', 'Informes'], 'API e Informes están fuera de servicio.'],
    ['down', ['A', 'B', 'C', 'D'], 'Cuatro componentes están fuera de servicio.'],
    ['all_down', ['API', 'Web'], 'Todos los componentes críticos están fuera de servicio.'],
    ['degraded', ['API'], 'API funciona con rendimiento degradado.'],
    ['maintenance', ['API', 'Web'], 'API y Web están en mantenimiento.'],
    ['partly_unknown', ['A', 'B', 'C', 'D'], 'No se observan problemas, pero se desconoce el estado de cuatro componentes.'],
    ['unknown', [], 'Se desconoce el estado: no se ha medido nada recientemente.'],
  ] as [Headline, string[], string][])('%s of %j', (headline, names, sentence) => {
    expect(es.headline(overall(headline, names), [], true)).toBe(sentence);
  });

  test('while the last failure is looked into', () => {
    expect(es.headline(overall('operational'), ['API'], true)).toBe('En investigación: API. La última comprobación falló.');
  });
});

test('the budget, the figure and the promise', () => {
  const budget: MonthBudget = {
    wholeMs: millis(215 * MINUTE),
    usedMs: millis(85 * MINUTE),
    leftMs: millis(130 * MINUTE),
    weekday: 'SAT',
    slotMs: millis(5 * HOUR),
    slotAhead: true,
  };
  expect(es.sla.budget({ budget, running: true }, 'noviembre')).toBe(
    'En noviembre queda un margen de inactividad de 2 h 10 min, de un total de 3 h 35 min; un sábado completo sin anunciar supondría incumplir el compromiso.',
  );
  expect(es.sla.percent('99.9401')).toBe('99,9401\u00a0%');
  expect(plain(es.sla.promise(995_000))).toBe('Nos comprometemos a una disponibilidad del 99,5 % fuera del mantenimiento anunciado.');
});

test('what does not count has its reason', () => {
  expect(es.maintenance.refused('late', 90 * MINUTE)).toBe('No excluido: 1 h 30 min. Se anunció después del plazo.');
  expect(es.cause({ reason: 'status_unexpected', httpStatus: 503 })).toBe('estado HTTP 503 inesperado');
});

test('nothing is left in English but names of products, marks, and what the API says itself', () => {
  const alike = new Set([
    'dir',
    'units',
    'none',
    'severity.none',
    'severity.kinds.chat',
    'subscribe.feeds',
    'embed.rows.0.0',
    'embed.rows.1.0',
    'embed.rows.1.2',
    'embed.rows.2.0',
    'embed.rows.3.0',
    'subscribe.programs.0.0',
    'subscribe.programs.1.0',
    'subscribe.programs.2.0',
    'subscribe.programs.3.0',
    'api.types.null',
  ]);
  const english = new Map(stringsOf(en));
  const left = stringsOf(es).filter(
    ([path, text]) => english.get(path) === text && !alike.has(path) && !/^(reports|api\.maintenancePosts)\./.test(path),
  );
  expect(left).toEqual([]);
});
