/**
 * Every address the front answers, with its methods and who may use it. The route matrix of the tests is compared with
 * this list: a route nobody decided about fails there. Source: reliability P14.
 */
export interface ListedRoute {
  readonly listener: 'public' | 'metrics';
  /** As Hono writes paths. */
  readonly pattern: string;
  readonly methods: readonly string[];
  /**
   * `open`: anybody. `capability`: whoever knows the address. `machine`: the loopback listener for metrics. `signed in`: the console, where
   * each route says itself what it needs (console/console-route.ts).
   */
  readonly access: 'open' | 'capability' | 'machine' | 'signed in';
}

const READ = ['GET', 'HEAD'] as const;
/** Where anybody finds the public key that reports are signed with. */
export const REPORT_KEY_PATH = '/.well-known/avow-report-key.pem';
/** What the front itself answers, besides prepared pages and files. */
export const BUILT_IN_ROUTES: readonly ListedRoute[] = [
  { listener: 'public', pattern: '/healthz', methods: READ, access: 'open' },
  { listener: 'public', pattern: '/readyz', methods: READ, access: 'open' },
  { listener: 'public', pattern: REPORT_KEY_PATH, methods: READ, access: 'open' },
  { listener: 'public', pattern: '/beat/:token', methods: ['GET', 'POST'], access: 'capability' },
  { listener: 'public', pattern: '/api/*', methods: READ, access: 'open' },
  { listener: 'public', pattern: '/_astro/*', methods: READ, access: 'open' },
  { listener: 'metrics', pattern: '/metrics', methods: READ, access: 'machine' },
];
export const preparedRoute = (pattern: string): ListedRoute => ({ listener: 'public', pattern, methods: READ, access: 'open' });
