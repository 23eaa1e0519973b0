import { describe, expect, test } from 'vitest';
import { REASONS, type Reason } from '#domain/check/reason.ts';
import { incidentTitle, openedBody, resolvedBody } from '#domain/incident/incident-words.ts';
import { millis } from '#domain/time/instant.ts';

describe('the words of an incident', () => {
  test('say who had to agree, and nothing of repetition where one check or one missing heartbeat is enough', () => {
    const body = (checks: number, locations: number) => openedBody('Shop', 'timeout', null, { checks, locations });
    expect(body(2, 1)).toContain('did not answer in time. Repeated checks confirm it. We keep');
    expect(body(2, 3)).toContain('did not answer in time. Repeated checks from 3 locations confirm it. We keep');
    expect(body(1, 2)).toContain('did not answer in time. Checks from 2 locations confirm it. We keep');
    expect(body(1, 1)).toContain('did not answer in time. We keep');
    expect(openedBody('Backup', 'beat_missing', null, { checks: 1, locations: 1 })).toBe(
      'Backup has not reported in: heartbeat missing. We keep waiting and will say when it reports again.',
    );
  });
  test('claim no more than the reason says', () => {
    expect(incidentTitle('Shop', 'tls_expires_soon', 200)).toBe('Shop needs attention: certificate expires soon');
    expect(incidentTitle('Shop', 'tls_expired', null)).toBe('Shop cannot be reached securely: certificate expired');
    expect(incidentTitle('Backup', 'beat_missing', null)).toBe('Backup has not reported in: heartbeat missing');
    for (const reason of Object.keys(REASONS) as Reason[]) expect(incidentTitle('Shop', reason, null)).toMatch(/^Shop [a-z ]+: \S/);
  });
  test('name the HTTP status where it is the reason, and nowhere else', () => {
    expect(incidentTitle('Shop', 'status_unexpected', 503)).toBe('Shop is not answering as it should: unexpected HTTP status 503');
    expect(incidentTitle('Shop', 'status_unexpected', null)).toBe('Shop is not answering as it should: unexpected status');
    expect(incidentTitle('Shop', 'text_missing', 200)).toBe('Shop is not answering as it should: expected text missing');
  });
  test('a job that reports by heartbeats reports again; everything else answers again', () => {
    expect(resolvedBody('Backup', millis(60_000), 'heartbeat')).toBe('Backup reports again. It was down for 1 minute.');
    expect(resolvedBody('Shop', millis(60_000), 'http')).toBe('Shop answers again. It was down for 1 minute.');
  });
  test('tell a length as the pages do: in its two largest units, cut off, written out when it is one', () => {
    const lengths = [999, 1_000, 42_000, 60_000, 200_000, 1_080_000, 1_110_000, 7_200_000, 9_000_000, 7_205_000, 93_784_999, 172_800_000];
    expect(lengths.map((ms) => /down for (.*)\./.exec(resolvedBody('Shop', millis(ms), 'http'))?.[1])).toEqual([
      'less than a second',
      '1 second',
      '42 seconds',
      '1 minute',
      '3 min 20 s',
      '18 minutes',
      '18 minutes',
      '2 hours',
      '2 h 30 min',
      '2 hours',
      '1 d 2 h',
      '2 days',
    ]);
  });
});
