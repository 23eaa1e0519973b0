/**
 * Makes a token for programs, of whoever has signed in, or, by the owner of the data folder, for another: shown once, with scopes that its owner's role has, from
 * anywhere or a range of addresses, for 1 to 365 days. Refuses a token that would make a token. Source: reliability section 4 (API tokens).
 */
import { type ApiToken, apiTokensOf, insertApiToken } from '#db/queries/api-tokens.ts';
import { writeApiToken } from '#domain/access/api-token.ts';
import { readRange, readScopes, tokenExpiry } from '#domain/access/scopes.ts';
import { readText } from '#domain/maintenance/text-rules.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { readAddress } from '#monitor/identity/read-address.ts';
import { hashOf, newSecret } from '#monitor/identity/secret.ts';
import { auditOf } from './audit.ts';
import { idFrom } from './new-id.ts';
import { actorPerson, judgeGrave, type PeopleContext, PROVE_AGAIN, personNamed } from './people-verb.ts';

export interface TokenRequest {
  /** Id or address of its owner; null: whoever asks. */
  readonly owner: string | null;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Null or "": from anywhere. */
  readonly cidr: string | null;
  /** Null: 90. */
  readonly days: number | null;
}
export interface TokenMade {
  readonly token: ApiToken;
  readonly owner: { readonly id: string; readonly name: string };
  /** `sp_…`; shown once. */
  readonly text: string;
}

/** More than anybody can keep apart. */
const MOST_TOKENS = 50;

export const makeToken = (ctx: PeopleContext, request: TokenRequest): Promise<TokenMade | Refusal> =>
  ctx.store.exclusive(async () => {
    const { store, clock, actor } = ctx;
    if (actor.kind === 'token') return refuse('denied', 'A token makes no tokens. Sign in, and make it there.');
    const isOwn = request.owner === null || (actor.kind === 'person' && actor.id === request.owner);
    const grave = isOwn ? (ctx.proved ? null : PROVE_AGAIN()) : judgeGrave(ctx, 'people:write');
    if (grave) return grave;
    // Whoever makes it reads it, and what it does is said to be its owner's: one admin would be two people.
    if (!isOwn && actor.kind === 'person')
      return refuse('denied', 'A token speaks in the name of its owner, so they make it themselves, under Your account.');
    const owner = isOwn ? await actorPerson(ctx) : await personNamed(store, String(request.owner));
    if (isRefusal(owner)) return owner;
    if (owner.disabledAt !== null) return refuse('is_disabled', `${owner.name} is disabled. Enable them first.`, { person: owner.id });
    if (request.name.trim() === '') return refuse('bad_name', 'Name the token after the program that will use it.', { field: 'name' });
    const name = readText('author', request.name);
    if (isRefusal(name)) return refuse('bad_name', name.message, { field: 'name' });
    const scopes = readScopes(request.scopes, owner.role);
    if (isRefusal(scopes)) return scopes;
    const cidr = readRange(request.cidr, readAddress);
    if (isRefusal(cidr)) return cidr;
    const now = clock.now();
    const expiresAt = tokenExpiry(now, request.days);
    if (isRefusal(expiresAt)) return expiresAt;
    const open = (await apiTokensOf(store, owner.id)).filter((one) => one.expiresAt > now);
    if (open.length >= MOST_TOKENS)
      return refuse('too_many_tokens', `${owner.name} has ${open.length} tokens, and ${MOST_TOKENS} is the most. Revoke one first.`, {});
    const secret = newSecret();
    const token: ApiToken = {
      id: idFrom(ctx),
      personId: owner.id,
      name,
      scopes,
      cidr,
      recordedAt: now,
      expiresAt,
      lastUsedAt: null,
      revokedAt: null,
    };
    const after = { owner: owner.id, name, scopes, cidr, expires_at: expiresAt };
    const audit = await auditOf(ctx, { verb: 'token.make', subject: `token/${token.id}`, before: null, after });
    await store.write([insertApiToken(token, hashOf(secret)), ...audit]);
    return { token, owner: { id: owner.id, name: owner.name }, text: writeApiToken({ id: token.id, secret }) };
  });
