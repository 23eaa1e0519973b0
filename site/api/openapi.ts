/**
 * The OpenAPI 3.1 document, generated from the schemas by which parameters are judged and answers are tested. Every answer that is no
 * document is a problem document.
 */
import { createRoute, OpenAPIHono, type z } from '@hono/zod-openapi';
import type { ApiDocument } from './document.ts';
import { PROBLEM_TYPE, problemSchema } from './problem.ts';

export type OpenApi = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

const VERSION = '1';
const DESCRIPTION =
  'What the status page knows, as JSON, without signing in. Documents under /api/v2 have the shape of Statuspage, so that its clients read them; those under /api/v1 are of Avow itself. Every answer is made once per change and may be kept: ask with If-None-Match. Times are ISO 8601 in UTC, lengths are milliseconds.';

const refused = (description: string) => ({ description, content: { [PROBLEM_TYPE]: { schema: problemSchema } } });
const ETAG = { ETag: { schema: { type: 'string' as const }, description: 'Strong; send it back in If-None-Match.' } };

const routeOf = (of: ApiDocument) =>
  createRoute({
    method: 'get',
    path: of.path,
    operationId: of.id,
    tags: [of.path.startsWith('/api/v2/') ? 'Statuspage v2' : 'Avow v1'],
    summary: of.summary,
    description: of.description,
    request: {
      ...(of.params ? { params: of.params } : {}),
      ...(of.query ? { query: of.query } : {}),
    } as { params?: z.ZodObject; query?: z.ZodObject },
    responses: {
      200: { description: of.summary, headers: ETAG, content: { 'application/json': { schema: of.schema } } },
      304: { description: 'Nothing has changed since the answer with that ETag.' },
      ...(of.query ? { 400: refused('A parameter cannot be answered; the document names it.') } : {}),
      ...(of.params ? { 404: refused('There is no such thing, or it is not public.') } : {}),
      405: refused('Documents are read with GET or HEAD.'),
      429: refused('Too many addresses that nobody asked for before; Retry-After says how many seconds to wait.'),
    },
  });

/** `origin`: what stands before every path. */
export const openApi = (documents: readonly ApiDocument[], origin: string): OpenApi => {
  const app = new OpenAPIHono();
  for (const one of documents) app.openAPIRegistry.registerPath(routeOf(one));
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Avow',
      version: VERSION,
      description: DESCRIPTION,
      license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
    },
    servers: [{ url: origin }],
    security: [],
    tags: [
      { name: 'Avow v1', description: 'Announced, effective and used times, bounds and verdict, reasons.' },
      { name: 'Statuspage v2', description: 'The shape of Statuspage, every field.' },
    ],
  });
};
