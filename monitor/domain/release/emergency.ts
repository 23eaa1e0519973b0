/**
 * The emergency path in two steps of two people: one asks, with a reason, and somebody else approves. An approval is good for one
 * deployment, and for a day: what was urgent then is not urgent for ever. Decides from values and the time. Instants ms UTC. Source:
 * semantics F4; docs/adr/0017-an-emergency-is-asked-for-and-approved.md.
 */
import { readText, sameName } from '../maintenance/text-rules.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { after, DAY, type Instant } from '../time/instant.ts';
import type { ReleaseFact } from './release-fact.ts';

export interface EmergencyFact {
  readonly id: string;
  readonly version: string;
  readonly recordedAt: Instant;
  readonly reason: string;
  readonly author: string;
  readonly authenticated: boolean;
  /** Null: it waits for a second person. */
  readonly approval: { readonly recordedAt: Instant; readonly approvedBy: string; readonly authenticated: boolean } | null;
}
/** `used`: the version went to production since, one way or another. */
export type EmergencyState = 'waiting' | 'approved' | 'used' | 'lapsed';

const GOOD_FOR = DAY;

export const emergencyState = (
  { recordedAt, approval }: EmergencyFact,
  { deployments }: Pick<ReleaseFact, 'deployments'>,
  now: Instant,
): EmergencyState => {
  if (deployments.some((one) => one.recordedAt >= (approval?.recordedAt ?? recordedAt) && one.kind === 'deploy')) return 'used';
  if (now >= after(approval?.recordedAt ?? recordedAt, GOOD_FOR)) return 'lapsed';
  return approval ? 'approved' : 'waiting';
};

/** The one that still matters: the last that waits or is approved; null: none does. */
export const standingEmergency = (
  all: readonly EmergencyFact[],
  fact: ReleaseFact,
  now: Instant,
): (EmergencyFact & { readonly state: 'waiting' | 'approved' }) | null => {
  for (const one of all.toReversed()) {
    const state = emergencyState(one, fact, now);
    if (state === 'waiting' || state === 'approved') return { ...one, state };
  }
  return null;
};

export const decideEmergency = (
  fact: ReleaseFact,
  all: readonly EmergencyFact[],
  given: string,
  now: Instant,
): { readonly reason: string } | Refusal => {
  const reason = readText('reason', given);
  if (isRefusal(reason)) return reason;
  const there = standingEmergency(all, fact, now);
  return there
    ? refuse(
        'emergency_asked',
        `${there.author} has asked for ${fact.version} already; ${there.state === 'approved' ? 'it is approved' : 'it waits for a second person'}.`,
        { version: fact.version, emergency: there.id },
      )
    : { reason };
};

/** Null: it may be approved by them. */
export const judgeEmergencyApproval = (
  emergency: EmergencyFact | null,
  id: string,
  fact: ReleaseFact | null,
  approver: string,
  now: Instant,
): Refusal | null => {
  if (!emergency || !fact) return refuse('unknown_emergency', `Nobody asked for an emergency ${id}.`, { emergency: id });
  const { author, approval, version } = emergency;
  if (approval) return refuse('already_approved', `${approval.approvedBy} has approved it before.`, { emergency: id });
  if (emergencyState(emergency, fact, now) !== 'waiting')
    return refuse(
      'emergency_over',
      `What ${author} asked for is over: ${version} went to production since, or a day has passed. Ask again.`,
      {
        emergency: id,
      },
    );
  return sameName(author, approver)
    ? refuse('same_person', `${author} asks for the emergency; a second person must approve it.`, { author })
    : null;
};
