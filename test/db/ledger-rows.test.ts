/** The rows that people add to the ledger defend themselves: no statement edits, deletes or doubles them, and nobody approves alone. */

import { expect, test } from 'vitest';
import { adjudicationApprovalRow, adjudicationRow } from '#db/queries/adjudications.ts';
import { insertRow } from '#db/queries/chain-forms.ts';
import { insertClaim } from '#db/queries/claims.ts';
import { ledgerRow, overrideApprovalRow, readLedgerRows } from '#db/queries/overrides.ts';
import type { RecordedAdjudication } from '#domain/ledger/ledger-facts.ts';
import type { OverrideRow, RevocationRow } from '#domain/sla/override.ts';
import { instant } from '#domain/time/instant.ts';
import { UNPROVED } from '#monitor/actions/signature.ts';
import { openTempStore } from '../support/temp-store.ts';

const signed = { reason: 'r', evidence: 'e', author: 'Ann', authenticated: true, approvedBy: null, approvalAuthenticated: false };
const override: OverrideRow = {
  kind: 'override',
  id: 'o',
  component: 'checkout',
  start: instant(10),
  end: instant(20),
  state: 'up',
  recordedAt: instant(1_000),
  ...signed,
};
const revocation: RevocationRow = { kind: 'revocation', id: 'v', revokes: 'o', recordedAt: instant(2_000), ...signed };
const adjudication: RecordedAdjudication = {
  id: 'j',
  contract: 'acme',
  month: '2026-04',
  decision: 'met',
  recordedAt: instant(1_000),
  ...signed,
};
const claim = {
  id: 'c',
  contract: 'acme',
  month: '2026-04',
  receivedAt: instant(900),
  recordedAt: instant(1_000),
  note: 'n',
  author: 'Ann',
};

const filled = async () => {
  const store = await openTempStore();
  const rows = [
    ledgerRow(override),
    ledgerRow(revocation),
    overrideApprovalRow('o', 'Ben', instant(1_500), UNPROVED),
    adjudicationRow(adjudication),
    adjudicationApprovalRow('j', 'Ben', instant(1_500), UNPROVED),
  ];
  await store.write([...rows.map(insertRow), insertClaim(claim)]);
  return store;
};

const TABLES = ['overrides', 'override_revocations', 'override_approvals', 'adjudications', 'adjudication_approvals', 'claims'] as const;
test.each(TABLES)('no row of %s is edited or deleted', async (table) => {
  await using store = await filled();
  await expect(store.write([{ sql: `UPDATE ${table} SET recorded_at_ms = recorded_at_ms + 1` }])).rejects.toThrow('never edited');
  await expect(store.write([{ sql: `DELETE FROM ${table}` }])).rejects.toThrow('never edited');
  await expect(store.write([{ sql: `UPDATE OR REPLACE ${table} SET recorded_at_ms = 1` }])).rejects.toThrow('never edited');
  expect((await store.read({ sql: `SELECT count(*), max(recorded_at_ms) >= 1000 FROM ${table}` })).rows[0]).toEqual([
    expect.any(Number),
    1,
  ]);
});

test('an approval is by another person, of a row with evidence, and given once', async () => {
  await using store = await filled();
  const approve = (id: string, by: string) => store.write([insertRow(overrideApprovalRow(id, by, instant(3_000), UNPROVED))]);
  await expect(approve('v', ' ann ')).rejects.toThrow('approved by another person');
  await expect(approve('nobody', 'Ben')).rejects.toThrow('approved by another person');
  await expect(approve('o', 'Cleo')).rejects.toMatchObject({ kind: 'constraint' });
  await store.write([insertRow(ledgerRow({ ...override, id: 'bare', evidence: '' }))]);
  await expect(approve('bare', 'Ben')).rejects.toThrow('with evidence');
  await approve('v', 'Ben');
  await store.write([insertRow(adjudicationRow({ ...adjudication, id: 'k' }))]);
  await expect(store.write([insertRow(adjudicationApprovalRow('k', 'ANN', instant(3_000), UNPROVED))])).rejects.toThrow(
    'by another person',
  );
});

test('an override has a length, a state and a reason, and a revocation takes back an override that there is', async () => {
  await using store = await openTempStore();
  const put = (row: OverrideRow | RevocationRow) => store.write([insertRow(ledgerRow(row))]);
  await expect(put({ ...override, end: instant(10) })).rejects.toMatchObject({ kind: 'constraint' });
  await expect(put({ ...override, state: 'maintenance' as never })).rejects.toMatchObject({ kind: 'constraint' });
  await expect(put({ ...override, reason: ' ' })).rejects.toMatchObject({ kind: 'constraint' });
  await expect(put(revocation)).rejects.toMatchObject({ kind: 'constraint' });
  await expect(store.write([insertClaim({ ...claim, receivedAt: instant(1_001) })])).rejects.toMatchObject({ kind: 'constraint' });
  await expect(store.write([insertClaim({ ...claim, month: 'April' })])).rejects.toMatchObject({ kind: 'constraint' });
});

test('what was written is read as it was, in the order in which it was recorded', async () => {
  await using store = await filled();
  await store.write([insertRow(ledgerRow({ ...override, id: 'a', recordedAt: instant(1_000), end: null }))]);
  expect(await readLedgerRows(store, null)).toEqual([{ ...override, id: 'a', end: null }, { ...override, approvedBy: 'Ben' }, revocation]);
  expect(await readLedgerRows(store, instant(1_499))).toEqual([{ ...override, id: 'a', end: null }, override]);
});
