/**
 * The emergency path of whoever has signed in or sends a token: reason and approver come from what one person asked for and another
 * approved (ask-emergency.ts, approve-emergency.ts), never from the request, whose sender could name anybody. At the socket names are
 * claims, and the request's stand. Source: semantics F4, docs/adr/0017-an-emergency-is-asked-for-and-approved.md.
 */
import { readEmergencies } from '#db/queries/emergencies.ts';
import { readReleases } from '#db/queries/releases.ts';
import { type Refusal, refuse } from '#domain/refusal.ts';
import { standingEmergency } from '#domain/release/emergency.ts';
import { isAuthenticated } from '#monitor/context.ts';
import type { ReleaseContext } from './release-verb.ts';

interface Claim {
  readonly reason: string | null;
  readonly approvedBy: string | null;
}

export const provedEmergency = async <C extends Claim>(
  ctx: ReleaseContext,
  version: string,
  claim: C | null,
): Promise<C | null | Refusal> => {
  if (claim === null || !isAuthenticated(ctx.actor)) return claim;
  const fact = (await readReleases(ctx.store)).find((one) => one.version === version);
  const standing = fact ? standingEmergency(await readEmergencies(ctx.store, version), fact, ctx.clock.now()) : null;
  if (standing?.state === 'approved' && standing.approval)
    return { ...claim, reason: standing.reason, approvedBy: standing.approval.approvedBy };
  return refuse(
    'second_person_signs',
    `No emergency of ${version} is approved. Let somebody ask for it in the console, with the reason, and somebody else approve it there; then ask again.`,
    { version },
  );
};
