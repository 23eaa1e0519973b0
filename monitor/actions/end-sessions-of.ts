/** Ends all sessions of a person, but for the one that asks. One's own needs no right; another's does. */
import { endSessionsOf as endRows, openSessionsOf } from '#db/queries/sessions.ts';
import { isLive } from '#domain/access/session.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { auditOf } from './audit.ts';
import type { EndedSessions } from './end-session.ts';
import { judgeGrave, type PeopleContext, personNamed } from './people-verb.ts';

export interface EndSessionsRequest {
  readonly person: string;
  /** The session that goes on; null: none. */
  readonly but: string | null;
}

export const endSessionsOf = (ctx: PeopleContext, { person: named, but }: EndSessionsRequest): Promise<EndedSessions | Refusal> =>
  ctx.store.exclusive(async () => {
    const { store, clock, actor } = ctx;
    const isOwn = actor.kind === 'person' && actor.id === named;
    const grave = isOwn ? null : judgeGrave(ctx, 'people:write');
    if (grave) return grave;
    const person = await personNamed(store, named);
    if (isRefusal(person)) return person;
    const now = clock.now();
    const ended = (await openSessionsOf(store, person.id)).filter((one) => one.id !== but && isLive(one, now)).length;
    const audit = await auditOf(ctx, { verb: 'session.end_all', subject: `person/${person.id}`, before: { sessions: ended }, after: null });
    await store.write([endRows(person.id, now, isOwn ? 'signed_out' : 'revoked', but), ...audit]);
    return { person: { id: person.id, name: person.name }, ended };
  });
