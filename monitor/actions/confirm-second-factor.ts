/**
 * Proves that the application has the secret: from then on signing in asks for a code. Every other session ends, and ten recovery codes
 * are shown, once. Refuses a wrong code; the secret stays as it is then.
 */
import { confirmSecondFactor as confirmRow } from '#db/queries/people.ts';
import { replaceRecoveryCodes } from '#db/queries/recovery-codes.ts';
import { endSessionsOf } from '#db/queries/sessions.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { bareCode, hashRecoveryCode, isTotpForm, newRecoveryCodes, stepOfCode } from '#monitor/identity/second-factor.ts';
import { auditOf } from './audit.ts';
import { NO_SECRETS_KEY } from './check-code.ts';
import { actorPerson, type PeopleContext, PROVE_AGAIN, tooMany } from './people-verb.ts';

export interface ConfirmRequest {
  /** The session that goes on. */
  readonly session: string;
  readonly code: string;
}
export interface FactorConfirmed {
  /** Each is good once; they are not shown again. */
  readonly recoveryCodes: readonly string[];
}

export const confirmSecondFactor = (ctx: PeopleContext, { session, code }: ConfirmRequest): Promise<FactorConfirmed | Refusal> =>
  ctx.store.exclusive(async () => {
    const { store, clock, identity } = ctx;
    const now = clock.now();
    if (!ctx.proved) return PROVE_AGAIN();
    const person = await actorPerson(ctx);
    if (isRefusal(person)) return person;
    if (person.totpSealed === null || person.totpConfirmedAt !== null)
      return refuse('nothing_begun', 'There is no second factor that waits for its first code. Begin one.');
    const secret = identity.box?.open(person.totpSealed, `totp/${person.id}`) ?? null;
    if (secret === null) return NO_SECRETS_KEY();
    const wait = identity.byKnown.take(`factor ${person.id}`);
    if (wait > 0) return tooMany(wait);
    const bare = bareCode(code);
    const step = isTotpForm(bare) ? stepOfCode(secret, bare, now) : null;
    if (step === null)
      return refuse('wrong_code', 'That is not the code that your application shows now. Look at its clock, and type the six digits.', {
        field: 'code',
      });
    identity.byKnown.giveBack(`factor ${person.id}`);
    const recoveryCodes = newRecoveryCodes();
    const hashes = recoveryCodes.map((one) => hashRecoveryCode(person.id, bareCode(one)));
    const audit = await auditOf(ctx, {
      verb: 'second_factor.confirm',
      subject: `person/${person.id}`,
      before: { second_factor: false },
      after: { second_factor: true, recovery_codes: hashes.length },
    });
    await store.write([
      confirmRow(person, step, now),
      ...replaceRecoveryCodes(person.id, hashes),
      endSessionsOf(person.id, now, 'second_factor', session),
      ...audit,
    ]);
    return { recoveryCodes };
  });
