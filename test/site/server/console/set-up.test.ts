/** The page of the link to the first admin, asked by whoever guesses: opening it is a guess, as sending its form is. */
import { expect, test } from 'vitest';
import { createIdentity } from '#monitor/identity/identity.ts';
import { entryRoutes } from '#site/server/console/entry-routes.ts';
import { contextWith, startRig } from '../../../support/front-rig.ts';
import { CHEAP, PASSWORD } from '../../../support/people-desk.ts';
import { ask } from '../../../support/raw-http.ts';
import { openTempStore } from '../../../support/temp-store.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

test('opened and sent together it is guessed at five times an hour; then the right one is not told from a wrong one', async () => {
  await using store = await openTempStore();
  const clock = new VirtualClock(Date.UTC(2026, 10, 27, 14));
  const identity = createIdentity({ clock, dataDir: null, key: null, origins: null, cost: CHEAP });
  const { token } = identity.setUp.begin(clock.now());
  await using rig = await startRig({
    clock,
    context: () => contextWith(store, clock),
    console: entryRoutes({ identity, allowRemoteSetUp: false }),
  });
  const origin = `http://127.0.0.1:${rig.port}`;
  const open = (tried: string | null) => ask(rig.port, `/admin/set-up${tried === null ? '' : `?token=${tried}`}`);
  const send = (tried: string) =>
    ask(rig.port, '/admin/set-up', {
      method: 'POST',
      headers: { Origin: origin, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded' },
      body: String(new URLSearchParams({ token: tried, email: 'ada@example.com', name: 'Ada', password: PASSWORD })),
    });
  // Its page tells nobody its address, so that a browser says `null` of the form's origin; elsewhere that is foreign.
  const bare = { Origin: 'null', 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded' };
  const sent = (path: string, headers: Readonly<Record<string, string>>) =>
    ask(rig.port, path, { method: 'POST', headers, body: `token=${token}` });
  expect((await sent('/admin/set-up', bare)).status).toBe(422);
  expect((await sent('/admin/set-up', { ...bare, 'Sec-Fetch-Site': 'cross-site' })).status).toBe(404);
  expect((await sent('/admin/sign-in', bare)).status).toBe(403);
  // Without a token nobody guesses, and the right one counts for nothing.
  for (let i = 0; i < 10; i++) expect([(await open(null)).status, (await open(token)).status]).toEqual([200, 200]);
  expect(String((await open(token)).body)).toContain(token);
  for (let i = 0; i < 3; i++) expect((await open(`${'x'.repeat(42)}${i}`)).status).toBe(200);
  for (let i = 0; i < 2; i++) expect((await send(`${'y'.repeat(42)}${i}`)).status).toBe(404);
  const shut = [await open('z'), await open(token), await send('z'), await send(token)];
  expect(shut.map(({ status }) => status)).toEqual([429, 429, 429, 429]);
  for (const { body } of shut) {
    expect(String(body)).toContain('Those were too many tries. Wait 12 minutes, then try again.');
    expect(String(body)).not.toContain(token);
  }
  await clock.advance(12 * 60_000);
  expect((await send(token)).status).toBe(303);
});
