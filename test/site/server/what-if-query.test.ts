import { describe, expect, test } from 'vitest';
import type { Instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import { asksWhatIf, readWhatIf } from '#site/server/what-if-query.ts';

const read = (query: string) => readWhatIf(new URLSearchParams(query), 'America/New_York');
const faultOf = (query: string): string => {
  const answer = read(query);
  return 'fault' in answer ? answer.fault : 'none';
};

describe('the form under a report', () => {
  test('an untouched form asks nothing', () => {
    const untouched = new URLSearchParams('move=&move-from=&move-to=&announce-from=&down=&target=&unknown=');
    expect([asksWhatIf(untouched), readWhatIf(untouched, 'UTC')]).toEqual([false, { changes: [] }]);
    expect(asksWhatIf(new URLSearchParams('revision=2'))).toBe(false);
  });
  test('announcements are dropped, each by its id', () => {
    expect(read('drop=a&drop=b')).toEqual({
      changes: [
        { kind: 'drop_announcement', id: 'a' },
        { kind: 'drop_announcement', id: 'b' },
      ],
    });
  });
  test('times are those of the contract: 10:00 in New York in October is 14:00 UTC, in November 15:00', () => {
    const startOf = (query: string): string => {
      const answer = read(query);
      const [change] = 'changes' in answer ? answer.changes : [];
      return isoOf((change as { start: Instant }).start);
    };
    expect(startOf('move=a&move-from=2026-10-10T10:00&move-to=2026-10-10T12:00')).toBe('2026-10-10T14:00:00.000Z');
    expect(startOf('down=app&down-from=2026-11-10T10:00&down-to=2026-11-10T12:00')).toBe('2026-11-10T15:00:00.000Z');
  });
  test('a window that is added was announced long before', () => {
    const answer = read('announce-from=2026-10-10T10:00&announce-to=2026-10-10T12:00');
    expect(answer).toMatchObject({ changes: [{ kind: 'add_announcement', components: '*' }] });
  });
  test.each([
    ['99.9', 999_000],
    ['99,95', 999_500],
    ['99.9999 %', 999_999],
    ['100', 1_000_000],
    ['0', 0],
  ])('a promise of %s is %i ppm', (text, targetPpm) => {
    expect(read(`target=${encodeURIComponent(text)}`)).toEqual({ changes: [{ kind: 'target_ppm', targetPpm }] });
  });
  test.each([
    ['target=high', '"high" is no promise; write a percentage with at most four decimals, like 99.9.'],
    ['target=99.99999', '"99.99999" is no promise; write a percentage with at most four decimals, like 99.9.'],
    ['target=-1', '"-1" is no promise; write a percentage with at most four decimals, like 99.9.'],
    ['move=a', 'Give both times of the moved announcement.'],
    ['move=a&move-from=2026-10-10T10:00', 'Give both times of the moved announcement.'],
    ['move-from=2026-10-10T10:00&move-to=2026-10-10T12:00', 'Choose which announcement is moved.'],
    ['down-from=2026-10-10T10:00&down-to=2026-10-10T12:00', 'Choose which component is down.'],
    ['down=app&down-from=2026-10-10T10:00&down-to=2026-10-10T10:00', 'The times of the added downtime end before they begin.'],
    ['announce-from=2026-02-30T10:00&announce-to=2026-03-01T10:00', '"2026-02-30T10:00" is no time; write it like 2026-10-10T14:00.'],
    ['announce-from=2026-10-10T24:00&announce-to=2026-10-11T10:00', '"2026-10-10T24:00" is no time; write it like 2026-10-10T14:00.'],
    ['unknown=maybe', 'What was not measured is left out, counts as down or counts as up.'],
  ])('%s is answered with what is missing', (query, sentence) => {
    expect(faultOf(query)).toBe(sentence);
  });
});
