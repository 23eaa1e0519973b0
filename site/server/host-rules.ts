/**
 * Whose name a request may use. Exactly the configured origin's host, and from the machine itself localhost, 127.0.0.1
 * and [::1] (and the address that it listens on) with the listening port. Everything else is another site's traffic (421) or not a host at all (400).
 * Source: interfaces.md (AVOW_PUBLIC_ORIGIN), reliability D7.
 */
import type { Refused } from './request-target.ts';

export const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'] as const;
const WELL_FORMED = /^(?:\[[0-9a-f:.]{2,45}\]|[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_])?)(?::[0-9]{1,5})?$/i;

/** True for 127.0.0.0/8, ::1 and their mapped spelling, as a socket reports its peer. */
export const isLoopbackPeer = (address: string | undefined): boolean =>
  address !== undefined && (address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.'));

/** An address as it stands in a URL. */
export const authority = (address: string): string => (address.includes(':') ? `[${address}]` : address);

/** With and without the port that its scheme means anyway. */
const spellings = (origin: string): string[] => {
  const { protocol, host, hostname, port } = new URL(origin);
  const name = hostname.toLowerCase();
  return port === '' ? [name, `${name}:${protocol === 'https:' ? 443 : 80}`] : [host.toLowerCase()];
};

export interface HostRules {
  /** null: welcome. `peer` is asked only for a name that is not the origin's. */
  judge(host: string | null, hosts: number, peer: () => string | undefined): Refused | null;
}

/** `port` and `address` are where the listener really listens; `adminOrigin`: where the console has a host of its own. */
export const hostRules = (publicOrigin: string, port: number, address = '127.0.0.1', adminOrigin: string | null = null): HostRules => {
  const own = new URL(publicOrigin);
  const welcome = new Set([publicOrigin, ...(adminOrigin === null ? [] : [adminOrigin])].flatMap(spellings));
  const local = new Set(
    [...LOOPBACK_NAMES, authority(address)].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])),
  );
  const isHere = (peer: string | undefined): boolean => isLoopbackPeer(peer) || peer === address;
  return {
    judge(host, hosts, peer) {
      if (hosts === 1 && host !== null && welcome.has(host)) return null;
      if (hosts !== 1 || host === null) return { status: 400, sentence: 'A request must name exactly one host. Send one Host header.' };
      if (!WELL_FORMED.test(host)) return { status: 400, sentence: 'The Host header is not the name of a host.' };
      const name = host.toLowerCase();
      if (welcome.has(name) || (local.has(name) && isHere(peer()))) return null;
      return { status: 421, sentence: `This server does not answer for that host. Ask at ${own.origin}, or set AVOW_PUBLIC_ORIGIN.` };
    },
  };
};
