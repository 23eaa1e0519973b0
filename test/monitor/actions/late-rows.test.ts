/** What is bound late: rows that the audit tells of get their link, and whatever another program does to them is found and named. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openStore } from '#db/client.ts';
import { addContractVersion } from '#db/queries/contracts.ts';
import type { Store } from '#db/store.ts';
import { instant } from '#domain/time/instant.ts';
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
import { updateIncident } from '#monitor/actions/update-incident.ts';
import { verifyLedgerChain } from '#monitor/actions/verify-ledger-chain.ts';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER, SYSTEM } from '#monitor/context.ts';
import { accepted } from '../../support/accepted.ts';
import { agreement } from '../../support/ledger-desk.ts';
import { at, POLICY } from '../../support/maintenance-desk.ts';
import { configOf } from '../../support/months-desk.ts';
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
    await filled(folder.path);
    tamper(folder.path, sql);
    expect(await chainSays(folder.path)).toContain(sentence);
  });
});
