/**
 * What a verb writes into the audit with its change, in one transaction: who, when, from where, what, before and after. To be called
 * inside `store.exclusive`. Values of secrets never come here: a verb names what changed, and writes "•" for what nobody may read.
 * Source: reliability section 4 (Audit), P18.
 */
import { appendAudit } from '#db/queries/audit.ts';
import { sha256 } from '#db/queries/chain.ts';
import type { Statement, Store } from '#db/store.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { Clock } from '#monitor/clock.ts';
import { HIDDEN as MARK } from '#monitor/config/write-only.ts';
import type { Acting } from '#monitor/context.ts';

/** Stands for a value that is not to be read again. */
export const HIDDEN = MARK;

export interface AuditEntry {
  /** `noun.verb`. */
  readonly verb: string;
  /** `noun/id`. */
  readonly subject: string;
  /** Plain JSON; null: there was nothing. */
  readonly before: object | null;
  readonly after: object | null;
}

interface Auditing extends Acting {
  readonly store: Store;
  readonly clock: Clock;
}

/** A longer text is told by its length and SHA-256: the text itself stands in the row that it was written for. */
const MOST_CHARACTERS = 2_000;
const told = (value: unknown): unknown => {
  if (typeof value === 'string') return value.length > MOST_CHARACTERS ? { characters: value.length, sha256: sha256(value) } : value;
  if (Array.isArray(value)) return value.map(told);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, told(one)]));
};
const jsonOf = (value: object | null): string | null => (value === null ? null : canonicalJson(told(value)));

export const auditOf = ({ store, clock, actor }: Auditing, ...entries: readonly AuditEntry[]): Promise<Statement[]> => {
  const recordedAt = clock.now();
  return appendAudit(
    store,
    entries.map(({ verb, subject, before, after }) => ({
      recordedAt,
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      from: actor.from,
      requestId: actor.requestId,
      verb,
      subject,
      before: jsonOf(before),
      after: jsonOf(after),
    })),
  );
};
