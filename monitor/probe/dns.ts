/**
 * DNS: one question, its answers compared as text. Each expected answer must be among them, compared without case and
 * without a trailing dot (TXT and CAA exactly). The whole time is the phase `dns`.
 */
import type { DnsDefinition, DnsRecordType } from '#domain/check/check-definition.ts';
import { excerpt } from '#domain/check/excerpt.ts';
import { canonicalAddress } from '#monitor/egress/address.ts';
import type { Probe } from './probe.ts';
import { bad, good, undialled } from './reading.ts';

const EXACT: ReadonlySet<DnsRecordType> = new Set(['TXT', 'CAA']);

const comparable = (type: DnsRecordType, text: string): string =>
  EXACT.has(type) ? text : (canonicalAddress(text) ?? text.trim().toLowerCase().replace(/\.$/, ''));

export const probeDns: Probe<DnsDefinition> = async (definition, ctx) => {
  const startUs = ctx.monotonicUs();
  const { name, recordType, expectAnswers, server } = definition;
  const answers = await ctx.egress.query(name, recordType, server, ctx.signal);
  const seen = { startUs, phases: { dns: ctx.monotonicUs() - startUs } };
  if ('fault' in answers) return undialled(ctx, answers, seen);
  const got = new Set(answers.map((answer) => comparable(recordType, answer)));
  const missing = expectAnswers.find((wanted) => !got.has(comparable(recordType, wanted)));
  if (missing === undefined && answers.length > 0) return good(ctx, seen);
  const shown = answers.length === 0 ? 'nothing' : excerpt(answers.join(', '));
  const wanted = missing === undefined ? 'an answer' : excerpt(missing);
  return bad(ctx, { reason: 'dns_unexpected_answer', detail: `${recordType} of ${name} is ${shown}; ${wanted} was expected.` }, seen);
};
