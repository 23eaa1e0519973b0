import { expect, test } from 'vitest';
import { plainLine } from '#monitor/core/log.ts';

const line = (msg: string, facts: object = {}): string =>
  plainLine(JSON.stringify({ level: 40, time: '2026-11-23T14:02:10.000Z', pid: 1, hostname: 'h', msg, ...facts }));

test('a person at a terminal reads time, level, words and facts', () => {
  expect(line('The store is full.', { queued: 120, cause: { code: 'X' } })).toBe(
    '14:02:10 warning: The store is full. (queued 120, cause {"code":"X"})\n',
  );
});

test('nothing in a message or fact moves the cursor, turns the text or begins another line', () => {
  const told = line('a\u001b]0;owned\u0007b', { cause: 'c\n15:00:00 error: forged', path: '\u202egpj.exe\u009b31m\u2028x' });
  expect(told).toBe(
    '14:02:10 warning: a\\u{1b}]0;owned\\u{7}b (cause c\\u{a}15:00:00 error: forged, path \\u{202e}gpj.exe\\u{9b}31m\\u{2028}x)\n',
  );
});
