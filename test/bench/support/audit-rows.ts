/** Rows of the audit as a busy console makes them, by nine people and of three kinds, in order and bound. */
import { insertAudit } from '#db/queries/audit.ts';
import { sha256 } from '#db/queries/chain.ts';
import type { Store } from '#db/store.ts';
import { bindAudit } from '#domain/access/audit-row.ts';
import { type ChainHead, NO_LINK } from '#domain/ledger/chain.ts';
import { instant } from '#domain/time/instant.ts';

const AT_ONCE = 5_000;
const FIRST_MS = 1_700_000_000_000;

/** Into a store whose audit is empty. */
export const writeAudit = async (store: Store, count: number): Promise<void> => {
  // The guard asks for the last row with each; here they come in order anyway.
  const { rows } = await store.read({ sql: "SELECT sql FROM sqlite_master WHERE name = 'audit_in_order'" });
  await store.write([{ sql: 'DROP TRIGGER audit_in_order' }]);
  let head: ChainHead = NO_LINK;
  for (let first = 0; first < count; first += AT_ONCE) {
    const bound = bindAudit(
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
    const last = bound.at(-1);
    head = last ? { seq: last.seq, hash: last.rowHash } : head;
    await store.write(bound.map(insertAudit));
  }
  await store.write([{ sql: String(rows[0]?.[0]) }]);
};
