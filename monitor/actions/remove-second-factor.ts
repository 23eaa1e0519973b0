/**
 * Takes a second factor away with its recovery codes: one's own, or by right that of somebody who has lost it. All their other sessions
 * end. Refuses when there is none.
 */
import { setSecondFactor } from '#db/queries/people.ts';
import { replaceRecoveryCodes } from '#db/queries/recovery-codes.ts';
import { endSessionsOf } from '#db/queries/sessions.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { auditOf } from './audit.ts';
import { judgeGrave, judgeReach, type PeopleContext, PROVE_AGAIN, personNamed } from './people-verb.ts';

export interface RemoveFactorRequest {
  /** Id or address. */
  readonly person: string;
  /** The session that goes on; null: none. */
  readonly session: string | null;
}
export interface FactorRemoved {
  readonly person: { readonly id: string; readonly name: string };
}

export const removeSecondFactor = (ctx: PeopleContext, request: RemoveFactorRequest): Promise<FactorRemoved | Refusal> =>
  ctx.store.exclusive(async () => {
    const { store, clock, actor } = ctx;
    const isOwn = actor.kind === 'person' && actor.id === request.person;
    const grave = isOwn ? (ctx.proved ? null : PROVE_AGAIN()) : judgeGrave(ctx, 'people:write');
    if (grave) return grave;
    const person = await personNamed(store, request.person);
    if (isRefusal(person)) return person;
    const beyond = isOwn ? null : judgeReach(ctx, null, person);
    if (beyond) return beyond;
    if (person.totpSealed === null)
      return refuse('no_second_factor', `${person.name} has no second factor. Nothing was changed.`, { person: person.id });
    const now = clock.now();
    const audit = await auditOf(ctx, {
      verb: 'second_factor.remove',
      subject: `person/${person.id}`,
      before: { second_factor: person.totpConfirmedAt !== null },
      after: { second_factor: false },
    });
    await store.write([
      setSecondFactor(person, null),
      ...replaceRecoveryCodes(person.id, []),
      endSessionsOf(person.id, now, 'second_factor', isOwn ? request.session : null),
      ...audit,
    ]);
    return { person: { id: person.id, name: person.name } };
  });
