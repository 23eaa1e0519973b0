/**
 * The egress gateway: host → addresses → all of them vetted → one dialled, others tried when it cannot be reached.
 * Rules (reliability P9): metadata, multicast, broadcast and "this host" never; Avow's own listening ports on any
 * address of this machine never, except scope `self` at exactly Avow's own origin; scope `strict` public addresses only.
 * One denied address among a name's answers denies the name: half a rebinding attack is one.
 */
import { constants } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { Clock } from '#monitor/clock.ts';
import { canonicalAddress, denial, isLocal } from './address.ts';
import { withDeadline } from './deadline.ts';
import { type Connect, connectTcp, type DialParts, dialAddress, endpoint } from './dial.ts';
import type { Dialled, DialRequest, Egress, EgressFault, EgressFaultCode, EgressScope } from './egress.ts';
import { type Host, readHost } from './host.ts';
import { hostsTable, systemHostsFile } from './hosts-file.ts';
import { inRanges } from './range.ts';
import { createNameResolver } from './resolver.ts';
import type { Wire } from './wire.ts';

export interface EgressOptions {
  readonly clock: Clock;
  /** Ports on which Avow itself listens now. */
  readonly ownPorts: () => readonly number[];
  /** Avow's own origin by a local address, e.g. http://127.0.0.1:4321; null while it does not listen. */
  readonly selfOrigin: () => string | null;
  /** Ranges (CIDR) that scope `console` may reach besides public addresses; none when absent. */
  readonly allowed?: () => readonly string[];
  readonly hostsFile?: string;
  /** DNS servers instead of the system's, `address` or `address:port`. */
  readonly nameServers?: readonly string[];
  /** PEM certificates trusted besides the default ones. */
  readonly extraCa?: readonly string[];
  /** Where tests count dials; the default dials. */
  readonly connect?: Connect;
}

/** Addresses of one name that are tried, at most; more would only spend the deadline. */
const MAX_ATTEMPTS = 4;
/** While other addresses wait, one attempt may take this long. */
const ATTEMPT_MS = 2_000;
/** How often the raw bytes of TLS connections are looked at: a flood below JavaScript ends within this. */
const WATCH_MS = 20;
const INTERFACES_FRESH_US = 5_000_000;
const HOSTS_REMEMBERED = 10_000;

type VetRequest = Pick<DialRequest, 'host' | 'port' | 'scope' | 'signal'>;

const fault = (code: EgressFaultCode, phase: EgressFault['phase'], message: string): EgressFault => ({ fault: code, phase, message });
const RETRIED: ReadonlySet<EgressFaultCode> = new Set(['refused', 'unreachable', 'reset', 'timeout']);

