/** What the doors of Avow (socket, console, API) act on: a context for whoever acts, asked anew for each request, since the policy may have changed. */
import type { ComponentContext } from '#monitor/actions/component-verb.ts';
import type { ConfigurationContext } from '#monitor/actions/configuration-verb.ts';
import type { IncidentContext } from '#monitor/actions/incident-verb.ts';
import type { LedgerVerbContext } from '#monitor/actions/ledger-verb.ts';
import type { Told } from '#monitor/actions/long-verb.ts';
import type { MaintenanceContext } from '#monitor/actions/maintenance-verb.ts';
import type { NoticeContext } from '#monitor/actions/notice-verb.ts';
import type { PeopleContext } from '#monitor/actions/people-verb.ts';
import type { ReportContext } from '#monitor/actions/report-context.ts';
import type { SecretsContext } from '#monitor/actions/rotate-secrets.ts';
import type { Actor } from '#monitor/context.ts';

/** Long work that tells how far it is. `actor`: who asks for it. */
export type LongWork = (told: Told, actor: Actor) => Promise<object>;

export interface Verbs {
  readonly doctor: LongWork;
  /** Absent: there is no store here to be backed up. */
  readonly backup?: (actor: Actor, asked: unknown, told: Told) => Promise<object>;
  /** Whether ledger and audit are what was recorded; absent: nobody judges it here. */
  readonly verifyRecords?: LongWork;
  /** For maintenance and releases … */
  readonly maintenance: (actor: Actor) => MaintenanceContext;
  /** … incidents … */
  readonly incidents: (actor: Actor) => IncidentContext;
  /** … the ledger … */
  readonly ledger: (actor: Actor) => LedgerVerbContext;
  /** … those of notices … */
  readonly notices: (actor: Actor) => NoticeContext;
  /** … and the long ones about reports. */
  readonly reports: (actor: Actor) => ReportContext;
  /** For people and their tokens, by the owner of the data folder, who may do everything. Absent: these verbs are not there. */
  readonly people?: (actor: Actor) => PeopleContext;
  /** For the key of the secrets, likewise. */
  readonly secrets?: (actor: Actor) => SecretsContext;
  /** For checks and components, and for the configuration as a whole. Absent: likewise. */
  readonly components?: (actor: Actor) => ComponentContext;
  readonly configuration?: (actor: Actor) => ConfigurationContext;
  /** Something was announced, corrected or decided: pages that say so are made anew. */
  readonly changed: () => void;
}
