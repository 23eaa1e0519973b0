/** The verbs of the socket by the path under which they lie, with what they act on when nobody runs. */

import { readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { ALL_PERMISSIONS } from '#domain/access/permission.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { auditVerbs } from '#monitor/actions/audit-requests.ts';
import { componentVerbs } from '#monitor/actions/component-requests.ts';
import type { ComponentContext } from '#monitor/actions/component-verb.ts';
import { configurationVerbs } from '#monitor/actions/configuration-requests.ts';
import type { ConfigurationContext } from '#monitor/actions/configuration-verb.ts';
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
import type { SecretsContext } from '#monitor/actions/rotate-secrets.ts';
import { secretsVerbs } from '#monitor/actions/secrets-requests.ts';
import { readDocument } from '#monitor/config/given.ts';
import { loadConfiguration } from '#monitor/config/load.ts';
import { isConfig } from '#monitor/config/parse.ts';
import { secretsFrom } from '#monitor/config/secrets.ts';
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

const secretOf = ({ io }: Here) => secretsFrom(io.env, (name) => readFileSync(resolve(io.cwd, name)));

export const secretsRoom: Room<SecretsContext, typeof secretsVerbs> = {
  path: '/secrets',
  verbs: secretsVerbs,
  context: (here) => ({
    store: here.store,
    clock: here.clock,
    actor: here.actor,
    place: { dataDir: here.folder, given: secretOf(here)('AVOW_SECRETS_KEY') },
    use: () => undefined,
  }),
};

/** Nobody runs: what is written is in force from the next start on, and nobody probes. */
export const componentsHere = (here: Here): ComponentContext => {
  const { store, clock, actor, inForce } = here;
  return {
    store,
    clock,
    actor,
    config: { ...inForce, source: rulingHere(here)?.name ?? null },
    secret: secretOf(here),
    ownPorts: [],
    tryOnce: null,
    insider: true,
    exclusive: (work) => store.exclusive(work),
    settle: async () => undefined,
  };
};
export const componentRoom: Room<ComponentContext, typeof componentVerbs> = {
  path: '/components',
  verbs: componentVerbs,
  context: componentsHere,
};

/** The file that would be read by an Avow started here with the same environment. */
const rulingHere = ({ io }: Here): ConfigurationContext['ruling'] => {
  const name = io.env['AVOW_CONFIG'] || 'avow.yaml';
  try {
    const path = realpathSync(resolve(io.cwd, name));
    return { path, name, bytes: () => readFileSync(path) };
  } catch {
    return null;
  }
};

export const configurationHere = (here: Here): ConfigurationContext => {
  const { store, clock, actor, io } = here;
  const ruling = rulingHere(here);
  return {
    store,
    clock,
    actor,
    ruling,
    parse: (given, known) => readDocument(given, { secret: secretOf(here), ownPorts: [], known }),
    async reload() {
      const config = loadConfiguration({ configFile: ruling?.path ?? null, port: 0, metricsPort: null }, io.env, io.cwd);
      return isConfig(config) ? applyConfiguration({ store, clock, actor }, config) : config;
    },
    taken: async () => undefined,
  };
};
export const configurationRoom: Room<ConfigurationContext, typeof configurationVerbs> = {
  path: '/configuration',
  verbs: configurationVerbs,
  context: configurationHere,
};
