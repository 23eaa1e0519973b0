import { describe, expect, test } from 'vitest';
import { redactFacts, redactText } from '#domain/redact.ts';

describe('what is about to be logged', () => {
  test.each([
    ['connect to smtp://user:hunter2@mail.example:25 failed', 'connect to smtp://•••@mail.example:25 failed'],
    ['https://only-a-token@example.com/x', 'https://•••@example.com/x'],
    ['Authorization: Bearer abcdef.ghi-jkl', 'Authorization: Bearer •••'],
    ['GET /x?a=1&access_token=abc&b=2', 'GET /x?a=1&access_token=•••&b=2'],
    ['GET /beat/a-token-of-a-job?x', 'GET /beat/•••?x'],
    ['/shared/abc_def.json of /admin/invitations/abc', '/shared/••• of /admin/invitations/•••'],
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw is wrong', 'whsec_••• is wrong'],
    ['sp_a1b2_0123456789012345678901234567890123456789abc', 'sp_a1b2_•••'],
    ['-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----', 'the PRIVATE KEY •••'],
  ])('%s', (text, told) => expect(redactText(text)).toBe(told));

  test('words about secrets, addresses without one and mail addresses stay', () => {
    for (const text of [
      'The key in AVOW_SECRETS_KEY is short; its token was not read.',
      'https://example.com/a?page=2#b',
      'ops@example.com was told by http://127.0.0.1:4321/',
      'Basic checks go on',
    ])
      expect(redactText(text)).toBe(text);
  });

  test('a fact whose name says that it is secret loses its value at any depth, whatever it is; numbers of them stay', () => {
    expect(
      redactFacts({
        path: '/x',
        headers: { Authorization: 'abc', 'Set-Cookie': ['sid=1'], accept: 'text/html' },
        tokens: 3,
        list: [{ webhookSecret: { inside: 'x' } }, 'smtp://u:p@h'],
        password: null,
        cause: Object.assign(new Error('to https://u:p@h/'), { stack: 'Error: to https://u:p@h/' }),
      }),
    ).toEqual({
      path: '/x',
      headers: { Authorization: '•••', 'Set-Cookie': '•••', accept: 'text/html' },
      tokens: 3,
      list: [{ webhookSecret: '•••' }, 'smtp://•••@h'],
      password: null,
      cause: 'Error: to https://•••@h/',
    });
  });

  test('what goes round in circles ends', () => {
    const round: Record<string, unknown> = { name: 'x' };
    round['self'] = round;
    expect(JSON.stringify(redactFacts(round))).toContain('…');
  });
});
