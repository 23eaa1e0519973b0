/** When final reports are held against later facts: soon after the start, then every hour, never two rounds at once. */

import type { ReportContext } from '#monitor/actions/report-context.ts';
import { type RevisionRound, reviseReports } from '#monitor/actions/revise-reports.ts';
import type { Log } from '#monitor/context.ts';

const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 60 * 60_000;

export const keepReports = (context: () => ReportContext, log: Log): { stop(): Promise<void> } => {
  const stopping = new AbortController();
  let mark: number | null = null;
  const round = async (): Promise<void> => {
    const ctx = context();
    if (!ctx.reportKey) return;
    try {
      const { mark: seen, revised }: RevisionRound = await reviseReports(ctx, mark);
      mark = seen;
      for (const { report, changes } of revised)
        log.info('Later facts changed a final report; its next revision was made.', { report, changes });
    } catch (cause) {
      log.warn('Final reports could not be held against later facts; it is tried again.', { cause: String(cause) });
    }
  };
  const rounds = async (): Promise<void> => {
    const { clock } = context();
    for (let wait = FIRST_AFTER_MS; ; wait = EVERY_MS) {
      await clock.sleep(wait, stopping.signal);
      await round();
    }
  };
  // Ends by the abort alone: whatever a round throws is told above.
  const ended = rounds().catch(() => undefined);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
};
