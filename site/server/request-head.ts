/**
 * The few header fields the front looks at, read in one pass over the raw pairs: Node's own `headers` drops a second
 * Host silently, and building it costs more than a prepared answer. What proxies say is noted here and believed by
 * client-address.ts alone.
 */
import type { Forwarding } from './client-address.ts';

export interface RequestHead extends Forwarding {
  readonly host: string | null;
  readonly hosts: number;
  readonly acceptEncoding: string | null;
  readonly acceptLanguage: string | null;
  readonly ifNoneMatch: string | null;
  readonly accept: string | null;
  /** Bytes announced; NaN for something that is no number; null without the field. */
  readonly contentLength: number | null;
  readonly chunked: boolean;
}

const joined = (before: string | null, value: string): string => (before === null ? value : `${before},${value}`);

/** `raw` is name, value, name, value, … as the client sent them. */
export const readHead = (raw: readonly string[]): RequestHead => {
  let host: string | null = null;
  let hosts = 0;
  let acceptEncoding: string | null = null;
  let acceptLanguage: string | null = null;
  let ifNoneMatch: string | null = null;
  let accept: string | null = null;
  let contentLength: number | null = null;
  let chunked = false;
  let forwardedFor: string | null = null;
  let forwardedHost: string | null = null;
  let forwardedProto: string | null = null;
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] as string;
    const value = raw[i + 1] as string;
    // The length decides first: most fields cost one comparison of numbers.
    switch (name.length) {
      case 4:
        if (name.toLowerCase() === 'host') {
          host = value;
          hosts++;
        }
        break;
      case 6:
        if (name.toLowerCase() === 'accept') accept = joined(accept, value);
        break;
      case 13:
        if (name.toLowerCase() === 'if-none-match') ifNoneMatch = joined(ifNoneMatch, value);
        break;
      case 14:
        if (name.toLowerCase() === 'content-length') contentLength = /^\d+$/.test(value) ? Number(value) : Number.NaN;
        break;
      case 15:
        if (name.toLowerCase() === 'accept-encoding') acceptEncoding = joined(acceptEncoding, value);
        else if (name.toLowerCase() === 'accept-language') acceptLanguage = joined(acceptLanguage, value);
        else if (name.toLowerCase() === 'x-forwarded-for') forwardedFor = joined(forwardedFor, value);
        break;
      case 16:
        if (name.toLowerCase() === 'x-forwarded-host') forwardedHost = joined(forwardedHost, value);
        break;
      case 17:
        if (name.toLowerCase() === 'transfer-encoding') chunked = true;
        else if (name.toLowerCase() === 'x-forwarded-proto') forwardedProto = joined(forwardedProto, value);
        break;
    }
  }
  return {
    host,
    hosts,
    acceptEncoding,
    acceptLanguage,
    ifNoneMatch,
    accept,
    contentLength,
    chunked,
    forwardedFor,
    forwardedHost,
    forwardedProto,
  };
};

/**
 * What a proxy adds when it hands a request on: `Forwarded`, every `X-Forwarded-…`, and what else is in use to name the client, the
 * address or the request of before, also as spelled by those that turn hyphens into underscores.
 */
const FORWARDING = new RegExp(
  `^(?:${[
    'forwarded|x-forwarded.*|x-real-ip|via|cdn-loop|x-original-.*|x-rewrite-url|x-proxyuser-ip|x-envoy-.*|x-amzn-trace-id',
    '(?:x-|true-|fastly-|fly-|cf-|x-cluster-|x-azure-|x-nf-|do-)*(?:client|connecting)-?ip|cf-ray|x-appengine-.*|tailscale-.*|x-scheme|front-end-https',
  ]
    .join('|')
    .replaceAll('-', '[-_]')})$`,
  'i',
);

/** Whether anybody handed this request on, whatever the field says. Looks at every name, so only cold paths ask. */
export const isForwarded = (raw: readonly string[]): boolean => raw.some((text, i) => i % 2 === 0 && FORWARDING.test(text));

/** The value of a field that is sent once, in lower case; null without it; several are joined, and so are none that is known. */
export const fieldOf = (raw: readonly string[], name: string): string | null => {
  const values = raw.filter((_, i) => i % 2 === 1 && raw[i - 1]?.toLowerCase() === name);
  return values.length === 0 ? null : values.join(',').toLowerCase();
};
