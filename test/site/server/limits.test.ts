/** The one list of limits, and the page that tells of it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Person } from '#db/queries/people.ts';
import { TESTS_PER_MINUTE } from '#monitor/actions/test-component.ts';
import { askers } from '#site/server/console/asker.ts';
import { NOBODY } from '#site/server/console/principal.ts';
import { EXPORTS_AN_HOUR, LIMITS, limitOf } from '#site/server/limits.ts';
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

test('a flood of addresses at the files of links takes nobody who has signed in their exports', () => {
  const asker = askers({
    origin: () => 'https://status.example.com',
    localOrigins: () => new Set(),
    client: () => ({ address: '192.0.2.1', key: '192.0.2.1', local: false }),
    clock: new VirtualClock(),
  });
  for (let i = 0; i < 50_100; i++) asker.waitOfExport({ principal: NOBODY, addressKey: `2001:db8:0:${i.toString(16)}::` });
  expect(asker.waitOfExport({ principal: NOBODY, addressKey: '2001:db8:1:1::' })).toBeGreaterThan(0);
  const ada = {
    kind: 'token',
    person: { id: 'ada' } as Person,
    token: { id: 'hers', name: 'hers', scopes: [] },
    permissions: NOBODY.permissions,
  } as const;
  const waits = Array.from({ length: EXPORTS_AN_HOUR + 1 }, () => asker.waitOfExport({ principal: ada, addressKey: '192.0.2.1' }));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(EXPORTS_AN_HOUR);
});
