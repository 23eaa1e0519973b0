/**
 * Records that a version went to production, or was rolled back: one transaction holds the row, its outbox row and the event; a version
 * that nobody drafted is recorded too. Inside or outside is judged by the window it was planned into; outside stays for ever. Names and
 * reasons of an emergency stay in the store. Source: semantics F3, F4, F7.
 */
import { insertEvent } from '#db/queries/events.ts';
import { enqueue } from '#db/queries/outbox.ts';
import { insertDeployment, insertRelease } from '#db/queries/releases.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { type DeploymentAsked, decideDeployment } from '#domain/release/deploying.ts';
import { type ReleaseAnswer, releaseAnswer } from '#domain/release/release-answer.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import { isoOf } from '#domain/time/iso.ts';
import { auditedRelease, type ReleaseContext, releaseRowAt, releaseSituation } from './release-verb.ts';
import { signatureOf } from './signature.ts';

export const recordDeployment = (ctx: ReleaseContext, request: DeploymentAsked): Promise<ReleaseAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureOf(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const situation = await releaseSituation(ctx);
    const decided = decideDeployment({ ...request, author: signature.author }, situation);
    if (isRefusal(decided)) return decided;
    const { version, fact: known } = decided;
    const at = releaseRowAt(situation.now, known);
    const undrafted: ReleaseFact = {
      version,
      kind: 'standard',
      title: version,
      tickets: [],
      recordedAt: at,
      ...signature,
      notes: [],
      publications: [],
      plans: [],
      deployments: [],
      testedAt: null,
    };
    const before = known ?? undrafted;
    const row = { ...decided.deployment, ...signature, recordedAt: at };
    const after = { ...before, deployments: [...before.deployments, row] };
    const seq = before.deployments.length + 1;
    const answer = releaseAnswer(row.kind === 'deploy' ? 'Recorded' : 'Recorded the rollback of', after, situation, at);
    const published = answer.release.notes !== null;
    const payload = {
      version,
      kind: before.kind,
      // Before its notes are public nobody outside knows what it is called.
      title: published ? before.title : null,
      deployed_at: isoOf(row.deployedAt),
      rollback: row.kind === 'rollback',
      maintenance: row.announcement,
      outside_window: row.place === 'outside_window',
      emergency: row.reason !== null,
    };
    await ctx.store.write([
      ...(known ? [] : [insertRelease(undrafted)]),
      insertDeployment(version, seq, row),
      enqueue({ key: `release.deployed:${version}:${seq}`, type: 'release.deployed', payload }, at),
      insertEvent('release_deployed', at, { version, kind: row.kind, place: row.place }),
      ...(await auditedRelease(ctx, row.kind === 'deploy' ? 'deploy' : 'roll_back', known, after)),
    ]);
    return answer;
  });
