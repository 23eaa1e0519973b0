/** TLS: the handshake, then the certificate: chain, name, dates. Nothing is sent after it. Latency: dns to handshake done. */
import type { TlsDefinition } from '#domain/check/check-definition.ts';
import { judgeCertificate } from './certificate.ts';
import type { Probe } from './probe.ts';
import { bad, good, own, phasesOf, undialled } from './reading.ts';

export const probeTls: Probe<TlsDefinition> = async (definition, ctx) => {
  const startUs = ctx.monotonicUs();
  const { host, port } = definition;
  const name = definition.serverName ?? host;
  const dialled = await ctx.egress.dial({ host, port, scope: 'probe', signal: ctx.signal, tls: { serverName: name } });
  if ('fault' in dialled) return undialled(ctx, dialled, { startUs, phases: {} });
  try {
    const phases = phasesOf(dialled.timings);
    if (!dialled.tls) return own('own_fault', `The connection to ${host} has no TLS.`, { startUs, phases });
    const { expiresAt, mismatch } = judgeCertificate(dialled.tls, name, definition.tls, ctx.now);
    const seen = { startUs, phases, certExpiresAt: expiresAt };
    return mismatch ? bad(ctx, mismatch, seen) : good(ctx, seen);
  } finally {
    dialled.socket.destroy();
  }
};
