/**
 * Hosts, ports and URLs that a person names as a target. What may never be dialled is refused here when it is written
 * literally (metadata, multicast, Avow's own ports); the egress gateway refuses it again when it connects, whatever a
 * name resolves to (reliability P9). Messages never repeat a URL: its query may be a secret.
 */
import { denial, isLocal } from '#monitor/egress/address.ts';
import { readHost } from '#monitor/egress/host.ts';
import { leaf, quoted, type Wrong, wrong } from './leaf.ts';

const NO_OWN_ADDRESSES: ReadonlySet<string> = new Set();

/** A predicate when this host may not be a target, else null. */
export const hostFault = (text: string): string | null => {
  if (text.includes('://'))
    return `must be a host name or an address alone, not a URL; write ${quoted(text.replace(/^[^:]*:\/\//, '').replace(/[/?#:].*$/, ''))}`;
  const host = readHost(text);
  if (host.kind === 'nonsense') return `must name a host or an address, and ${quoted(text)} is neither: ${host.why}`;
  const denied = host.kind === 'address' ? denial(host.address, 'probe') : null;
  return denied === null ? null : `names an address that is refused: ${denied}; name another target`;
};

/** A predicate when host and port are one of Avow's own listeners, else null. */
export const ownPortFault = (text: string, port: number, ownPorts: readonly number[]): string | null => {
  if (!ownPorts.includes(port)) return null;
  const host = readHost(text);
  const here =
    host.kind === 'address' ? isLocal(host.address, NO_OWN_ADDRESSES) : host.kind === 'name' && /^(.*\.)?localhost$/.test(host.name);
  return here ? `leads to port ${port}, which is Avow's own and is never probed; name another target` : null;
};

export const host = () =>
  leaf('a host name or an address', (value) => {
    if (typeof value !== 'string') return null;
    const fault = hostFault(value);
    return fault === null ? value : wrong(fault);
  });

/** Takes `host:port` apart; brackets around IPv6 addresses are required when a port follows. */
export const splitHostPort = (text: string, defaultPort: number | null): { readonly host: string; readonly port: number } | Wrong => {
  const example = defaultPort === null ? 'host:port, such as db.example.com:5432' : 'host or host:port, such as www.example.com:443';
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(text.trim());
  const port = parts?.[2] === undefined ? defaultPort : Number(parts[2]);
  if (!parts?.[1] || port === null) return wrong(`must be ${example}, not ${quoted(text)}`);
  if (port < 1 || port > 65_535) return wrong(`must have a port from 1 to 65535, not ${port}`);
  const fault = hostFault(parts[1]);
  return fault === null ? { host: parts[1].replace(/^\[|\]$/g, ''), port } : wrong(fault);
};

/** Why `text` is no URL that can be shown or probed; else the URL. `${…}` may stand in the query only. */
const readUrl = (written: string, references: boolean): URL | Wrong => {
  if (written.length > 2_048) return wrong(`has ${written.length} characters and 2048 are allowed; shorten it`);
  if (/[\s\\\p{Cc}]/u.test(written)) return wrong('must be a URL without spaces, backslashes or line breaks; encode them');
  const query = written.indexOf('?');
  const reference = written.search(/\$\{/);
  if (reference >= 0 && !references) return wrong('must be a URL without ${…}; write it out');
  if (reference >= 0 && (query < 0 || reference < query))
    return wrong('has a ${…} outside its query; references may stand after the "?" only, or in a header');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(written)?.[1]?.toLowerCase();
  if (scheme !== 'http' && scheme !== 'https')
    return wrong(
      /^[a-z]+:\/\//i.test(written)
        ? `must begin with http:// or https://, not ${quoted(`${scheme}://`)}`
        : 'must begin with http:// or https://',
    );
  const authority = /^https?:\/\/([^/?#]*)/i.exec(written)?.[1];
  if (!authority) return wrong('has no host; write it as https://host/path');
  if (authority.includes('@')) return wrong('must not carry a user name or password; send an Authorization header with ${NAME} instead');
  const url = URL.parse(written.replace(/\$?\$\{[^}]*\}/g, 'x'));
  if (!url || url.hostname === '') return wrong('has a host or a port that is not valid; write it as https://host:port/path');
  if (written.includes('#')) return wrong('has a "#" part, which is never sent; remove it, or write %23');
  if (url.port === '0') return wrong('must have a port from 1 to 65535, not 0');
  return url;
};

/** A URL to probe. Comes out as written, references unresolved. */
export const targetUrl = () =>
  leaf('a URL such as https://www.example.com/', (value) => {
    if (typeof value !== 'string') return null;
    const url = readUrl(value, true);
    if (!(url instanceof URL)) return url;
    const fault = hostFault(url.hostname);
    return fault === null ? value : wrong(fault);
  });

/** A URL to show. */
export const linkUrl = () =>
  leaf('a URL such as https://www.example.com/', (value) => {
    if (typeof value !== 'string') return null;
    const url = readUrl(value, false);
    return url instanceof URL ? value : url;
  });

/** Why a text is no origin, or the origin in its one spelling. */
export const readOrigin = (value: string): string | Wrong => {
  const url = readUrl(value, false);
  if (!(url instanceof URL)) return url;
  return url.pathname === '/' && url.search === '' && !value.includes('?')
    ? url.origin
    : wrong('must be an origin such as https://status.example.com, without path or query');
};
export const origin = () =>
  leaf('an origin such as https://status.example.com', (value) => (typeof value === 'string' ? readOrigin(value) : null));
