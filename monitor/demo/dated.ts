/** What a past is put down from, in the order of time (past.ts). */
import type { Statement } from '#db/store.ts';
import type { Instant } from '#domain/time/instant.ts';

/** Statements with the instant at which they would have been written. */
export interface Dated {
  readonly at: Instant;
  readonly statements: readonly Statement[];
}
