/**
 * HTTP and HTTPS: dial, ask, follow redirects by hand, judge status, headers, body, JSON and certificate. A fresh
 * connection per hop, HTTP/1.1, nothing decoded. A body larger than what is read (224 KiB) is judged by that part: what is
 * found there counts, what is missing there is `too_large`. Phases are summed over the hops.
 */
import type { Mismatch } from '#domain/check/assertion.ts';
import type { HttpDefinition } from '#domain/check/check-definition.ts';
import type { Phase, ProbeReading } from '#domain/check/check-result.ts';
import { excerpt } from '#domain/check/excerpt.ts';
import type { Instant } from '#domain/time/instant.ts';
import { endpoint } from '#monitor/egress/dial.ts';
import type { Dialled, EgressFault, EgressScope } from '#monitor/egress/egress.ts';
import { judgeCertificate } from './certificate.ts';
import { type Answer, exchange } from './http-exchange.ts';
import { judgeAnswer } from './http-judge.ts';
import { type Hop, type HttpPlan, isRedirect, nextHop, planOf } from './http-plan.ts';
import type { Probe, ProbeContext } from './probe.ts';
import { bad, good, inWords, own, undialled } from './reading.ts';

interface Progress {
  readonly startUs: number;
  readonly phases: Partial<Record<Phase, number>>;
  httpStatus: number | null;
  certExpiresAt: Instant | null;
}

const add = (phases: Progress['phases'], phase: Phase, us: number | undefined): void => {
  if (us !== undefined) phases[phase] = (phases[phase] ?? 0) + Math.max(0, us);
};

/** What ended an answer that did not end well. undici's parser errors have no code of their own. */
const failure = (answer: Answer, dialled: Dialled, hop: Hop, ctx: ProbeContext): Mismatch => {
  const server = `The server at ${endpoint(dialled.address, hop.port)}`;
  const { error } = answer;
  if (dialled.wire.capped) return { reason: 'too_large', detail: `${server} sent more than 256 KiB without finishing its answer.` };
  if (answer.ended === 'deadline') {
    const begun = dialled.wire.firstByteUs > 0 ? 'began to answer but did not finish' : 'accepted the connection but did not answer';
    return { reason: 'timeout', detail: `${server} ${begun} within ${inWords(ctx.timeoutMs * 1_000)}.` };
  }
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return { reason: 'too_large', detail: `${server} sent more than 64 KiB of headers.` };
  if (error?.name === 'HTTPParserError' || code.startsWith('HPE_'))
    return { reason: 'protocol_error', detail: `${server} did not answer in valid HTTP: ${excerpt(error?.message ?? code, 60)}.` };
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH')
    return { reason: 'protocol_error', detail: `${server} sent a body of another length than it announced.` };
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return { reason: 'connection_lost', detail: `${server} reset the connection before its answer was complete.` };
  if (code === 'UND_ERR_SOCKET' && error?.message === 'other side closed')
    return { reason: 'connection_lost', detail: `${server} closed the connection before its answer was complete.` };
  if (code === 'UND_ERR_SOCKET')
    return { reason: 'protocol_error', detail: `${server} did not answer in valid HTTP: ${excerpt(error?.message ?? code, 60)}.` };
  return {
    reason: 'connection_lost',
    detail: `${server} ended the connection: ${excerpt(code || (error?.message ?? 'no reason given'), 60)}.`,
  };
};

/** A name in a redirect that leads into denied space is the redirect's fault. */
const undialledHop = (ctx: ProbeContext, fault: EgressFault, progress: Progress, hops: number): ProbeReading =>
  hops > 0 && fault.fault === 'denied'
    ? bad(ctx, { reason: 'redirect_refused', detail: `The redirect is not followed: ${fault.message}` }, progress)
    : undialled(ctx, fault, progress);

/** One hop: a judgement that ends the probe, or the next hop. */
const visit = async (
  definition: HttpDefinition,
  plan: HttpPlan,
  hop: Hop,
  hops: number,
  ctx: ProbeContext,
  scope: EgressScope,
  progress: Progress,
): Promise<ProbeReading | Hop> => {
  const { host, port, secure } = hop;
  const { phases } = progress;
  const request = { host, port, scope, signal: ctx.signal };
  const dialled = await ctx.egress.dial(secure ? { ...request, tls: { serverName: host } } : request);
  if ('fault' in dialled) return undialledHop(ctx, dialled, progress, hops);
  add(phases, 'dns', dialled.timings.dnsUs);
  add(phases, 'connect', dialled.timings.connectUs);
  add(phases, 'tls', dialled.timings.tlsUs);
  if (dialled.tls) {
    const { expiresAt, mismatch } = judgeCertificate(dialled.tls, host, definition.tls, ctx.now);
    if (expiresAt !== null && (progress.certExpiresAt === null || expiresAt < progress.certExpiresAt)) progress.certExpiresAt = expiresAt;
    ctx.assess?.({ key: 'tls', held: mismatch === null, detail: mismatch?.detail ?? '' });
    if (mismatch) {
      dialled.socket.destroy();
      return bad(ctx, mismatch, progress);
    }
  }
  const answer = await exchange(dialled, hop, plan.needsBody, ctx.signal, ctx.monotonicUs);
  const { firstByteUs } = dialled.wire;
  if (firstByteUs > 0) {
    add(phases, 'ttfb', firstByteUs - answer.sentUs);
    add(phases, 'transfer', answer.endUs - firstByteUs);
  }
  if (answer.status > 0) progress.httpStatus = answer.status;
  // A page larger than we read is judged by its beginning; a flood between the bytes of a body is not a page.
  const truncated = answer.ended === 'body_cap' || (dialled.wire.capped && answer.bodyBytes * 2 > dialled.wire.received);
  if (answer.error && (answer.error as NodeJS.ErrnoException).code === 'UND_ERR_INVALID_ARG') throw answer.error;
  if (answer.ended !== 'complete' && !truncated) return bad(ctx, failure(answer, dialled, hop, ctx), progress);
  const location = answer.header('location');
  if (location !== null && definition.maxRedirects > 0 && isRedirect(answer.status)) {
    if (hops >= definition.maxRedirects)
      return bad(
        ctx,
        { reason: 'redirect_refused', detail: `More than ${definition.maxRedirects} redirects; the last one from ${excerpt(hop.url)}.` },
        progress,
      );
    const next = nextHop(hop, answer.status, location);
    return 'reason' in next ? bad(ctx, next, progress) : next;
  }
  const mismatch = judgeAnswer(answer, definition, plan, truncated, ctx.assess);
  return mismatch ? bad(ctx, mismatch, progress) : good(ctx, progress);
};

/** The HTTP probe in a scope: `probe` for what ops configured, `self` for Avow's own `/healthz`. */
export const probeHttpIn = async (definition: HttpDefinition, ctx: ProbeContext, scope: EgressScope): Promise<ProbeReading> => {
  const progress: Progress = { startUs: ctx.monotonicUs(), phases: {}, httpStatus: null, certExpiresAt: null };
  try {
    const plan = planOf(definition);
    let hop = plan.first;
    for (let hops = 0; ; hops++) {
      const next = await visit(definition, plan, hop, hops, ctx, scope, progress);
      if ('outcome' in next) return next;
      hop = next;
    }
  } catch (error) {
    return own('own_fault', `The check could not be made: ${excerpt((error as Error).message)}.`, progress);
  }
};

export const probeHttp: Probe<HttpDefinition> = (definition, ctx) => probeHttpIn(definition, ctx, 'probe');
