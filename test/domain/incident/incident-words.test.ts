import { describe, expect, test } from 'vitest';
import { REASONS, type Reason } from '#domain/check/reason.ts';
import { incidentTitle, openedBody, resolvedBody } from '#domain/incident/incident-words.ts';
import { millis } from '#domain/time/instant.ts';

describe('the words of an incident', () => {
  test('say who had to agree, and nothing of repetition where one check or one missing heartbeat is enough', () => {
    const body = (checks: number, locations: number) => openedBody('Shop', 'timeout', { checks, locations });
    expect(body(2, 1)).toContain('did not answer in time. Repeated checks confirm it. We keep');
    expect(body(2, 3)).toContain('did not answer in time. Repeated checks from 3 locations confirm it. We keep');
    expect(body(1, 2)).toContain('did not answer in time. Checks from 2 locations confirm it. We keep');
    expect(body(1, 1)).toContain('did not answer in time. We keep');
    expect(openedBody('Backup', 'beat_missing', { checks: 1, locations: 1 })).toBe(
      'Backup has not reported in: heartbeat missing. We keep waiting and will say when it reports again.',
    );
  });
  test('claim no more than the reason says', () => {
    expect(incidentTitle('Shop', 'tls_expires_soon')).toBe('Shop needs attention: certificate expires soon');
    expect(incidentTitle('Shop', 'tls_expired')).toBe('Shop cannot be reached securely: certificate expired');
    expect(incidentTitle('Backup', 'beat_missing')).toBe('Backup has not reported in: heartbeat missing');
    for (const reason of Object.keys(REASONS) as Reason[]) expect(incidentTitle('Shop', reason)).toMatch(/^Shop [a-z ]+: \S/);
  });
  test('tell a length in its two largest units, cut off', () => {
    expect(resolvedBody('Shop', millis(999))).toContain('down for less than a second.');
    expect(resolvedBody('Shop', millis(93_784_999))).toContain('down for 1 d 2 h.');
  });
});
