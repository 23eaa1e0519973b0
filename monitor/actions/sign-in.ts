/**
 * Signs in: who it is (`provePassword`, then a code where there is a second factor), then a session for them (begin-session.ts). Whoever
 * is unknown, disabled or has another password hears the same words after the same work. Refuses with `wrong`, `code_needed` (facts.ticket
 * stands for the password for five minutes), `wrong_code`, `limited` (facts.retryAfterS) and `busy`. Refusals go into the audit, of a
 * flood only the first and a sum. Source: reliability P13, section 4; ASVS 6.3.
 */
import { findByEmail, findPerson, type Person, rehashPassword } from '#db/queries/people.ts';
import type { Statement } from '#db/store.ts';
import { emailKey } from '#domain/access/email.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { hashPassword, isOutdated, isPassword } from '#monitor/identity/password-hash.ts';
import { type AuditEntry, auditOf, HIDDEN } from './audit.ts';
import { actorFor, beginSession, type Entered } from './begin-session.ts';
import { checkCode } from './check-code.ts';
import { guardGuess } from './guard-guess.ts';
import { type EntryContext, hashing, passwordMark, type Visitor } from './people-verb.ts';
import { noteRefusal } from './refused-sign-ins.ts';

interface FromDevice extends Visitor {
  /** What the cookie of a known device holds; null: none. */
  readonly device: string | null;
}
export interface SignInRequest extends FromDevice {
  readonly email: string;
  readonly password: string;
  /** Null: not asked for yet. */
  readonly code: string | null;
}
export interface CodeRequest extends FromDevice {
  readonly ticket: string;
  readonly code: string;
}

const WRONG = (): Refusal => refuse('wrong', 'That e-mail address and password do not belong together. Check both, then try again.');

const refused = async (ctx: EntryContext, person: Person | null, email: string, visitor: Visitor, refusal: Refusal): Promise<Refusal> => {
  await noteRefusal(ctx, { code: refusal.code, person, email, address: visitor.address });
  return refusal;
};

/** The person whose address and password these are, with the hash that says so. */
const provePassword = async (
  ctx: EntryContext,
  person: Person | null,
  password: string,
  isVouched: boolean,
): Promise<{ readonly hash: string; readonly renewed: string | null } | Refusal> => {
  const { identity } = ctx;
  const nobodys = await identity.nobodysHash();
  const hash = person?.passwordHash ?? nobodys;
  const isRight = await hashing(ctx, isVouched, () => isPassword(password, hash));
  if (isRefusal(isRight)) return isRight;
  if (!isRight || !person || person.passwordHash === null || person.disabledAt !== null) return WRONG();
  if (!isOutdated(hash, identity.cost)) return { hash, renewed: null };
  const renewed = await hashing(ctx, true, () => hashPassword(password, identity.cost));
  return { hash, renewed: isRefusal(renewed) ? null : renewed };
};

interface Proof {
  readonly personId: string;
  readonly hash: string;
  readonly renewed: string | null;
  readonly code: string | null;
}

/** The rest, once the password is proved: the person as they are now, their code, the session. */
const enter = (ctx: EntryContext, { personId, hash, renewed, code }: Proof, visitor: Visitor): Promise<Entered | Refusal> =>
  ctx.store.exclusive(async () => {
    const now: Instant = ctx.clock.now();
    const person = await findPerson(ctx.store, personId);
    // Disabled, or given a new password, since the password was checked.
    if (!person || person.disabledAt !== null || person.passwordHash !== hash) return WRONG();
    const themselves = { ...ctx, actor: actorFor(person, ctx, visitor.address) };
    const rehashed: AuditEntry[] =
      renewed === null
        ? []
        : [{ verb: 'person.rehash_password', subject: `person/${person.id}`, before: { password: HIDDEN }, after: passwordMark(renewed) }];
    const more: Statement[] = renewed === null ? [] : [rehashPassword(person.id, hash, renewed)];
    let how: Readonly<Record<string, string | number>> = {};
    if (person.totpConfirmedAt !== null) {
      if (code === null || code.trim() === '') {
        if (more.length > 0) await ctx.store.write([...more, ...(await auditOf(ctx, ...rehashed))]);
        const ticket = ctx.identity.waiting.add(person.id, renewed ?? hash, now);
        return refuse('code_needed', 'Now the code that your application shows, or a recovery code.', { ticket, field: 'code' });
      }
      const taken = await checkCode(ctx, person, code, now);
      if (isRefusal(taken)) return taken;
      more.push(taken.take);
      how = taken.how;
    }
    const { entered, row, entry } = beginSession(ctx, person, visitor, now, { by: 'password', ...how });
    const audit = await auditOf(themselves, ...rehashed, entry);
    await ctx.store.write([row, ...more, ...audit]);
    return entered;
  });

/** Whether the answer tells that nothing was guessed wrong. */
const isNoFailure = (answer: Entered | Refusal): boolean => !isRefusal(answer) || ['busy', 'code_needed', 'no_key'].includes(answer.code);

export const signIn = async (ctx: EntryContext, request: SignInRequest): Promise<Entered | Refusal> => {
  const email = emailKey(request.email);
  const person = await findByEmail(ctx.store, email);
  const guess = guardGuess(ctx, person, email, request);
  if (isRefusal(guess)) return refused(ctx, person, email, request, guess);
  const proof = await provePassword(ctx, person, request.password, guess.isVouched);
  const answer =
    isRefusal(proof) || !person
      ? isRefusal(proof)
        ? proof
        : WRONG()
      : await enter(ctx, { ...proof, personId: person.id, code: request.code }, request);
  if (isNoFailure(answer)) guess.giveBack();
  return isRefusal(answer) && answer.code !== 'code_needed' ? refused(ctx, person, email, request, answer) : answer;
};

const NO_TICKET = (): Refusal => refuse('wrong', 'More than five minutes have passed since the password. Begin again.');

/** The second half, with the ticket that `code_needed` gave. */
export const signInWithCode = async (ctx: EntryContext, request: CodeRequest): Promise<Entered | Refusal> => {
  const { identity, clock, store } = ctx;
  const waiting = identity.waiting.find(request.ticket, clock.now());
  const person = waiting && (await findPerson(store, waiting.personId));
  if (!waiting || !person) return NO_TICKET();
  const guess = guardGuess(ctx, person, person.email, request);
  if (isRefusal(guess)) return refused(ctx, person, person.email, request, guess);
  const answer = await enter(ctx, { personId: person.id, hash: waiting.passwordHash, renewed: null, code: request.code }, request);
  if (isNoFailure(answer)) guess.giveBack();
  if (isRefusal(answer)) return answer.code === 'code_needed' ? answer : refused(ctx, person, person.email, request, answer);
  identity.waiting.forget(request.ticket);
  return answer;
};
