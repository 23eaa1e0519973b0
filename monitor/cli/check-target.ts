/**
 * One word of the command line read as a check: `https://…`, `tcp://host:port`, `tls://host[:port]`, `dns://name?type=A`, with
 * what `--expect` wishes of it. Refuses with a sentence (`UsageFault`). Sends nothing.
 */
import type { CheckDefinition, DnsRecordType } from '#domain/check/check-definition.ts';
import { UsageFault } from './command.ts';

type Reader = (url: URL, expect: readonly string[], word: string) => CheckDefinition;

const RECORD_TYPES: readonly DnsRecordType[] = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'TXT', 'SRV', 'CAA', 'PTR', 'SOA'];
/** What a configured check does by default: an expiring certificate is shown, it is no failure. */
const EXPIRY_DAYS = 0;

/** `204`, `2xx`, `200-299`: a range of statuses; anything else is text. */
const statusOf = (wish: string): readonly [number, number] | null => {
  const klass = /^([1-5])xx$/i.exec(wish);
  if (klass) return [Number(klass[1]) * 100, Number(klass[1]) * 100 + 99];
  const range = /^([1-5]\d\d)(?:-([1-5]\d\d))?$/.exec(wish);
  return range ? [Number(range[1]), Number(range[2] ?? range[1])] : null;
};

const http: Reader = (url, expect) => {
  const statuses = expect.map(statusOf).filter((range) => range !== null);
  return {
    kind: 'http',
    url: url.href,
    method: 'GET',
    headers: {},
    body: null,
    maxRedirects: 5,
    expectStatus: statuses.length > 0 ? statuses : [[200, 299]],
    expectHeaders: [],
    expectBody: expect.filter((wish) => statusOf(wish) === null).map((contains) => ({ contains })),
    expectJson: [],
    tls: { verify: true, expiresInDays: EXPIRY_DAYS },
  };
};

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');
const bare = (url: URL, word: string): void => {
  if ((url.pathname !== '' && url.pathname !== '/') || url.username !== '' || url.search !== '' || url.hash !== '')
    throw new UsageFault(`${word} says more than a host and a port; write ${url.protocol}//${url.host}.`);
};

const tcp: Reader = (url, expect, word) => {
  bare(url, word);
  if (url.port === '') throw new UsageFault(`${word} has no port; write tcp://${url.hostname}:PORT.`);
  if (expect.length > 1) throw new UsageFault('A TCP check takes one --expect: the text the server must send.');
  return {
    kind: 'tcp',
    host: hostOf(url),
    port: Number(url.port),
    send: null,
    expect: expect[0] === undefined ? null : { contains: expect[0] },
  };
};

const tls: Reader = (url, expect, word) => {
  bare(url, word);
  if (expect.length > 0)
    throw new UsageFault('A TLS check judges the certificate alone and takes no --expect; check https:// for an answer.');
  const port = Number(url.port || 443);
  return { kind: 'tls', host: hostOf(url), port, serverName: null, tls: { verify: true, expiresInDays: EXPIRY_DAYS } };
};

const dns: Reader = (url, expect, word) => {
  const given = (url.searchParams.get('type') ?? 'A').toUpperCase();
  const recordType = RECORD_TYPES.find((type) => type === given);
  if (!recordType) throw new UsageFault(`${word} asks for the unknown record type "${given}"; known: ${RECORD_TYPES.join(', ')}.`);
  const unknown = [...url.searchParams.keys()].find((key) => key !== 'type' && key !== 'server');
  if (unknown !== undefined) throw new UsageFault(`${word} has "${unknown}", and a DNS check knows only type and server.`);
  return { kind: 'dns', name: hostOf(url), recordType, expectAnswers: expect, server: url.searchParams.get('server') };
};

const READERS: Readonly<Record<string, Reader>> = { 'http:': http, 'https:': http, 'tcp:': tcp, 'tls:': tls, 'dns:': dns };

/** Throws `UsageFault` for a word that is no target. */
export const readTarget = (word: string, expect: readonly string[]): CheckDefinition => {
  const scheme = /^(https?|tcp|tls|dns):\/?([^/].*)$/i.exec(word);
  if (scheme) throw new UsageFault(`"${word}" has no "//" after its scheme; write ${scheme[1]}://${scheme[2]}.`);
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(word)) throw new UsageFault(`"${word}" has no scheme; write https://${word} or tcp://${word}.`);
  const url = URL.parse(word);
  if (!url || url.hostname === '') throw new UsageFault(`"${word}" cannot be read as an address.`);
  const read = READERS[url.protocol];
  if (!read) throw new UsageFault(`${url.protocol}// cannot be checked; known are http, https, tcp, tls and dns.`);
  return read(url, expect, word);
};
