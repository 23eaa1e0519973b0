/**
 * Verbs over avow.sock, and wherever else they are mounted: `POST /{verb}` with a JSON body, and `GET` for each view. An answer is 200, or 201 when something was made;
 * a refusal is a problem document (403, 404, 409, 422 or 429) with its code and facts.
 */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { kindOfRefusal, type RefusalKind } from '#domain/refusal-kind.ts';
import type { RequestVerbs } from '#monitor/actions/request-verb.ts';
import { PROBLEM_TYPE, problem } from './problem.ts';

const MOST_BYTES = 64 * 1_024;
const STATUS: Readonly<Record<RefusalKind, readonly [number, string]>> = {
  unknown: [404, 'Not found'],
  conflict: [409, 'Conflict'],
  denied: [403, 'Not allowed'],
  limited: [429, 'Too much at once'],
  invalid: [422, 'Not acceptable as it is'],
};

const sorry = (status: number, title: string, detail: string, more: object = {}): Response =>
  new Response(JSON.stringify({ ...problem(status, title, detail), ...more }), {
    status,
    headers: { 'Content-Type': PROBLEM_TYPE, 'Cache-Control': 'no-store' },
  });

export const refused = (refusal: Refusal): Response => {
  const [status, title] = STATUS[kindOfRefusal(refusal)];
  return sorry(status, title, refusal.message, { code: refusal.code, facts: refusal.facts });
};

/**
 * `context`: what the verbs act on for a request, and who acts; asked anew for each, since the policy may have changed. `views`: path →
 * what is shown there.
 */
export const verbRoutes = <C>(
  context: (request: Context) => C,
  verbs: RequestVerbs<C>,
  views: Readonly<Record<string, (ctx: C) => Promise<object>>>,
  mostBytes = MOST_BYTES,
): Hono => {
  const app = new Hono();
  const known = new Map(Object.entries(verbs));
  for (const [path, view] of Object.entries(views)) app.get(path, async (c) => c.json(await view(context(c))));
  app.post(
    '/:verb',
    bodyLimit({ maxSize: mostBytes, onError: () => sorry(413, 'Too large', `A request may have ${mostBytes} bytes. Shorten the text.`) }),
    async (c) => {
      const verb = known.get(c.req.param('verb'));
      if (!verb) return c.notFound();
      let asked: unknown;
      try {
        asked = JSON.parse(await c.req.text());
      } catch {
        return sorry(400, 'Not JSON', 'The request is not JSON. Use the avow command of the same version.');
      }
      const answer = await verb.run(context(c), asked);
      return isRefusal(answer) ? refused(answer) : c.json(answer, verb.creates ? 201 : 200);
    },
  );
  app.onError((cause) => sorry(500, 'Internal error', cause instanceof Error ? cause.message : String(cause)));
  return app;
};
