/**
 * The only dialler. A name is resolved by our own resolver, every address is vetted, one is pinned and dialled, the
 * peer is checked again, the wire is capped and everything ends with the caller's signal (reliability D8, D9, P8, P9).
 */
import type { Duplex } from 'node:stream';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { DnsRecordType } from '#domain/check/check-definition.ts';

/** What may be dialled. `probe`: private addresses allowed, because ops named the target in the file. `strict`: public only. `self`: exactly one own loopback origin. */
export type EgressScope = 'probe' | 'strict' | 'self';

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
  | 'own_limit';

/** Why there is no connection; a value, because the world said no. `own_limit`: out of sockets or memory here. */
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

export interface Dialled {
  readonly socket: Duplex & { readonly remoteAddress?: string | undefined };
  readonly tls: TLSSocket | null;
  readonly address: string;
  readonly timings: DialTimings;
  readonly capped: () => boolean;
}

export interface Egress {
  dial(request: DialRequest): Promise<Dialled | EgressFault>;
  /** DNS question for the dns probe; answers as text. `server` is vetted like any address. */
  query(name: string, type: DnsRecordType, server: string | null, signal: AbortSignal): Promise<readonly string[] | EgressFault>;
}
