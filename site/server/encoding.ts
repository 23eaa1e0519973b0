/**
 * Content codings: which one a client prefers (RFC 9110 12.5.3), and bytes compressed once. Brotli wins a tie, then
 * gzip. Quality 5 of brotli costs about as much as gzip 6 and is smaller: a page is rendered again every few seconds.
 */
import { promisify } from 'node:util';
import zlib from 'node:zlib';

export type Coding = 'identity' | 'gzip' | 'br';
const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

/** Under this a compressed answer saves no packet. */
const WORTH_BYTES = 512;

const weigh = (header: string): Coding => {
  const weights = new Map<string, number>();
  for (const part of header.split(',')) {
    const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
    const q = parameters.map((p) => /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/.exec(p)?.[1]).find((value) => value !== undefined);
    const weight = q === undefined ? 1 : Number(q);
    weights.set(name.trim() === 'x-gzip' ? 'gzip' : name.trim(), weight);
  }
  const of = (coding: Coding): number => weights.get(coding) ?? weights.get('*') ?? 0;
  const best = Math.max(of('br'), of('gzip'));
  if (best <= 0 || (weights.get('identity') ?? 0) > best) return 'identity';
  return of('br') === best ? 'br' : 'gzip';
};

const known = new Map<string, Coding>();
/** The coding to answer with. Answers of the few spellings browsers use are remembered. */
export const preferredCoding = (header: string | null): Coding => {
  if (header === null) return 'identity';
  const before = known.get(header);
  if (before) return before;
  const coding = weigh(header.slice(0, 512));
  if (known.size < 256 && header.length <= 128) known.set(header, coding);
  return coding;
};

const smaller = (bytes: Uint8Array, than: Uint8Array): Uint8Array | null => (bytes.byteLength < than.byteLength ? bytes : null);

/** Up to this a body is compressed where it stands, in less time than it takes to hand it to another thread and to come back for it. */
const AT_ONCE_BYTES = 64 * 1_024;

/** `body` in one coding, for an answer that is made once; null where it would not be smaller. */
export const compressOnce = async (body: Uint8Array, coding: Coding): Promise<Uint8Array | null> => {
  if (coding === 'identity' || body.byteLength < WORTH_BYTES) return null;
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  const asBrotli = { params: { [BROTLI_PARAM_QUALITY]: 4, [BROTLI_PARAM_SIZE_HINT]: body.byteLength } };
  const asGzip = { level: 6 };
  if (body.byteLength <= AT_ONCE_BYTES)
    return smaller(coding === 'gzip' ? zlib.gzipSync(body, asGzip) : zlib.brotliCompressSync(body, asBrotli), body);
  return smaller(coding === 'gzip' ? await gzip(body, asGzip) : await brotli(body, asBrotli), body);
};

/** Both codings of `body`; null where it would not be smaller. `quality` is brotli's, 0 to 11. */
export const compress = async (
  body: Uint8Array,
  quality: number,
): Promise<{ readonly gzip: Uint8Array | null; readonly brotli: Uint8Array | null }> => {
  if (body.byteLength < WORTH_BYTES) return { gzip: null, brotli: null };
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  const [gzipped, brotlied] = await Promise.all([
    gzip(body, { level: quality > 6 ? 9 : 6 }),
    brotli(body, { params: { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_SIZE_HINT]: body.byteLength } }),
  ]);
  return { gzip: smaller(gzipped, body), brotli: smaller(brotlied, body) };
};
