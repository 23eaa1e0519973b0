/** An address that opens something by itself: no log keeps it, and no other page learns that somebody came from there (P33). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#monitor/clock.ts';
import type { Log } from '#monitor/context.ts';
import type { ConsoleRoute } from '#site/server/console/console-route.ts';
import { consoleRoutes } from '#site/server/console/console-routes.ts';
import { isSecretAddress, loggedPath } from '#site/server/logged-path.ts';
import { type ConsoleRig, startConsoleRig } from '../../support/console-rig.ts';
import { ask } from '../../support/raw-http.ts';

const SECRET = 'canary-SECRET-abcdefghijklmnopqrstuvwxyz012';

describe('the path that a log keeps', () => {
  test.each([
    ['/', '/'],
    ['/components/checkout?range=7d', '/components/checkout'],
    [`/admin/invitations/${SECRET}`, '/admin/invitations/•••'],
    [`/admin/%69nvitations/${SECRET}?x`, '/admin/invitations/•••'],
    [`/Admin/Invitations/${SECRET}`, '/admin/invitations/•••'],
    [`/shared/${SECRET}.json`, '/shared/•••'],
    ['/shared/cut-short', '/shared/•••'],
    ['/beat/a-token', '/beat/•••'],
    [`/admin/set-up?token=${SECRET}`, '/admin/set-up'],
    [`/admin/sign-in?next=%2Fshared%2F${SECRET}`, '/admin/sign-in'],
    [`/elsewhere/${SECRET}/x`, '/elsewhere/•••/x'],
    [`/${'x/'.repeat(85)}${SECRET}`, `/${'x/'.repeat(85)}•••`],
    ['/%E0%A4%A', '/%E0%A4%A'],
  ])('%s', (url, path) => expect(loggedPath(url)).toBe(path));
});

describe('over the wire', () => {
  const lines: string[] = [];
  const line = (message: string, facts: object = {}): void => void lines.push(`${message} ${JSON.stringify(facts)}`);
  const log: Log = { debug: line, info: line, warn: line, error: line };
  /** Stands for everything that routes are made with: every answer is a fault here. */
  const anything: unknown = new Proxy(() => anything, { get: (_, key) => (key === 'then' ? undefined : anything) });
  let rig: ConsoleRig;
  beforeAll(async () => {
    const routes = consoleRoutes(anything as Parameters<typeof consoleRoutes>[0]).map(
      (route): ConsoleRoute => ({ ...route, answer: () => Promise.reject(new Error('a fault of ours')) }),
    );
    let us = 0;
    const clock = { ...systemClock, monotonicUs: () => (us += 60_000_000) };
    rig = await startConsoleRig(routes, { clock, log, onBeat: () => Promise.reject(new Error('a fault of ours')) });
  });
  afterAll(() => rig[Symbol.asyncDispose]());

  /** Addresses of every route whose pattern names a secret, whatever its file. */
  const addresses = (): string[] =>
    rig.front.routes
      .filter(({ pattern }) => /:(?:secret|token|key)\b|43/.test(pattern))
      .flatMap(({ pattern }) => [pattern.replace(/:\w+(?:\{.*\})?$/, SECRET), pattern.replace(/:\w+(?:\{.*\})?$/, `${SECRET}.json`)]);

  test('no address of a route that holds a secret is in a log, whatever is asked of it, and none is told to another page', async () => {
    const all = [...new Set(addresses()), `/admin/set-up?token=${SECRET}`];
    expect(all.filter((address) => !isSecretAddress(address))).toEqual([]);
    expect(all.length).toBeGreaterThan(6);
    const headers = { Origin: rig.origin, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded' };
    const statuses = new Set<number>();
    for (const address of all)
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']) {
        for (const more of [{}, { Origin: 'https://elsewhere.example' }]) {
          const body = method === 'POST' ? `password=${SECRET}` : undefined;
          const answer = await ask(rig.port, address, { method, headers: { ...headers, ...more }, ...(body && { body }) });
          statuses.add(answer.status);
          if (address.startsWith('/admin/') || address.startsWith('/shared/'))
            expect([method, address, answer.headers['referrer-policy']]).toEqual([method, address, 'no-referrer']);
        }
      }
    expect([...statuses]).toEqual(expect.arrayContaining([403, 405, 500, 503]));
    await rig.front.close(0);
    expect(lines.filter((one) => one.startsWith('The console could not answer.')).length).toBeGreaterThan(5);
    expect(lines.filter((one) => one.startsWith('A request was answered.')).length).toBeGreaterThan(50);
    expect(lines.filter((one) => one.includes('canary') || one.includes(SECRET.slice(0, 20)))).toEqual([]);
  });
});
