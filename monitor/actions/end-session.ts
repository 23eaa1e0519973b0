/** Ends a session, one's own or, by right, another's: from then on its cookie opens nothing. Refuses one that is over already. */
import { findPerson } from '#db/queries/people.ts';
import { endSession as endRow, findSessionById } from '#db/queries/sessions.ts';
import { isLive } from '#domain/access/session.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { auditOf } from './audit.ts';
import { judgeGrave, type PeopleContext } from './people-verb.ts';

export interface EndedSessions {
  readonly person: { readonly id: string; readonly name: string };
  readonly ended: number;
}

/** `session`: the id that lists show. */
export const endSession = (ctx: PeopleContext, request: { readonly session: string }): Promise<EndedSessions | Refusal> =>
  ctx.store.exclusive(async () => {
    const { store, clock, actor } = ctx;
    const now = clock.now();
    const session = await findSessionById(store, request.session);
    const isOwn = session !== null && actor.kind === 'person' && session.personId === actor.id;
    const grave = isOwn ? null : judgeGrave(ctx, 'people:write');
    if (isRefusal(grave)) return grave;
    const person = session && (await findPerson(store, session.personId));
    if (!session || !person || !isLive(session, now))
      return refuse('unknown_session', 'There is no such session, or it is over already. Look at the list again.', {
        session: request.session.slice(0, 40),
      });
    const audit = await auditOf(ctx, {
      verb: 'session.end',
      subject: `session/${session.id}`,
      before: { person: person.id, address: session.address, agent: session.agent },
      after: null,
    });
    await store.write([endRow(session.id, now, isOwn ? 'signed_out' : 'revoked'), ...audit]);
    return { person: { id: person.id, name: person.name }, ended: 1 };
  });
