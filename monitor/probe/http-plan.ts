/**
 * What is worked out once per HTTP definition rather than per probe: the first hop, the headers to send, the judges.
 * Also the rules of a redirect. Throws an Error with a sentence for a definition that cannot be sent at all.
 *
 * Redirects: 301, 302, 303, 307, 308 with a Location are followed up to `maxRedirects`, each hop vetted anew. Only http
 * and https. Leaving the origin (https to http is leaving) drops every configured header except the harmless ones, since any
 * may be a secret, and a body is never sent to another origin. https to http itself is followed, as a browser does.
 */
import {
  type HeaderJudge,
  headerJudge,
  type JsonJudge,
  jsonJudge,
  type Mismatch,
  type TextJudge,
  textJudge,
} from '#domain/check/assertion.ts';
import type { HttpDefinition } from '#domain/check/check-definition.ts';
import { excerpt } from '#domain/check/excerpt.ts';
import { matchers } from './matchers.ts';

export interface Hop {
  readonly origin: string;
  readonly secure: boolean;
  /** As the URL rules spell it, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly url: string;
  readonly method: HttpDefinition['method'];
  /** Name, value, name, value. */
  readonly headers: readonly string[];
  readonly body: string | null;
}

export interface HttpPlan {
  readonly first: Hop;
  readonly headers: readonly HeaderJudge[];
  readonly body: readonly TextJudge[];
  readonly json: readonly JsonJudge[];
  /** The body is kept only when somebody asks about it. */
  readonly needsBody: boolean;
}

const DEFAULTS: Readonly<Record<string, string>> = {
  'user-agent': 'Avow/0.1 (status monitor)',
  accept: '*/*',
  'accept-encoding': 'identity',
};
/** Framing and connection are ours: one request, one connection, no upgrade. */
const OURS = new Set([
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'keep-alive',
  'expect',
  'te',
  'trailer',
  'accept-encoding',
]);
/** May follow a redirect to another origin. */
const HARMLESS = new Set(['user-agent', 'accept', 'accept-language']);

const hop = (url: URL, method: Hop['method'], headers: readonly string[], body: string | null): Hop => ({
  origin: url.origin,
  secure: url.protocol === 'https:',
  host: url.hostname.replace(/^\[|\]$/g, ''),
  port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
  path: `${url.pathname}${url.search}`,
  url: `${url.origin}${url.pathname}`,
  method,
  headers,
  body,
});

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const firstHeaders = (definition: HttpDefinition, url: URL): string[] => {
  const merged = new Map<string, string>(Object.entries(DEFAULTS));
  if (url.username !== '' || url.password !== '')
    merged.set('authorization', `Basic ${Buffer.from(`${decoded(url.username)}:${decoded(url.password)}`).toString('base64')}`);
  for (const [name, value] of Object.entries(definition.headers)) {
    const key = name.toLowerCase();
    if (OURS.has(key)) throw new Error(`the header ${excerpt(name)} is set by Avow and cannot be configured`);
    merged.set(key, value);
  }
  return [...merged].flat();
};

const plans = new WeakMap<HttpDefinition, HttpPlan>();

export const planOf = (definition: HttpDefinition): HttpPlan => {
  const known = plans.get(definition);
  if (known) return known;
  if (!URL.canParse(definition.url)) throw new Error('the URL cannot be read');
  const url = new URL(definition.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error(`an HTTP check cannot use ${excerpt(url.protocol)}`);
  const fresh: HttpPlan = {
    first: hop(url, definition.method, firstHeaders(definition, url), definition.body),
    headers: definition.expectHeaders.map((assertion) => headerJudge(assertion, matchers)),
    body: definition.expectBody.map((assertion) => textJudge(assertion, matchers)),
    json: definition.expectJson.map((assertion) => jsonJudge(assertion, matchers)),
    needsBody: definition.expectBody.length + definition.expectJson.length > 0,
  };
  plans.set(definition, fresh);
  return fresh;
};

export const isRedirect = (status: number): boolean =>
  status === 301 || status === 302 || status === 303 || status === 307 || status === 308;

const refused = (detail: string): Mismatch => ({ reason: 'redirect_refused', detail });

/** Header bytes arrive as Latin-1; what browsers read in a Location is UTF-8. */
const asUtf8 = (text: string): string => (/^[\x20-\x7e]*$/.test(text) ? text : Buffer.from(text, 'latin1').toString('utf8'));

/** Where a redirect leads, or why it is not followed. `received`: the Location, as the parser gave it. */
export const nextHop = (from: Hop, status: number, received: string): Hop | Mismatch => {
  const location = asUtf8(received);
  if (!URL.canParse(location, from.origin + from.path))
    return refused(`The redirect to "${excerpt(location, 60)}" cannot be read as an address.`);
  const url = new URL(location, from.origin + from.path);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return refused(`The redirect to a ${excerpt(url.protocol, 20)} address is not followed.`);
  const away = url.origin !== from.origin;
  const toGet = from.method !== 'HEAD' && (status === 303 || ((status === 301 || status === 302) && from.method === 'POST'));
  if (away && !toGet && from.body !== null)
    return refused(`The redirect would send the request's body to ${excerpt(url.origin, 60)}; it is not followed.`);
  const keep = (name: string): boolean =>
    (!away || HARMLESS.has(name) || name === 'accept-encoding') && !(toGet && name.startsWith('content-'));
  const headers = from.headers.filter((_, i) => keep(from.headers[i - (i % 2)] ?? ''));
  return hop(url, toGet ? 'GET' : from.method, headers, toGet ? null : from.body);
};
