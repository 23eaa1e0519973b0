/** The kinds of check that a file can name, in the order of the documentation. The one place where they meet. */

import { dnsKind } from './check-dns.ts';
import { heartbeatKind } from './check-heartbeat.ts';
import { httpKind } from './check-http.ts';
import type { CheckKindReader } from './check-kind.ts';
import { tcpKind, tlsKind } from './check-socket.ts';

export const CHECK_KINDS = {
  http: httpKind,
  tcp: tcpKind,
  tls: tlsKind,
  dns: dnsKind,
  heartbeat: heartbeatKind,
} as const satisfies Readonly<Record<string, CheckKindReader>>;
export type FileKind = keyof typeof CHECK_KINDS;
export const FILE_KINDS = Object.keys(CHECK_KINDS) as readonly FileKind[];
