/** What may be a secret is written and never read again (P33): what is hidden, what is not, and what `•` stands for when it comes back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { masked, revealed, toldText, unmasked, writtenOut } from '#monitor/config/write-only.ts';

const ENTRY = {
  slug: 'api',
  name: 'API',
  http: {
    url: 'https://api.example.com/health?format=json&k=abcdef123456&k=second-value&token=${KEY}',
    method: 'POST',
    headers: { Authorization: 'Bearer abc', 'X-Team': 'blue canary', Accept: 'text/plain', 'X-Ref': 'Bearer ${TOKEN}' },
    body: '{"password":"hunter2"}',
  },
  interval: '30s',
};

describe('what is hidden', () => {
  test.each([
    ['http.headers.X-Whatever', 'anything at all', '•'],
    ['http.headers.Authorization', 'Bearer ${TOKEN}', 'Bearer ${TOKEN}'],
    ['http.headers.Cookie', 'sid=${A}; key=${B}', 'sid=${A}; key=${B}'],
    ['http.headers.Cookie', 'sid=plain-text; key=${B}', '•'],
    ['http.headers.X', '$${NOT_A_REFERENCE}', '•'],
    ['http.headers.accept', 'text/html', 'text/html'],
    ['http.headers.X', '', ''],
    ['http.url', 'https://a.example/p', 'https://a.example/p'],
    ['http.url', 'https://a.example/p?format=json&v=2', 'https://a.example/p?format=json&v=2'],
    ['http.url', 'https://a.example/p?secretword', 'https://a.example/p?•'],
    ['http.url', 'https://a.example/p?pin=1234&pass=abc', 'https://a.example/p?pin=•&pass=•'],
    ['http.url', 'https://a.example/p?k=${KEY}&sig=abc', 'https://a.example/p?k=${KEY}&sig=•'],
    ['http', 'https://a.example/p?k=LongerThanThat', 'https://a.example/p?k=•'],
    ['http.body', '{"password":"x"}', '•'],
    ['http.body', '{"password":"${P}"}', '{"password":"${P}"}'],
    ['tcp.send', 'AUTH secret', '•'],
    ['ops.webhook.url', 'https://hooks.example.com/T0/B0/xyz', '•'],
    ['ops.webhook.url', '${HOOK}', '${HOOK}'],
    ['heartbeat.token_sha256', 'ab'.repeat(32), '•'],
    ['page.url', 'https://a.example/?k=LongerThanThat', 'https://a.example/?k=LongerThanThat'],
    ['http.expect.body[0].contains', 'ok', 'ok'],
  ])('%s: %j is told as %j', (path, text, told) => {
    expect(toldText(path, text)).toBe(told);
  });
  test('a whole entry, and the sentences about its answers do not repeat it either', () => {
    expect(masked(ENTRY)).toEqual({
      ...ENTRY,
      http: {
        ...ENTRY.http,
        url: 'https://api.example.com/health?format=json&k=•&k=•&token=${KEY}',
        headers: { Authorization: '•', 'X-Team': '•', Accept: 'text/plain', 'X-Ref': 'Bearer ${TOKEN}' },
        body: '•',
      },
    });
    expect(writtenOut('http.headers.X-Team', 'blue canary-in-header')).toEqual(['canary-in-header']);
    expect(writtenOut('http.url', ENTRY.http.url)).toEqual(['abcdef123456', 'second-value']);
    expect(writtenOut('http.body', '{"pass":"hunter2-hunter2","n":1}')).toEqual(['hunter2-hunter2']);
    expect(writtenOut('http.body', 'user=${USER}&pass=hunter2-hunter2')).toEqual([]);
    expect(writtenOut('tcp.send', 'AUTH send-word-9\r\n')).toEqual(['send-word-9']);
  });
});

describe('what comes back', () => {
  test('stays what it was where nothing was typed over it, and is new where something was', () => {
    expect(unmasked(masked(ENTRY), ENTRY)).toEqual(ENTRY);
    const typed = {
      ...masked(ENTRY),
      http: { ...(masked(ENTRY)['http'] as object), headers: { Authorization: 'Bearer new', 'X-Team': '•' } },
    };
    expect(revealed(typed, ENTRY)).toEqual({
      entry: { ...ENTRY, http: { ...ENTRY.http, headers: { Authorization: 'Bearer new', 'X-Team': 'blue canary' } } },
    });
  });
  test('keeps the values of a query by their names, in whatever order', () => {
    const url = 'https://api.example.com/other?new=1&k=•&token=${KEY}&k=•';
    expect(revealed({ http: url }, ENTRY)).toEqual({
      entry: { http: 'https://api.example.com/other?new=1&k=abcdef123456&token=${KEY}&k=second-value' },
    });
  });
  test.each([
    ['another host', 'https://evil.example/health?k=•'],
    ['another port', 'https://api.example.com:8443/health?k=•'],
    ['the same host in the clear', 'http://api.example.com/health?k=•'],
    ['what looks like the host', 'https://api.example.com@evil.example/health?k=•'],
  ])('is not sent to %s', (_, url) => {
    expect(revealed({ ...ENTRY, http: { ...ENTRY.http, url } }, ENTRY)).toMatchObject({
      places: [['http', 'url']],
      predicate: expect.stringContaining('write anew'),
    });
    const { body: __, ...http } = ENTRY.http;
    expect(revealed({ http: { ...http, url: url.replace('?k=•', ''), headers: { 'X-Team': '•' } } }, ENTRY)).toHaveProperty('predicate');
  });
  test('is not sent to another site behind the same address', () => {
    const withHost = (host: object) => ({ ...ENTRY, http: { ...ENTRY.http, headers: { 'X-Team': '•', ...host } } });
    for (const host of [{ Host: 'evil.example' }, { host: 'evil.example' }])
      expect(revealed(withHost(host), ENTRY)).toMatchObject({ predicate: expect.stringContaining('write anew') });
    const before = { ...ENTRY, http: { ...ENTRY.http, headers: { ...ENTRY.http.headers, Host: 'inner.example.com' } } };
    expect(revealed(withHost({ Host: 'evil.example' }), before)).toHaveProperty('predicate');
    expect(revealed(withHost({}), before)).toHaveProperty('predicate');
    expect(revealed(withHost({ host: 'Inner.example.com' }), before)).toHaveProperty('entry.http.headers.X-Team', 'blue canary');
  });
  test('stands for nothing where nothing is known, where nothing was hidden, or in a place of its own', () => {
    const fault = { predicate: expect.stringContaining('there is none to keep') };
    expect(revealed(masked(ENTRY), null)).toMatchObject(fault);
    expect(revealed({ ...ENTRY, http: { ...ENTRY.http, headers: { 'X-Other': '•' } } }, ENTRY)).toMatchObject({
      ...fault,
      places: [['http', 'headers', 'X-Other']],
    });
    expect(revealed({ ...ENTRY, name: '•' }, ENTRY)).toEqual({ entry: { ...ENTRY, name: '•' } });
  });
  test('however deep or odd what was typed is', () => {
    let deep: unknown = '•';
    for (let i = 0; i < 50_000; i++) deep = { a: deep };
    expect(revealed({ http: deep }, ENTRY)).toHaveProperty('entry');
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: false }), (typed) => void revealed(typed, ENTRY)),
      { numRuns: 300, seed: 7 },
    );
  });
});
