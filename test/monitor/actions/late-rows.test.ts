/** What is bound late: rows that the audit tells of get their link, and whatever another program does to them is found and named. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '#db/client.ts';
import { addContractVersion } from '#db/queries/contracts.ts';
import type { Store } from '#db/store.ts';
import { DAY, instant } from '#domain/time/instant.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { bindEarlierRows } from '#monitor/actions/bind-earlier-rows.ts';
import { bindLaterRows } from '#monitor/actions/bind-later-rows.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { draftRelease } from '#monitor/actions/draft-release.ts';
import { ledgerVerbContext } from '#monitor/actions/ledger-verb-context.ts';
import { openIncident } from '#monitor/actions/open-incident.ts';
import { publishNotes } from '#monitor/actions/publish-notes.ts';
import { recordClaim } from '#monitor/actions/record-claim.ts';
import { recordDeployment } from '#monitor/actions/record-deployment.ts';
import { resolveIncident } from '#monitor/actions/resolve-incident.ts';
import { bindToldIncidents, toldFaults } from '#monitor/actions/told-incidents.ts';
import { updateIncident } from '#monitor/actions/update-incident.ts';
import { verifyLedgerChain } from '#monitor/actions/verify-ledger-chain.ts';
import { verifyRecords } from '#monitor/actions/verify-records.ts';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER, SYSTEM } from '#monitor/context.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { accepted } from '../../support/accepted.ts';
import { agreement } from '../../support/ledger-desk.ts';
import { at, POLICY } from '../../support/maintenance-desk.ts';
import { configOf } from '../../support/months-desk.ts';
import { define, result } from '../../support/recording.ts';
import { drafting } from '../../support/release-desk.ts';
import { silentLog, tempFolder } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const YAML = `components:
  - { name: Checkout, http: "http://127.0.0.1:9/" }
`;
const NOW = '2026-11-27T12:00Z';
const open = (folder: string): Promise<Store> => openStore({ path: join(folder, 'avow.db'), clock: systemClock, log: silentLog });

/** A store in which everything that is bound late has a row or more, all bound. */
const filled = async (folder: string): Promise<void> => {
  const store = await open(folder);
  const clock = new VirtualClock(at(NOW));
  const ctx = { store, clock, actor: SOCKET_OWNER, policy: POLICY };
  const bind = { store, clock, actor: SYSTEM };
  await bindEarlierRows(bind);
  // A contract from before there was an audit of it.
  await store.write([addContractVersion(agreement('acme'), instant(1))]);
  expect(await bindLaterRows(bind)).toBe(1);
  await applyConfiguration({ store, clock, actor: SYSTEM }, configOf(YAML + contract));
  const by = { author: 'Ann' };
  const { id } = accepted(
    await openIncident(ctx, {
      title: 'Slow',
      body: 'We look.',
      status: null,
      impacts: [{ component: 'checkout', impact: 'degraded' }],
      ...by,
    }),
  ).incident;
  clock.jumpWall(1_000);
  accepted(await updateIncident(ctx, id, { body: 'Found.', status: 'identified', title: null, impacts: [], ...by }));
  accepted(await resolveIncident(ctx, id, { body: 'Over.', ...by }));
  accepted(await draftRelease(ctx, drafting('4.2.0')));
  accepted(await publishNotes(ctx, { version: '4.2.0', at: null, ...by }));
  accepted(await recordDeployment(ctx, { version: '4.2.0', at: null, kind: 'deploy', emergency: null, ...by }));
  accepted(await recordClaim(ledgerVerbContext(ctx), { contract: 'north', month: '2026-10', receivedAt: at(NOW), note: 'Mail.', ...by }));
  expect(await verifyLedgerChain(store)).toMatchObject({ ok: true });
  expect(await bindLaterRows(bind)).toBe(14);
  expect(await bindLaterRows(bind)).toBe(0);
  expect(await verifyLedgerChain(store)).toMatchObject({ ok: true, links: 15 });
  await store.close();
};
const contract = `customers:
  - { id: north, name: North Ltd }
contracts:
  - { id: north, customer: north, currency: USD, monthly_fee: "5000.00", from: 2026-01-01, claim: { required: true } }
`;
/** Filled once; each case has a copy of its own. */
let base: Awaited<ReturnType<typeof tempFolder>>;
beforeAll(async () => {
  base = await tempFolder();
  await filled(base.path);
});
afterAll(() => base[Symbol.asyncDispose]());
/** Another program: drops the triggers and does it. */
const tamper = (folder: string, sql: string): void => {
  using other = new DatabaseSync(join(folder, 'avow.db'));
  for (const { name } of other.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all())
    other.exec(`DROP TRIGGER "${String(name)}"`);
  other.exec(sql);
};
const chainSays = async (folder: string): Promise<string | undefined> => {
  const store = await open(folder);
  // Between the deed and the look Avow may have started: it binds nothing that it has not written.
  await bindLaterRows({ store, clock: systemClock, actor: SYSTEM });
  const { differences } = await doctorReport({ store, clock: systemClock });
  await store.close();
  return differences.find(({ what }) => what === 'chain' || what === 'incidents')?.message;
};

