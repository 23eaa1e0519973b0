/** Takes a token back, one's own or by right another's: from then on it opens nothing. Refuses one that is unknown or revoked. */
import { findApiToken, revokeApiToken } from '#db/queries/api-tokens.ts';
import { type Refusal, refuse } from '#domain/refusal.ts';
import { auditOf } from './audit.ts';
import { judgeGrave, type PeopleContext } from './people-verb.ts';

export interface TokenRevoked {
  readonly id: string;
  readonly name: string;
  readonly owner: { readonly id: string; readonly name: string };
}

export const revokeToken = (ctx: PeopleContext, request: { readonly token: string }): Promise<TokenRevoked | Refusal> =>
  ctx.store.exclusive(async () => {
    const { store, clock, actor } = ctx;
    const found = await findApiToken(store, request.token);
    // Taking one's own back is never refused for want of a proof: it only makes things safer.
    const isOwn = found !== null && actor.kind === 'person' && found.person.id === actor.id;
    const grave = isOwn ? null : judgeGrave(ctx, 'people:write');
    if (grave) return grave;
    if (!found || found.token.revokedAt !== null)
      return refuse('unknown_token', 'There is no such token, or it was revoked before. Look at the list again.', {
        token: request.token.slice(0, 20),
      });
    const { token, person } = found;
    const before = { owner: person.id, name: token.name, scopes: token.scopes, cidr: token.cidr, expires_at: token.expiresAt };
    const audit = await auditOf(ctx, { verb: 'token.revoke', subject: `token/${token.id}`, before, after: null });
    await store.write([revokeApiToken(token.id, clock.now()), ...audit]);
    return { id: token.id, name: token.name, owner: { id: person.id, name: person.name } };
  });
