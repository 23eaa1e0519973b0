/** The console's first page. */
import type { ConsoleRoute } from './console-route.ts';

export const homeRoutes: readonly ConsoleRoute[] = [
  { method: 'GET', pattern: '/admin', needs: 'status:read', answer: async () => ({ show: {} }) },
];
