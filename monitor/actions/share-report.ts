/**
 * Makes a link that shows one report to whoever has it, until it expires or is revoked. The secret in it is told once and never again. One
 * transaction holds link and audit. Refuses a life outside 1 to 90 days and a contract that there is not.
 */
import { insertShareLink } from '#db/queries/share-links.ts';
import { readShareDays, type ShareLink } from '#domain/access/share-link.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { after } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import { hashOf, newSecret } from '#monitor/identity/secret.ts';
import { auditOf } from './audit.ts';
import type { LedgerVerbContext } from './ledger-verb.ts';
import { idFrom } from './new-id.ts';

export interface SharedReport {
  readonly link: ShareLink;
  /** The last part of the address. */
  readonly secret: string;
}

export const shareReport = async (
  ctx: LedgerVerbContext,
  { contract, month, days }: { readonly contract: string; readonly month: string; readonly days: string },
): Promise<SharedReport | Refusal> => {
  const life = readShareDays(days);
  if (isRefusal(life)) return life;
  const agreement = await ctx.agreementOf(contract);
  if (isRefusal(agreement)) return agreement;
  return ctx.store.exclusive(async () => {
    const now = ctx.clock.now();
    const secret = newSecret();
    const link: ShareLink = {
      id: idFrom(ctx),
      recordedAt: now,
      expiresAt: after(now, life),
      contract,
      month,
      author: ctx.actor.name,
      revokedAt: null,
      lastUsedAt: null,
    };
    const told = { id: link.id, contract, month, expiresAt: isoOf(link.expiresAt) };
    const audited = await auditOf(ctx, { verb: 'report.share', subject: `report/${contract}/${month}`, before: null, after: told });
    await ctx.store.write([insertShareLink(link, hashOf(secret)), ...audited]);
    return { link, secret };
  });
};
