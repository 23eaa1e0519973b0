/** Every address of the console, one file per concern. */
import type { ReportSource } from '#monitor/views/report-source.ts';
import type { Verbs } from '../../api/verbs.ts';
import type { ConsoleRoute } from './console-route.ts';
import { decisionRoutes } from './decision-routes.ts';
import { homeRoutes } from './home-routes.ts';
import { reportRoutes } from './report-routes.ts';
import { sharedRoutes } from './shared-routes.ts';

/** What the routes act on and show. */
export interface ConsoleParts {
  readonly reports: ReportSource;
  readonly verbs: Verbs;
  /** What customers type. */
  readonly publicOrigin: () => string;
}

export const consoleRoutes = ({ reports, verbs, publicOrigin }: ConsoleParts): readonly ConsoleRoute[] => [
  ...homeRoutes,
  ...reportRoutes(reports),
  ...decisionRoutes(verbs, publicOrigin),
  ...sharedRoutes(reports),
];
