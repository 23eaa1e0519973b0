/** Backups that are asked for while Avow runs: given up when it stops, and waited for, so that nothing half-made is left. */

import { refuse } from '#domain/refusal.ts';
import type { Told } from '#monitor/actions/long-verb.ts';
import { type BackupContext, makeBackup } from '#monitor/actions/make-backup.ts';
import type { Actor } from '#monitor/context.ts';

export interface Backups {
  readonly run: (actor: Actor, asked: unknown, told: Told) => Promise<object>;
  stop(): Promise<void>;
}

export const answerBackups = (ctx: Pick<BackupContext, 'store' | 'clock'>): Backups => {
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  return {
    run: async (actor, asked, told) => {
      if (stopping.signal.aborted) return refuse('stopped', 'Avow is stopping, so no backup was made.');
      const made = makeBackup.run({ ...ctx, actor, signal: stopping.signal }, asked, told);
      const ended = made.catch(() => undefined);
      underWay.add(ended);
      void ended.then(() => underWay.delete(ended));
      return made;
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(underWay);
    },
  };
};
