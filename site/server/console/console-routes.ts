/** Every address of the console, one file per concern. */
import type { ReportSource } from '#monitor/views/report-source.ts';
import type { ConsoleRoute } from './console-route.ts';
import { type EntryParts, entryRoutes } from './entry-routes.ts';
import { homeRoutes } from './home-routes.ts';
import { reportRoutes } from './report-routes.ts';

/** What the routes act on and show. */
export interface ConsoleParts extends EntryParts {
  readonly reports: ReportSource;
}

export const consoleRoutes = (parts: ConsoleParts): readonly ConsoleRoute[] => [
  ...entryRoutes(parts),
  ...homeRoutes,
  ...reportRoutes(parts.reports),
];
