/** From a rendered answer to bytes that can be sent without thinking: entity tag, codings and header lines made once. */
import { createHash } from 'node:crypto';
import { type Coding, compress } from './encoding.ts';
import type { Prepared } from './prepared.ts';
import type { HeaderPairs } from './security-headers.ts';

/** Brotli quality for bytes that live seconds. */
const PAGE_QUALITY = 5;

export interface Unprepared {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly asOf: number;
  /** Brotli quality; default 5, for bytes that live seconds. */
  readonly quality?: number;
}

const entityTag = (body: Uint8Array): string => `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;

export const prepare = async ({ status, headers, body, asOf, quality = PAGE_QUALITY }: Unprepared): Promise<Prepared> => ({
  status,
  headers,
  body,
  ...(await compress(body, quality)),
  etag: entityTag(body),
  asOf,
});

/** One coding of a prepared answer: flat header lists as `writeHead` takes them. */
export interface Variant {
  readonly body: Uint8Array;
  /** The same bytes as a one-byte string, for small ones: Node then writes head and body as one piece, a sixth faster. */
  readonly text: string | null;
  readonly etag: string;
  readonly full: string[];
  readonly notModified: string[];
}
export interface Ready {
  readonly status: number;
  readonly variants: Readonly<Record<Coding, Variant>>;
  /** What it costs to keep, in bytes. */
  readonly weight: number;
}

const MOST_TEXT_BYTES = 64 * 1_024;
const suffixed = (etag: string, suffix: string): string => `${etag.slice(0, -1)}${suffix}"`;
/** RFC 9110 15.4.5: these go with a 304, the rest would describe a body that is not sent. */
const WITH_304 = new Set(['cache-control', 'vary', 'access-control-allow-origin', 'etag']);

/** Joins the prepared bytes with the headers of every answer. */
export const ready = (prepared: Prepared, always: HeaderPairs): Ready => {
  const variant = (body: Uint8Array, coding: Coding): Variant => {
    const etag = coding === 'identity' ? prepared.etag : suffixed(prepared.etag, coding === 'gzip' ? '-g' : '-b');
    const own: [string, string][] = [...Object.entries(prepared.headers), ['ETag', etag]];
    const common = always.map(([name, value]): [string, string] => [name, value]);
    const coded: [string, string][] = coding === 'identity' ? [] : [['Content-Encoding', coding]];
    return {
      body,
      text: body.byteLength <= MOST_TEXT_BYTES ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1') : null,
      etag,
      full: [...own, ...coded, ['Content-Length', String(body.byteLength)], ...common].flat(),
      notModified: [...own.filter(([name]) => WITH_304.has(name.toLowerCase())), ...common].flat(),
    };
  };
  const identity = variant(prepared.body, 'identity');
  const gzip = prepared.gzip ? variant(prepared.gzip, 'gzip') : identity;
  const br = prepared.brotli ? variant(prepared.brotli, 'br') : gzip;
  const weight = 4_096 + 2 * (prepared.body.byteLength + (prepared.gzip?.byteLength ?? 0) + (prepared.brotli?.byteLength ?? 0));
  return { status: prepared.status, variants: { identity, gzip, br }, weight };
};

/** Whether an If-None-Match field names `etag` (weak comparison, RFC 9110 13.1.2). */
export const names = (ifNoneMatch: string, etag: string): boolean => {
  if (ifNoneMatch === etag) return true;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
};
