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
import { PROBLEM_ORIGIN, PROBLEM_TYPE, problem } from '../api/problem.ts';
import type { Verbs } from '../api/verbs.ts';
import { DEFAULT_LANG, isLang, type Lang, negotiate } from '../i18n/languages.ts';
import { hrefFrom } from '../links.ts';
import { type Plain, refusalOf, sendPlain, sendReady } from './answer.ts';
import { apiTarget } from './api-presenter.ts';
import { type BeatAnswer, beatEndpoint, type OnBeat } from './beat-endpoint.ts';
import { type ClientAddresses, clientAddresses, clientKey } from './client-address.ts';
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
import { pagePresenter, prepareNotFound } from './page-presenter.ts';
import { type PageStore, pageStore } from './page-store.ts';
import { type Ready, ready } from './prepare.ts';
import type { PageRoute, Renderer } from './prepared.ts';
import { type PublicRoute, routeFinder } from './public-route.ts';
import { rateLimit } from './rate-limit.ts';
import { type ProberStatus, readiness } from './readiness.ts';
import { type RequestHead, readHead } from './request-head.ts';
import { isRefused, type Refused, readTarget } from './request-target.ts';
import { BARE_POLICY, type HeaderPairs, securityHeaders } from './security-headers.ts';
import { readSnapshot, snapshotKeeper } from './snapshot.ts';
import { staticFiles } from './static-files.ts';

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
/** Requests per client and minute that make work: a page not held yet, an answer made for this request (ADR 0007). */
const COSTLY_PER_MINUTE = 120;
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
  const beat = beatEndpoint(deps.onBeat, clock);
  const clients: ClientAddresses = clientAddresses(deps.trustedProxies);
  const costly = rateLimit(clock, COSTLY_PER_MINUTE, 60_000);
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

  const say = (ask: Ask, plain: Plain): void => sendPlain(ask.response, plain, always, ask.bodyless);
  const refuse = (ask: Ask, status: number, sentence: string, headers: Plain['headers'] = []): void =>
    say(ask, {
      ...refusalOf(status, sentence, ask.head.accept, isOfApi(ask)),
      headers: [...headers, ...(isOfApi(ask) ? [PROBLEM_ORIGIN] : [])],
    });
  let undeclaredProxyTold = deps.trustedProxies.length > 0;
  const clientOf = ({ request, head }: Ask): string => {
    const peer = request.socket.remoteAddress;
    if (!undeclaredProxyTold && head.forwardedFor !== null && isLoopbackPeer(peer)) {
      undeclaredProxyTold = true;
      log.warn(
        'A proxy on this machine hands requests on, so that all its clients share one limit. Name it: AVOW_TRUSTED_PROXIES=127.0.0.1,::1.',
      );
    }
    return clientKey(clients.of(peer, head));
  };
  /** True when this client has had its share of work and was told so. */
  const overdrawn = (ask: Ask): boolean => {
    const wait = costly.take(clientOf(ask));
    if (wait > 0)
      refuse(ask, 429, 'You have asked for many new addresses. Wait a little, then try again.', [['Retry-After', String(wait)]]);
    return wait > 0;
  };
  const plainNotHere = (ask: Ask): void => refuse(ask, 404, 'Nothing has this address. The current status is at /.');
  const drawnNotHere = notFoundPage(pages, deps.renderer, always);
  const notHere = async (ask: Ask): Promise<void> => {
    const drawn = ask.head.accept?.includes('text/html') ? await drawnNotHere(spokenIn(ask)) : null;
    if (drawn) sendReady(ask.response, drawn, ask.head, ask.bodyless);
    else plainNotHere(ask);
  };

  const fixed: Readonly<Record<string, (ask: Ask) => void>> = {
    '/healthz': (ask) => say(ask, { status: 200, body: 'alive\n', type: TEXT }),
    '/readyz': (ask) => {
      const verdict = readiness(deps.context()?.store.condition ?? null, deps.proberStatus(), clock.now());
      say(ask, { status: verdict.ready ? 200 : 503, body: `${JSON.stringify(verdict)}\n`, type: 'application/json; charset=utf-8' });
    },
    [REPORT_KEY_PATH]: (ask) =>
      deps.reportKeyPem === null ? plainNotHere(ask) : say(ask, { status: 200, body: deps.reportKeyPem, type: TEXT }),
  };

  const answerBeat = async (ask: Ask, token: string): Promise<void> => {
    const { method } = ask.request;
    if (method !== 'GET' && method !== 'POST') return refuse(ask, 405, 'A heartbeat is sent with GET or POST.', [['Allow', 'GET, POST']]);
    const answer = await beat(token, clientOf(ask));
    const answers: { readonly [K in BeatAnswer['kind']]: () => void | Promise<void> } = {
      stored: () => say(ask, { status: 204, body: '', type: TEXT, headers: [['Referrer-Policy', 'no-referrer']] }),
      unknown: () => notHere(ask),
      limited: () =>
        refuse(ask, 429, 'Wait a little, then try again.', [['Retry-After', String('retryAfterS' in answer ? answer.retryAfterS : 1)]]),
      away: () => refuse(ask, 503, 'The heartbeat could not be stored. Send it again.', [['Retry-After', '10']]),
    };
    await answers[answer.kind]();
  };

  const answerPage = async (ask: Ask, path: string, query: string): Promise<void> => {
    const lang = negotiate(ask.head.acceptLanguage);
    const match = find(path, query, lang);
    if (!match) {
      const shorter = path.length > 1 && path.endsWith('/') ? find(path.slice(0, -1), query, lang) : null;
      // It is our own spelling of a known route: it cannot name another host.
      if (shorter)
        return say(ask, { status: 308, body: '', type: TEXT, headers: [['Location', hrefFrom(shorter.address, shorter.address.path)]] });
      return notHere(ask);
    }
    const bad = match.target.route.judge?.(match.params) ?? null;
    if (bad) {
      const document = { ...problem(400, 'Bad parameter', bad.message), parameter: bad.parameter };
      return say(ask, { status: 400, body: JSON.stringify(document), type: PROBLEM_TYPE, headers: [PROBLEM_ORIGIN] });
    }
    if (!pages.holds(match.key) && overdrawn(ask)) return;
    const found = await pages.find(match);
    if ('ready' in found) return sendReady(ask.response, found.ready, ask.head, ask.bodyless);
    if ('busy' in found) return refuse(ask, 429, 'Too many new addresses are asked for at once. Try again.', [['Retry-After', '1']]);
    if (!path.startsWith('/api/')) return notHere(ask);
    refuse(ask, 404, 'There is no such thing.');
  };

  /** Everything that is not on the hot path. */
  const answer = async (ask: Ask): Promise<void> => {
    const target = readTarget(ask.request.url ?? '');
    if (isRefused(target)) return refuse(ask, target.status, target.sentence);
    const { path, query } = target;
    if (!staff.welcomes(ask.head.host, ask.request, isHere(ask.request, ask.head.host))) return notHere(ask);
    if (staff.owns(ask.request)) return staff.answer(ask.request, ask.response);
    if (path.startsWith('/beat/') && path.indexOf('/', 6) < 0) return answerBeat(ask, path.slice(6));
    if (!ask.reading) return refuse(ask, 405, 'Public pages are read with GET or HEAD.', [['Allow', 'GET, HEAD']]);
    const own = Object.hasOwn(fixed, path) ? fixed[path] : undefined;
    if (own) return own(ask);
    const file = files.get(path);
    if (file) return sendReady(ask.response, file, ask.head, ask.bodyless);
    if (path.startsWith('/api/') && path !== '/api/' && !find(path, query, DEFAULT_LANG)) {
      if (overdrawn(ask)) return;
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
  const metrics =
    deps.metricsPort === null
      ? null
      : await metricsEndpoint({
          port: deps.metricsPort,
          clock,
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
        }).catch(async (cause: unknown) => {
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

/** The renderer's page for what does not exist, drawn again when the page's name or zone changes. */
const notFoundPage = (pages: PageStore, renderer: Renderer | null, always: HeaderPairs): ((lang: Lang) => Promise<Ready | null>) => {
  const drawn = new Map<Lang, { readonly key: string; readonly page: Promise<Ready | null> }>();
  return (lang) => {
    // No page of the navigation is here.
    const chrome = pages.chrome({ lang, asked: false, path: '/404' });
    const key = JSON.stringify([chrome.pageName, chrome.pageUrl, chrome.zone, chrome.support, chrome.brand, chrome.frame]);
    const before = drawn.get(lang);
    if (before?.key === key) return before.page;
    const page = prepareNotFound(renderer, chrome).then((prepared) => prepared && ready(prepared, always));
    drawn.set(lang, { key, page });
    return page;
  };
};

/** The language of the address, else the reader's own. */
const spokenIn = ({ request, head }: Ask): Lang => {
  const wish = new URLSearchParams((request.url ?? '').split('?')[1] ?? '').get('lang');
  return wish !== null && isLang(wish) ? wish : negotiate(head.acceptLanguage);
};

interface Ask {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly head: RequestHead;
  /** GET or HEAD. */
  readonly reading: boolean;
  readonly bodyless: boolean;
}

/** Programs ask under /api: they are refused in their own form. */
const isOfApi = ({ request }: Ask): boolean => request.url?.startsWith('/api/') ?? false;

const isTooLarge = ({ head }: Ask): boolean => head.contentLength !== null && !(head.contentLength <= MOST_BODY_BYTES);

/** Reads a body only to throw it away; true when it is announced as too large. One that turns out so ends its connection. */
const swallowBody = (ask: Ask): boolean => {
  const { head } = ask;
  if (head.contentLength === null && !head.chunked) return false;
  if (isTooLarge(ask)) return true;
  const { request } = ask;
  let bytes = 0;
  request.on('data', (chunk: Uint8Array) => {
    bytes += chunk.byteLength;
    if (bytes > MOST_BODY_BYTES) request.socket.destroy();
  });
  request.on('error', () => undefined);
  return false;
};
