/**
 * The real front with the built pages, showing scenes: `/scene/NAME` is the front page in a named state, `/components/NAME` a component's,
 * `/admin/reports/MONTH/NAME` a report.
 */
import type { PageRoute, Renderer } from '#site/server/prepared.ts';
import { builtRenderer, CLIENT_DIR } from './built-pages.ts';
import { conditionOnly, config, contextWith, startRig } from './front-rig.ts';
import { sceneReports } from './report-scenes.ts';
import { componentScenes, SCENE_ZONE, statusScenes } from './scenes.ts';

export interface SceneFront extends AsyncDisposable {
  readonly origin: string;
}

const routes: readonly PageRoute[] = [
  { pattern: '/scene/:name', view: async (_context, { name = '' }) => statusScenes[name]?.() ?? null },
  { pattern: '/components/:slug', view: async (_context, { slug = '' }) => componentScenes[slug]?.() ?? null },
];

/** Scenes of the front page have paths of their own; to the renderer they are `/`. */
const onFrontPage = (renderer: Renderer): Renderer => ({
  allowed: renderer.allowed,
  render(request, locals) {
    const url = new URL(request.url);
    if (url.pathname.startsWith('/scene/')) url.pathname = '/';
    return renderer.render(new Request(url), locals);
  },
});

export const startSceneFront = async (): Promise<SceneFront> => {
  const renderer = onFrontPage(await builtRenderer());
  const page = { ...config.page, name: 'Harbour & Lane', url: 'https://www.example.com/' };
  const settings = { ...config, page, policy: { ...config.policy, zone: SCENE_ZONE } };
  const rig = await startRig({
    renderer,
    routes,
    reports: sceneReports,
    clientDir: CLIENT_DIR,
    context: (clock) => ({
      ...contextWith(
        conditionOnly(() => ({ state: 'open' })),
        clock,
      ),
      config: settings,
    }),
  });
  return { origin: `http://127.0.0.1:${rig.port}`, [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose]() };
};
