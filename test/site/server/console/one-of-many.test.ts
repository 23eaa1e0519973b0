/** Nobody keeps others out of the console: places and streams are shared out. */
import { expect, test } from 'vitest';
import { SYSTEM } from '#monitor/context.ts';
import type { ConsoleRoute } from '#site/server/console/console-route.ts';
import { liveStates } from '#site/server/console/live-states.ts';
import { startConsoleRig } from '../../../support/console-rig.ts';
import { config } from '../../../support/front-rig.ts';
import { define } from '../../../support/recording.ts';
import { verbsOver } from '../../../support/verbs-over.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

test('a viewer whose pages never end keeps nobody else out, and is told to wait', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const slow: ConsoleRoute = {
    method: 'GET',
    pattern: '/admin/slow',
    needs: 'status:read',
    answer: async ({ principal }) => {
      if (principal.kind === 'person' && principal.person.role === 'viewer') await released;
      return { json: {} };
    },
  };
  await using rig = await startConsoleRig([slow], { clock: new VirtualClock(Date.UTC(2026, 10, 27, 14)) });
  const { promise: full, resolve: enough } = Promise.withResolvers<void>();
  let refused = 0;
  const many = Array.from({ length: 30 }, async () => {
    const { status } = await rig.askAs('viewer', '/admin/slow');
    if (status === 429 && ++refused === 20) enough();
    return status;
  });
  await full;
  expect((await rig.askAs('ops', '/admin/slow')).status).toBe(200);
  release();
  expect((await Promise.all(many)).toSorted()).toEqual([
    ...Array.from({ length: 10 }, () => 200),
    ...Array.from({ length: 20 }, () => 429),
  ]);
  expect((await rig.askAs('viewer', '/admin/slow')).status).toBe(200);
});

test('whoever waits is told so after 30 seconds; a place is held until its work is over, and what never began never does', async () => {
  const clock = new VirtualClock(Date.UTC(2026, 10, 27, 14));
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: full, resolve: enough } = Promise.withResolvers<void>();
  let running = 0;
  const began: string[] = [];
  const hanging: ConsoleRoute = {
    method: 'GET',
    pattern: '/admin/hanging/:name',
    needs: 'status:read',
    answer: async ({ params }) => {
      began.push(String(params['name']));
      if (++running === 4) enough();
      await released;
      running--;
      return { json: {} };
    },
  };
  await using rig = await startConsoleRig([hanging], { clock });
  const ask = (role: 'viewer' | 'ops' | 'admin', name: string) => rig.askAs(role, `/admin/hanging/${name}`).then(({ status }) => status);
  const first = [ask('viewer', 'a'), ask('viewer', 'b'), ask('ops', 'c'), ask('ops', 'd')];
  await full;
  const deadlines = clock.waiting;
  const waiting = [ask('admin', 'e'), ask('viewer', 'f')];
  while (clock.waiting < deadlines + 2) await rig.store.read({ sql: 'SELECT 1' });
  await clock.advance(30_000);
  expect(await Promise.all([...first, ...waiting])).toEqual(Array(6).fill(503));
  expect([began.toSorted(), running]).toEqual([['a', 'b', 'c', 'd'], 4]);
  const late = ask('admin', 'g');
  release();
  expect(await late).toBe(200);
  expect([began.toSorted(), running]).toEqual([['a', 'b', 'c', 'd', 'g'], 0]);
});

test('one session reads six streams of states, and others still have theirs', async () => {
  const clock = new VirtualClock(Date.UTC(2026, 10, 27, 14));
  await using rig = await startConsoleRig([], { clock });
  await define(rig.store, [{ slug: 'checkout' }], ['home']);
  const ctx = verbsOver(rig.store, clock, config.policy).components?.(SYSTEM);
  if (!ctx) throw new Error('no components');
  const gone = new AbortController();
  const first = async (session: string): Promise<boolean> => (await liveStates(ctx, {}, session, gone.signal).getReader().read()).done;
  const { viewer, ops } = rig.people.as;
  const ended = await Promise.all(Array.from({ length: 70 }, () => first(viewer.sessionId)));
  expect(ended.filter((done) => !done)).toHaveLength(6);
  expect(await first(ops.sessionId)).toBe(false);
  gone.abort();
});
