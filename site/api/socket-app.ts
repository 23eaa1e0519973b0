/**
 * What the command line asks of a running server over avow.sock: every room of rooms.ts. Short verbs are asked and answered in one JSON
 * document each (verb-routes.ts), long ones answer a stream (streamed.ts). Whoever can open the socket is the owner of the data folder.
 */

import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { problem } from '#domain/problem.ts';
import type { Told } from '#monitor/actions/long-verb.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { PROBLEM_TYPE } from './problem.ts';
import { OWNER_ASKS } from './room.ts';
import { longDoors, longRooms, rooms } from './rooms.ts';
import { STREAM_TYPE, streamed } from './streamed.ts';
import { verbRoutes } from './verb-routes.ts';
import type { Verbs } from './verbs.ts';

/** Of what lies in no room: a path, at most. */
const MOST_BYTES = 64 * 1_024;

const streaming = (work: (told: Told) => Promise<object>): Response =>
  new Response(streamed(work, { failed: (cause) => (cause instanceof Error ? cause.message : String(cause)) }), {
    headers: { 'Content-Type': STREAM_TYPE, 'Cache-Control': 'no-store' },
  });

export const createSocketApp = (verbs: Verbs): Hono => {
  const app = new Hono();
  app.use('*', async (c, next) => {
    await next();
    if (c.req.method === 'POST' && c.res.ok) verbs.changed();
  });
  app.get('/healthz', (c) => c.text('alive\n'));
  const asked = (c: Context): Promise<unknown> => c.req.json().catch(() => null);
  for (const { path, work } of longDoors) {
    const does = work(verbs);
    if (does)
      app.post(path, bodyLimit({ maxSize: MOST_BYTES }), async (c) => {
        const request = await asked(c);
        return streaming((told) => does(request, told, SOCKET_OWNER));
      });
  }
  for (const { path, verbs: own, acting, mostBytes } of longRooms)
    for (const [name, verb] of Object.entries(own))
      app.post(`${path}/${name}`, bodyLimit({ maxSize: mostBytes }), async (c) => {
        const ctx = acting(verbs, OWNER_ASKS);
        if (ctx === null) return c.notFound();
        const request = await asked(c);
        return streaming((told) => verb.run(ctx, request, told));
      });
  for (const room of rooms) app.route(room.path, verbRoutes(room, verbs));
  app.notFound(
    () =>
      new Response(JSON.stringify(problem(404, 'Not found', 'This Avow knows no such verb. Use the avow command of the same version.')), {
        status: 404,
        headers: { 'Content-Type': PROBLEM_TYPE },
      }),
  );
  return app;
};
