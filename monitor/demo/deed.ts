/** What people do in a scenario, one kind each; who does it how is in perform.ts. `key` is the name of what it makes, for later lines. */

import type { Adjudication } from '#domain/sla/credit.ts';
import type { OverrideState } from '#domain/sla/override.ts';

interface On {
  readonly at: string;
}
/** Who answers for a row of the ledger, and why; `second`: who approved it at once. */
interface Answered {
  readonly reason: string;
  readonly evidence: string;
  readonly by: string;
  readonly second?: string;
}
/** A month counted from the present one, -1 the last. */
type MonthOffset = number;
export type Deed =
  /** The file changed: it is read again. */
  | (On & { readonly do: 'configure' })
  | (On & {
      readonly do: 'announce';
      readonly key: string;
      readonly from: string;
      readonly for: string;
      readonly of?: readonly string[];
      readonly title: string;
      readonly body: string;
      readonly by: string;
    })
  /** `to`: the new end on the wall, HH:MM. */
  | (On & { readonly do: 'edit'; readonly what: string; readonly to: string; readonly by: string })
  | (On & { readonly do: 'cancel'; readonly what: string; readonly by: string })
  | (On & { readonly do: 'complete'; readonly what: string; readonly by: string })
  | (On & {
      readonly do: 'import';
      readonly key: string;
      readonly from: string;
      readonly for: string;
      /** When the notice was given at the time. */
      readonly told: string;
      readonly title: string;
      readonly body: string;
      readonly by: string;
    })
  | (On & { readonly do: 'approve import'; readonly what: string; readonly by: string; readonly evidence: string })
  | (On &
      Answered & {
        readonly do: 'override';
        readonly key: string;
        readonly of: string;
        readonly from: string;
        readonly for: string;
        readonly state: OverrideState;
      })
  | (On & { readonly do: 'approve override'; readonly what: string; readonly by: string })
  | (On & Answered & { readonly do: 'revoke'; readonly what: string })
  | (On &
      Answered & {
        readonly do: 'adjudicate';
        readonly contract: string;
        readonly month: MonthOffset;
        readonly decision: Adjudication['decision'];
      })
  | (On & {
      readonly do: 'claim';
      readonly contract: string;
      readonly month: MonthOffset;
      readonly received: string;
      readonly note: string;
      readonly by: string;
    })
  /** Everything of the month that can be made final is. */
  | (On & { readonly do: 'close'; readonly month: MonthOffset });

export type DeedOf<K extends Deed['do']> = Extract<Deed, { readonly do: K }>;
