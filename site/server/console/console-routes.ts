/** Every address of the console, one file per concern. */
import type { Clock } from '#monitor/clock.ts';
import type { ReportSource } from '#monitor/views/report-source.ts';
import type { Verbs } from '../../api/verbs.ts';
import { accountRoutes } from './account-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { componentRoutes } from './component-routes.ts';
import type { ConsoleRoute } from './console-route.ts';
import { decisionRoutes } from './decision-routes.ts';
import { type EntryParts, entryRoutes } from './entry-routes.ts';
import { homeRoutes } from './home-routes.ts';
import { incidentRoutes } from './incident-routes.ts';
import { maintenanceRoutes } from './maintenance-routes.ts';
import { noticeRoutes } from './notice-routes.ts';
import { overrideRoutes } from './override-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { releaseRoutes } from './release-routes.ts';
import { reportRoutes } from './report-routes.ts';
import { sharedRoutes } from './shared-routes.ts';
import { templateRoutes } from './template-routes.ts';
import { textRoutes } from './text-routes.ts';

/** What the routes act on and show. */
export interface ConsoleParts extends EntryParts {
  readonly reports: ReportSource;
  readonly verbs: Verbs;
  readonly clock: Clock;
  /** What customers type. */
  readonly publicOrigin: () => string;
}

export const consoleRoutes = (parts: ConsoleParts): readonly ConsoleRoute[] => [
  ...entryRoutes(parts),
  ...homeRoutes(),
  ...maintenanceRoutes(parts.verbs),
  // Before the incidents: its address is none of theirs.
  ...templateRoutes(parts.verbs),
  ...incidentRoutes(parts.verbs),
  ...overrideRoutes(parts.verbs),
  ...(parts.verbs.components ? componentRoutes(parts.verbs.components, parts.verbs.changed) : []),
  ...releaseRoutes(parts.verbs, parts.publicOrigin),
  ...reportRoutes(parts.reports),
  ...decisionRoutes(parts.verbs, parts.publicOrigin),
  ...sharedRoutes(parts.reports),
  ...accountRoutes(parts.identity),
  ...noticeRoutes(parts.verbs),
  ...peopleRoutes(parts.identity),
  ...textRoutes,
  ...auditRoutes,
];
