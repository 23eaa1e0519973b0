/** What the doors of Avow (socket, console, API) act on: a context for whoever acts, asked anew for each request, since the policy may have changed. */
import type { IncidentContext } from '#monitor/actions/incident-verb.ts';
import type { LedgerVerbContext } from '#monitor/actions/ledger-verb.ts';
import type { Told } from '#monitor/actions/long-verb.ts';
import type { MaintenanceContext } from '#monitor/actions/maintenance-verb.ts';
import type { NoticeContext } from '#monitor/actions/notice-verb.ts';
import type { ReportContext } from '#monitor/actions/report-context.ts';
import type { Actor } from '#monitor/context.ts';

/** Long work that tells how far it is. */
export type LongWork = (told: Told) => Promise<object>;

export interface Verbs {
  readonly doctor: LongWork;
  /** Absent: there is none to be made here. */
  readonly backup?: (asked: unknown, told: Told) => Promise<object>;
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
  /** Something was announced, corrected or decided: pages that say so are made anew. */
  readonly changed: () => void;
}
