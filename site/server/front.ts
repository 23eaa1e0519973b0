/**
 * The front: the one HTTP listener people reach. Host and method rules first, then prepared bytes, files, health, beats
 * and the API. Public pages never answer 5xx. What a request costs is limited per client; prepared bytes cost nothing. Source: house.md, reliability D6, D7, P7, P14.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Facts } from '#db/queries/facts-types.ts';
import { noticeFigures } from '#db/queries/notices.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Context, Log } from '#monitor/context.ts';
import type { Recorded, RecorderStatus } from '#monitor/core/recorder-types.ts';
import type { FrameView } from '#monitor/views/frame.ts';
import { createApi } from '../api/app.ts';
import { apiDocuments } from '../api/documents.ts';
import type { Verbs } from '../api/verbs.ts';
import { DEFAULT_LANG } from '../i18n/languages.ts';
import { sendReady } from './answer.ts';
import { apiTarget } from './api-presenter.ts';
import { type Ask, isTooLarge, swallowBody } from './ask.ts';
import { beatAnswers } from './beat-answers.ts';
import { beatEndpoint, type OnBeat } from './beat-endpoint.ts';
import { type ClientAddresses, clientAddresses, clientKey } from './client-address.ts';
import { clientShare } from './client-share.ts';
import { consoleDoor } from './console/console-door.ts';
import type { ConsoleRoute } from './console/console-route.ts';
import { type DocumentRoute, documentTarget } from './document-presenter.ts';
import { BUILT_IN_ROUTES, type ListedRoute, preparedRoute, REPORT_KEY_PATH } from './front-routes.ts';
import { authority, type HostRules, hostRules, isLoopbackPeer } from './host-rules.ts';
import { type Listener, listen, MOST_BODY_BYTES } from './listener.ts';
import { loggedPath } from './logged-path.ts';
import { watchLoop } from './loop-lag.ts';
import { askerOf, isBehindUnnamedProxy, isLoopbackOnly } from './loopback-only.ts';
import { metricsEndpoint } from './metrics-endpoint.ts';
import { type NotHere, notHereOf } from './not-here.ts';
import { pageAnswers } from './page-answers.ts';
import { pagePresenter } from './page-presenter.ts';
import { type PageStore, pageStore } from './page-store.ts';
import type { PageRoute, Renderer } from './prepared.ts';
import { type PublicRoute, routeFinder } from './public-route.ts';
import { type ProberStatus, readiness } from './readiness.ts';
import { readHead } from './request-head.ts';
import { isRefused, type Refused, readTarget } from './request-target.ts';
import { BARE_POLICY, securityHeaders } from './security-headers.ts';
import { readSnapshot, snapshotKeeper } from './snapshot.ts';
import { staticFiles } from './static-files.ts';
import { type Voice, voiceOf } from './voice.ts';

export interface FrontDeps {
  /** Address to listen on; anything but loopback needs a public origin. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Loopback port of /metrics; 0: any; null: none. */
  readonly metricsPort: number | null;
  /** What people type; null: the loopback address with the port. */
  readonly publicOrigin: string | null;
  readonly hsts: boolean;
  /** Addresses and ranges whose X-Forwarded-For is believed; none: no header is. */
  readonly trustedProxies: readonly string[];
  readonly dataDir: string;
  /** Built assets (dist/client); null: not built. */
  readonly clientDir: string | null;
  /** null while the store cannot be opened. */
  readonly context: () => Context | null;
  readonly facts: () => Facts | null;
  readonly recorderStatus: () => RecorderStatus | null;
  readonly proberStatus: () => ProberStatus | null;
  readonly onBeat: OnBeat;
  /** null: the pages were not built. */
  readonly renderer: Renderer | null;
  /** Pages for people, drawn by the renderer in the reader's language. */
  readonly routes: readonly PageRoute[];
  /** Feeds, calendars, badges. */
  readonly documents: readonly DocumentRoute[];
  /** What stands around each of them. */
  readonly frame: (context: Context) => Promise<FrameView>;
  /** The console; none: there is no console. */
  readonly console: readonly ConsoleRoute[];
  /** What the writing side of the API acts on; null: it changes nothing. */
  readonly verbs: Verbs | null;
  /** Where the console alone answers; null: beside the public pages. */
  readonly adminOrigin: string | null;
  /** Public key of the reports, for whoever verifies one; null: there is none. */
  readonly reportKeyPem: string | null;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Front {
  readonly port: number;
  readonly metricsPort: number | null;
  readonly origin: string;
  /** The same listener as this machine itself reaches it: what the self check asks. */
  readonly selfOrigin: string;
  readonly routes: readonly ListedRoute[];
  readonly pages: Pick<PageStore, 'stats'>;
  /** To be called after every commit (Recorder.onRecorded) … */
  recorded(recorded: Pick<Recorded, 'changed'>): void;
  /** … and when the store's condition or the configuration changed. */
  changed(): void;
  /** Stops accepting, finishes what is under way, keeps the snapshot. */
  close(graceMs?: number): Promise<void>;
}

