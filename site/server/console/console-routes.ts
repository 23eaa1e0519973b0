/** Every address of the console, one file per concern. */
import type { ReportSource } from '#monitor/views/report-source.ts';
import type { Verbs } from '../../api/verbs.ts';
import type { ConsoleRoute } from './console-route.ts';
import { homeRoutes } from './home-routes.ts';
import { reportRoutes } from './report-routes.ts';

/** What the routes act on and show. */
export interface ConsoleParts {
  readonly reports: ReportSource;
  readonly verbs: Verbs;
}

export const consoleRoutes = ({ reports }: ConsoleParts): readonly ConsoleRoute[] => [...homeRoutes, ...reportRoutes(reports)];
