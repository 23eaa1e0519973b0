/**
 * Makes the first admin, for whoever holds the link that a start without one has printed: the person, the row that says it is done, and
 * their first session in one transaction, so that of any number at once exactly one becomes it. Refuses a token that is wrong or over,
 * more than five wrong ones an hour from one address, and what is no address, name or password. Source: reliability section 4 (First run), table 1.
 */
import { insertPerson, otherAdmins, setUpDone } from '#db/queries/people.ts';
import { nameKey } from '#domain/maintenance/text-rules.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { hashPassword } from '#monitor/identity/password-hash.ts';
import { auditOf } from './audit.ts';
import { actorFor, beginSession, type Entered } from './begin-session.ts';
import { idFrom } from './new-id.ts';
import { judgeTaken, type NewcomerRequest, newPerson, readNewcomer } from './newcomer.ts';
import { type EntryContext, hashing, passwordMark, standingOf, tooMany, type Visitor } from './people-verb.ts';

export interface SetUpRequest extends Visitor, NewcomerRequest {
  readonly token: string;
}

const BAD_LINK = (): Refusal =>
  refuse('bad_link', 'This link makes no admin: it is wrong, used, or older than an hour. Make a new one with: avow user set-up-link');

/**
 * Null: the token is that of the link, and its hour is not over. A wrong one counts, by the address that it comes from: five an hour, apart
 * from signing in.
 */
export const judgeSetUpToken = (
  { identity, clock }: Pick<EntryContext, 'identity' | 'clock'>,
  { token, addressKey }: Pick<SetUpRequest, 'token' | 'addressKey'>,
): Refusal | null => {
  const wait = identity.bySetUp.take(addressKey);
  if (wait > 0) return tooMany(wait);
  if (!identity.setUp.judge(token, clock.now())) return BAD_LINK();
  identity.bySetUp.giveBack(addressKey);
  return null;
};

/** Whether a start has to show a link. */
export const needsSetUp = async ({ store }: Pick<EntryContext, 'store'>): Promise<boolean> => (await otherAdmins(store, null)) === 0;

export const setUpFirstAdmin = async (ctx: EntryContext, request: SetUpRequest): Promise<Entered | Refusal> => {
  const { store, clock, identity } = ctx;
  const bad = judgeSetUpToken(ctx, request);
  if (bad) return bad;
  const who = readNewcomer(request);
  if (isRefusal(who)) return who;
  const hash = await hashing(ctx, false, () => hashPassword(request.password, identity.cost));
  if (isRefusal(hash)) return hash;
  return store.exclusive(async () => {
    const now = clock.now();
    if (!(await needsSetUp(ctx))) return refuse('already_set_up', 'There is an admin already. Sign in, or ask them for an invitation.');
    if (!identity.setUp.judge(request.token, now)) return BAD_LINK();
    const taken = await judgeTaken(ctx, who);
    if (taken) return taken;
    const person = newPerson(idFrom(ctx), who, { role: 'admin', customers: [] }, hash, now);
    const { entered, row, entry } = beginSession(ctx, person, request, now, { by: 'set-up link' });
    const made = {
      verb: 'person.set_up',
      subject: `person/${person.id}`,
      before: null,
      after: { ...standingOf(person), ...passwordMark(hash) },
    };
    const audit = await auditOf({ ...ctx, actor: actorFor(person, ctx, request.address) }, made, entry);
    await store.write([insertPerson(person, nameKey(person.name)), setUpDone(now), row, ...audit]);
    identity.setUp.end();
    return entered;
  });
};
