/**
 * What is recorded of tests, deployments and rollbacks: decides from values and the time, and answers the record to keep or a `Refusal`.
 * What went to production is recorded whatever the rules say, and flagged; refused is only what cannot be: what lies ahead, an emergency
 * without reason and two people, a rollback of what was never there. Source: semantics E9, F3, F4, F7.
 */
import { readText, sameName } from '../maintenance/text-rules.ts';
import { instantWords } from '../maintenance/words.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Instant } from '../time/instant.ts';
import type { DeploymentFact, ReleaseFact } from './release-fact.ts';
import { placeOf } from './release-gate.ts';
import { findRelease, judgePast, type ReleaseSituation, readVersion } from './release-situation.ts';
import { effectiveAt } from './release-window.ts';

export const decideTested = (
  version: string,
  at: Instant | null,
  situation: ReleaseSituation,
): { readonly fact: ReleaseFact; readonly testedAt: Instant } | Refusal => {
  const fact = findRelease(situation, version);
  if (isRefusal(fact)) return fact;
  if (fact.testedAt !== null)
    return refuse(
      'already_tested',
      `${version} was tested completely at ${instantWords(situation.terms.reserve.zone, fact.testedAt)}. That stays.`,
      {
        version,
        tested_at_ms: fact.testedAt,
      },
    );
  const testedAt = at ?? situation.now;
  return judgePast(testedAt, 'Record a test when it is done.', situation) ?? { fact, testedAt };
};

export interface DeploymentAsked {
  readonly version: string;
  readonly at: Instant | null;
  readonly kind: DeploymentFact['kind'];
  /** The emergency path (semantics F4); null: it was not taken. */
  readonly emergency: { readonly reason: string | null; readonly approvedBy: string | null } | null;
  readonly author: string | null;
}
export interface DeploymentDecided {
  readonly version: string;
  /** Null: nobody drafted it; it is recorded all the same. */
  readonly fact: ReleaseFact | null;
  readonly deployment: Omit<DeploymentFact, 'recordedAt'>;
}

const readEmergency = ({
  emergency,
  author,
}: DeploymentAsked): { readonly reason: string | null; readonly approvedBy: string | null } | Refusal => {
  if (!emergency) return { reason: null, approvedBy: null };
  const need = (what: string): Refusal =>
    refuse(
      'emergency_incomplete',
      `An emergency needs ${what}. Give --reason TEXT, --as NAME and --approved-by NAME, or leave --emergency out: the deployment is recorded anyway.`,
      {},
    );
  if (emergency.reason === null) return need('a reason');
  if (author === null) return need('the name of whoever does it');
  if (emergency.approvedBy === null) return need('a second person who approves it');
  const [reason, approvedBy] = [readText('reason', emergency.reason), readText('author', emergency.approvedBy)];
  if (isRefusal(reason)) return reason;
  if (isRefusal(approvedBy)) return approvedBy;
  if (sameName(author, approvedBy))
    return refuse('same_person', `${author} deployed it; a second person must approve an emergency.`, { author });
  return { reason, approvedBy };
};

/** The record to keep: inside or outside of the window it was planned into when it went there, as known now. A later plan covers nothing. */
export const decideDeployment = (asked: DeploymentAsked, situation: ReleaseSituation): DeploymentDecided | Refusal => {
  const version = readVersion(asked.version);
  if (isRefusal(version)) return version;
  const { terms, now, announcements, releases } = situation;
  const deployedAt = asked.at ?? now;
  const fault = judgePast(deployedAt, 'Record a deployment when it has happened.', situation);
  if (fault) return fault;
  const urgent = readEmergency(asked);
  if (isRefusal(urgent)) return urgent;
  const fact = releases.find((one) => one.version === version) ?? null;
  const deployments = fact?.deployments ?? [];
  if (asked.kind === 'rollback' && !deployments.some(({ kind }) => kind === 'deploy'))
    return refuse(
      'never_deployed',
      `${version} never went to production as far as is recorded, so it cannot be rolled back. Record the deployment first.`,
      { version },
    );
  if (deployments.some((one) => one.kind === asked.kind && one.deployedAt === deployedAt))
    return refuse('already_recorded', `That ${asked.kind === 'deploy' ? 'deployment' : 'rollback'} of ${version} is recorded already.`, {
      version,
      deployed_at_ms: deployedAt,
    });
  const plan = fact?.plans.findLast(({ recordedAt }) => recordedAt <= deployedAt) ?? null;
  const announcement = announcements.find(({ id }) => id === plan?.announcement) ?? null;
  const place = placeOf(deployedAt, announcement ? effectiveAt(announcement, terms, now) : []);
  const deployment = { deployedAt, kind: asked.kind, place, announcement: announcement?.id ?? null, ...urgent, author: asked.author };
  return { version, fact, deployment };
};
