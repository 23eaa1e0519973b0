/**
 * Begins a second factor for oneself: a secret for an authenticator application, shown once as text and picture and sealed in the store.
 * It asks for nothing until a code has proved that the application has it (confirm-second-factor.ts). Beginning again makes another
 * secret. Refuses one that is confirmed already, and without a key to seal with.
 */
import { setSecondFactor } from '#db/queries/people.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { newTotpSecret, type QrPath, qrPath, totpUri } from '#monitor/identity/second-factor.ts';
import { auditOf } from './audit.ts';
import { actorPerson, type PeopleContext, PROVE_AGAIN } from './people-verb.ts';

export interface ShownFactor {
  /** Base32, for typing. */
  readonly secret: string;
  /** otpauth: for applications. */
  readonly uri: string;
  readonly qr: QrPath;
}

/** `issuer`: what the application shows beside the address, such as the page's name. */
export const beginSecondFactor = (ctx: PeopleContext, { issuer }: { readonly issuer: string }): Promise<ShownFactor | Refusal> =>
  ctx.store.exclusive(async () => {
    const { store, identity } = ctx;
    if (!ctx.proved) return PROVE_AGAIN();
    const person = await actorPerson(ctx);
    if (isRefusal(person)) return person;
    if (person.totpConfirmedAt !== null)
      return refuse('has_second_factor', 'You have a second factor already. Remove it first, then begin anew.');
    if (!identity.box)
      return refuse(
        'no_key',
        'The key of the secrets is missing on the server, so nothing can be sealed. Put secrets.key back, then begin again.',
      );
    const secret = newTotpSecret();
    const audit = await auditOf(ctx, { verb: 'second_factor.begin', subject: `person/${person.id}`, before: null, after: null });
    await store.write([setSecondFactor(person, identity.box.seal(secret, `totp/${person.id}`)), ...audit]);
    const uri = totpUri(secret, issuer.replaceAll(':', ' ').trim() || 'Avow', person.email);
    return { secret, uri, qr: qrPath(uri) };
  });

/** What was begun and not confirmed, shown again to whoever began it: a form that was filled in wrong. Null: nothing was begun. */
export const shownSecondFactor = (ctx: PeopleContext, issuer: string): Promise<ShownFactor | null> =>
  // Alone with the store: the key that seals may change between the row and its opening.
  ctx.store.exclusive(async () => {
    const person = await actorPerson(ctx);
    if (isRefusal(person) || !ctx.proved || person.totpSealed === null || person.totpConfirmedAt !== null) return null;
    const secret = ctx.identity.box?.open(person.totpSealed, `totp/${person.id}`) ?? null;
    if (secret === null) return null;
    const uri = totpUri(secret, issuer.replaceAll(':', ' ').trim() || 'Avow', person.email);
    return { secret, uri, qr: qrPath(uri) };
  });
