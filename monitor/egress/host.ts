/**
 * What a host written by a person or a server means: an address, a name to look up, or nothing. Exotic spellings of
 * addresses (0x7f000001, 2130706433, 0177.1, 127.1, full-width digits, percent-encoding, trailing dot) are read by the
 * WHATWG URL rules, exactly as a browser would, and from then on are the address they mean. Zone ids are refused.
 */
import { isIPv4 } from 'node:net';
import { canonicalAddress } from './address.ts';

export type Host =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'nonsense'; readonly why: string };

const nonsense = (why: string): Host => ({ kind: 'nonsense', why });
/** Anything that would make the URL parser see more than a host. */
const NOT_A_HOST = /[/\\?#@:[\]\s]/u;
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/u;

/** Reads `text` as a host; brackets around an IPv6 address are optional. */
export const readHost = (text: string): Host => {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const literal = canonicalAddress(bare);
  if (literal !== null) return { kind: 'address', address: literal };
  if (bare.includes(':')) return nonsense(bare.includes('%') ? 'an address with a zone id is not dialled' : 'it is not an IPv6 address');
  if (bare === '' || NOT_A_HOST.test(bare)) return nonsense('it is not a host name');
  let hostname: string;
  try {
    hostname = new URL(`http://${bare}/`).hostname;
  } catch {
    return nonsense('it is not a host name');
  }
  if (isIPv4(hostname)) return { kind: 'address', address: hostname };
  const name = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
  if (name.length > 253 || !name.split('.').every((label) => LABEL.test(label))) return nonsense('it is not a host name');
  return { kind: 'name', name };
};
