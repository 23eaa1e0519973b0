/** A new link that makes the first admin, instead of the one before. Refuses when there is an admin, and when nobody listens where it would lead. */
import { type Refusal, refuse } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { auditOf } from './audit.ts';
import { judgeGrave, type PeopleContext } from './people-verb.ts';
import { needsSetUp } from './set-up-first-admin.ts';

export interface SetUpLinkMade {
  readonly link: string;
  readonly expiresAt: Instant;
}

export const makeSetUpLink = (ctx: PeopleContext): Promise<SetUpLinkMade | Refusal> =>
  ctx.store.exclusive(async () => {
    const { store, clock, identity } = ctx;
    const grave = judgeGrave(ctx, 'people:write');
    if (grave) return grave;
    if (!(await needsSetUp(ctx)))
      return refuse(
        'already_set_up',
        'There is an admin already. For a new password: avow user reset-password; for another admin: avow user invite.',
      );
    if (!identity.origins)
      return refuse(
        'nobody_listens',
        'Avow does not run in this data folder, so the link would lead nowhere. Start it; it prints the link by itself.',
      );
    await store.write(await auditOf(ctx, { verb: 'person.set_up_link', subject: 'person/first', before: null, after: null }));
    const { link, expiresAt } = identity.setUp.begin(clock.now());
    return { link, expiresAt };
  });