describe('another program is found that', () => {
  test.each([
    ['edits a claim', "UPDATE claims SET note = 'never'", 'The claim '],
    ['raises a target', `UPDATE contract_versions SET document_json = replace(document_json, 'USD', 'EUR')`, 'The contract version '],
    ['edits an old contract', `UPDATE contract_versions SET removed = 1 WHERE recorded_at_ms = 1`, 'The contract version acme/1 '],
    ['edits what is checked', `UPDATE component_versions SET confirmations = 9`, 'The component version '],
    ['renames a component in place', `UPDATE components SET slug = 'other'`, 'The component version '],
    ['edits a location', `UPDATE location_versions SET name = 'x'`, 'The location version '],
    [
      'edits the policy',
      `UPDATE settings_versions SET settings_json = replace(settings_json, 'minNoticeMs', 'minNoticems')`,
      'The settings version ',
    ],
    ['deletes settings', `DELETE FROM settings_versions`, 'binds settings version '],
    ['edits notes', `UPDATE release_notes SET notes_md = 'x'`, 'The release notes 4.2.0/1 '],
    ['moves a deployment', `UPDATE release_deployments SET deployed_at_ms = deployed_at_ms - 1`, 'The release deployment 4.2.0/1 '],
    ['edits what was posted', `UPDATE incident_updates SET body = 'x' WHERE status = 'identified'`, 'The incident update '],
    ['edits what an update said of a component', `UPDATE incident_update_impacts SET impact = 'none'`, 'The incident update '],
    [
      'moves the end of an incident',
      `UPDATE incidents SET resolved_at_ms = resolved_at_ms + 60000`,
      'was resolved at another time than was posted',
    ],
    ['dates a link back', 'UPDATE ledger_chain SET recorded_at_ms = recorded_at_ms - 1 WHERE seq = 3', 'link 3 of the chain bound'],
    [
      'puts settings in',
      `INSERT INTO settings_versions SELECT recorded_at_ms + 1, sha256, source, settings_json FROM settings_versions`,
      'The settings version ',
    ],
    [
      'puts a claim in',
      `INSERT INTO claims SELECT 'forged', recorded_at_ms, contract_id, month, received_at_ms, note, author, 0 FROM claims`,
      'The claim forged ',
    ],
    [
      'puts an update in',
      `INSERT INTO incident_updates (id, incident_id, recorded_at_ms, display_at_ms, status, body) SELECT 'forged', incident_id, recorded_at_ms, display_at_ms, status, 'x' FROM incident_updates LIMIT 1`,
      'The incident update forged ',
    ],
  ])('%s', async (_, sql, sentence) => {
    await using folder = await tempFolder();
    copyFileSync(join(base.path, 'avow.db'), join(folder.path, 'avow.db'));
    tamper(folder.path, sql);
    expect(await chainSays(folder.path)).toContain(sentence);
  });
});

/**
 * A store in which Avow wrote of two outages: of the first before the audit told of it, of the second since, which people posted on
 * before it ended.
 */
const detected = async (folder: string): Promise<void> => {
  const store = await open(folder);
  const clock = new VirtualClock(at(NOW));
  await define(store, [{ slug: 'checkout' }], ['local'], at(NOW) - DAY);
  const recorder = await createRecorder({ store, clock, log: silentLog });
  const outage = async (meanwhile: (id: string) => Promise<void> = async () => undefined): Promise<void> => {
    for (const outcome of ['ok', 'fail', 'fail', 'ok', 'ok'] as const) {
      await recorder.record([result('checkout', 'local', clock.now(), outcome)]);
      clock.jumpWall(60_000);
      const { rows } = await store.read({ sql: 'SELECT id FROM incidents WHERE resolved_at_ms IS NULL' });
      if (rows[0]) await meanwhile(String(rows[0][0]));
    }
  };
  await outage();
  // As an earlier Avow left it.
  await store.write([{ sql: 'DROP TRIGGER audit_no_delete' }, { sql: 'DELETE FROM audit' }, { sql: NO_DELETE }]);
  expect(await bindToldIncidents({ store, clock, actor: SYSTEM })).toBe(2);
  expect(await bindToldIncidents({ store, clock, actor: SYSTEM })).toBe(0);
  const ctx = { store, clock, actor: SOCKET_OWNER, policy: POLICY };
  await outage(async (id) => {
    accepted(await updateIncident(ctx, id, { body: 'Found.', status: 'identified', title: null, impacts: [], author: 'Ann' }));
  });
  const { rows } = await store.read({ sql: "SELECT count(*) FROM audit WHERE verb = 'incident.tell'" });
  expect(rows[0]?.[0]).toBe(2);
  await store.close();
};
const NO_DELETE = `CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'what happened is never deleted'); END`;
const SECOND = 'recorded_at_ms > (SELECT min(recorded_at_ms) + 200000 FROM incident_updates)';