const MOST_PAGE_BYTES = 64 * 1_024 * 1_024;
const OLD_HTTP: Refused = { status: 400, sentence: 'This server speaks HTTP/1.0 and HTTP/1.1.' };
const TEXT = 'text/plain; charset=utf-8';

/** Since when the store has not taken anything: the last commit before its trouble. */
const staleness = (deps: FrontDeps): (() => Instant | null) => {
  let since: Instant | null = null;
  return () => {
    const condition = deps.context()?.store.condition;
    if (!condition || condition.state === 'open') since = null;
    else since ??= deps.recorderStatus()?.lastCommitAt ?? deps.clock.now();
    return since;
  };
};

/** Addresses that are no page: whether the process lives, whether it is ready, and the key by which reports are verified. */
const fixedAnswers = (deps: FrontDeps, { say }: Voice, notHere: NotHere): Readonly<Record<string, (ask: Ask) => void>> => ({
  '/healthz': (ask) => say(ask, { status: 200, body: 'alive\n', type: TEXT }),
  '/readyz': (ask) => {
    const verdict = readiness(deps.context()?.store.condition ?? null, deps.proberStatus(), deps.clock.now());
    say(ask, { status: verdict.ready ? 200 : 503, body: `${JSON.stringify(verdict)}\n`, type: 'application/json; charset=utf-8' });
  },
  [REPORT_KEY_PATH]: (ask) =>
    deps.reportKeyPem === null ? notHere.plain(ask) : say(ask, { status: 200, body: deps.reportKeyPem, type: TEXT }),
});

interface Measured {
  readonly always: ReturnType<typeof securityHeaders>;
  readonly lag: ReturnType<typeof watchLoop>;
  readonly pages: PageStore;
  readonly listener: Listener;
}
/** On a port of its own; null: nobody asked for it. */
const startMetrics = async (deps: FrontDeps, { always, lag, pages, listener }: Measured) =>
  deps.metricsPort === null
    ? null
    : metricsEndpoint({
        port: deps.metricsPort,
        clock: deps.clock,
        always,
        facts: deps.facts,
        notices: async () => {
          const context = deps.context();
          return context ? noticeFigures(context.store) : null;
        },
        values: () => ({
          condition: deps.context()?.store.condition ?? null,
          recorder: deps.recorderStatus(),
          prober: deps.proberStatus(),
          loopLagSeconds: lag.worstSeconds,
          rssBytes: process.memoryUsage.rss(),
          pages: pages.stats,
          connections: listener.room.size,
        }),
      });

