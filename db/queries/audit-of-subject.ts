/** What the audit says of one thing, the newest first. */
import { type Instant, instant } from '#domain/time/instant.ts';
import type { Store } from '../store.ts';

export interface AuditOfSubject {
  readonly seq: number;
  readonly recordedAt: Instant;
  readonly actor: string;
  readonly kind: string;
  readonly from: string | null;
  readonly verb: string;
}

/** `subject`: `noun/id`; at most `most` rows. */
export const readAuditOf = async (store: Store, subject: string, most: number): Promise<AuditOfSubject[]> => {
  const { rows } = await store.read({
    sql: 'SELECT seq, recorded_at_ms, actor_name, actor_kind, from_address, verb FROM audit WHERE subject = ? ORDER BY seq DESC LIMIT ?',
    args: [subject, most],
  });
  return rows.map(([seq, recordedAt, actor, kind, from, verb]) => ({
    seq: Number(seq),
    recordedAt: instant(Number(recordedAt)),
    actor: String(actor),
    kind: String(kind),
    from: from === null ? null : String(from),
    verb: String(verb),
  }));
};
