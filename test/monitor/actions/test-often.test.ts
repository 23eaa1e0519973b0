/** Testing is no way to knock at ports: ten a minute of one person, whichever session or token they ask by. */
import { expect, test } from 'vitest';
import { isRefusal } from '#domain/refusal.ts';
import { MINUTE } from '#domain/time/instant.ts';
import { TESTS_PER_MINUTE, testComponent } from '#monitor/actions/test-component.ts';
import type { Actor } from '#monitor/context.ts';
import { guessLimit } from '#monitor/identity/guess-limit.ts';
import { openConsoleDesk } from '../../support/console-desk.ts';

const by = (kind: Actor['kind'], id: string, name: string): Actor => ({ kind, id, name, from: '192.0.2.1', requestId: null });

test('the eleventh test within a minute is told to wait, by session and tokens together; another person is not', async () => {
  await using desk = await openConsoleDesk('components:\n  - {name: Website, http: https://www.example.com/}\n');
  const tests = guessLimit(desk.clock, TESTS_PER_MINUTE, MINUTE);
  const component = { slug: 'typed', name: 'Typed', tcp: { host: 'target.example', port: 22 } };
  const ask = async (actor: Actor): Promise<string> => {
    const answer = await testComponent({ ...(await desk.context(actor)), tests }, { slug: null, component, author: null });
    return isRefusal(answer) ? answer.code : 'done';
  };
  const codes: string[] = [];
  for (let port = 0; port < 12; port++) codes.push(await ask(by(port % 2 ? 'person' : 'token', `id${port}`, 'Ona Berg')));
  expect(codes.map((code) => code === 'limited')).toEqual([...Array.from({ length: 10 }, () => false), true, true]);
  expect(await ask(by('person', 'other', 'Adele Kruse'))).not.toBe('limited');
  await desk.clock.advance(MINUTE);
  expect(await ask(by('person', 'id', 'Ona Berg'))).not.toBe('limited');
});
