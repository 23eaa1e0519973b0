/**
 * What one attempt means for the message and for its channel: delivered, sent again later, or dead; a channel that answers, fails, or
 * is disabled (the receiver said 410 Gone, or it has failed for five days). Source: reliability P32. Instants and lengths in ms.
 */
import { after, DAY, type Instant, type Millis, millis } from '../time/instant.ts';
import { MOST_ATTEMPTS, waitAfter } from './retry.ts';

/** What the world said. */
export type Outcome =
  | { readonly delivered: true }
  | {
      readonly delivered: false;
      /** A sentence for ops: no secrets, nothing of an answer's body. */
      readonly why: string;
      readonly retryAfterMs: number | null;
      /** Sending the same again is no use: this address does not exist, this message is not taken. */
      readonly permanent: boolean;
      /** The receiver wants nothing any more. */
      readonly gone: boolean;
    };

export const failed = (why: string, more: Partial<Extract<Outcome, { delivered: false }>> = {}): Outcome => ({
  delivered: false,
  why,
  retryAfterMs: null,
  permanent: false,
  gone: false,
  ...more,
});

export const DISABLE_AFTER = millis(5 * DAY);

/** How a channel fares: since when every attempt has failed; null: the last one did not. */
export interface ChannelHealth {
  readonly failingSince: Instant | null;
  readonly disabledAt: Instant | null;
}

export interface Attempted {
  /** 1 for the first. */
  readonly attempts: number;
  /** A test is tried once: whoever asked is watching. */
  readonly test: boolean;
  readonly at: Instant;
  /** [0, 1), for the jitter. */
  readonly chance: number;
}

export interface Consequence {
  readonly state: 'delivered' | 'waiting' | 'dead';
  /** When it is sent again. */
  readonly dueAt: Instant | null;
  readonly health: ChannelHealth;
  /** It answers after having failed: what waits is sent now. For how long it had not answered. */
  readonly recoveredAfter: Millis | null;
  /** Disabled by this very attempt, and why. */
  readonly disabled: string | null;
}

export const consequenceOf = (outcome: Outcome, { attempts, test, at, chance }: Attempted, before: ChannelHealth): Consequence => {
  if (outcome.delivered) {
    // On its way when the channel was disabled: only a test that somebody asked for enables it again.
    if (before.disabledAt !== null && !test)
      return { state: 'delivered', dueAt: null, health: before, recoveredAfter: null, disabled: null };
    const away = before.failingSince ?? before.disabledAt;
    return {
      state: 'delivered',
      dueAt: null,
      health: { failingSince: null, disabledAt: null },
      recoveredAfter: away === null ? null : millis(Math.max(0, at - away)),
      disabled: null,
    };
  }
  // One address that does not exist says nothing of those that wait behind it, but a channel of mail is one address.
  const failingSince = before.failingSince ?? at;
  const long = at - failingSince >= DISABLE_AFTER;
  const why = outcome.gone
    ? 'the receiver answered 410 Gone: it wants no more messages'
    : long
      ? 'every attempt has failed for five days'
      : null;
  const disabled = before.disabledAt === null ? why : null;
  const wait =
    test || outcome.permanent || disabled !== null || before.disabledAt !== null || attempts >= MOST_ATTEMPTS
      ? null
      : waitAfter(attempts, outcome.retryAfterMs, chance);
  return {
    state: wait === null ? 'dead' : 'waiting',
    dueAt: wait === null ? null : after(at, wait),
    health: { failingSince, disabledAt: before.disabledAt ?? (disabled === null ? null : at) },
    recoveredAfter: null,
    disabled,
  };
};
