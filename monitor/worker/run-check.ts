/**
 * One check from start to result: the probe under a deadline, the stamps of both clocks, and the judgement whether what
 * it saw is the target's doing or ours. `at` is the wall clock at the start, `finishedAt` is `at` plus monotonic time.
 * Never rejects. A probe that throws, rejects or does not end by its deadline plus a second of grace is our own fault;
 * so is one during which this loop stalled or the wall clock jumped (semantics A2, reliability P2, P7b, P19, P27).
 */
import type { AssertionOutcome } from '#domain/check/assertion.ts';
import type { CheckKind, CheckPlan } from '#domain/check/check-definition.ts';
import type { CheckResult, ProbeReading } from '#domain/check/check-result.ts';
import { conceal } from '#domain/check/conceal.ts';
import type { Reason } from '#domain/check/reason.ts';
import { unquoted } from '#domain/check/unquoted.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import { consoleEgress } from '#monitor/egress/console-egress.ts';
import type { Egress } from '#monitor/egress/egress.ts';
import type { Probe, ProbeContext } from '#monitor/probe/probe.ts';
import { leavesMachine } from './check-kinds.ts';
import { CLOCK_JUMP_MS } from './clock-watch.ts';
import type { LoopLag } from './loop-lag.ts';
import type { Assignment } from './messages.ts';
import type { Sentinels } from './sentinels.ts';

/** What a probe may take beyond its deadline before it is given up. */
const GRACE_MS = 1_000;

/** A check that has not answered in this part of its time makes us ask whether our own network is there. */
const DOUBT_AFTER = 3;

export type Probes = { readonly [K in CheckKind]?: Probe };

export interface RunnerDeps {
  readonly clock: Clock;
  readonly lag: LoopLag;
  readonly sentinels: Sentinels;
  readonly egress: () => Egress;
  readonly probes: Probes;
  readonly locationId: () => string;
}

export type Assess = (outcome: AssertionOutcome) => void;
/** `assess`: told of each assertion, where somebody asked for more than the verdict. */
export type Run = (assignment: Assignment, scheduledAt: Instant, assess?: Assess) => Promise<CheckResult>;

/** Answers every check with a result, whatever happens. */
export const createRunner = (deps: RunnerDeps): Run => {
  const { clock, lag, sentinels } = deps;
  const monotonicUs = (): number => clock.monotonicUs();

  return async ({ componentId, check, hidden = [], origin }, scheduledAt, assess) => {
    const at = clock.now();
    const startUs = monotonicUs();
    const seen = await attempt(deps, check, { at, origin, assess });
    const elapsedMs = Math.max(0, Math.floor((monotonicUs() - startUs) / 1_000));
    const jumpMs = clock.now() - at - elapsedMs;
    let canaryOk: boolean | null = null;
    let reading = lateIfSlow(seen, check);
    if (lag.stalledSince(startUs))
      reading = ours('own_stall', 'Avow itself stood still during this check, so it says nothing about the target.');
    else if (Math.abs(jumpMs) > CLOCK_JUMP_MS)
      reading = ours('own_stall', 'The clock of this machine jumped during this check, so it says nothing about the target.');
    else if (leavesMachine(check.definition) && reading.outcome !== 'error') {
      canaryOk = reading.outcome === 'fail' ? await sentinels.vouch(startUs) : sentinels.recent(check.intervalMs);
      const lost = reading.outcome === 'fail' ? canaryOk === false : reading.outcome === 'slow' && sentinels.silentSince(startUs);
      if (lost) {
        canaryOk = false;
        reading = ours('own_network', 'No sentinel answered either: our own network was down, so this says nothing about the target.');
      }
    }
    return {
      componentId,
      locationId: deps.locationId(),
      scheduledAt,
      at,
      finishedAt: (at + elapsedMs) as Instant,
      canaryOk,
      outcome: reading.outcome,
      reason: reading.reason,
      detail: conceal(origin === 'console' ? unquoted(reading) : reading.detail, hidden),
      httpStatus: reading.httpStatus,
      latencyUs: reading.latencyUs,
      phases: reading.phases,
      certExpiresAt: reading.certExpiresAt,
    };
  };
};

interface Manner {
  readonly at: Instant;
  readonly origin: Assignment['origin'];
  readonly assess: Assess | undefined;
}

const attempt = (deps: RunnerDeps, check: CheckPlan, { at: now, origin, assess }: Manner): Promise<ProbeReading> => {
  const { definition, timeoutMs, degradedMs } = check;
  const probe = deps.probes[definition.kind];
  if (!probe) return Promise.resolve(ours('own_fault', `This prober cannot run ${definition.kind} checks; update it.`));
  return new Promise((resolve) => {
    const controller = new AbortController();
    const giveUp = (): void =>
      resolve(
        ours(
          'own_fault',
          `The probe did not end ${GRACE_MS} ms after its deadline of ${timeoutMs} ms and was given up. Report this as a fault of Avow.`,
        ),
      );
    const deadline = (): void => {
      timer = deps.clock.after(GRACE_MS, giveUp);
      controller.abort(DEADLINE);
    };
    const doubtMs = Math.ceil(timeoutMs / DOUBT_AFTER);
    const doubt = (): void => {
      deps.sentinels.doubt();
      timer = deps.clock.after(timeoutMs - doubtMs, deadline);
    };
    let timer = leavesMachine(definition) ? deps.clock.after(doubtMs, doubt) : deps.clock.after(timeoutMs, deadline);
    const end = (reading: ProbeReading): void => {
      timer.cancel();
      resolve(reading);
    };
    const broke = (error: unknown): void => end(ours('own_fault', `The probe broke: ${sentence(error)}. Report this as a fault of Avow.`));
    const context: ProbeContext = {
      egress: origin === 'console' ? consoleEgress(deps.egress()) : deps.egress(),
      signal: controller.signal,
      now,
      monotonicUs: () => deps.clock.monotonicUs(),
      timeoutMs,
      degradedMs,
      ...(assess && { assess }),
    };
    try {
      probe(definition, context).then(end, broke);
    } catch (error) {
      broke(error);
    }
  });
};

const DEADLINE = new Error('the deadline of the check has passed');

const lateIfSlow = (reading: ProbeReading, { degradedMs }: CheckPlan): ProbeReading => {
  if (reading.outcome !== 'ok' || reading.latencyUs === null || reading.latencyUs <= degradedMs * 1_000) return reading;
  const tookMs = Math.round(reading.latencyUs / 1_000);
  return {
    ...reading,
    outcome: 'slow',
    reason: 'over_latency_limit',
    detail: `It answered as expected, but took ${tookMs} ms where ${degradedMs} ms are allowed.`,
  };
};

/** A reading that is no evidence, because the fault is on this side. */
const ours = (reason: Reason, detail: string): ProbeReading => ({
  outcome: 'error',
  reason,
  detail,
  httpStatus: null,
  latencyUs: null,
  phases: {},
  certExpiresAt: null,
});

const sentence = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/[\p{Cc}\s]+/gu, ' ').slice(0, 200);
