/** `http`: one request to one URL, and what its answer must be. */
import { z } from 'zod';
import type { HttpDefinition } from '#domain/check/check-definition.ts';
import { headerAssertions, jsonAssertions, statuses, textAssertions, tlsFields } from './assertion-fields.ts';
import { type BuildTools, checkKind } from './check-kind.ts';
import { oneOf, text, wholeNumber } from './fields.ts';
import { documented } from './leaf.ts';
import { ownPortFault, targetUrl } from './target.ts';

const NO_BODY = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Headers that frame the message; the probe sets them itself. */
const OWN_HEADERS = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export const expectSchema = z.strictObject({
  status: documented(statuses(), 'Accepted statuses: a number, a range, or a list of them. A redirect that is followed does not count.'),
  headers: documented(headerAssertions(), 'What headers must hold; text alone is the name of a header that must be there.'),
  body: documented(textAssertions(), 'What the body must hold; text alone must occur.'),
  json: documented(jsonAssertions(), 'What the body must hold as JSON; text alone is a path that must find something.'),
});

const httpSchema = z.strictObject({
  url: documented(targetUrl(), 'Where to send the request; http or https. `${NAME}` may stand in the query.'),
  method: documented(oneOf('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS').prefault('GET'), 'Method of the request.'),
  headers: documented(
    z.record(z.string(), text(8_192, { empty: true, secret: true })).prefault({}),
    'Headers to send. `${NAME}` stands for a secret.',
  ),
  body: documented(
    text(65_536, { lines: true, empty: true, secret: true }).optional(),
    'Body to send. `${NAME}` stands for a secret.',
    'none',
  ),
  redirects: documented(wholeNumber(0, 10).prefault(5), 'How many redirects are followed; each hop is checked like the first.'),
  expect: documented(expectSchema.prefault({}), 'What the answer must be.', 'status 200-299'),
  tls: documented(z.strictObject(tlsFields).prefault({}), 'What the certificate must be (https).', 'verified'),
});

const build = (fields: Partial<z.output<typeof httpSchema>>, tools: BuildTools): HttpDefinition | null => {
  const { url, method, headers, redirects, expect, tls } = fields;
  const report = (place: readonly (string | number)[], predicate: string, at?: 'key') =>
    tools.report([...tools.path, ...place], predicate, at);
  for (const name of Object.keys(headers ?? {})) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/.test(name))
      report(['headers', name], 'is not a header name; use letters, digits and "-"', 'key');
    else if (OWN_HEADERS.has(name.toLowerCase())) report(['headers', name], 'is set by the probe itself; remove it', 'key');
  }
  if (fields.body !== undefined && method !== undefined && NO_BODY.has(method))
    report(['body'], `can not go with ${method}; set "method" to POST, PUT or PATCH`, 'key');
  for (const [index, one] of (expect?.body ?? []).entries())
    if (Object.values(one).every((part) => part === undefined))
      report(['expect', 'body', index], 'asks for nothing; give "contains", "lacks" or "matches"');
  if (url === undefined) return null;
  const target = new URL(url.replace(/\$?\$\{[^}]*\}/g, 'x'));
  const port = target.port === '' ? (target.protocol === 'https:' ? 443 : 80) : Number(target.port);
  const own = ownPortFault(target.hostname, port, tools.ownPorts);
  if (own) report(['url'], own);
  if (method === undefined || headers === undefined || redirects === undefined || expect === undefined || tls === undefined) return null;
  return {
    kind: 'http',
    url,
    method,
    headers,
    body: fields.body ?? null,
    maxRedirects: redirects,
    expectStatus: expect.status,
    expectHeaders: expect.headers,
    expectBody: expect.body,
    expectJson: expect.json,
    tls: { verify: tls.verify, expiresInDays: tls.expires_in_days },
  };
};

export const httpKind = checkKind({
  doc: 'A request over HTTP or HTTPS.',
  shorthand: 'http: https://www.example.com/',
  schema: httpSchema,
  expand: (url) => ({ url }),
  build,
});
