/** What the verbs of people are handed for one request, and the status that a refusal is answered with. */
import { isProved } from '#domain/access/session.ts';
import type { Refusal } from '#domain/refusal.ts';
import { kindOfRefusal, type RefusalKind } from '#domain/refusal-kind.ts';
import type { EntryContext, PeopleContext } from '#monitor/actions/people-verb.ts';
import type { Identity } from '#monitor/identity/identity.ts';
import { type ConsoleAsk, signedIn } from './console-route.ts';

export const entering = ({ context, actor }: ConsoleAsk, identity: Identity): EntryContext => ({
  store: context.store,
  clock: context.clock,
  identity,
  actor,
});

export const acting = (ask: ConsoleAsk, identity: Identity): PeopleContext => {
  const { permissions, session } = signedIn(ask);
  return { ...entering(ask, identity), permissions, proved: isProved(session, ask.context.clock.now()) };
};

const STATUS: Readonly<Record<RefusalKind, number>> = { unknown: 404, conflict: 409, denied: 403, limited: 429, invalid: 422 };
export const statusOf = (refusal: Refusal): number => STATUS[kindOfRefusal(refusal)];
