/** P18: an audit of a million rows, followed from the first to the last and held against an anchor: 20 s at most. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { openStore } from '#db/client.ts';
import { anchorAudit } from '#monitor/actions/anchor-audit.ts';
import { openAnchorBook } from '#monitor/actions/anchor-book.ts';
import { verifyAudit } from '#monitor/actions/verify-audit.ts';
import { systemClock } from '#monitor/clock.ts';
import { writeAudit } from '../support/audit-rows.ts';
import { type Benchmark, median, rounded } from '../support/goal.ts';

const ROWS = 1_000_000;
const LIMIT_MS = 20_000;
const ROUNDS = 3;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export const benchmark: Benchmark = async (say) => {
  const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'));
  const store = await openStore({ path: join(folder, 'avow.db'), clock: systemClock, log: silent });
  try {
    await writeAudit(store, ROWS);
    const anchors = openAnchorBook(folder, null);
    await anchorAudit({ store, clock: systemClock, anchors });
    const took: number[] = [];
    const cpu: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = process.cpuUsage();
      const began = systemClock.monotonicUs();
      const report = await verifyAudit({ store, anchors });
      took.push((systemClock.monotonicUs() - began) / 1_000);
      const { user, system } = process.cpuUsage(before);
      cpu.push((user + system) / 1_000);
      if (!report.ok || report.rows !== ROWS || report.anchors !== 1) throw new Error('the audit was not found whole');
      say(`  round ${round + 1}: ${rounded(took.at(-1) ?? 0, 0)} ms`);
    }
    const ms = median(took);
    return [
      {
        goal: 'P18',
        what: 'a million rows of the audit verified',
        measured: `${rounded(ms, 0)} ms (CPU ${rounded(median(cpu), 0)} ms)`,
        reference: `${LIMIT_MS} ms`,
        ratio: ms / LIMIT_MS,
        limit: 1,
        sense: 'at most',
      },
    ];
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
