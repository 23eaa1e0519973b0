/** Which view belongs to which public document that is neither page nor JSON of the API. */
import { badgeRoutes } from './badge-routes.ts';
import { brandDocuments } from './brand-documents.ts';
import { calendarRoutes } from './calendar-routes.ts';
import { crawlerDocuments } from './crawler-documents.ts';
import type { DocumentRoute } from './document-presenter.ts';
import { feedRoutes } from './feed-routes.ts';
import { pictureRoute } from './picture-route.ts';
import { widgetDocuments } from './widget-documents.ts';

export const documentRoutes: readonly DocumentRoute[] = [
  ...feedRoutes,
  ...calendarRoutes,
  ...badgeRoutes,
  pictureRoute,
  ...widgetDocuments,
  ...brandDocuments,
  ...crawlerDocuments,
];
