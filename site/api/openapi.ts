/**
 * The OpenAPI 3.1 document, generated from the schemas by which parameters and requests are judged and answers are tested. Every answer
 * that is no document is a problem document.
 */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiDocument } from './document.ts';
import { PROBLEM_TYPE, problemSchema, refusalSchema } from './problem.ts';
import { STREAM_TYPE } from './streamed.ts';
import type { Operation } from './v1/operations.ts';

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

const BEARER = 'token';
const SESSION = 'session';
const denied = (description: string) => ({ description, content: { [PROBLEM_TYPE]: { schema: refusalSchema } } });
const progressLine = z
  .strictObject({
    type: z.literal('progress'),
    progress: z.strictObject({ message: z.string(), done: z.number().int(), total: z.number().int() }),
  })
  .openapi('ProgressLine');
const refusedLine = z.strictObject({ type: z.literal('refused'), problem: refusalSchema }).openapi('RefusedLine');
const failedLine = z.strictObject({ type: z.literal('failed'), message: z.string() }).openapi('FailedLine');
/** Of a stream whose report is of that shape. */
export const lineOf = (report: z.ZodType) =>
  z.union([progressLine, z.strictObject({ type: z.literal('report'), report }), refusedLine, failedLine]);

/** What may be sent, by the schema that judges it; what a verb judges further stands in its refusal. */
const requestOf = (schema: z.ZodType): object => {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-2020-12' });
  return rest;
};
const scopesOf = ({ needs }: Operation): readonly string[] =>
  needs === undefined ? [] : typeof needs === 'string' ? [needs] : needs.either;

const operationOf = (of: Operation) => {
  const scopes = scopesOf(of);
  const { method, path, name, tag, summary, shape, schema, params, query, creates, long } = of;
  const answered = shape?.schema ?? z.never();
  const done = long
    ? {
        description: 'One JSON document a line; the last is the report, or says why there is none.',
        content: { [STREAM_TYPE]: { schema: lineOf(answered) } },
      }
    : { description: summary, content: { 'application/json': { schema: answered } } };
  return {
    method: method === 'GET' ? ('get' as const) : ('post' as const),
    path,
    operationId: `${method === 'GET' ? 'see' : 'do'}.${path.slice('/api/v1/'.length).replaceAll(/[{}]/g, '').replaceAll('/', '.')}`,
    tags: [tag],
    summary,
    description: `${name}. Scope: ${scopes.join(', or ')}${scopes.length > 1 ? ', depending on what is asked' : ''}.`,
    security: [{ [BEARER]: [...scopes] }, { [SESSION]: [] }],
    'x-scopes': scopes,
    request: {
      ...(params ? { params } : {}),
      ...(query ? { query } : {}),
      ...(method === 'POST' && schema ? { body: { required: true, content: { 'application/json': { schema: requestOf(schema) } } } } : {}),
    },
    responses: {
      [creates ? 201 : 200]: done,
      401: refused('Nobody is signed in, or the token opens nothing.'),
      403: denied('The scope or the role is missing (`needs` names it), or no page of the console sent it.'),
      429: refused('Too much at once; Retry-After says how many seconds to wait.'),
      503: refused('The store is out of reach; nothing was changed.'),
      ...(schema || params || query
        ? {
            404: denied('There is no such thing.'),
            409: denied('It contradicts what is there.'),
            422: denied('It is not as it must be; code and facts say what is wrong.'),
          }
        : {}),
      ...(method === 'POST'
        ? {
            400: refused('The body is not JSON.'),
            413: refused('The body is longer than this verb takes.'),
            415: refused('The body does not say that it is JSON.'),
          }
        : {}),
    },
  };
};

/** `origin`: what stands before every path. `operations`: what takes a token or a session. */
export const openApi = (documents: readonly ApiDocument[], origin: string, operations: readonly Operation[] = []): OpenApi => {
  const app = new OpenAPIHono();
  for (const one of documents) app.openAPIRegistry.registerPath(routeOf(one));
  if (operations.length > 0) {
    app.openAPIRegistry.registerComponent('securitySchemes', BEARER, {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'sp_<id>_<secret>',
      description: 'Made in the console or by avow token, with scopes and an end. Cookies are ignored beside it.',
    });
    app.openAPIRegistry.registerComponent('securitySchemes', SESSION, {
      type: 'apiKey',
      in: 'cookie',
      name: '__Host-sid',
      description: 'The session of the console. A change needs X-Form-Token of the session, and an origin that is ours.',
    });
  }
  for (const one of operations)
    app.openAPIRegistry.registerPath(operationOf(one) as unknown as Parameters<typeof app.openAPIRegistry.registerPath>[0]);
  const tags = [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name, description: 'With a token or a session.' }));
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
      ...tags,
    ],
  });
};