export const createEgress = (options: EgressOptions): Egress => {
  const { clock, ownPorts, selfOrigin } = options;
  const resolver = createNameResolver(options);
  const hosts = hostsTable(options.hostsFile ?? systemHostsFile(), clock);
  const remembered = new Map<string, Host>();

  let shared: SecureContext | null = null;
  const context = (): SecureContext => {
    if (shared) return shared;
    const ca = options.extraCa ? { ca: [...getCACertificates('default'), ...options.extraCa] } : {};
    // A server that may renegotiate may do so without end, below everything that counts (P8).
    shared = createSecureContext({ ...ca, secureOptions: constants.SSL_OP_NO_RENEGOTIATION });
    return shared;
  };

  const watched = new Set<Wire>();
  let watching = false;
  const watch = (): void => {
    watching = watched.size > 0;
    for (const wire of watched) wire.recount();
    if (watching) clock.after(WATCH_MS, watch, { background: true });
  };
  const parts: DialParts = { clock, connect: options.connect ?? connectTcp, context, watched };

  let ranges: readonly string[] = [];
  let inAllowed = inRanges(ranges);
  const allowed = (): ((address: string) => boolean) => {
    const now = options.allowed?.() ?? [];
    if (now !== ranges) [ranges, inAllowed] = [now, inRanges(now)];
    return inAllowed;
  };

  let own: ReadonlySet<string> = new Set();
  let ownReadUs = Number.NEGATIVE_INFINITY;
  const ownAddresses = (): ReadonlySet<string> => {
    if (clock.monotonicUs() - ownReadUs > INTERFACES_FRESH_US) {
      ownReadUs = clock.monotonicUs();
      own = new Set(
        Object.values(networkInterfaces()).flatMap((list) => list?.map((entry) => canonicalAddress(entry.address) ?? '') ?? []),
      );
    }
    return own;
  };

  const read = (host: string): Host => {
    const known = remembered.get(host);
    if (known) return known;
    if (remembered.size >= HOSTS_REMEMBERED) remembered.clear();
    const fresh = readHost(host);
    remembered.set(host, fresh);
    return fresh;
  };

  /** Why this address and port may not be dialled, in words. */
  const denied = (address: string, port: number, scope: EgressScope): string | null => {
    if (scope === 'self') return isSelf(address, port, selfOrigin()) ? null : 'only Avow itself may be dialled here';
    const why = denial(address, scope, allowed());
    if (why !== null) return why;
    return ownPorts().includes(port) && isLocal(address, ownAddresses()) ? 'it is a port of Avow itself' : null;
  };

  const dialAll = async (
    request: DialRequest,
    addresses: readonly string[],
    timings: Dialled['timings'],
  ): Promise<Dialled | EgressFault> => {
    let outcome: Dialled | EgressFault = fault('unreachable', 'connect', `${request.host} has no address.`);
    for (const [index, address] of addresses.entries()) {
      const last = index === addresses.length - 1;
      outcome = await (last ? dialAddress(parts, request, address, timings) : dialBriefly(request, address, timings));
      if (!('fault' in outcome) || outcome.phase !== 'connect' || !RETRIED.has(outcome.fault) || request.signal.aborted) return outcome;
    }
    return outcome;
  };

  /** One attempt among several: ended early so that the next address gets its turn within the deadline. */
  const dialBriefly = (request: DialRequest, address: string, timings: Dialled['timings']): Promise<Dialled | EgressFault> =>
    withDeadline(clock, ATTEMPT_MS, { signal: request.signal, background: true }, (signal) =>
      dialAddress(parts, { ...request, signal }, address, timings),
    );

  const prepareTls = (request: DialRequest): void => {
    if (!request.tls) return;
    // Loading the trusted roots takes longer than a handshake: not on the first target's time.
    context();
    if (watching) return;
    watching = true;
    clock.after(WATCH_MS, watch, { background: true });
  };

  /** Every address of a name, each of them judged. */
  const addressesOf = async (request: VetRequest, name: string): Promise<readonly string[] | EgressFault> => {
    const found = hosts(name) ?? (await resolver.addresses(name, request.signal));
    if ('fault' in found) return request.signal.aborted && found.fault === 'dns_no_answer' ? { ...found, fault: 'timeout' } : found;
    const addresses: string[] = [];
    for (const text of found) {
      const address = canonicalAddress(text);
      const why = address === null ? 'it is not an address' : denied(address, request.port, request.scope);
      if (why !== null)
        return fault('denied', 'dns', `The name ${name} leads to ${endpoint(text, request.port)}, which is not dialled: ${why}.`);
      if (address !== null && !addresses.includes(address)) addresses.push(address);
    }
    return request.signal.aborted ? fault('timeout', 'dns', `The name ${name} was resolved too late.`) : addresses;
  };

  const dialName = async (request: DialRequest, name: string): Promise<Dialled | EgressFault> => {
    const startedUs = clock.monotonicUs();
    const addresses = await addressesOf(request, name);
    if ('fault' in addresses) return addresses;
    return dialAll(request, interleaved(addresses).slice(0, MAX_ATTEMPTS), { dnsUs: clock.monotonicUs() - startedUs });
  };

  /** What can be said before a name is looked up: a fault, an address that may be dialled, or the name. */
  const judged = ({ host, port, scope, signal }: VetRequest): EgressFault | Exclude<Host, { kind: 'nonsense' }> => {
    if (signal.aborted) return fault('timeout', 'connect', `There was no time left to dial ${host}.`);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) return fault('denied', 'connect', `${port} is not a port.`);
    const target = read(host);
    if (target.kind === 'nonsense') return fault('denied', 'connect', `The host cannot be dialled: ${target.why}.`);
    if (target.kind === 'name') return target;
    const why = denied(target.address, port, scope);
    return why === null ? target : fault('denied', 'connect', `${endpoint(target.address, port)} is not dialled: ${why}.`);
  };

  return {
    selfOrigin,
    dial(request) {
      const target = judged(request);
      if ('fault' in target) return Promise.resolve(target);
      prepareTls(request);
      return target.kind === 'name' ? dialName(request, target.name) : dialAddress(parts, request, target.address, {});
    },
    async vet(request) {
      const target = judged(request);
      if ('fault' in target) return target;
      if (target.kind === 'address') return null;
      const addresses = await addressesOf(request, target.name);
      return 'fault' in addresses ? addresses : null;
    },
    async query(name, type, server, signal, scope = 'probe') {
      if (server === null) return resolver.records(name, type, null, signal);
      const at = readServer(server);
      if (at === null) return fault('denied', 'connect', 'The DNS server must be an address or address:port.');
      const why = denied(at.address, at.port, scope);
      if (why !== null) return fault('denied', 'connect', `The DNS server ${endpoint(at.address, at.port)} is not asked: ${why}.`);
      return resolver.records(name, type, endpoint(at.address, at.port), signal);
    },
  };
};

/** IPv4 first, then turn about: a family that is broken here costs one attempt, not all. */
const interleaved = (addresses: readonly string[]): string[] => {
  const four = addresses.filter((address) => !address.includes(':'));
  const six = addresses.filter((address) => address.includes(':'));
  const mixed: string[] = [];
  for (let i = 0; i < Math.max(four.length, six.length); i++) for (const list of [four, six]) mixed.push(...list.slice(i, i + 1));
  return mixed;
};

const isSelf = (address: string, port: number, origin: string | null): boolean => {
  if (origin === null || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  const host = url.hostname === 'localhost' ? '127.0.0.1' : canonicalAddress(url.hostname.replace(/^\[|\]$/g, ''));
  return (
    host !== null &&
    (address === host || (url.hostname === 'localhost' && address === '::1')) &&
    port === Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  );
};

/** `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53`, `[2001:db8::53]:5353`. */
const readServer = (text: string): { readonly address: string; readonly port: number } | null => {
  const bare = canonicalAddress(text);
  if (bare !== null) return { address: bare, port: 53 };
  const match = /^(?:\[([0-9a-f:.]+)\]|([0-9.]+))(?::(\d{1,5}))?$/iu.exec(text);
  const address = canonicalAddress(match?.[1] ?? match?.[2] ?? '');
  const port = Number(match?.[3] ?? 53);
  return address === null || port < 1 || port > 65_535 ? null : { address, port };
};
