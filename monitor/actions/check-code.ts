/**
 * Whether a typed code is the second factor of a person: a code of their application of a step that was not taken yet, or a recovery code
 * that is left. To be called inside `store.exclusive`, with the person as they are now; what it answers takes the code, in the
 * transaction of whatever it allows. Refuses when the key that sealed the secret is missing.
 */
import { type Person, takeStep } from '#db/queries/people.ts';
import { askRecoveryCode, takeRecoveryCode } from '#db/queries/recovery-codes.ts';
import type { Statement } from '#db/store.ts';
import { type Refusal, refuse } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { bareCode, hashRecoveryCode, isTotpForm, stepOfCode } from '#monitor/identity/second-factor.ts';
import type { EntryContext } from './people-verb.ts';

export interface TakenCode {
  readonly take: Statement;
  /** For the audit. */
  readonly how: Readonly<Record<string, string | number>>;
}

const WRONG = (): Refusal =>
  refuse(
    'wrong_code',
    'That code is not good: it is wrong, over, or was used before. Type the one that your application shows now, or a recovery code.',
    {
      field: 'code',
    },
  );
export const NO_SECRETS_KEY = (): Refusal =>
  refuse(
    'no_key',
    'The key of the secrets is missing on the server, so codes cannot be checked. Use a recovery code, or ask an admin to put secrets.key back.',
    {
      field: 'code',
    },
  );

export const checkCode = async (
  { store, identity }: Pick<EntryContext, 'store' | 'identity'>,
  person: Person,
  typed: string,
  now: Instant,
): Promise<TakenCode | Refusal> => {
  const code = bareCode(typed);
  if (!isTotpForm(code)) {
    const hash = hashRecoveryCode(person.id, code);
    const { isOpen, left } = await askRecoveryCode(store, person.id, hash);
    return isOpen
      ? { take: takeRecoveryCode(person.id, hash, now), how: { second_factor: 'recovery code', recovery_codes_left: left - 1 } }
      : WRONG();
  }
  const secret = identity.box && person.totpSealed ? identity.box.open(person.totpSealed, `totp/${person.id}`) : null;
  if (secret === null) return NO_SECRETS_KEY();
  const step = stepOfCode(secret, code, now);
  return step !== null && (person.totpStep === null || step > person.totpStep)
    ? { take: takeStep(person.id, step), how: { second_factor: 'application' } }
    : WRONG();
};
