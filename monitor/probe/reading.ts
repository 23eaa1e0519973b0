/**
 * How a probe words what it saw. Microseconds in and out; details are sentences. The limit for `slow` is applied here
 * and only here, and a fault of the egress gateway becomes a reading here and only here.
 */
import type { Mismatch } from '#domain/check/assertion.ts';
import type { Outcome, PhaseTimings, ProbeReading } from '#domain/check/check-result.ts';
import type { Reason } from '#domain/check/reason.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { DialTimings, EgressFault, EgressFaultCode } from '#monitor/egress/egress.ts';
import type { ProbeContext } from './probe.ts';

export interface Seen {
  readonly startUs: number;
  readonly phases: PhaseTimings;
  readonly httpStatus?: number | null;
  readonly certExpiresAt?: Instant | null;
}

const reading = (outcome: Outcome, reason: Reason, detail: string, latencyUs: number | null, seen: Seen): ProbeReading => ({
  outcome,
  reason,
  detail,
  httpStatus: seen.httpStatus ?? null,
  latencyUs,
  phases: seen.phases,
  certExpiresAt: seen.certExpiresAt ?? null,
});

/** `1.25 s`, `340 ms`, `0.4 ms`. */
export const inWords = (us: number): string => {
  if (us >= 1_000_000) return `${Number((us / 1_000_000).toFixed(2))} s`;
  return us >= 10_000 ? `${Math.round(us / 1_000)} ms` : `${Number((us / 1_000).toFixed(1))} ms`;
};

/** Everything was as it should be; slow when it took longer than the limit. */
export const good = (ctx: ProbeContext, seen: Seen): ProbeReading => {
  const latencyUs = ctx.monotonicUs() - seen.startUs;
  if (latencyUs <= ctx.degradedMs * 1_000) return reading('ok', 'ok', '', latencyUs, seen);
  const detail = `The answer was right but took ${inWords(latencyUs)}; the limit is ${inWords(ctx.degradedMs * 1_000)}.`;
  return reading('slow', 'over_latency_limit', detail, latencyUs, seen);
};

export const bad = (ctx: ProbeContext, { reason, detail }: Mismatch, seen: Seen): ProbeReading =>
  reading('fail', reason, detail, ctx.monotonicUs() - seen.startUs, seen);

/** We could not look: no evidence about the target. */
export const own = (reason: 'own_fault' | 'own_network' | 'address_denied', detail: string, seen: Seen): ProbeReading =>
  reading('error', reason, detail, null, seen);

const REASON_OF: Readonly<Record<Exclude<EgressFaultCode, 'own_limit' | 'own_resolver'>, Reason>> = {
  denied: 'address_denied',
  dns_not_found: 'dns_not_found',
  dns_no_answer: 'dns_no_answer',
  refused: 'connect_refused',
  unreachable: 'connect_unreachable',
  reset: 'connection_lost',
  timeout: 'timeout',
  tls: 'tls_failed',
  wire_cap: 'too_large',
};

/** A dial that failed. A name that leads into denied space is the target's fault; an address we were told to probe and may not is nobody's outage. */
export const undialled = (ctx: ProbeContext, { fault, phase, message }: EgressFault, seen: Seen): ProbeReading => {
  if (fault === 'own_limit') return own('own_fault', message, seen);
  if (fault === 'own_resolver') return own('own_network', message, seen);
  if (fault === 'denied' && phase === 'connect') return own('address_denied', message, seen);
  const reason = fault === 'timeout' && phase === 'dns' ? 'dns_no_answer' : REASON_OF[fault];
  return bad(ctx, { reason, detail: message }, seen);
};

/** Phases of a dial. */
export const phasesOf = ({ dnsUs, connectUs, tlsUs }: DialTimings): { dns?: number; connect?: number; tls?: number } => {
  const phases: { dns?: number; connect?: number; tls?: number } = {};
  if (dnsUs !== undefined) phases.dns = dnsUs;
  if (connectUs !== undefined) phases.connect = connectUs;
  if (tlsUs !== undefined) phases.tls = tlsUs;
  return phases;
};
