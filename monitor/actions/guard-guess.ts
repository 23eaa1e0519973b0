/**
 * A guess at a password or code, counted before it is judged: by the address it comes from, and by whom it is at. From a device that the
 * person has signed in with before, only the device is counted, so that neither strangers who guess nor a proxy behind which everybody
 * has one address keep them out. Source: reliability P13.
 */
import type { Person } from '#db/queries/people.ts';
import type { Refusal } from '#domain/refusal.ts';
import { hashOf } from '#monitor/identity/secret.ts';
import { type EntryContext, tooMany, type Visitor } from './people-verb.ts';

export interface Guess {
  /** From a device that is known. */
  readonly isVouched: boolean;
  /** It was right, or could not be judged: it counts for nothing. */
  giveBack(): void;
}

/** `who`: null for an address of nobody, which is counted alike. */
export const guardGuess = (
  { identity, clock }: Pick<EntryContext, 'identity' | 'clock'>,
  who: Pick<Person, 'id' | 'passwordChangedAt'> | null,
  email: string,
  { addressKey, device }: Pick<Visitor, 'addressKey'> & { readonly device: string | null },
): Guess | Refusal => {
  const known = identity.devices.read(device, clock.now());
  if (known && who && known.speaksFor(who)) {
    const key = `device ${known.name}`;
    const wait = identity.byKnown.take(key);
    return wait > 0 ? tooMany(wait) : { isVouched: true, giveBack: () => identity.byKnown.giveBack(key) };
  }
  const wait = identity.byAddress.take(addressKey);
  if (wait > 0) return tooMany(wait);
  const [limit, key] = who ? [identity.byPerson, who.id] : [identity.byNobody, hashOf(email)];
  const longer = limit.take(key);
  if (longer > 0) return tooMany(longer);
  return {
    isVouched: false,
    giveBack: () => {
      identity.byAddress.giveBack(addressKey);
      limit.giveBack(key);
    },
  };
};
