/** What scripts of the console ask while somebody writes: Markdown as readers will see it. Nothing is kept. */
import { safeHtml } from '../../markdown.ts';
import { type ConsoleRoute, field } from './console-route.ts';

export const textRoutes: readonly ConsoleRoute[] = [
  {
    method: 'POST',
    pattern: '/admin/fragments/markdown',
    needs: 'status:read',
    answer: async (ask) => {
      const under = Number(field(ask, 'under'));
      const html = safeHtml(field(ask, 'text'), Number.isInteger(under) && under >= 1 && under <= 5 ? under : 2);
      return { json: { html: `<div class="prose" dir="auto">${html}</div>` } };
    },
  },
];
