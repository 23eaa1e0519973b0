/**
 * The only dialler. A name is resolved by our own resolver, every address is vetted, one is pinned and dialled, the
 * peer is checked again, the wire is capped and everything ends with the caller's signal (reliability D8, D9, P8, P9).
 */
import type { Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { DnsRecordType } from '#domain/check/check-definition.ts';

/**
 * What may be dialled. `probe`: private addresses allowed, because ops named the target in the file. `console`: public ones, and the
 * ranges that the file allows, for a target that somebody entered in the console. `strict`: public only. `self`: exactly one own loopback origin.
 */
export type EgressScope = 'probe' | 'console' | 'strict' | 'self';

export type EgressFaultCode =
  | 'denied'
  | 'dns_not_found'
  | 'dns_no_answer'
  | 'refused'
  | 'unreachable'
  | 'reset'
  | 'timeout'
  | 'tls'
  | 'wire_cap'
  | 'own_limit'
  | 'own_resolver';

/**
 * Why there is no connection; a value, because the world said no. Two are our own and say nothing about the target:
 * `own_limit`, out of sockets or memory here, and `own_resolver`, no DNS resolver of this machine answers anything.
 * `denied` in phase `dns`: the name leads where nobody may go; in phase `connect`: the address itself was asked for.
 */
export interface EgressFault {
  readonly fault: EgressFaultCode;
  readonly phase: 'dns' | 'connect' | 'tls';
  readonly message: string;
}

export interface DialTimings {
  dnsUs?: number;
  connectUs?: number;
  tlsUs?: number;
}

export interface DialRequest {
  readonly host: string;
  readonly port: number;
  readonly scope: EgressScope;
  readonly signal: AbortSignal;
  /** Present: TLS on top. The chain is reported, not enforced: the probe judges it. */
  readonly tls?: { readonly serverName: string | null; readonly context?: SecureContext };
  /** Bytes that may arrive in total, default 256 KiB; one more ends the connection with `wire_cap`. */
  readonly wireCap?: number;
}

/** What is counted on the wire while the connection lives. */
export interface WireCount {
  /** Raw bytes received so far, TLS included. */
  readonly received: number;
  /** More came than the cap: the connection was ended by us. */
  readonly capped: boolean;
  /** Monotonic µs of the first byte after the handshake; 0 before. */
  readonly firstByteUs: number;
}

export interface Dialled {
  /** To be destroyed by whoever asked for it, whatever happens. */
  readonly socket: Socket;
  readonly tls: TLSSocket | null;
  readonly address: string;
  readonly timings: DialTimings;
  readonly wire: WireCount;
}

export interface Egress {
  dial(request: DialRequest): Promise<Dialled | EgressFault>;
  /** Avow's own origin, which scope `self` may dial and nobody else; null while it does not listen. */
  selfOrigin(): string | null;
  /** DNS question for the dns probe; answers as text. `server` is vetted like any address, in `scope` (absent: `probe`). */
  query(
    name: string,
    type: DnsRecordType,
    server: string | null,
    signal: AbortSignal,
    scope?: EgressScope,
  ): Promise<readonly string[] | EgressFault>;
  /** Resolves and judges as `dial` would, and dials nothing: why it would not be dialled, null when it would. */
  vet(request: Pick<DialRequest, 'host' | 'port' | 'scope' | 'signal'>): Promise<EgressFault | null>;
}
