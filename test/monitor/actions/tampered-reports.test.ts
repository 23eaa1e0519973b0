/** Final reports in a real store, and what somebody with the file and a SQL shell does to them: doctor and verify name each. */
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRevisions, sealedOf } from '#db/queries/reports.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { SealedReport } from '#domain/report/report-document.ts';
import { closeMonth } from '#monitor/actions/close-month.ts';
import { fileChecks } from '#monitor/actions/doctor-file.ts';
import { reportChecks } from '#monitor/actions/doctor-reports.ts';
import { reportKeyOf } from '#monitor/actions/report-context.ts';
import { KEY_FILE, keyFromPem, openReportKey, sha256Hex } from '#monitor/actions/report-key.ts';
import { verifyTogether, verifyWithStore } from '#monitor/actions/verify-report.ts';
import { accepted } from '../../support/accepted.ts';
import { type MonthsDesk, openMonthsDesk } from '../../support/months-desk.ts';
import { tempFolder } from '../../support/temp-store.ts';

const newKey = () => keyFromPem(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'a key');
const closed = async (): Promise<MonthsDesk> => {
  const desk = await openMonthsDesk('2026-09-25T00:00:00Z', '2026-11-06T00:00:00Z');
  desk.set('2026-11-05T00:00:00Z');
  accepted(await closeMonth(desk.ctx, { month: '2026-10', only: null }));
  return desk;
};
const without = (trigger: string) => ({ sql: `DROP TRIGGER ${trigger}` });
const said = async ({ store }: MonthsDesk) => (await reportChecks(store)).map(({ message }) => message);

describe('a stored report', () => {
  test('that nobody touched has no fault, and its store has every trigger', async () => {
    await using desk = await closed();
    expect([await said(desk), await fileChecks(desk.store)]).toEqual([[], []]);
  });

  test('whose document was edited is named by doctor', async () => {
    await using desk = await closed();
    const sql =
      "UPDATE reports SET document_json = replace(document_json, '\"missed\"', '\"met\"') || ' ' WHERE contract_id = 'north-main'";
    await desk.store.write([without('reports_no_update'), { sql }]);
    expect(await said(desk)).toEqual([
      'The report north-main/2026-10/1 is not the document that was issued: it has another SHA-256. It was edited after it was made final.',
    ]);
    expect((await fileChecks(desk.store)).map(({ message }) => message)).toEqual([
      'Triggers that keep rows from being edited are missing or were changed: reports_no_update.',
    ]);
  });

  test('with another signature, or under another key, is named by doctor', async () => {
    await using desk = await closed();
    const key = newKey();
    await desk.store.write([without('reports_no_update'), { sql: 'UPDATE reports SET signature = zeroblob(64)' }]);
    expect(await said(desk)).toEqual([
      'The report kita-main/2026-10/1 has a signature that is not of its document.',
      'The report north-main/2026-10/1 has a signature that is not of its document.',
    ]);
    await desk.store.write([without('report_keys_no_update'), { sql: 'UPDATE report_keys SET public_pem = ?', args: [key.publicPem] }]);
    expect((await said(desk))[0]).toMatch(/was signed by the key [0-9a-f]{64}, and the store holds another one under that name\.$/);
  });

  test('tells of a chain that was hashed anew: by doctor, and by whoever holds the file', async () => {
    await using desk = await closed();
    const [stored] = await readRevisions(desk.store, 'north-main', '2026-10');
    if (!stored) throw new Error('nothing was closed');
    const sealed = sealedOf(stored, desk.ctx.reportKey?.publicPem ?? '');
    expect(sealed.report.chain).toMatchObject({ seq: 1 });
    await desk.store.write([
      without('ledger_chain_no_update'),
      { sql: 'UPDATE ledger_chain SET row_hash = ? WHERE seq = 1', args: ['a'.repeat(64)] },
    ]);
    expect(await said(desk)).toEqual([
      'The report north-main/2026-10/1 names link 1 of the chain by another hash than it has now. The chain was hashed anew or cut short since.',
    ]);
    expect((await verifyWithStore(desk.ctx, sealed)).map(({ says }) => says).join(' ')).toContain(
      `The report names ${sealed.report.chain?.row_hash} as link 1 of the ledger's chain, and the store has ${'a'.repeat(64)} there`,
    );
  });
});

test('two reports that both follow the same one are two histories, and are told so', async () => {
  await using desk = await closed();
  const [stored] = await readRevisions(desk.store, 'north-main', '2026-10');
  if (!stored) throw new Error('nothing was closed');
  const one = sealedOf(stored, desk.ctx.reportKey?.publicPem ?? '');
  const report = { ...one.report, notes: [...one.report.notes, 'Another one.'] };
  const other: SealedReport = { ...one, report, sha256: sha256Hex(canonicalJson(report)) };
  const found = [
    ...verifyTogether([
      { name: 'a', sealed: one },
      { name: 'b', sealed: other },
      { name: 'a again', sealed: one },
    ]).values(),
  ];
  expect(found.map(({ ok }) => ok)).toEqual([false, false, false]);
  expect(found[0]?.says).toMatch(/both say that they are the next report after the same one\. Only one can be\.$/);
});

test('a key that never signed here, in the place of the one that did, is told at the start', async () => {
  await using desk = await closed();
  await using folder = await tempFolder();
  const told: string[] = [];
  await reportKeyOf(desk.store, folder.path, { warn: (message) => void told.push(message) });
  expect(told.join(' ')).toMatch(/^The key that signs reports is missing/);
  await using other = await tempFolder();
  openReportKey(other.path, true);
  await reportKeyOf(desk.store, other.path, { warn: (message) => void told.push(message) });
  expect(told[1]).toMatch(/^The key in the data folder is none that signed a report before\./);
});

test('a key that cannot be used is told, and stops nothing else', async () => {
  await using desk = await closed();
  for (const [pem, why] of [
    ['hello', /is no private key\. Restore it from a backup\.$/],
    [
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
      /reports are signed with Ed25519\.$/,
    ],
  ] as const) {
    await using folder = await tempFolder();
    await writeFile(join(folder.path, KEY_FILE), pem);
    const told: string[] = [];
    expect(await reportKeyOf(desk.store, folder.path, { warn: (message) => void told.push(message) })).toBeNull();
    expect(told[0]).toMatch(/^The key that signs reports cannot be used; no report can be made final until it is back\. /);
    expect(told[0]).toMatch(why);
  }
});

test("a store that never had the contract says nothing of somebody else's report", async () => {
  await using desk = await closed();
  const [own] = await readRevisions(desk.store, 'north-main', '2026-10');
  if (!own) throw new Error('No report.');
  const { report, ...seal } = sealedOf(own, desk.ctx.reportKey?.publicPem ?? '');
  const foreign = { ...seal, report: { ...report, contract: { ...report.contract, id: 'elsewhere-main' } } };
  expect(await verifyWithStore(desk.ctx, foreign)).toEqual([
    {
      what: 'store',
      ok: null,
      says: 'This store has no contract elsewhere-main: it did not issue the report and says nothing of it.',
    },
  ]);
});
