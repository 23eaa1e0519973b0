/**
 * What `dist/server/entry.mjs` exports: one function that renders a page. `locals` carries the view, so no page ever
 * reads a store or a clock. A fault while rendering rejects, it does not become an error page: the front then keeps
 * serving the last good bytes.
 */
import { createApp } from 'astro/app/entrypoint';
import type { PageLocals } from './prepared.ts';

const app = createApp({ streaming: false });

/** Renders the page whose route matches the request's path; a path without a page renders `404.astro` with status 404. */
export const render = async (request: Request, locals: PageLocals): Promise<Response> => {
  const routeData = app.match(request);
  const answer = await app.render(request, routeData ? { locals, routeData } : { locals });
  if (answer.status >= 500)
    throw new Error(`the page ${new URL(request.url).pathname} could not be rendered; see the log above for the fault`);
  return answer;
};
