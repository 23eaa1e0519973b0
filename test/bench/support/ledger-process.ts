/** ledger-reader.ts started as the product is started, on the measured core, and asked. */
import { fileURLToPath } from 'node:url';
import type { Instant } from '#domain/time/instant.ts';
import { ARENAS, YOUNG } from './avow.ts';
import type { LedgerQuestion } from './ledger-reader.ts';
import { run } from './process.ts';

/** Times in ms. `heldMs`: until the ledger was read; of the stored spans it is read with the recorder waiting. */
export interface LedgerAnswer {
  readonly ms: number;
  readonly heldMs: number;
  readonly cpuMs: number;
  readonly blockedMs: number;
  readonly blockedCpuMs: number;
  readonly residentMib: number;
  /** Of the statements. */
  readonly sha256: string;
}
export interface LedgerProcess {
  ask(question: LedgerQuestion): Promise<LedgerAnswer>;
  stop(): Promise<unknown>;
}

const script = fileURLToPath(new URL('./ledger-reader.ts', import.meta.url));

export const startLedger = (path: string, asOf: Instant): LedgerProcess => {
  const running = run(1, [...YOUNG, script, path, String(asOf)], ARENAS);
  return {
    ask: async (question) => {
      const answered = running.nextLine();
      running.child.send(question);
      return (await answered) as unknown as LedgerAnswer;
    },
    stop: () => running.stop(),
  };
};
