/** Where kinds of check meet their probes. `heartbeat` and `store` have none: nothing is dialled, the core judges them. */
import type { CheckDefinition, CheckKind } from '#domain/check/check-definition.ts';
import { probeDns } from './dns.ts';
import { probeHttp } from './http.ts';
import type { Probe } from './probe.ts';
import { probeSelf } from './self.ts';
import { probeTcp } from './tcp.ts';
import { probeTls } from './tls.ts';

type ByKind = { readonly [K in CheckKind]?: Probe<Extract<CheckDefinition, { kind: K }>> };

const byKind: ByKind = { http: probeHttp, tcp: probeTcp, tls: probeTls, dns: probeDns, self: probeSelf };

/** A probe is handed only definitions of the kind it stands under. */
export const probes: Readonly<Partial<Record<CheckKind, Probe>>> = byKind as Partial<Record<CheckKind, Probe>>;
