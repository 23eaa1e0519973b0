/** When what is bound late is bound, and the ends of audit and ledger are noted outside the store: at the start, every hour, and at the stop. */
import { type AnchorContext, anchorAudit } from '#monitor/actions/anchor-audit.ts';
import { bindLaterRows } from '#monitor/actions/bind-later-rows.ts';
import { type Log, SYSTEM } from '#monitor/context.ts';

const EVERY_MS = 60 * 60_000;

export const keepAnchors = (ctx: AnchorContext, log: Log): { stop(): Promise<void> } => {
  const stopping = new AbortController();
  const note = async (): Promise<void> => {
    try {
      await bindLaterRows({ ...ctx, actor: SYSTEM });
      // The line is a second copy, where whoever owns the folder may not reach.
      log.info('Where the audit and the ledger end is noted.', { anchor: await anchorAudit(ctx) });
    } catch (cause) {
      log.warn('Where the audit ends could not be noted; it is tried again. Until then a cut end would not show.', {
        cause: String(cause),
      });
    }
  };
  const rounds = async (): Promise<void> => {
    for (;;) {
      await note();
      await ctx.clock.sleep(EVERY_MS, stopping.signal);
    }
  };
  // Ends by the abort alone: whatever a round throws is told above.
  const ended = rounds().catch(() => undefined);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
      await note();
    },
  };
};
