/** Takes a link back that lets somebody in. Refuses one that was used, taken back or is over: it lets nobody in already. */
import { findInvitationById, revokeInvitation as revokeRow } from '#db/queries/invitations.ts';
import { isOpen } from '#domain/access/invitation.ts';
import { type Refusal, refuse } from '#domain/refusal.ts';
import { auditOf } from './audit.ts';
import { judgeGrave, type PeopleContext } from './people-verb.ts';

export interface InvitationRevoked {
  readonly id: string;
  readonly email: string;
}

export const revokeInvitation = (ctx: PeopleContext, request: { readonly invitation: string }): Promise<InvitationRevoked | Refusal> =>
  ctx.store.exclusive(async () => {
    const { store, clock } = ctx;
    const grave = judgeGrave(ctx, 'people:write');
    if (grave) return grave;
    const now = clock.now();
    const found = await findInvitationById(store, request.invitation);
    if (!found || !isOpen(found, now))
      return refuse('unknown_invitation', 'There is no such link, or it lets nobody in any more. Look at the list again.', {
        invitation: request.invitation.slice(0, 40),
      });
    const { id, email, role, personId } = found;
    const audit = await auditOf(ctx, {
      verb: 'invitation.revoke',
      subject: `invitation/${id}`,
      before: { email, role, person: personId },
      after: null,
    });
    await store.write([revokeRow(id, now), ...audit]);
    return { id, email };
  });
