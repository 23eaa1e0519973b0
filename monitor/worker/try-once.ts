/**
 * One probe that somebody asked for and nobody records, or only the question whether it may be made. It runs where all probes run and by
 * the same rules: the verdict is `run-check.ts`'s, the gateway's word on the target is final. Never rejects.
 */
import type { AssertionOutcome } from '#domain/check/assertion.ts';
import { assertionKeys } from '#domain/check/assertion-keys.ts';
import type { CheckDefinition } from '#domain/check/check-definition.ts';
import type { Tried } from '#domain/check/tried.ts';
import type { Clock } from '#monitor/clock.ts';
import { consoleEgress } from '#monitor/egress/console-egress.ts';
import type { Egress } from '#monitor/egress/egress.ts';
import type { Assignment } from './messages.ts';
import type { Run } from './run-check.ts';

/** A name that is not resolved by then is judged when it is dialled. */
const VET_WITHIN_MS = 3_000;

export interface TryDeps {
  readonly clock: Clock;
  readonly egress: () => Egress;
  readonly run: Run;
}

/** Where a check would dial first; none: it dials nothing, or asks the resolvers of the system. */
const placeOf = (definition: CheckDefinition): { readonly host: string; readonly port: number } | null => {
  if (definition.kind === 'tcp' || definition.kind === 'tls') return { host: definition.host, port: definition.port };
  if (definition.kind !== 'http' || !URL.canParse(definition.url)) return null;
  const url = new URL(definition.url);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)) };
};

const vet = async ({ clock, egress }: TryDeps, { check, origin }: Assignment): Promise<string | null> => {
  const place = placeOf(check.definition);
  if (!place) return null;
  const limit = new AbortController();
  const timer = clock.after(VET_WITHIN_MS, () => limit.abort());
  try {
    const gateway = origin === 'console' ? consoleEgress(egress()) : egress();
    const fault = await gateway.vet({ ...place, scope: 'probe', signal: limit.signal });
    return fault?.fault === 'denied' ? fault.message : null;
  } finally {
    timer.cancel();
  }
};

/** What is told of each assertion: nothing that came back, where the target was entered in the console. */
const told = (outcome: AssertionOutcome, { origin }: Assignment): AssertionOutcome =>
  origin === 'console' && outcome.held === false ? { ...outcome, detail: '' } : outcome;

export const tryOnce = async (deps: TryDeps, assignment: Assignment, vetOnly: boolean): Promise<Tried> => {
  if (vetOnly) return { denied: await vet(deps, assignment), result: null, assertions: [] };
  const outcomes = new Map<string, AssertionOutcome>();
  const result = await deps.run(assignment, deps.clock.now(), (outcome) => void outcomes.set(outcome.key, told(outcome, assignment)));
  const answered = result.outcome === 'ok' || result.outcome === 'slow';
  const { kind } = assignment.check.definition;
  const assertions = assertionKeys(assignment.check.definition).map((key): AssertionOutcome => {
    const unjudged = { key, held: kind !== 'http' && answered ? true : null, detail: '' };
    return outcomes.get(key) ?? unjudged;
  });
  return { denied: result.reason === 'address_denied' ? result.detail : null, result, assertions };
};
