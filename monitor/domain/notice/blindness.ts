/**
 * When ops are told that the monitor is blind, and that it sees again: once per blindness, also when Avow is started anew during one.
 * The prober says `blind` and `sighted` at every turn; after a start it says nothing while a sentinel answers. Instants ms. Source:
 * reliability P2.
 */
import { type Instant, MINUTE, millis } from '../time/instant.ts';

/** After a start a prober that says nothing for so long is not blind. */
export const SETTLED_AFTER = millis(2 * MINUTE);

export interface Blindness {
  /** Since when, where it was told and its end was not. */
  readonly told: Instant | null;
  /** What the prober of this process said last. */
  readonly said: { readonly kind: 'blind' | 'sighted'; readonly at: Instant } | null;
  readonly startedAt: Instant;
}

export type BlindnessNotice =
  | { readonly kind: 'blind'; readonly since: Instant }
  | { readonly kind: 'sighted'; readonly since: Instant; readonly until: Instant };

export const blindnessNotice = ({ told, said, startedAt }: Blindness, now: Instant): BlindnessNotice | null => {
  if (told === null) return said?.kind === 'blind' ? { kind: 'blind', since: said.at } : null;
  if (said?.kind === 'sighted') return { kind: 'sighted', since: told, until: said.at };
  return said === null && now - startedAt >= SETTLED_AFTER ? { kind: 'sighted', since: told, until: now } : null;
};
