/** Pages that need neither store nor renderer still look like the product. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { refusalOf } from '#site/server/answer.ts';
import { refusalPage } from '#site/server/console/refusal-page.ts';
import { NO_SUCH_PAGE } from '#site/server/console/visit.ts';
import { plainPage } from '#site/server/plain-page.ts';

const sheet = readFileSync(new URL('../../../site/style/tokens.css', import.meta.url), 'utf8')
  .replaceAll('var(--brand-hue)', '262')
  .replaceAll('var(--brand-chroma)', '0.11');
const tokensOf = (css: string, name: string): string[] =>
  [...css.matchAll(new RegExp(`--${name}: ?(oklch\\([^)]+\\))`, 'g'))].map(([, value = '']) => value);

test.each(['paper', 'ink', 'ink-soft', 'accent'])('the colour %s is that of the pages, in light and in dark', (name) => {
  const own = tokensOf(plainPage({ title: '', sentences: [] }), name);
  expect(own).toHaveLength(2);
  expect(own).toEqual(tokensOf(sheet, name).slice(0, 2));
});

test('a fault is told to a browser as a page that leads on, escaped, with a policy for its one style and nothing else', () => {
  const { body, policy, status } = refusalOf(503, 'Try <again> in a minute.', 'text/html');
  expect(status).toBe(503);
  expect(String(body)).toContain('<h1>This cannot be shown just now</h1><p>Try &lt;again&gt; in a minute.</p><p><a class="way" href="/">');
  expect(policy).toMatch(/^default-src 'none'; .*style-src 'sha256-[^']+'$/);
  expect(refusalOf(503, 'Try again.', null).body).toBe('This cannot be shown just now. Try again.\n');
});

test('from a page of the console the way leads back into it, whatever the fault', () => {
  for (const status of [403, 404, 422, 429, 503])
    expect(String(refusalOf(status, 'Ask an admin.', 'text/html', 'console').body)).toMatch(
      /<main><h1>.*<a class="way" href="\/admin">To the console<\/a>.*href="\/">Current status<\/a>.*<\/main>/,
    );
  expect(String(refusalOf(403, 'Not so.', 'text/html').body)).not.toContain('href=');
});

test('whoever was sent a link to a report that has ended is told so, and nothing of the console', () => {
  const told = String(refusalPage('/shared/gone', 'text/html', NO_SUCH_PAGE).body);
  expect(told).toContain('This link opens nothing: it is wrong, was taken back, or its time is over. Ask whoever sent it for another.');
  expect(told).not.toMatch(/console/i);
  expect(String(refusalPage('/admin/gone', 'text/html', NO_SUCH_PAGE).body)).toContain('There is no such page in the console.');
});
