/**
 * The ledger's own rows: contracts as they were agreed, what people know better than the checks, adjudications, claims, final
 * reports, and the chain that binds overrides, announcements, adjudications and reports together (semantics A7, D3 to D5). Rows
 * are never edited and never deleted (triggers in migrations/); a correction is a new row. `recorded_at_ms` is the server's
 * clock at the insert. Names of people are claims (`authenticated` 0) until people sign in.
 */

import { instantColumn } from '../columns.ts';
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from '../drizzle.ts';

const authenticated = () => integer('authenticated', { mode: 'boolean' }).notNull();
/** Who answers for a row, and why. */
const signed = () => ({
  reason: text('reason').notNull(),
  evidence: text('evidence').notNull(),
  author: text('author').notNull(),
  authenticated: authenticated(),
});

/** The Agreement as canonical JSON; `removed`: no longer in the configuration, its past months stay. The last version speaks. */
export const contractVersions = sqliteTable(
  'contract_versions',
  {
    contractId: text('contract_id').notNull(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    document: text('document_json').notNull(),
    removed: integer('removed', { mode: 'boolean' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.contractId, table.recordedAt] })],
);

/** `component`: its slug, so that the row outlives the component. `end_ms` null: until revoked. */
export const overrides = sqliteTable(
  'overrides',
  {
    id: text('id').primaryKey(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    component: text('component').notNull(),
    start: instantColumn('start_ms').notNull(),
    end: instantColumn('end_ms'),
    state: text('state', { enum: ['up', 'degraded', 'down', 'unknown'] }).notNull(),
    ...signed(),
  },
  (table) => [index('overrides_by_component').on(table.component, table.start)],
);
export const overrideRevocations = sqliteTable('override_revocations', {
  id: text('id').primaryKey(),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
  revokes: text('revokes')
    .notNull()
    .references(() => overrides.id),
  ...signed(),
});
/** The second person of an override or of a revocation (`row_id`). */
export const overrideApprovals = sqliteTable('override_approvals', {
  rowId: text('row_id').primaryKey(),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
  approvedBy: text('approved_by').notNull(),
  authenticated: authenticated(),
});

/** What two people decided about an indeterminate month. The last approved one stands. */
export const adjudications = sqliteTable(
  'adjudications',
  {
    id: text('id').primaryKey(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    contractId: text('contract_id').notNull(),
    month: text('month').notNull(),
    decision: text('decision', { enum: ['met', 'missed'] }).notNull(),
    ...signed(),
  },
  (table) => [index('adjudications_by_month').on(table.contractId, table.month)],
);
export const adjudicationApprovals = sqliteTable('adjudication_approvals', {
  adjudicationId: text('adjudication_id')
    .primaryKey()
    .references(() => adjudications.id),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
  approvedBy: text('approved_by').notNull(),
  authenticated: authenticated(),
});

/** A customer's claim for a credit, where the contract asks for one. `received_at_ms` is what the author says, never later than the row. */
export const claims = sqliteTable(
  'claims',
  {
    id: text('id').primaryKey(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    contractId: text('contract_id').notNull(),
    month: text('month').notNull(),
    receivedAt: instantColumn('received_at_ms').notNull(),
    note: text('note').notNull(),
    author: text('author').notNull(),
    authenticated: authenticated(),
  },
  (table) => [index('claims_by_month').on(table.contractId, table.month)],
);

/** Public halves of the keys that ever signed a report; `id` is the SHA-256 of the SPKI, hex. */
export const reportKeys = sqliteTable('report_keys', {
  id: text('id').primaryKey(),
  recordedAt: instantColumn('recorded_at_ms').notNull(),
  publicPem: text('public_pem').notNull(),
});

/** Final reports, frozen: the bytes that were hashed and signed. `prev_sha256`: the report issued before it for the same contract. */
export const reports = sqliteTable(
  'reports',
  {
    id: text('id').primaryKey(),
    contractId: text('contract_id').notNull(),
    month: text('month').notNull(),
    revision: integer('revision').notNull(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    /** Facts recorded by then are in it. */
    asOf: instantColumn('as_of_ms').notNull(),
    /** Canonical JSON (RFC 8785). */
    document: text('document_json').notNull(),
    sha256: text('sha256').notNull(),
    prevSha256: text('prev_sha256'),
    keyId: text('key_id')
      .notNull()
      .references(() => reportKeys.id),
    /** Ed25519 over the document's bytes. */
    signature: blob('signature', { mode: 'buffer' }).notNull(),
  },
  (table) => [
    uniqueIndex('one_report_per_revision').on(table.contractId, table.month, table.revision),
    index('reports_by_month').on(table.month),
  ],
);

/** `row_hash = SHA-256(prev_hash ‖ canonical JSON of the row)`; the row itself is where `kind` and `ref` say. */
export const ledgerChain = sqliteTable(
  'ledger_chain',
  {
    /** 1, 2, 3 … without a gap. */
    seq: integer('seq').primaryKey(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    kind: text('kind', {
      enum: [
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
      ],
    }).notNull(),
    ref: text('ref').notNull(),
    prevHash: text('prev_hash').notNull(),
    rowHash: text('row_hash').notNull(),
  },
  (table) => [uniqueIndex('one_link_per_row').on(table.kind, table.ref)],
);
