/** Whether a release may go to production now: asks the gate with everything as it stands. Writes nothing. Source: semantics F1 to F6. */
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { type EmergencyClaim, type GateAnswer, mayDeploy } from '#domain/release/may-deploy.ts';
import { readVersion } from '#domain/release/release-situation.ts';
import { isAuthenticated } from '#monitor/context.ts';
import { type ReleaseContext, releaseSituation } from './release-verb.ts';
import { signatureOf } from './signature.ts';

export interface GateRequest {
  readonly version: string;
  /** The emergency path is asked for; null: it is not. */
  readonly emergency: EmergencyClaim | null;
}
export interface GateVerdict extends GateAnswer {
  readonly version: string;
  /** Of the reserve, in which times are said first. */
  readonly zone: string;
}

export const askGate = async (ctx: ReleaseContext, request: GateRequest): Promise<GateVerdict | Refusal> => {
  const version = readVersion(request.version);
  if (isRefusal(version)) return version;
  const claim = request.emergency;
  const signature = isAuthenticated(ctx.actor) ? signatureOf(ctx, claim?.author ?? null) : null;
  if (isRefusal(signature)) return signature;
  const emergency = claim && signature ? { ...claim, author: signature.author } : claim;
  const { releases, announcements, terms, now } = await ctx.store.exclusive(() => releaseSituation(ctx));
  const fact = releases.find((one) => one.version === version) ?? null;
  return { version, zone: terms.reserve.zone, ...mayDeploy(version, fact, announcements, terms, now, emergency) };
};
