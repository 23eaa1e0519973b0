/** What came of one probe that nobody records. */
import type { AssertionOutcome } from './assertion.ts';
import type { CheckPlan } from './check-definition.ts';
import type { CheckResult } from './check-result.ts';

export interface Tried {
  /** Why the target may not be probed at all; null: it may. */
  readonly denied: string | null;
  /** Null where only that was asked. */
  readonly result: CheckResult | null;
  readonly assertions: readonly AssertionOutcome[];
}

/** A check to be made once. */
export interface Trial {
  readonly componentId: string;
  readonly check: CheckPlan;
  /** Secrets in the definition, which no sentence about an answer may repeat. */
  readonly hidden?: readonly string[];
  /** Entered in the console. Absent: the file says it. */
  readonly origin?: 'console';
}

/** Makes it where all probes are made. Rejects with a sentence when nobody can make it now. `vetOnly`: only whether it may be made. */
export type TryOnce = (trial: Trial, vetOnly: boolean) => Promise<Tried>;
