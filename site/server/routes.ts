/** Which view belongs to which public page. The front prepares each of them; the page of the same path draws it. */

import { componentNames } from '#monitor/views/component-names.ts';
import { componentPage } from '#monitor/views/component-page.ts';
import { type ComponentPageView, expireComponentPage } from '#monitor/views/component-view.ts';
import { explainedMonthPage } from '#monitor/views/explained-month-page.ts';
import { type ExplainedMonthView, expireExplainedMonth } from '#monitor/views/explained-month-view.ts';
import { expireHistory, type HistoryMonthView, type HistoryPageView, historyMonthPage, historyPage } from '#monitor/views/history-pages.ts';
import { incidentPage } from '#monitor/views/incident-page.ts';
import { expireIncidentPage, type IncidentPageView } from '#monitor/views/incident-view.ts';
import {
  type AnnouncementPageView,
  announcementPage,
  expireAnnouncementPage,
  expireMaintenancePage,
  type MaintenancePageView,
  maintenancePage,
} from '#monitor/views/maintenance-pages.ts';
import { releasePage, releasesPage } from '#monitor/views/releases.ts';
import { slaPage } from '#monitor/views/sla-page.ts';
import { expireSlaPage, type SlaPageView } from '#monitor/views/sla-view.ts';
import { statusPage } from '#monitor/views/status-page.ts';
import { expireStatusPage, type StatusPageView } from '#monitor/views/status-view.ts';
import { apiDocuments } from '../api/documents.ts';
import { openApi } from '../api/openapi.ts';
import type { PageRoute } from './prepared.ts';

export const pageRoutes: readonly PageRoute[] = [
  { pattern: '/', view: (context) => statusPage(context), expire: (view) => expireStatusPage(view as StatusPageView) },
  {
    pattern: '/components/:slug',
    view: (context, { slug }) => (slug ? componentPage(context, slug) : Promise.resolve(null)),
    expire: (view) => expireComponentPage(view as ComponentPageView),
  },
  {
    pattern: '/components/:slug/:month',
    view: (context, { slug = '', month = '' }) => explainedMonthPage(context, month, slug),
    expire: (view) => expireExplainedMonth(view as ExplainedMonthView),
  },
  {
    pattern: '/incidents/:id',
    view: (context, { id = '' }) => incidentPage(context, id),
    expire: (view) => expireIncidentPage(view as IncidentPageView),
  },
  { pattern: '/releases', view: (context) => releasesPage(context) },
  { pattern: '/releases/:version', view: (context, { version = '' }) => releasePage(context, version) },
  // Drawn from the description alone: it knows of no facts.
  { pattern: '/api', view: async () => openApi(apiDocuments, '/') },
  { pattern: '/subscribe', view: (context) => componentNames(context) },
  { pattern: '/embed', view: (context) => componentNames(context) },
  { pattern: '/sla', view: (context) => slaPage(context), expire: (view) => expireSlaPage(view as SlaPageView) },
  {
    pattern: '/sla/:month',
    view: (context, { month = '' }) => explainedMonthPage(context, month, null),
    expire: (view) => expireExplainedMonth(view as ExplainedMonthView),
  },
  {
    pattern: '/maintenance',
    view: (context) => maintenancePage(context),
    expire: (view) => expireMaintenancePage(view as MaintenancePageView),
  },
  {
    pattern: '/maintenance/:id',
    view: (context, { id = '' }) => announcementPage(context, id),
    expire: (view) => expireAnnouncementPage(view as AnnouncementPageView),
  },
  { pattern: '/history', view: (context) => historyPage(context), expire: (view) => expireHistory(view as HistoryPageView) },
  {
    pattern: '/history/:month',
    view: (context, { month = '' }) => historyMonthPage(context, month),
    expire: (view) => expireHistory(view as HistoryMonthView),
  },
];
