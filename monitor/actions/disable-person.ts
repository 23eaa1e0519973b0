/**
 * Shuts a person out: sessions end, tokens open nothing, and what they did stays theirs. The other way round they are let in again, with
 * the tokens that were not revoked. Refuses to shut out the last admin.
 */
import { setDisabled } from '#db/queries/people.ts';
import type { Refusal } from '#domain/refusal.ts';
import { changeStanding, type StandingChanged, type StandingRequest } from './change-standing.ts';
import type { PeopleContext } from './people-verb.ts';

export const disablePerson = (ctx: PeopleContext, request: StandingRequest): Promise<StandingChanged | Refusal> =>
  changeStanding(ctx, request, {
    verb: 'person.disable',
    ends: 'disabled',
    to: ({ role, disabledAt }, now) => ({ role, disabledAt: disabledAt ?? now }),
    row: (person, { disabledAt }) => setDisabled(person, disabledAt),
  });

export const enablePerson = (ctx: PeopleContext, request: StandingRequest): Promise<StandingChanged | Refusal> =>
  changeStanding(ctx, request, {
    verb: 'person.enable',
    ends: null,
    to: ({ role }) => ({ role, disabledAt: null }),
    row: (person) => setDisabled(person, null),
  });
