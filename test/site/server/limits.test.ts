/** The one list of limits, and the page that tells of it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TESTS_PER_MINUTE } from '#monitor/actions/test-component.ts';
import { LIMITS, limitOf } from '#site/server/limits.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

test('docs/api.md tells every limit', () => {
  const page = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8');
  const [, table = ''] = page.split('### Limits');
  const told = [...table.matchAll(/^\| (\d+) \|/gm)].map(([, times]) => Number(times)).sort((a, b) => a - b);
  expect(told).toEqual([...Object.values(LIMITS), TESTS_PER_MINUTE].sort((a, b) => a - b));
});

test('a limit is taken at once, then evenly over the minute, and by each for themselves', () => {
  const clock = new VirtualClock();
  const changes = limitOf(clock, 'change');
  const waits = Array.from({ length: LIMITS.change + 1 }, () => changes.take('ada'));
  expect([waits.filter((wait) => wait === 0).length, waits.at(-1)]).toEqual([LIMITS.change, 1]);
  expect(changes.take('ben')).toBe(0);
});
