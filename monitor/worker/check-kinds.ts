/** What the prober must know of each kind: whether it has a probe at all, which host it dials, and whether the sentinels have anything to say about it: never for loopback (semantics A9). */
import type { CheckDefinition, CheckKind, HeartbeatDefinition, StoreDefinition } from '#domain/check/check-definition.ts';

type HostOf = { readonly [K in CheckKind]: (definition: Extract<CheckDefinition, { kind: K }>) => string | null };

const hostOf: HostOf = {
  http: (definition) => new URL(definition.url).hostname,
  tcp: (definition) => definition.host,
  tls: (definition) => definition.host,
  dns: (definition) => definition.server?.replace(/^\[([^\]]*)\].*$/, '$1').replace(/^([^:]*):\d+$/, '$1') ?? '',
  heartbeat: () => null,
  self: () => null,
  store: () => null,
};

/** Kinds without a probe: the target calls us, or is our own store. The core judges them, in no location but its own. */
const IN_CORE: Readonly<Record<CheckKind, boolean>> = {
  http: false,
  tcp: false,
  tls: false,
  dns: false,
  heartbeat: true,
  self: false,
  store: true,
};
export const judgedInCore = (definition: CheckDefinition): boolean => IN_CORE[definition.kind];
export const isHeartbeat = (definition: CheckDefinition): definition is HeartbeatDefinition => definition.kind === 'heartbeat';
export const isStoreCheck = (definition: CheckDefinition): definition is StoreDefinition => definition.kind === 'store';

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|\[?::1\]?|(?:.+\.)?localhost\.?)$/i;
const known = new WeakMap<CheckDefinition, boolean>();

/** True when the check leaves this machine, so that our own network may be to blame for its failure. */
export const leavesMachine = (definition: CheckDefinition): boolean => {
  const cached = known.get(definition);
  if (cached !== undefined) return cached;
  const host = (hostOf[definition.kind] as (definition: CheckDefinition) => string | null)(definition);
  const leaves = host !== null && !LOOPBACK.test(host);
  known.set(definition, leaves);
  return leaves;
};
