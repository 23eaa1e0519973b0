/**
 * What `dist/server/entry.mjs` exports: one function that renders a page, and what may stand inline in it. `locals` carries the view, so no page ever
 * reads a store or a clock. A fault while rendering rejects, it does not become an error page: the front then keeps
 * serving the last good bytes.
 */
import { createApp } from 'astro/app/entrypoint';
import { decorateScript } from '../client/decorate-script.ts';
import type { InlineAllowance, PageLocals } from './prepared.ts';
import { inlineHash } from './security-headers.ts';

const app = createApp({ streaming: false });
const { csp } = app.manifest;
if (!csp) throw new Error('the pages were built without the hashes of their inline elements; keep security.csp in astro.config.mjs');

// The front writes the policy of every page; nobody reads the one that would be made here, with hashes computed for each page anew.
app.manifest.shouldInjectCspMetaTags = false;

/** Every inline element that the pages may hold: what the build put there, and our one script. Nothing is ever added to it. */
export const allowed: InlineAllowance = {
  scripts: [...new Set([...csp.scriptHashes, inlineHash(decorateScript)])],
  styles: [...new Set(csp.styleHashes)],
};

/** Renders the page whose route matches the request's path; a path without a page renders `404.astro` with status 404. */
export const render = async (request: Request, locals: PageLocals): Promise<Response> => {
  const routeData = app.match(request);
  const answer = await app.render(request, routeData ? { locals, routeData } : { locals });
  if (answer.status >= 500)
    throw new Error(`the page ${new URL(request.url).pathname} could not be rendered; see the log above for the fault`);
  return answer;
};
