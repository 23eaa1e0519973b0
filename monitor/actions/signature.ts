/**
 * Whose name a verb writes. Whoever signed in signs with their own name, whatever the request says, and with no other; at the socket,
 * where nobody signs in, the name is what somebody says of themselves. A second person who signs does so in a request of their own.
 * Source: reliability section 4 (Audit), semantics A7, B2, D3.
 */
import { readText, sameName } from '#domain/maintenance/text-rules.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { type Acting, isAuthenticated } from '#monitor/context.ts';

/** `author` null: nobody was named. `authenticated`: the name was proved by signing in. */
export interface Signature<N extends string | null = string | null> {
  readonly author: N;
  readonly authenticated: boolean;
}

/** Who does it; refuses a name that is not the signed-in person's, and one that is no name. */
export const signatureOf = ({ actor }: Acting, given: string | null): Signature | Refusal => {
  if (!isAuthenticated(actor)) {
    const author = given === null ? null : readText('author', given);
    return isRefusal(author) ? author : { author, authenticated: false };
  }
  if (given !== null && !sameName(given, actor.name))
    return refuse(
      'not_your_name',
      `You are signed in as ${actor.name}, and the request names ${given}. Leave the name out, or let them sign in themselves.`,
      { signed_in: actor.name, named: given },
    );
  return { author: actor.name, authenticated: true };
};

/** The same where somebody must answer for it by name. */
export const signatureNeeded = (ctx: Acting, given: string | null): Signature<string> | Refusal => {
  const signature = signatureOf(ctx, given);
  if (isRefusal(signature)) return signature;
  const { author, authenticated } = signature;
  return author === null
    ? refuse('no_name', 'Somebody must answer for this by name, and nobody signed in. Say who does it.', { field: 'author' })
    : { author, authenticated };
};

/** A second person who was named by the first has proved nothing. */
export const UNPROVED = { authenticated: false } as const;

/** A second person who is named at once, by the first: only where names are not proved anyway. */
export const secondPersonOf = ({ actor }: Acting, given: string | null): string | null | Refusal =>
  given === null || !isAuthenticated(actor)
    ? given
    : refuse('second_person_signs', `${given} must approve it in person: let them sign in and approve it when you have recorded it.`, {
        signed_in: actor.name,
        named: given,
      });
