/**
 * Where whoever signs in comes in: the console, and the side of the API that writes. Which requests are their own, where they may be
 * asked, and the listener that answers them. With an origin of its own (AVOW_ADMIN_ORIGIN) they answer there alone, and nothing of the
 * public pages does. Source: reliability section 4 (Origins).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Clock } from '#monitor/clock.ts';
import type { Context, Log } from '#monitor/context.ts';
import { methodsByPattern } from '../../api/allowed-methods.ts';
import { patternOf } from '../../api/document.ts';
import { operations } from '../../api/v1/operations.ts';
import { isOfVerbs, verbApp } from '../../api/v1/verb-app.ts';
import type { Verbs } from '../../api/verbs.ts';
import { DEFAULT_LANG } from '../../i18n/languages.ts';
import type { ListedRoute } from '../front-routes.ts';
import { gate } from '../gate.ts';
import { LOOPBACK_NAMES } from '../host-rules.ts';
import type { PageLocals, Renderer } from '../prepared.ts';
import { BARE_POLICY, type HeaderPairs } from '../security-headers.ts';
import { inTime, isStoreTrouble } from '../store-trouble.ts';
import { apiGuard } from './api-guard.ts';
import { askers } from './asker.ts';
import { OF_THIS_ORIGIN } from './console-answers.ts';
import { consoleApp } from './console-app.ts';
import type { ConsoleRoute } from './console-route.ts';
import { accessRefusals } from './denials.ts';
import { DEADLINE_MS } from './places.ts';

export interface ConsoleDoorDeps {
  readonly routes: readonly ConsoleRoute[];
  readonly context: () => Context | null;
  /** What the API acts on; null: nothing. */
  readonly verbs: Verbs | null;
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
/** Of a request line, as sent. */
export interface Asked {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
}
export interface ConsoleDoor {
  /** Whether the request is for here; its body is read here too. */
  owns(asked: Asked): boolean;
  /** Whether the body may be longer than that of a form: each verb says how long. */
  takesMore(asked: Asked): boolean;
  /** Whether this host may be asked for it. */
  welcomes(host: string | null, asked: Asked, local: boolean): boolean;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  readonly routes: readonly ListedRoute[];
}

const isOfConsole = ({ url = '' }: Asked): boolean => /^\/admin(?:[/?]|$)/.test(url);
const isOfApi = ({ method = '', url = '' }: Asked): boolean => isOfVerbs(method, url);
/** Reports by link: for customers, where the public pages are. */
const isShared = ({ url = '' }: Asked): boolean => url.startsWith('/shared/');
/** What a page of the console loads, and what supervisors ask on any host. */
const isAnywhere = ({ url = '' }: Asked): boolean => /^\/(?:_astro\/|favicon\.svg|healthz|readyz|api\/v1\/)/.test(url);
/** Pieces of long work at once, and how many wait. */
const LONG_AT_ONCE = 2;
const LONG_WAITING = 8;

type Env = { readonly incoming: IncomingMessage };
const listed = (routes: readonly { readonly method: string; readonly pattern: string }[]): ListedRoute[] =>
  [...methodsByPattern(routes)].map(([pattern, methods]) => ({ listener: 'public', pattern, methods, access: 'signed in' }));

export const consoleDoor = (deps: ConsoleDoorDeps): ConsoleDoor => {
  const { adminOrigin } = deps;
  const adminHost = adminOrigin === null ? null : new URL(adminOrigin).host.toLowerCase();
  const localOrigins = (): ReadonlySet<string> => new Set(LOOPBACK_NAMES.map((name) => `http://${name}:${deps.port()}`));
  const { clock, log } = deps;
  const asker = askers({ ...deps, origin: () => adminOrigin ?? deps.publicOrigin(), localOrigins });
  const refusals = accessRefusals(clock, log);
  const pages = consoleApp({ ...deps, asker, refusals, chrome: (path) => deps.chrome({ lang: DEFAULT_LANG, asked: false, path }) });
  const api = verbApp<Env>({
    operations,
    verbs: () => deps.verbs,
    admit: apiGuard({ asker, refusals, context: deps.context, clock }),
    turns: gate(LONG_AT_ONCE, LONG_WAITING),
    inTime: (work) => inTime(clock, DEADLINE_MS, work),
    isStoreTrouble,
    always: [...deps.always, ['Content-Security-Policy', BARE_POLICY], OF_THIS_ORIGIN],
    clock,
    onFault: (path, cause) => log.error('The API could not answer.', { path, cause: String(cause instanceof Error ? cause.stack : cause) }),
  });
  const listenerOf = (app: { fetch(request: Request, env: Env): Response | Promise<Response> }) =>
    getRequestListener((request, env) => app.fetch(request, { incoming: env.incoming as IncomingMessage }), {
      overrideGlobalObjects: false,
    });
  const [toPages, toApi] = [listenerOf(pages), listenerOf(api)];
  return {
    owns: (asked) => isOfConsole(asked) || isShared(asked) || isOfApi(asked),
    takesMore: isOfApi,
    welcomes(host, asked, local) {
      const isOurs = isOfConsole(asked) || isOfApi(asked);
      if (adminHost === null || local || (!isOurs && isAnywhere(asked))) return true;
      return (host?.toLowerCase() === adminHost) === isOurs;
    },
    answer: async (request, response) => {
      await (isOfApi(request) ? toApi : toPages)(request, response);
    },
    routes: [...listed(deps.routes), ...listed(operations.map((one) => ({ method: one.method, pattern: patternOf(one) })))],
  };
};