/** Starts the listeners. Rejects with a sentence when a port is taken or the address needs an origin. */
export const startFront = async (deps: FrontDeps): Promise<Front> => {
  const { clock, log } = deps;
  if (deps.publicOrigin === null && !isLoopbackPeer(deps.host) && deps.host !== 'localhost')
    throw new Error(
      `Avow would listen on ${deps.host}, where others can reach it, without knowing its own address. Set AVOW_PUBLIC_ORIGIN, e.g. https://status.example.com.`,
    );
  const always = securityHeaders({ publicOrigin: deps.publicOrigin ?? 'http://127.0.0.1', hsts: deps.hsts });
  const api = createApi(apiDocuments);
  const pagesShown = pagePresenter(deps.renderer);
  const targets: PublicRoute[] = [
    ...apiDocuments.map((document) => apiTarget(api, deps.facts, document)),
    ...deps.documents.map(documentTarget),
    ...deps.routes.map((route) => ({ route: { ...route, spoken: true }, presenter: pagesShown })),
  ];
  let origin = deps.publicOrigin ?? '';
  const staleSince = staleness(deps);
  const restored = await readSnapshot(deps.dataDir, log);
  const pages: PageStore = pageStore(
    {
      clock,
      log,
      context: deps.context,
      staleSince,
      always,
      maxBytes: MOST_PAGE_BYTES,
      onKept: () => keeper.touch(),
      origin: () => origin,
      frame: deps.frame,
    },
    restored,
  );
  const keeper = snapshotKeeper(deps.dataDir, () => pages.snapshot(), clock, log);
  const files = await staticFiles(deps.clientDir, always, log);
  const find = routeFinder(targets);
  const isProxyUnnamed = isBehindUnnamedProxy(deps.host, deps.publicOrigin, deps.trustedProxies);
  if (isProxyUnnamed)
    log.warn(
      `Avow listens on ${deps.host} and is ${deps.publicOrigin} to others, so a proxy hands requests on, and nobody counts as sitting at this machine. If it adds X-Forwarded-For, set AVOW_TRUSTED_PROXIES=127.0.0.1,::1.`,
    );
  const clients: ClientAddresses = clientAddresses(deps.trustedProxies);
  const voice = voiceOf(always);
  const { refuse } = voice;
  const share = clientShare(clients, deps.trustedProxies.length > 0, voice, clock, log);
  const notHere = notHereOf(pages, deps.renderer, always, voice);
  const answerBeat = beatAnswers(beatEndpoint(deps.onBeat, clock), voice, share, notHere);
  const answerPage = pageAnswers(find, pages, voice, share, notHere);
  const apiListener = getRequestListener((request) => api.fetch(request, {}), {
    overrideGlobalObjects: false,
    errorHandler: () => undefined,
  });
  const isHere = (request: IncomingMessage, host: string | null): boolean => !isProxyUnnamed && isLoopbackOnly(askerOf(request, host));
  const staff = consoleDoor({
    routes: deps.console,
    verbs: deps.verbs,
    context: deps.context,
    renderer: deps.renderer,
    chrome: (address) => ({ ...pages.chrome(address), staleSinceMs: staleSince() }),
    always,
    publicOrigin: () => origin,
    adminOrigin: deps.adminOrigin,
    port: () => listener.port,
    client: (request) => {
      const head = readHead(request.rawHeaders);
      const address = clients.of(request.socket.remoteAddress, head);
      return { address, key: clientKey(address), local: isHere(request, head.host) };
    },
    clock,
    log,
  });
  let hosts: HostRules | null = null;

  const fixed = fixedAnswers(deps, voice, notHere);

  /** Everything that is not on the hot path. */
  const answer = async (ask: Ask): Promise<void> => {
    const target = readTarget(ask.request.url ?? '');
    if (isRefused(target)) return refuse(ask, target.status, target.sentence);
    const { path, query } = target;
    if (!staff.welcomes(ask.head.host, ask.request, isHere(ask.request, ask.head.host))) return notHere.answer(ask);
    if (staff.owns(ask.request)) return staff.answer(ask.request, ask.response);
    if (path.startsWith('/beat/') && path.indexOf('/', 6) < 0) return answerBeat(ask, path.slice(6));
    if (!ask.reading) return refuse(ask, 405, 'Public pages are read with GET or HEAD.', [['Allow', 'GET, HEAD']]);
    const own = Object.hasOwn(fixed, path) ? fixed[path] : undefined;
    if (own) return own(ask);
    const file = files.get(path);
    if (file) return sendReady(ask.response, file, ask.head, ask.bodyless);
    if (path.startsWith('/api/') && path !== '/api/' && !find(path, query, DEFAULT_LANG)) {
      if (share.overdrawn(ask)) return;
      for (const [name, value] of [...always, ['Content-Security-Policy', BARE_POLICY] as const]) ask.response.setHeader(name, value);
      return void (await apiListener(ask.request, ask.response));
    }
    return answerPage(ask, path, query);
  };

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const head = readHead(request.rawHeaders);
    const { method } = request;
    const reading = method === 'GET' || method === 'HEAD';
    const bodyless = method === 'HEAD';
    const peer = (): string | undefined => request.socket.remoteAddress;
    const refused = request.httpVersionMajor === 1 ? (hosts?.judge(head.host, head.hosts, peer) ?? clients.judge(peer, head)) : OLD_HTTP;
    if (refused === null && reading && head.contentLength === null && !head.chunked) {
      const bytes = pages.hot(request.url ?? '', head.acceptLanguage);
      if (bytes) return sendReady(response, bytes, head, bodyless);
    }
    const ask: Ask = { request, response, head, reading, bodyless };
    if (log.debug) tellWhenAnswered(ask, log.debug);
    listener.room.busy(request.socket);
    response.once('close', () => listener.room.idle(request.socket));
    if (refused) return refuse(ask, refused.status, refused.sentence);
    const tooLarge = staff.owns(request) ? !staff.takesMore(request) && isTooLarge(ask) : swallowBody(ask);
    if (tooLarge) return refuse(ask, 413, `A request may carry at most ${MOST_BODY_BYTES / 1_024} KiB.`, [['Connection', 'close']]);
    answer(ask).catch((cause: unknown) => {
      log.error('A request could not be answered.', {
        method,
        cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      });
      refuse(ask, 503, 'Avow could not answer just now. Try again in a minute.', [['Retry-After', '30']]);
    });
  };

  /** For whoever looks for a fault; a page that lies ready is not worth a line. Of the address only what a log may keep. */
  const tellWhenAnswered = ({ request, response }: Ask, debug: NonNullable<Log['debug']>): void => {
    const startUs = clock.monotonicUs();
    const { method } = request;
    const path = loggedPath(request.url ?? '');
    response.once('close', () =>
      debug('A request was answered.', { method, path, status: response.statusCode, ms: (clock.monotonicUs() - startUs) / 1_000 }),
    );
  };

  const listener: Listener = await listen({
    host: deps.host,
    port: deps.port,
    portSetting: 'AVOW_PORT',
    always: () => always,
    clock,
    handle,
  });
  if (deps.publicOrigin === null) origin = `http://${deps.host.includes(':') ? `[${deps.host}]` : deps.host}:${listener.port}`;
  hosts = hostRules(origin, listener.port, listener.address, deps.adminOrigin);
  const lag = watchLoop(clock);
  const metrics = await startMetrics(deps, { always, lag, pages, listener }).catch(async (cause: unknown) => {
    await listener.close(0);
    throw cause;
  });

  return {
    port: listener.port,
    metricsPort: metrics?.port ?? null,
    origin,
    selfOrigin: `http://${authority(listener.address)}:${listener.port}`,
    routes: [
      ...targets.map(({ route }) => preparedRoute(route.pattern)),
      ...BUILT_IN_ROUTES.filter((route) => route.listener === 'public' || metrics),
      ...staff.routes,
    ],
    pages,
    recorded: ({ changed }) => pages.recorded(changed.length > 0),
    changed: () => pages.recorded(true),
    async close(graceMs = 5_000) {
      lag.stop();
      await Promise.all([listener.close(graceMs), metrics?.close(graceMs)]);
      await keeper.close();
    },
  };
};
