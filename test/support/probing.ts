/** Real egress, real probes, real loopback: what tests of probes share. `dials` holds every address that was dialled, in order. */
import type { CheckDefinition, HttpDefinition } from '#domain/check/check-definition.ts';
import type { ProbeReading } from '#domain/check/check-result.ts';
import { systemClock } from '#monitor/clock.ts';
import { connectTcp } from '#monitor/egress/dial.ts';
import type { Egress } from '#monitor/egress/egress.ts';
import { createEgress, type EgressOptions } from '#monitor/egress/gateway.ts';
import type { Wire } from '#monitor/egress/wire.ts';
import { probes } from '#monitor/probe/registry.ts';

export interface Dial {
  readonly address: string;
  readonly port: number;
  readonly wire: Wire;
}
export interface ProbeOptions {
  readonly timeoutMs?: number;
  readonly degradedMs?: number;
  /** Ends the probe as its deadline would, when the test says so. */
  readonly deadline?: AbortSignal;
}
export interface Probing {
  readonly egress: Egress;
  readonly dials: readonly Dial[];
  probe(definition: CheckDefinition, options?: ProbeOptions): Promise<ProbeReading>;
}

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** Dials loopback only: anything else that gets through the gateway is counted and refused here, before a packet leaves. */
export const probing = (options: Partial<EgressOptions> = {}): Probing => {
  const dials: Dial[] = [];
  const egress = createEgress({
    clock: systemClock,
    ownPorts: () => [],
    selfOrigin: () => null,
    connect(wire, address, port) {
      dials.push({ address, port, wire });
      if (isLoopback(address)) connectTcp(wire, address, port);
      else wire.destroy(Object.assign(new Error('not dialled in a test'), { code: 'ECONNREFUSED' }));
    },
    ...options,
  });
  return {
    egress,
    dials,
    async probe(definition, { timeoutMs = 5_000, degradedMs = 5_000, deadline: given } = {}) {
      const run = probes[definition.kind];
      if (!run) throw new Error(`no probe for ${definition.kind}`);
      const deadline = new AbortController();
      given?.addEventListener('abort', () => deadline.abort());
      const timer = systemClock.after(timeoutMs, () => deadline.abort());
      try {
        const now = systemClock.now();
        return await run(definition, { egress, signal: deadline.signal, now, monotonicUs: systemClock.monotonicUs, timeoutMs, degradedMs });
      } finally {
        timer.cancel();
      }
    },
  };
};

/** A GET that wants 200, without further wishes. */
export const httpCheck = (url: string, wishes: Partial<HttpDefinition> = {}): HttpDefinition => ({
  kind: 'http',
  url,
  method: 'GET',
  headers: {},
  body: null,
  maxRedirects: 5,
  expectStatus: [[200, 299]],
  expectHeaders: [],
  expectBody: [],
  expectJson: [],
  tls: { verify: true, expiresInDays: 0 },
  ...wishes,
});
