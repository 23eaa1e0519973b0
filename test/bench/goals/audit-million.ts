/** P18: an audit of a million rows, followed from the first to the last and held against an anchor: 20 s at most. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#db/client.ts';
import { insertAudit } from '#db/queries/audit.ts';
import { sha256 } from '#db/queries/chain.ts';
import type { Store } from '#db/store.ts';
import { bindAudit } from '#domain/access/audit-row.ts';
import { type ChainHead, NO_LINK } from '#domain/ledger/chain.ts';
import { instant } from '#domain/time/instant.ts';
import { anchorAudit } from '#monitor/actions/anchor-audit.ts';
import { openAnchorBook } from '#monitor/actions/anchor-book.ts';
import { verifyAudit } from '#monitor/actions/verify-audit.ts';
import { systemClock } from '#monitor/clock.ts';
import { type Benchmark, median, rounded } from '../support/goal.ts';

const ROWS = 1_000_000;
const AT_ONCE = 5_000;
const LIMIT_MS = 20_000;
const ROUNDS = 3;
const FIRST_MS = 1_700_000_000_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const fill = async (store: Store): Promise<void> => {
  // The guard asks for the last row with each; here they come in order anyway.
  await store.write([{ sql: 'DROP TRIGGER audit_in_order' }]);
  let head: ChainHead = NO_LINK;
  for (let first = 0; first < ROWS; first += AT_ONCE) {
    const rows = bindAudit(
      sha256,
      head,
      Array.from({ length: AT_ONCE }, (_, i) => ({
        recordedAt: instant(FIRST_MS + (first + i) * 1_000),
        actorKind: 'person' as const,
        actorId: `p${i % 9}`,
        actorName: `Person ${i % 9}`,
        from: '192.0.2.7',
        requestId: `r${first + i}`,
        verb: 'maintenance.edit',
        subject: `maintenance/${i % 700}`,
        before: JSON.stringify({ author: 'Ann', body: 'Checkout is away for some minutes.', rev: i }),
        after: JSON.stringify({ author: 'Ben', body: 'Checkout is away for some minutes, and search too.', rev: i + 1 }),
      })),
    );
    const last = rows.at(-1);
    head = last ? { seq: last.seq, hash: last.rowHash } : head;
    await store.write(rows.map(insertAudit));
  }
};

export const benchmark: Benchmark = async (say) => {
  const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'));
  const store = await openStore({ path: join(folder, 'avow.db'), clock: systemClock, log: silent });
  try {
    await fill(store);
    const anchors = openAnchorBook(folder, null);
    await anchorAudit({ store, clock: systemClock, anchors });
    const took: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const began = systemClock.monotonicUs();
      const report = await verifyAudit({ store, anchors });
      took.push((systemClock.monotonicUs() - began) / 1_000);
      if (!report.ok || report.rows !== ROWS || report.anchors !== 1) throw new Error('the audit was not found whole');
      say(`  round ${round + 1}: ${rounded(took.at(-1) ?? 0, 0)} ms`);
    }
    const ms = median(took);
    return [
      {
        goal: 'P18',
        what: 'a million rows of the audit verified',
        measured: `${rounded(ms, 0)} ms`,
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
