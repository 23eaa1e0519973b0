/** The verbs of the socket by the path under which they lie, with what they act on when nobody runs. */

import { incidentVerbs } from '#monitor/actions/incident-requests.ts';
import type { IncidentContext } from '#monitor/actions/incident-verb.ts';
import { ledgerVerbs } from '#monitor/actions/ledger-requests.ts';
import type { LedgerVerbContext } from '#monitor/actions/ledger-verb.ts';
import { ledgerVerbContext } from '#monitor/actions/ledger-verb-context.ts';
import { maintenanceVerbs } from '#monitor/actions/maintenance-requests.ts';
import type { MaintenanceContext } from '#monitor/actions/maintenance-verb.ts';
import { noticeVerbs } from '#monitor/actions/notice-requests.ts';
import type { NoticeContext } from '#monitor/actions/notice-verb.ts';
import { releaseVerbs } from '#monitor/actions/release-requests.ts';
import type { ReleaseContext } from '#monitor/actions/release-verb.ts';
import type { Room } from './verb-client.ts';

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
export const noticeRoom: Room<NoticeContext, typeof noticeVerbs> = {
  path: '/notices',
  verbs: noticeVerbs,
  context: (here) => here,
};
