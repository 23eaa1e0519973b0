/**
 * Who may read what has no sign-in yet: a person at this machine. The peer of the connection is loopback, the Host names this machine
 * by loopback, nobody handed the request on, and no page of another origin asks. The first two alone are not enough: to us a proxy on this machine is a loopback
 * peer, and some ask for 127.0.0.1 by name. Source: reliability section 4 (First run).
 */
import type { IncomingMessage } from 'node:http';
import { isLoopbackPeer, LOOPBACK_NAMES } from './host-rules.ts';
import { fieldOf, isForwarded } from './request-head.ts';

const names: ReadonlySet<string> = new Set(LOOPBACK_NAMES);

export interface Asker {
  /** The address of the connection's other end. */
  readonly peer: string | undefined;
  /** As sent, with its port. */
  readonly host: string | null;
  readonly version: string;
  /** Name, value, name, value, … as sent. */
  readonly raw: readonly string[];
}

export const askerOf = (request: IncomingMessage, host: string | null): Asker => ({
  peer: request.socket.remoteAddress,
  host,
  version: request.httpVersion,
  raw: request.rawHeaders,
});

/**
 * Whether a page of another origin asks, which a browser says of every request to loopback. A link that a person follows is welcome;
 * whatever a page loads by itself would tell it, by success or failure, which contracts there are.
 */
const isAskedByAnother = (raw: readonly string[]): boolean => {
  const site = fieldOf(raw, 'sec-fetch-site');
  if (site === null || site === 'same-origin' || site === 'none') return false;
  return fieldOf(raw, 'sec-fetch-mode') !== 'navigate' || fieldOf(raw, 'sec-fetch-dest') !== 'document';
};

/** False when in doubt. A proxy that adds no header at all often still speaks HTTP/1.0, which no browser of a person does. */
export const isLoopbackOnly = ({ peer, host, version, raw }: Asker): boolean =>
  isLoopbackPeer(peer) &&
  host !== null &&
  names.has(host.toLowerCase().replace(/:\d+$/, '')) &&
  version !== '1.0' &&
  !isForwarded(raw) &&
  !isAskedByAnother(raw);

/**
 * Whether others can only come through a proxy that nobody named: Avow listens on loopback alone, and people type another name. Such a
 * proxy may add no header at all, and then nothing tells its clients from a person at this machine.
 */
export const isBehindUnnamedProxy = (host: string, publicOrigin: string | null, trustedProxies: readonly string[]): boolean => {
  if (publicOrigin === null || trustedProxies.length > 0) return false;
  const isLoopbackHost = isLoopbackPeer(host) || host === 'localhost';
  return isLoopbackHost && !names.has(new URL(publicOrigin).hostname.toLowerCase());
};
