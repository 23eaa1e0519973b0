/**
 * Shuts a person out: sessions end, tokens and the links that they made are revoked, and what they did stays theirs. The other way round
 * they are let in again, without them: whoever wants a program back makes a new token. Refuses to shut out the last admin.
 */
import { setDisabled } from '#db/queries/people.ts';
import type { Refusal } from '#domain/refusal.ts';
import { changeStanding, type StandingChanged, type StandingRequest } from './change-standing.ts';
import type { PeopleContext } from './people-verb.ts';

export const disablePerson = (ctx: PeopleContext, request: StandingRequest): Promise<StandingChanged | Refusal> =>
  changeStanding(ctx, request, {
    verb: 'person.disable',
    ends: 'disabled',
    revokesTokens: true,
    to: ({ role, disabledAt }, now) => ({ role, disabledAt: disabledAt ?? now }),
    row: (person, { disabledAt }) => setDisabled(person, disabledAt),
  });

export const enablePerson = (ctx: PeopleContext, request: StandingRequest): Promise<StandingChanged | Refusal> =>
  changeStanding(ctx, request, {
    verb: 'person.enable',
    ends: null,
    // Of somebody who was shut out when tokens only slept meanwhile.
    revokesTokens: true,
    to: ({ role }) => ({ role, disabledAt: null }),
    row: (person) => setDisabled(person, null),
  });
