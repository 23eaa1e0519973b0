/** What people do in a scenario, one kind each; who does it how is in perform.ts. `key` is the name of what it makes, for later lines. */

import type { Impact, PostedStatus } from '#domain/incident/incident-fact.ts';
import type { ReleaseKind } from '#domain/release/release-fact.ts';
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
/** What somebody says of an incident; `impacts` by slug of the component. */
interface Said {
  readonly body: string;
  /** Absent: as before. */
  readonly status?: PostedStatus;
  readonly title?: string;
  readonly impacts?: Readonly<Record<string, Impact>>;
  readonly by: string;
}
interface Deployed {
  readonly version: string;
  readonly emergency?: { readonly reason: string; readonly approvedBy: string };
  readonly by: string;
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
  | (On & Said & { readonly do: 'open incident'; readonly key: string; readonly title: string })
  /** The first post on what the checks found: the outage of `of` that began at `since`, give or take a check. */
  | (On & Said & { readonly do: 'take over'; readonly key: string; readonly of: string; readonly since: string })
  | (On & Said & { readonly do: 'post'; readonly what: string })
  | (On & { readonly do: 'resolve'; readonly what: string; readonly body: string; readonly by: string })
  /** Title, kind and tickets are said with the first notes of a version. */
  | (On & {
      readonly do: 'draft';
      readonly version: string;
      readonly title?: string;
      readonly kind?: ReleaseKind;
      readonly tickets?: readonly string[];
      readonly notes: string;
      readonly by: string;
    })
  /** `from`: when they become public; absent: at once. */
  | (On & { readonly do: 'publish'; readonly version: string; readonly from?: string; readonly by: string })
  /** `time`: HH:MM within the window; absent: from its start. */
  | (On & { readonly do: 'schedule'; readonly version: string; readonly into: string; readonly time?: string; readonly by: string })
  | (On & { readonly do: 'tested'; readonly version: string; readonly by: string })
  | (On & Deployed & { readonly do: 'deploy' })
  | (On & Deployed & { readonly do: 'roll back' })
  /** Everything of the month that can be made final is. */
  | (On & { readonly do: 'close'; readonly month: MonthOffset });

export type DeedOf<K extends Deed['do']> = Extract<Deed, { readonly do: K }>;
