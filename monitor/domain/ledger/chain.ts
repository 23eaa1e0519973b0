/**
 * The chain that binds what people added to the ledger: each row by SHA-256 over the hash before it and the canonical JSON of
 * `{at, kind, ref, row}`, `at` being when it was bound (links of before that was said have `{kind, ref, row}`), so that an edit, a deletion, an insertion or an exchange is found, with the first row that is wrong. What it
 * cannot find by itself: links and rows taken off the end together, or everything hashed anew; only a head noted elsewhere shows
 * that. Hashes are 64 hex digits; SHA-256 is handed in. Source: semantics A7, reliability P18.
 */
import { canonicalJson } from '../canonical-json.ts';
import type { Instant } from '../time/instant.ts';

/** Bound in the transaction that writes them. */
export const STRICT_KINDS = [
  'announcement',
  'announcement_revision',
  'announcement_ending',
  'announcement_approval',
  'override',
  'override_revocation',
  'override_approval',
  'adjudication',
  'adjudication_approval',
  'report',
] as const;
/** Bound within the hour, when the audit tells of them. */
export const LATE_KINDS = [
  'claim',
  'contract_version',
  'component_version',
  'location_version',
  'settings_version',
  'release',
  'release_notes',
  'release_publication',
  'release_test',
  'release_plan',
  'release_deployment',
  'incident',
  'incident_update',
] as const;
export type StrictKind = (typeof STRICT_KINDS)[number];
export type LateKind = (typeof LATE_KINDS)[number];
export type LinkKind = StrictKind | LateKind;

/** The columns of a row by name, as they are stored. */
export type RowValues = Readonly<Record<string, string | number | null>>;
/** A row to bind; `ref` finds it among those of its kind. */
export interface BoundRow {
  readonly kind: LinkKind;
  readonly ref: string;
  readonly row: RowValues;
}
export interface Link {
  /** 1, 2, 3 … */
  readonly seq: number;
  /** When it was bound. */
  readonly at: Instant;
  readonly kind: LinkKind;
  readonly ref: string;
  readonly prevHash: string;
  readonly rowHash: string;
}
/** The last link: its number and hash. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}
/** Text in UTF-8 to 64 hex digits. */
export type Sha256 = (text: string) => string;

export const NO_LINK: ChainHead = { seq: 0, hash: '0'.repeat(64) };

export const rowHash = (sha256: Sha256, prevHash: string, { kind, ref, row }: BoundRow, at?: Instant): string =>
  sha256(prevHash + canonicalJson({ at, kind, ref, row }));

/** The links that bind `rows`, in their order, after `head`. */
export const linksAfter = (sha256: Sha256, head: ChainHead, rows: readonly BoundRow[], at: Instant): Link[] => {
  const links: Link[] = [];
  let { seq, hash } = head;
  for (const row of rows) {
    const link = { seq: ++seq, at, kind: row.kind, ref: row.ref, prevHash: hash, rowHash: rowHash(sha256, hash, row, at) };
    links.push(link);
    hash = link.rowHash;
  }
  return links;
};

export type ChainFaultCode = 'link_missing' | 'link_out_of_order' | 'row_missing' | 'row_edited' | 'row_unbound';
export interface ChainFault {
  readonly code: ChainFaultCode;
  /** Null: the row has no link. */
  readonly seq: number | null;
  readonly kind: LinkKind;
  readonly ref: string;
  readonly message: string;
}
export const isChainFault = (value: ChainHead | ChainFault): value is ChainFault => 'code' in value;

/** A link, and the row that it speaks of as it is stored now; null: there is none. */
export interface HeldLink {
  readonly link: Link;
  readonly row: RowValues | null;
}

const wordsFor = (kind: LinkKind, ref: string): string => `${kind.replaceAll('_', ' ')} ${ref}`;

const faultOf = (sha256: Sha256, head: ChainHead, { link, row }: HeldLink): ChainFault | null => {
  const { seq, at, kind, ref } = link;
  const what = wordsFor(kind, ref);
  const fault = (code: ChainFaultCode, message: string): ChainFault => ({ code, seq, kind, ref, message });
  if (seq !== head.seq + 1)
    return fault('link_missing', `Link ${head.seq + 1} of the chain is missing; the next one is ${seq}, of ${what}. It was deleted.`);
  if (link.prevHash !== head.hash)
    return fault(
      'link_out_of_order',
      `Link ${seq} of the chain, of ${what}, does not follow the one before it. Links were edited or exchanged.`,
    );
  if (row === null) return fault('row_missing', `Link ${seq} of the chain binds ${what}, and there is no such row. It was deleted.`);
  const hashes = [at, undefined].map((when) => rowHash(sha256, head.hash, { kind, ref, row }, when));
  if (!hashes.includes(link.rowHash))
    return fault('row_edited', `The ${what} is not what link ${seq} of the chain bound. The row or its link was edited.`);
  return null;
};

/** Follows links in the order of their numbers, from `head` on: the last of them, or the first that is wrong. */
export const followLinks = (sha256: Sha256, head: ChainHead, held: readonly HeldLink[]): ChainHead | ChainFault => {
  let last = head;
  for (const one of held) {
    const fault = faultOf(sha256, last, one);
    if (fault) return fault;
    last = { seq: one.link.seq, hash: one.link.rowHash };
  }
  return last;
};

/** What is wrong with a row that no link binds. */
export const unboundFault = (kind: LinkKind, ref: string): ChainFault => ({
  code: 'row_unbound',
  seq: null,
  kind,
  ref,
  message: `The ${wordsFor(kind, ref)} is bound by no link of the chain. It was not recorded by Avow.`,
});
