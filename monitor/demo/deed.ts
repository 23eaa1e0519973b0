/** What people do in a scenario, one kind each; who does it how is in perform.ts. `key` is the name of what it makes, for later lines. */

interface On {
  readonly at: string;
}
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
  | (On & { readonly do: 'approve import'; readonly what: string; readonly by: string; readonly evidence: string });

export type DeedOf<K extends Deed['do']> = Extract<Deed, { readonly do: K }>;
