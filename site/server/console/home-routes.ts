/** The console's first page. */
import { consoleHome, homeShelf } from '#monitor/views/console-home.ts';
import type { ConsoleRoute } from './console-route.ts';

export const homeRoutes = (): readonly ConsoleRoute[] => {
  const shelf = homeShelf();
  return [
    {
      method: 'GET',
      pattern: '/admin',
      needs: 'status:read',
      answer: async ({ context, principal, actor }) => ({ show: await consoleHome({ ...context, actor }, principal.permissions, shelf) }),
    },
  ];
};
