/** What the verbs of notices share: their context, and what they answer. */
import type { Store } from '#db/store.ts';
import type { Policy } from '#domain/sla/terms.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Acting } from '#monitor/context.ts';
import type { Naming } from './new-id.ts';

export interface NoticeContext extends Naming, Acting {
  readonly store: Store;
  readonly clock: Clock;
  readonly policy: Pick<Policy, 'zone'>;
}

export interface NoticeAnswer {
  /** Of the row in the outbox, or of the deliveries that wait again. */
  readonly keys: readonly string[];
  readonly channels: readonly string[];
  readonly warnings: readonly { readonly message: string }[];
  /** The same in sentences. */
  readonly says: readonly string[];
}
