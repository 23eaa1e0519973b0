/**
 * How each kind of row that the chain binds is stored: its table, the columns that are hashed, and those that find it. One place
 * for writing and for verifying, so that both hash the same. Of a report its frozen document is hashed by its own SHA-256.
 */
import type { BoundRow, RowValues, StrictKind } from '#domain/ledger/chain.ts';
import type { Statement } from '../store.ts';

/** The column `authenticated` of whatever people add: 1 when the name was proved by signing in, 0 when it is a claim. */
export const authenticatedColumn = ({ authenticated }: { readonly authenticated?: boolean }): 0 | 1 => (authenticated ? 1 : 0);
/** The same column as JSON inside a `json_object`. */
export const AUTHENTICATED_JSON = "'authenticated', json(iif(authenticated, 'true', 'false'))";

export interface ChainForm {
  readonly table: string;
  readonly columns: readonly string[];
  /** Columns that make the ref, joined by "/"; the first is indexed. */
  readonly key: readonly [string, ...string[]];
}
const form = (table: string, key: ChainForm['key'], columns: string): ChainForm => ({ table, key, columns: columns.split(' ') });

export const CHAIN_FORMS: Readonly<Record<StrictKind, ChainForm>> = {
  announcement: form('announcements', ['id'], 'id recorded_at_ms components_json imported author authenticated'),
  announcement_revision: form(
    'announcement_revisions',
    ['announcement_id', 'rev'],
    'announcement_id rev recorded_at_ms public_at_ms start_ms end_ms title body author authenticated',
  ),
  announcement_ending: form('announcement_endings', ['announcement_id'], 'announcement_id kind recorded_at_ms author authenticated'),
  announcement_approval: form(
    'announcement_approvals',
    ['announcement_id'],
    'announcement_id recorded_at_ms approved_by authenticated evidence',
  ),
  override: form('overrides', ['id'], 'id recorded_at_ms component start_ms end_ms state reason evidence author authenticated'),
  override_revocation: form('override_revocations', ['id'], 'id recorded_at_ms revokes reason evidence author authenticated'),
  override_approval: form('override_approvals', ['row_id'], 'row_id recorded_at_ms approved_by authenticated'),
  adjudication: form('adjudications', ['id'], 'id recorded_at_ms contract_id month decision reason evidence author authenticated'),
  adjudication_approval: form('adjudication_approvals', ['adjudication_id'], 'adjudication_id recorded_at_ms approved_by authenticated'),
  report: form('reports', ['id'], 'id contract_id month revision sha256 as_of_ms prev_sha256 key_id'),
};

/** A row as the chain binds it; throws when a column is missing or too many. */
export const boundRow = (kind: StrictKind, row: RowValues): BoundRow => {
  const { columns, key } = CHAIN_FORMS[kind];
  const given = Object.keys(row);
  if (given.length !== columns.length || columns.some((column) => row[column] === undefined))
    throw new Error(`A row of kind ${kind} has the columns ${columns.join(', ')}, and not ${given.join(', ')}.`);
  return { kind, ref: key.map((column) => String(row[column])).join('/'), row };
};

/** Puts the row into its table. Not for reports, which have more columns than are hashed. */
export const insertRow = ({ kind, row }: BoundRow): Statement => {
  const { table, columns } = CHAIN_FORMS[kind as StrictKind];
  return {
    sql: `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    args: columns.map((column) => row[column] ?? null),
  };
};
