/**
 * Whether a page of our own sent this request (P15). A browser says so by `Origin`, or by `Sec-Fetch-Site: same-origin`; either that is
 * foreign refuses, whatever the other says, and silence refuses too. Compared with the origins that Avow is configured for, never with
 * `Host`. Holds for every unsafe method and every Content-Type. Pure.
 */
export interface Sent {
  /** `Origin` as sent; null: none. */
  readonly origin: string | null;
  /** `Sec-Fetch-Site`; null: none. */
  readonly site: string | null;
}

/** `own`: origins as `scheme://host[:port]`, in lower case. */
export const isOfOurOwn = ({ origin, site }: Sent, own: ReadonlySet<string>): boolean => {
  if (site !== null && site !== 'same-origin') return false;
  return origin === null ? site === 'same-origin' : own.has(origin.toLowerCase());
};

/** For what a script of ours reads (fragments, streams): a browser that says who asks must name us. */
export const isReadByUs = ({ origin, site }: Sent, own: ReadonlySet<string>): boolean =>
  (site === null || site === 'same-origin') && (origin === null || own.has(origin.toLowerCase()));