describe('of what Avow itself wrote of incidents another program is found that', () => {
  let store: Store;
  beforeAll(async () => {
    const base = await tempFolder();
    await detected(base.path);
    tamper(
      base.path,
      'CREATE TABLE incidents_before AS SELECT * FROM incidents; CREATE TABLE updates_before AS SELECT * FROM incident_updates',
    );
    store = await open(base.path);
    return async () => {
      await store.close();
      await base[Symbol.asyncDispose]();
    };
  });
  const AS_BEFORE = [
    'DELETE FROM incident_update_impacts',
    'DELETE FROM incident_updates',
    'INSERT INTO incident_updates SELECT * FROM updates_before',
    'UPDATE incidents SET title = (SELECT title FROM incidents_before AS b WHERE b.id = incidents.id)',
  ];
  const FORGED = (recorded: string) => `INSERT INTO incident_updates (id, incident_id, recorded_at_ms, display_at_ms, status, body)
    SELECT incident_id || '-unfounded', incident_id, ${recorded}, display_at_ms, 'resolved', 'It was none.' FROM incident_updates WHERE id LIKE '%-opened' LIMIT 1`;
  test.each([
    ['nothing', null, null],
    ['edits its words', `UPDATE incident_updates SET body = 'Nothing' WHERE id LIKE '%-opened' AND ${SECOND}`, 'is not what row'],
    [
      'moves what is shown',
      `UPDATE incident_updates SET display_at_ms = display_at_ms - 1 WHERE id LIKE '%-opened' AND ${SECOND}`,
      'is not what row',
    ],
    [
      'moves it behind a post',
      `UPDATE incident_updates SET display_at_ms = display_at_ms + 1 WHERE id LIKE '%-resolved' AND ${SECOND}`,
      'is not what row',
    ],
    [
      'calls an incident otherwise',
      `UPDATE incidents SET title = 'All is well' WHERE id IN (SELECT incident_id FROM incident_updates WHERE ${SECOND})`,
      'is not what row',
    ],
    ['gives it an author', `UPDATE incident_updates SET author = 'Ann' WHERE id LIKE '%-resolved' AND ${SECOND}`, 'is not what row'],
    [
      'has it say something of a component',
      `INSERT INTO incident_update_impacts SELECT id, 1, 'none' FROM incident_updates WHERE id LIKE '%-opened' AND ${SECOND}`,
      'is not what row',
    ],
    ['deletes one', `DELETE FROM incident_updates WHERE id LIKE '%-resolved' AND ${SECOND}`, 'is missing: row'],
    ['puts one in', FORGED('recorded_at_ms'), 'is told by no row of the audit'],
    ['puts one in and dates it back', FORGED('1'), 'is told by no row of the audit'],
    [
      'edits one from before',
      `UPDATE incident_updates SET body = 'Nothing' WHERE id LIKE '%-opened' AND NOT ${SECOND}`,
      'before the audit told of it',
    ],
    ['deletes one from before', `DELETE FROM incident_updates WHERE id LIKE '%-opened' AND NOT ${SECOND}`, 'before the audit told of it'],
  ])('%s', async (_, sql, sentence) => {
    if (sql !== null) await store.write([{ sql }]);
    const faults = await toldFaults(store);
    const { faults: verified } = await verifyRecords({ store });
    await store.write(AS_BEFORE.map((statement) => ({ sql: statement })));
    expect(faults.map((fault) => fault.includes(sentence ?? '?'))).toEqual(sentence === null ? [] : faults.map(() => true));
    expect(faults.length > 0).toBe(sentence !== null);
    for (const fault of faults) expect(verified).toContain(fault);
  });
});
