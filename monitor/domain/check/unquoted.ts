/**
 * What is told of an answer to somebody who chose the target in the console: why it is not right, and nothing that it said, so that no
 * check is a way to read what only this machine can reach. Source: reliability P9.
 */
import type { ProbeReading } from './check-result.ts';
import { REASONS, type Reason } from './reason.ts';

/** Their sentences speak of times, numbers and addresses that were asked for, not of what came back. */
const OURS: ReadonlySet<Reason> = new Set<Reason>([
  'ok',
  'over_latency_limit',
  'timeout',
  'dns_not_found',
  'dns_no_answer',
  'connect_refused',
  'connect_unreachable',
  'tls_expired',
  'tls_expires_soon',
  'status_unexpected',
  'address_denied',
  'own_network',
  'own_stall',
  'own_fault',
]);

export const unquoted = ({ reason, detail }: Pick<ProbeReading, 'reason' | 'detail'>): string => {
  if (OURS.has(reason)) return detail;
  const { words } = REASONS[reason];
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}. What a target answers is not repeated where it was entered in the console.`;
};
