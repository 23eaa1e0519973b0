/** Who a request comes from, and whether that client has had its share of the work that requests make (ADR 0007). */
import type { Clock } from '#monitor/clock.ts';
import type { Log } from '#monitor/context.ts';
import type { Ask } from './ask.ts';
import { type ClientAddresses, clientKey } from './client-address.ts';
import { isLoopbackPeer } from './host-rules.ts';
import { limitOf } from './limits.ts';
import type { Voice } from './voice.ts';

export interface ClientShare {
  /** What limits count by. */
  of(ask: Ask): string;
  /** True when this client has had its share of work and was told so. */
  overdrawn(ask: Ask): boolean;
}

/** `proxiesNamed`: whoever runs this said which proxies hand requests on; else the first one that does is told of, once. */
export const clientShare = (clients: ClientAddresses, proxiesNamed: boolean, { refuse }: Voice, clock: Clock, log: Log): ClientShare => {
  const costly = limitOf(clock, 'made');
  let told = proxiesNamed;
  const of = ({ request, head }: Ask): string => {
    const peer = request.socket.remoteAddress;
    if (!told && head.forwardedFor !== null && isLoopbackPeer(peer)) {
      told = true;
      log.warn(
        'A proxy on this machine hands requests on, so that all its clients share one limit. Name it: AVOW_TRUSTED_PROXIES=127.0.0.1,::1.',
      );
    }
    return clientKey(clients.of(peer, head));
  };
  return {
    of,
    overdrawn: (ask) => {
      const wait = costly.take(of(ask));
      if (wait > 0)
        refuse(ask, 429, 'You have asked for many new addresses. Wait a little, then try again.', [['Retry-After', String(wait)]]);
      return wait > 0;
    },
  };
};
