/** The verbs of the socket by the path under which they lie, with what they act on when nobody runs. */

import { ALL_PERMISSIONS } from '#domain/access/permission.ts';
import { auditVerbs } from '#monitor/actions/audit-requests.ts';
import type { ExportContext } from '#monitor/actions/export-audit.ts';
import { incidentVerbs } from '#monitor/actions/incident-requests.ts';
import type { IncidentContext } from '#monitor/actions/incident-verb.ts';
import { ledgerVerbs } from '#monitor/actions/ledger-requests.ts';
import type { LedgerVerbContext } from '#monitor/actions/ledger-verb.ts';
import { ledgerVerbContext } from '#monitor/actions/ledger-verb-context.ts';
import { maintenanceVerbs } from '#monitor/actions/maintenance-requests.ts';
import type { MaintenanceContext } from '#monitor/actions/maintenance-verb.ts';
import { noticeVerbs } from '#monitor/actions/notice-requests.ts';
import type { NoticeContext } from '#monitor/actions/notice-verb.ts';
import { peopleVerbs, tokenVerbs } from '#monitor/actions/people-requests.ts';
import type { PeopleContext } from '#monitor/actions/people-verb.ts';
import { releaseVerbs } from '#monitor/actions/release-requests.ts';
import type { ReleaseContext } from '#monitor/actions/release-verb.ts';
import { createIdentity } from '#monitor/identity/identity.ts';
import type { Here, Room } from './verb-client.ts';

export const maintenanceRoom: Room<MaintenanceContext, typeof maintenanceVerbs> = {
  path: '/maintenance',
  verbs: maintenanceVerbs,
  context: (here) => here,
};
export const incidentRoom: Room<IncidentContext, typeof incidentVerbs> = {
  path: '/incidents',
  verbs: incidentVerbs,
  context: (here) => here,
};
export const releaseRoom: Room<ReleaseContext, typeof releaseVerbs> = { path: '/releases', verbs: releaseVerbs, context: (here) => here };
export const ledgerRoom: Room<LedgerVerbContext, typeof ledgerVerbs> = { path: '/ledger', verbs: ledgerVerbs, context: ledgerVerbContext };

/** Whoever opens the store owns the data folder, and may do everything; nobody listens, so that no link is known whole. */
const ownerHere = ({ store, clock, actor }: Here): PeopleContext => ({
  store,
  clock,
  actor,
  identity: createIdentity({ clock, dataDir: null, key: null, origins: null }),
  permissions: new Set(ALL_PERMISSIONS),
  proved: true,
});
export const peopleRoom: Room<PeopleContext, typeof peopleVerbs> = { path: '/people', verbs: peopleVerbs, context: ownerHere };
export const tokenRoom: Room<PeopleContext, typeof tokenVerbs> = { path: '/tokens', verbs: tokenVerbs, context: ownerHere };
export const auditRoom: Room<ExportContext, typeof auditVerbs> = { path: '/audit', verbs: auditVerbs, context: (here) => here };
export const noticeRoom: Room<NoticeContext, typeof noticeVerbs> = {
  path: '/notices',
  verbs: noticeVerbs,
  context: (here) => here,
};
