/**
 * The real front with the built pages, showing scenes: `/scene/NAME` is the front page in a named state, `/components/NAME` a
 * component's, `/incidents/NAME` that of an incident, `/promise/NAME` the page of the promise, `/months/NAME` the explanation of a month, `/windows/NAME` the page of
 * maintenance, `/maintenance/NAME` one announcement, `/past/NAME` the history, `/api` itself, `/admin/reports/MONTH/NAME` a report.
 */

import { reportRoutes } from '#site/server/console/report-routes.ts';
import type { PageRoute, Renderer } from '#site/server/prepared.ts';
import { pageRoutes } from '#site/server/routes.ts';
import { builtRenderer, CLIENT_DIR } from './built-pages.ts';
import { startConsoleRig } from './console-rig.ts';
import { config } from './front-rig.ts';
import { sceneReports } from './report-scenes.ts';
import {
  announcementScenes,
  componentScenes,
  historyScenes,
  incidentScenes,
  maintenanceScenes,
  monthScenes,
  SCENE_ZONE,
  slaScenes,
  statusScenes,
} from './scenes.ts';

export interface SceneFront extends AsyncDisposable {
  readonly origin: string;
  /** What an account manager's browser holds. */
  readonly cookie: { readonly name: string; readonly value: string; readonly url: string };
}

const routes: readonly PageRoute[] = [
  ...pageRoutes.filter(({ pattern }) => pattern === '/api'),
  { pattern: '/scene/:name', view: async (_context, { name = '' }) => statusScenes[name]?.() ?? null },
  { pattern: '/components/:slug', view: async (_context, { slug = '' }) => componentScenes[slug]?.() ?? null },
  { pattern: '/incidents/:id', view: async (_context, { id = '' }) => incidentScenes[id]?.() ?? null },
  { pattern: '/promise/:name', view: async (_context, { name = '' }) => slaScenes[name]?.() ?? null },
  { pattern: '/months/:name', view: async (_context, { name = '' }) => monthScenes[name]?.() ?? null },
  { pattern: '/windows/:name', view: async (_context, { name = '' }) => maintenanceScenes[name]?.() ?? null },
  { pattern: '/maintenance/:id', view: async (_context, { id = '' }) => announcementScenes[id]?.() ?? null },
  { pattern: '/past/:name', view: async (_context, { name = '' }) => historyScenes[name]?.() ?? null },
];
/** The page that draws a scene, by the first part of its path. */
const drawnBy = (path: string): string => {
  const [, kind, name = ''] = path.split('/');
  if (kind === 'scene') return '/';
  if (kind === 'promise') return '/sla';
  if (kind === 'months') return name.startsWith('component') ? '/components/any/2026-10' : '/sla/2026-10';
  if (kind === 'windows') return '/maintenance';
  if (kind === 'past') return name.startsWith('month') ? '/history/2026-10' : '/history';
  return path;
};

/** Scenes have paths of their own; to the renderer they are those of their pages. */
const asPages = (renderer: Renderer): Renderer => ({
  allowed: renderer.allowed,
  render(request, locals) {
    const url = new URL(request.url);
    url.pathname = drawnBy(url.pathname);
    return renderer.render(new Request(url), locals);
  },
});

export const startSceneFront = async (): Promise<SceneFront> => {
  const renderer = asPages(await builtRenderer());
  const page = { ...config.page, name: 'Harbour & Lane', url: 'https://www.example.com/' };
  const settings = { ...config, page, policy: { ...config.policy, zone: SCENE_ZONE } };
  const rig = await startConsoleRig(reportRoutes(sceneReports), {
    renderer,
    routes,
    reportKeyPem: null,
    clientDir: CLIENT_DIR,
    settings,
  });
  return {
    origin: rig.origin,
    cookie: { name: 'sid', value: rig.people.as.account_manager.secret, url: rig.origin },
    [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
  };
};
