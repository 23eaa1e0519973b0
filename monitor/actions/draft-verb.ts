/** What the verbs of drafts share: their context, and a draft as the audit tells of it. */
import type { Store } from '#db/store.ts';
import type { Draft } from '#domain/draft.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Acting } from '#monitor/context.ts';
import type { Naming } from './new-id.ts';

export interface DraftContext extends Naming, Acting {
  readonly store: Store;
  readonly clock: Clock;
}

export const draftForm = ({ kind, subject, version, document }: Draft): object => ({ kind, subject, version, document });
