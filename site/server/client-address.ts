/**
 * Whose request this is: the one address that limits and, later, the audit go by. Without `AVOW_TRUSTED_PROXIES` it is the
 * peer of the connection and no header is believed. With them, and only when the peer is one of them, X-Forwarded-For is
 * read from the right until the first hop that is not ours: what stands further left was written by strangers. RFC 7239
 * `Forwarded` is never read, for a proxy that writes the one header passes the other one through. Refuses more than one
 * X-Forwarded-Host or -Proto from a proxy (400): two readers would believe two different ones. Source: reliability section
 * 4 (Trusted proxy), ADR 0007.
 */
import { BlockList, isIPv6 } from 'node:net';
import { canonicalAddress } from '#monitor/egress/address.ts';
import { readHost } from '#monitor/egress/host.ts';
import type { Refused } from './request-target.ts';

/** What proxies say; every field as sent, several of one name joined by commas, null without any. */
export interface Forwarding {
  readonly forwardedFor: string | null;
  readonly forwardedHost: string | null;
  readonly forwardedProto: string | null;
}

export interface ClientAddresses {
  /** Why a request through a proxy is refused; null: welcome. Costs nothing for requests without forwarding headers. */
  judge(peer: () => string | undefined, forwarding: Forwarding): Refused | null;
  /** Canonical; `unknown` for a connection that is gone already. */
  of(peer: string | undefined, forwarding: Forwarding): string;
}

/** Hops that are looked at; a longer chain is nobody's. */
const MOST_HOPS = 32;
const UNKNOWN_CLIENT = 'unknown';

/** A socket's peer or a hop in a header, in one spelling; null when it is no address. Proxies may add a port. */
const addressOf = (text: string): string | null => {
  const bare = text.trim().replace(/%.*$/, '');
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(bare);
  const dotted = /^(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?$/.exec(bare);
  return canonicalAddress(bracketed?.[1] ?? dotted?.[1] ?? bare);
};

/** `10.0.0.0/8`, `192.0.2.7`, `2001:db8::/32`; the environment has refused what is none of these. */
const listOf = (proxies: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [text = '', bits] = proxy.split('/');
    const mapped = /^::ffff:/i.test(text);
    // Read as the environment reads it, which takes every spelling that a URL would.
    const host = readHost(text);
    if (host.kind !== 'address') throw new Error(`AVOW_TRUSTED_PROXIES holds "${proxy}", which is no address and no range.`);
    const { address } = host;
    const six = isIPv6(address);
    const length = bits === undefined ? (six ? 128 : 32) : Number(bits) - (mapped && !six ? 96 : 0);
    list.addSubnet(address, Math.max(0, length), six ? 'ipv6' : 'ipv4');
  }
  return list;
};

/** `proxies`: as in AVOW_TRUSTED_PROXIES. Throws a sentence for what is no address. */
export const clientAddresses = (proxies: readonly string[]): ClientAddresses => {
  const list = listOf(proxies);
  const trusted = (address: string): boolean => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  const fromProxy = (peer: string | undefined): boolean => {
    const address = proxies.length === 0 || peer === undefined ? null : addressOf(peer);
    return address !== null && trusted(address);
  };
  return {
    judge(peer, { forwardedHost, forwardedProto }) {
      const several = forwardedHost?.includes(',') ? 'X-Forwarded-Host' : forwardedProto?.includes(',') ? 'X-Forwarded-Proto' : null;
      if (several === null || !fromProxy(peer())) return null;
      return {
        status: 400,
        sentence: `The request carries more than one ${several}. Let the proxy replace the field instead of adding to it.`,
      };
    },
    of(peer, { forwardedFor }) {
      let client = peer === undefined ? null : addressOf(peer);
      if (client === null) return UNKNOWN_CLIENT;
      if (forwardedFor === null || !fromProxy(peer)) return client;
      const hops = forwardedFor.split(',').slice(-MOST_HOPS);
      for (let hop = hops.pop(); hop !== undefined && trusted(client); hop = hops.pop()) {
        const address = addressOf(hop);
        // A hop that cannot be read was not written by a proxy of ours: the last one that we know speaks for it.
        if (address === null) break;
        client = address;
      }
      return client;
    },
  };
};

/** One client for the limits: an IPv4 address, or the /64 of an IPv6 one. `address` is canonical. */
export const clientKey = (address: string): string => {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return `${[...left, ...Array<string>(gap).fill('0'), ...right].slice(0, 4).join(':')}::/64`;
};
