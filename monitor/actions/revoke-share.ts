/** Shuts a link to a report, at once. Refuses one that there is not, and one that is shut already. */
import { revokeShareLink, shareLinkById } from '#db/queries/share-links.ts';
import type { ShareLink } from '#domain/access/share-link.ts';
import { utcWords } from '#domain/maintenance/words.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { auditOf } from './audit.ts';
import type { LedgerVerbContext } from './ledger-verb.ts';

export const revokeShare = (ctx: LedgerVerbContext, id: string): Promise<ShareLink | Refusal> =>
  ctx.store.exclusive(async () => {
    const link = await shareLinkById(ctx.store, id);
    if (!link || isRefusal(await ctx.agreementOf(link.contract))) return refuse('unknown_link', `There is no link ${id}.`, { link: id });
    if (link.revokedAt !== null) return refuse('already_revoked', `The link was shut at ${utcWords(link.revokedAt)} before.`, { link: id });
    const now = ctx.clock.now();
    const { contract, month } = link;
    const audited = await auditOf(ctx, {
      verb: 'report.unshare',
      subject: `report/${contract}/${month}`,
      before: { id, revoked: false },
      after: { id, revoked: true },
    });
    await ctx.store.write([revokeShareLink(id, now), ...audited]);
    return { ...link, revokedAt: now };
  });
