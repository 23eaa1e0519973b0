/**
 * The console behind the front: which requests are its own, where it may be asked, and the listener that answers them. With an origin of
 * its own (AVOW_ADMIN_ORIGIN) the console answers there alone, and nothing of the public pages does. Source: reliability section 4 (Origins).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Clock } from '#monitor/clock.ts';
import type { Context, Log } from '#monitor/context.ts';
import { DEFAULT_LANG } from '../../i18n/languages.ts';
import type { ListedRoute } from '../front-routes.ts';
import { LOOPBACK_NAMES } from '../host-rules.ts';
import type { PageLocals, Renderer } from '../prepared.ts';
import type { HeaderPairs } from '../security-headers.ts';
import { consoleApp } from './console-app.ts';
import type { ConsoleRoute } from './console-route.ts';

export interface ConsoleDoorDeps {
  readonly routes: readonly ConsoleRoute[];
  readonly context: () => Context | null;
  readonly renderer: Renderer | null;
  readonly chrome: (address: { lang: typeof DEFAULT_LANG; asked: false; path: string }) => PageLocals['chrome'];
  readonly always: HeaderPairs;
  /** What people type for the public pages; the console's own origin, null: the same. */
  readonly publicOrigin: () => string;
  readonly adminOrigin: string | null;
  readonly port: () => number;
  readonly client: (request: IncomingMessage) => { readonly address: string; readonly key: string; readonly local: boolean };
  readonly clock: Clock;
  readonly log: Log;
}
export interface ConsoleDoor {
  /** Whether the raw URL is the console's; its body is read there. */
  owns(url: string): boolean;
  /** Whether this host may be asked for it. */
  welcomes(host: string | null, url: string, local: boolean): boolean;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  readonly routes: readonly ListedRoute[];
}

const isOfConsole = (url: string): boolean => /^\/admin(?:[/?]|$)/.test(url);
/** Reports by link: for customers, where the public pages are. */
const isShared = (url: string): boolean => url.startsWith('/shared/');
/** What a page of the console loads, and what supervisors ask on any host. */
const isAnywhere = (url: string): boolean => /^\/(?:_astro\/|favicon\.svg|healthz|readyz|api\/v1\/)/.test(url);

export const consoleDoor = (deps: ConsoleDoorDeps): ConsoleDoor => {
  const { adminOrigin } = deps;
  const adminHost = adminOrigin === null ? null : new URL(adminOrigin).host.toLowerCase();
  const localOrigins = (): ReadonlySet<string> => new Set(LOOPBACK_NAMES.map((name) => `http://${name}:${deps.port()}`));
  const app = consoleApp({
    ...deps,
    chrome: (path) => deps.chrome({ lang: DEFAULT_LANG, asked: false, path }),
    origin: () => adminOrigin ?? deps.publicOrigin(),
    localOrigins,
  });
  const listener = getRequestListener((request, env) => app.fetch(request, { incoming: env.incoming as IncomingMessage }), {
    overrideGlobalObjects: false,
  });
  const listed = new Map<string, Set<string>>();
  for (const { method, pattern } of deps.routes) listed.set(pattern, (listed.get(pattern) ?? new Set()).add(method));
  return {
    owns: (url) => isOfConsole(url) || isShared(url),
    welcomes(host, url, local) {
      if (adminHost === null || local || isAnywhere(url)) return true;
      return (host?.toLowerCase() === adminHost) === isOfConsole(url);
    },
    answer: async (request, response) => {
      await listener(request, response);
    },
    routes: [...listed].map(([pattern, methods]) => ({
      listener: 'public',
      pattern,
      methods: [...methods, ...(methods.has('GET') ? ['HEAD'] : [])],
      access: 'signed in',
    })),
  };
};
