/** Which view belongs to which public page. The front prepares each of them; the page of the same path draws it. */
import { componentPage } from '#monitor/views/component-page.ts';
import { type ComponentPageView, expireComponentPage } from '#monitor/views/component-view.ts';
import { statusPage } from '#monitor/views/status-page.ts';
import { expireStatusPage, type StatusPageView } from '#monitor/views/status-view.ts';
import type { PageRoute } from './prepared.ts';

export const pageRoutes: readonly PageRoute[] = [
  { pattern: '/', view: (context) => statusPage(context), expire: (view) => expireStatusPage(view as StatusPageView) },
  {
    pattern: '/components/:slug',
    view: (context, { slug }) => (slug ? componentPage(context, slug) : Promise.resolve(null)),
    expire: (view) => expireComponentPage(view as ComponentPageView),
  },
];
