/**
 * A whole prober in virtual time: real scheduler, runner, sentinels and outbox; the world at the two seams that a
 * prober has, `Probes` and `Egress`. The world says per instant whether targets answer and whether our network does.
 */
import { createServer, Socket } from 'node:net';
import type { CheckPlan } from '#domain/check/check-definition.ts';
import type { CheckResult, ProbeReading } from '#domain/check/check-result.ts';
import { type Instant, millis } from '#domain/time/instant.ts';
import type { Egress } from '#monitor/egress/egress.ts';
import type { Probe, ProbeContext } from '#monitor/probe/probe.ts';
import type { FromWorker } from '#monitor/worker/messages.ts';
import { createProber, type Prober } from '#monitor/worker/prober.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

export type EventMessage = Extract<FromWorker, { type: 'event' }>;

export interface World {
  /** Our own network carries packets. */
  network: boolean;
  /** Targets answer, when the network does. */
  targets: boolean | ((host: string) => boolean);
  sentinels: boolean;
  /** How long an answer takes, ms. */
  latencyMs: number;
}

export interface Model {
  readonly clock: VirtualClock;
  readonly world: World;
  readonly prober: Prober;
  readonly results: CheckResult[];
  readonly events: EventMessage[];
  readonly messages: FromWorker[];
  /** Probes begun, with the monotonic ms of their start. */
  readonly starts: { readonly host: string; readonly atMs: number }[];
  /** The most probes of one component that ever ran at once. */
  readonly mostAtOnce: () => number;
  readonly sentinelDials: () => number;
  assign(count: number, options?: AssignOptions): void;
}
export interface AssignOptions {
  readonly sentinels?: number;
  readonly plan?: Partial<CheckPlan>;
  readonly lastAt?: Readonly<Record<string, Instant>>;
  readonly host?: (i: number) => string;
}

export const planFor = (host: string, plan: Partial<CheckPlan> = {}): CheckPlan => ({
  definition: { kind: 'tcp', host, port: 443, send: null, expect: null },
  intervalMs: millis(60_000),
  timeoutMs: millis(10_000),
  holdMs: millis(150_000),
  confirmations: 2,
  degradedMs: millis(5_000),
  ...plan,
});

const reading = (outcome: ProbeReading['outcome'], reason: ProbeReading['reason'], latencyUs: number | null): ProbeReading => ({
  outcome,
  reason,
  detail: outcome === 'ok' ? '' : 'The target did not answer.',
  httpStatus: null,
  latencyUs,
  phases: {},
  certExpiresAt: null,
});

export const hostOf = (definition: CheckPlan['definition']): string => (definition.kind === 'tcp' ? definition.host : '');

/** A probe whose target always answers after 30 ms. */
export const answering =
  (clock: VirtualClock): Probe =>
  async () => {
    await clock.sleep(30);
    return reading('ok', 'ok', 30_000);
  };

/** For probers whose probes dial nothing. */
export const noEgress: Egress = {
  dial: () => Promise.reject(new Error('nobody dials here')),
  query: () => Promise.reject(new Error('nobody asks here')),
  vet: () => Promise.reject(new Error('nobody asks here')),
  selfOrigin: () => null,
};

export const createModel = (): Model => {
  const clock = new VirtualClock();
  const world: World = { network: true, targets: true, sentinels: true, latencyMs: 30 };
  const results: CheckResult[] = [];
  const events: EventMessage[] = [];
  const messages: FromWorker[] = [];
  const starts: { host: string; atMs: number }[] = [];
  const running = new Map<string, number>();
  let atOnce = 0;
  let dials = 0;
  const answers = (host: string): boolean => world.network && (typeof world.targets === 'boolean' ? world.targets : world.targets(host));

  /** As TCP does: asks again after 1, 2, 4, … s until there is an answer that arrives. */
  const answered = async (there: () => boolean, latencyMs: number, signal: AbortSignal): Promise<void> => {
    for (let waitMs = 1_000; ; waitMs *= 2) {
      const askedUs = clock.monotonicUs();
      if (there()) {
        await clock.sleep(latencyMs, signal);
        if (there()) return;
      }
      await clock.sleep(waitMs - (clock.monotonicUs() - askedUs) / 1_000, signal);
    }
  };

  const probe = async (definition: CheckPlan['definition'], ctx: ProbeContext): Promise<ProbeReading> => {
    const host = hostOf(definition);
    starts.push({ host, atMs: ctx.monotonicUs() / 1_000 });
    const now = (running.get(host) ?? 0) + 1;
    running.set(host, now);
    atOnce = Math.max(atOnce, now);
    const startUs = ctx.monotonicUs();
    try {
      await answered(() => answers(host), world.latencyMs, ctx.signal);
      return reading('ok', 'ok', ctx.monotonicUs() - startUs);
    } catch {
      return reading('fail', 'timeout', null);
    } finally {
      running.set(host, (running.get(host) ?? 1) - 1);
    }
  };
  const egress: Egress = {
    dial: async ({ signal }) => {
      dials++;
      try {
        await answered(() => world.network && world.sentinels, 20, signal);
        return {
          socket: new Socket(),
          tls: null,
          address: '192.0.2.1',
          timings: {},
          wire: { received: 0, capped: false, firstByteUs: 0 },
        };
      } catch {
        return { fault: 'timeout', phase: 'connect', message: 'no answer' };
      }
    },
    query: () => Promise.reject(new Error('the model has no DNS')),
    vet: () => Promise.resolve(null),
    selfOrigin: () => null,
  };
  const prober = createProber({
    clock,
    egress: () => egress,
    probes: { tcp: probe, http: probe },
    post: (message) => {
      messages.push(message);
      if (message.type === 'event') events.push(message);
      if (message.type !== 'results') return;
      results.push(...message.results);
      queueMicrotask(() => prober.receive({ type: 'stored', batch: message.batch }));
    },
  });
  return {
    clock,
    world,
    prober,
    results,
    events,
    messages,
    starts,
    mostAtOnce: () => atOnce,
    sentinelDials: () => dials,
    assign: (count, { sentinels = 0, plan, lastAt = {}, host = (i: number) => `target-${i}.example` } = {}) =>
      prober.receive({
        type: 'assign',
        locationId: 'here',
        assignments: Array.from({ length: count }, (_, i) => ({ componentId: `component-${i}`, check: planFor(host(i), plan) })),
        sentinels: Array.from({ length: sentinels }, (_, i: number) => ({ host: `sentinel-${i}.example`, port: 53 })),
        ownPorts: [],
        selfOrigin: null,
        lastAt,
      }),
  };
};

export const byOutcome = (results: readonly CheckResult[]): Record<string, number> => {
  const count: Record<string, number> = {};
  for (const { outcome, reason } of results) count[`${outcome}/${reason}`] = (count[`${outcome}/${reason}`] ?? 0) + 1;
  return count;
};

/** A real loopback target that accepts connections and says hello; disposed with its connections. */
export const loopbackTarget = async (): Promise<{ readonly port: number; readonly accepted: () => number } & AsyncDisposable> => {
  const open = new Set<Socket>();
  let accepted = 0;
  const server = createServer((socket) => {
    accepted++;
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    socket.end('hello\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the target has no port');
  return {
    port: address.port,
    accepted: () => accepted,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
