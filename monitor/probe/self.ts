/** Avow's own `/healthz`, over loopback, in the one scope that may reach it. Built in; what it dials cannot be configured. */
import type { HttpDefinition, SelfDefinition } from '#domain/check/check-definition.ts';
import { probeHttpIn } from './http.ts';
import type { Probe } from './probe.ts';
import { own } from './reading.ts';

const healthz = (origin: string): HttpDefinition => ({
  kind: 'http',
  url: new URL('/healthz', origin).href,
  method: 'GET',
  headers: {},
  body: null,
  maxRedirects: 0,
  expectStatus: [[200, 299]],
  expectHeaders: [],
  expectBody: [],
  expectJson: [],
  tls: { verify: false, expiresInDays: 0 },
});

let last: { readonly origin: string; readonly definition: HttpDefinition } | null = null;

export const probeSelf: Probe<SelfDefinition> = async (_definition, ctx) => {
  const origin = ctx.egress.selfOrigin();
  if (origin === null)
    return own('own_fault', 'Avow does not listen yet, so it cannot ask itself.', { startUs: ctx.monotonicUs(), phases: {} });
  if (last?.origin !== origin) last = { origin, definition: healthz(origin) };
  return probeHttpIn(last.definition, ctx, 'self');
};
