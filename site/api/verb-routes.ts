/**
 * A room of verbs over avow.sock: `POST /{verb}` with a JSON body, and `GET` for each view. An answer is 200, or 201 when something was made;
 * a refusal is a problem document (403, 404, 409, 422 or 429) with its code and facts.
 */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { problem, problemOfRefusal } from '#domain/problem.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { PROBLEM_TYPE } from './problem.ts';
import { type Given, OWNER_ASKS, type Room } from './room.ts';
import type { Verbs } from './verbs.ts';

const sorry = (status: number, title: string, detail: string): Response =>
  new Response(JSON.stringify(problem(status, title, detail)), {
    status,
    headers: { 'Content-Type': PROBLEM_TYPE, 'Cache-Control': 'no-store' },
  });

/** A refusal as a problem document with its code and facts. */
export const answerOfRefusal = (
  refusal: Refusal,
): { readonly status: number; readonly body: string; readonly headers: readonly (readonly [string, string])[] } => {
  const said = problemOfRefusal(refusal);
  const { status } = said;
  const wait = status === 429 ? said.facts['retryAfterS'] : null;
  return {
    status,
    body: JSON.stringify(said),
    headers: typeof wait === 'number' ? [['Retry-After', String(wait)]] : [],
  };
};
const refused = (refusal: Refusal): Response => {
  const { status, body, headers } = answerOfRefusal(refusal);
  return new Response(body, {
    status,
    headers: { ...Object.fromEntries(headers), 'Content-Type': PROBLEM_TYPE, 'Cache-Control': 'no-store' },
  });
};

/** The room's verbs and views for whoever can open the socket. */
export const verbRoutes = ({ verbs: known, views, acting, mostBytes }: Room, verbs: Verbs): Hono => {
  const app = new Hono();
  for (const [path, { show }] of Object.entries(views))
    app.get(path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
      const ctx = acting(verbs, OWNER_ASKS);
      if (ctx === null) return c.notFound();
      const shown = await show(ctx, { ...c.req.query(), ...(c.req.param() as Given) });
      return isRefusal(shown) ? refused(shown) : c.json(shown);
    });
  for (const [name, verb] of Object.entries(known))
    app.post(
      `/${name}`,
      bodyLimit({ maxSize: mostBytes, onError: () => sorry(413, 'Too large', `A request may have ${mostBytes} bytes. Shorten the text.`) }),
      async (c) => {
        const ctx = acting(verbs, OWNER_ASKS);
        if (ctx === null) return c.notFound();
        let asked: unknown;
        try {
          asked = JSON.parse(await c.req.text());
        } catch {
          return sorry(400, 'Not JSON', 'The request is not JSON. Use the avow command of the same version.');
        }
        const answer = await verb.run(ctx, asked);
        return isRefusal(answer) ? refused(answer) : c.json(answer, verb.creates ? 201 : 200);
      },
    );
  app.onError((cause) => sorry(500, 'Internal error', cause instanceof Error ? cause.message : String(cause)));
  return app;
};
