import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoText, latencyText, nearText, spanTexts, timeText, zoneText } from '#site/format.ts';
import { en } from '#site/i18n/en/words.ts';
import { wordsOf } from '#site/i18n/words.ts';
import { testSeed } from '../support/seeded.ts';

const afternoon = Date.UTC(2026, 10, 23, 19, 2, 10);

describe('times as people read them', () => {
  test('19:02 UTC on 23 November is 14:02 on the Eastern clock', () => {
    expect(timeText('en', 'America/New_York', afternoon, 'seconds')).toBe('14:02:10');
    expect(timeText('en', 'America/New_York', afternoon, 'weekday')).toBe('Monday 23 November');
    expect(timeText('en', 'America/New_York', afternoon, 'exact')).toBe('23 Nov 2026, 14:02:10');
    expect(zoneText('en', 'America/New_York', afternoon)).toBe('Eastern Time');
    expect(zoneText('en', 'UTC', afternoon)).toBe('UTC');
  });

  test('midnight is 00:00, not 24:00', () => {
    expect(timeText('en', 'UTC', Date.UTC(2026, 0, 1), 'clock')).toBe('00:00');
  });

  test('a time of today needs no day, a time of yesterday does, by the zone of the page', () => {
    expect(nearText('en', 'America/New_York', afternoon, afternoon + 3_600_000)).toBe('14:02');
    expect(nearText('en', 'America/New_York', afternoon, afternoon + 12 * 3_600_000)).toBe('23 Nov, 14:02');
  });

  test('start and end of a stretch differ to the eye: to the minute, to the second inside one minute', () => {
    const spoken = (start: number, end: number, asOf: number) => spanTexts('en', 'America/New_York', start, end, asOf);
    expect(spoken(afternoon, afternoon + 60_000, afternoon + 90_000)).toEqual(['14:02', '14:03']);
    expect(spoken(afternoon, afternoon + 5_000, afternoon + 90_000)).toEqual(['14:02:10', '14:02:15']);
    const tomorrow = afternoon + 24 * 3_600_000;
    expect(spoken(afternoon, afternoon + 5_000, tomorrow)).toEqual(['23 Nov 2026, 14:02:10', '14:02:15']);
    expect(spoken(afternoon, afternoon + 12 * 3_600_000, tomorrow)).toEqual(['23 Nov, 14:02', '24 Nov, 02:02']);
  });

  test('for machines it is ISO 8601 in UTC, the same as the platform writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (ms) => {
        expect(isoText(ms)).toBe(new Date(ms).toISOString());
      }),
      { numRuns: 300, seed: testSeed(20_261_126) },
    );
  });
});

describe('lengths and figures', () => {
  test.each([
    [0, 'less than a second'],
    [18_000, '18 seconds'],
    [60_000, '1 minute'],
    [124_000, '2 min 4 s'],
    [1_080_000, '18 minutes'],
    [9_000_000, '2 h 30 min'],
    [3_600_000, '1 hour'],
    [86_400_000, '1 day'],
    [100 * 3_600_000, '4 days 4 h'],
  ])('%i ms are "%s"', (ms, words) => {
    expect(en.length(ms)).toBe(words);
  });

  test('a page that is called status is not called so twice', () => {
    expect(en.title('Example')).toBe('Example: status');
    expect(en.title('Harbour Ledger status')).toBe('Harbour Ledger status');
    expect(en.title('Status')).toBe('Status');
  });

  test('a length is cut off, never rounded up: 59 seconds and 999 ms are not a minute', () => {
    expect(en.length(59_999)).toBe('59 seconds');
    expect(en.shortLength(3_599_999)).toBe('59 min');
    expect(en.shortLength(999)).toBe('under 1 s');
  });

  test.each([
    [1_840, '1.8 ms'],
    [104_300, '104 ms'],
    [1_530_000, '1.53 s'],
  ])('%i µs are "%s"', (us, words) => {
    expect(latencyText('en', us)).toBe(words);
  });
});

describe('the sentence of the page', () => {
  const overall = { indicator: 'none', headline: 'operational', down: [], degraded: [], unknown: [], maintenance: [] } as const;

  test.each([
    [overall, [], 'All systems operational.'],
    [{ ...overall, headline: 'down', down: ['API'] }, [], 'API is down.'],
    [{ ...overall, headline: 'down', down: ['API', 'Shop', 'Mail'] }, ['X'], 'API, Shop and Mail are down.'],
    [{ ...overall, headline: 'down', down: ['A', 'B', 'C', 'D'] }, [], 'Four components are down.'],
    [{ ...overall, headline: 'all_down', down: ['A', 'B'] }, [], 'Everything critical is down.'],
    [{ ...overall, headline: 'degraded', degraded: ['API'] }, [], 'API is degraded.'],
    [{ ...overall, headline: 'degraded', degraded: ['API'] }, ['Shop'], 'Looking into Shop: the last check failed.'],
    [{ ...overall, headline: 'partly_unknown', unknown: ['Mail'] }, [], 'No trouble seen, but the state of Mail is unknown.'],
    [{ ...overall, headline: 'unknown', unknown: ['Mail'] }, [], 'The state is unknown: nothing was measured lately.'],
  ] as const)('%j with %j says "%s"', (state, investigating, sentence) => {
    expect(en.headline(state, investigating, true)).toBe(sentence);
  });

  test('before the first check it says so, and with nothing to watch that as well', () => {
    expect(en.headline({ ...overall, headline: 'unknown', unknown: ['A'] }, [], false)).toBe('The first checks are running.');
    expect(en.headline({ ...overall, headline: 'unknown', unknown: ['Backup'] }, [], false, true)).toBe(
      'Waiting for the first heartbeat of Backup.',
    );
    expect(en.headline({ ...overall, headline: 'unknown' }, [], false)).toBe('Nothing is watched yet.');
  });

  test('a language without words of its own speaks English', () => {
    expect(wordsOf('xx-YY').states.unknown).toBe('Unknown');
  });
});
