/** A real front on free loopback ports, with facts and pages a test chooses; counts how often views and renders run. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComponentFact, Facts } from '#db/queries/facts-types.ts';
import type { Store, StoreCondition } from '#db/store.ts';
import { instant, millis } from '#domain/time/instant.ts';
import { type Clock, systemClock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';
import { NO_BRAND } from '#monitor/config/page.ts';
import { type Context, type Log, SYSTEM } from '#monitor/context.ts';
import { type Front, type FrontDeps, startFront } from '#site/server/front.ts';
import type { PageLocals, PageRoute, Renderer } from '#site/server/prepared.ts';
import { inlineHash } from '#site/server/security-headers.ts';

export const config: Config = {
  page: { name: 'Example <Cloud>', url: null, origin: null, description: '', brand: NO_BRAND },
  policy: {
    reserve: { weekday: 'SAT', start: '10:00', durationMin: 300, zone: 'America/New_York' },
    targetPpm: 995_000,
    minNoticeMs: millis(0),
    notesLeadMs: millis(0),
    unknownPolicy: 'exclude',
    countDegraded: false,
    zone: 'America/New_York',
  },
  support: [],
  groups: ['Core'],
  components: [],
  contracts: [],
  locations: [],
  defaults: { holdMs: null, confirmations: 2 },
  probeAllow: [],
  probeSecrets: [],
  sentinels: [],
  evidenceDays: 400,
  ops: { webhook: null, mail: null },
  source: null,
  sha256: '0'.repeat(64),
};

export const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export const component = (id: number, slug: string, more: Partial<ComponentFact> = {}): ComponentFact => ({
  id,
  slug,
  name: slug.toUpperCase(),
  description: '',
  group: null,
  critical: true,
  position: id,
  quorum: 1,
  panels: [{ from: instant(0), locations: [1], needed: 1 }],
  check: {
    definition: { kind: 'self' },
    intervalMs: millis(60_000),
    timeoutMs: millis(10_000),
    holdMs: millis(150_000),
    confirmations: 2,
    degradedMs: millis(5_000),
  },
  createdAt: instant(1_780_000_000_000),
  updatedAt: instant(1_780_000_000_000),
  ...more,
});

/** Facts that stand still: whatever is not given is empty. */
export const standing = (
  facts: Partial<{ [K in keyof Facts]: Awaited<ReturnType<Facts[K]>> }>,
  ask: () => Promise<void> = async () => undefined,
): Facts => {
  const give =
    <T>(value: T) =>
    async (): Promise<T> => {
      await ask();
      return value;
    };
  return {
    components: give(facts.components ?? []),
    locations: give(facts.locations ?? []),
    spans: give(facts.spans ?? []),
    daily: give(facts.daily ?? []),
    lastResults: give(facts.lastResults ?? []),
    latencies: give(facts.latencies ?? []),
    incidents: give(facts.incidents ?? []),
    newestIncidents: give(facts.newestIncidents ?? facts.incidents ?? []),
    incident: give(facts.incident ?? null),
    display: give(facts.display ?? { windows: [], overrides: [] }),
    announcements: give(facts.announcements ?? []),
  };
};

/** A store that only has a condition; for tests that need no file. */
export const conditionOnly = (condition: () => StoreCondition): Store =>
  ({
    get condition() {
      return condition();
    },
    onCondition: () => undefined,
    info: { path: '', sqliteVersion: '', journalMode: '', lockingMode: '', instanceId: '7b1c' },
  }) as unknown as Store;

const INLINE_STYLE = 'body{margin:0}';
const INLINE_SCRIPT = 'document.title';

/** Renders any view as one page with an inline style and script, the age of its facts, and the view as text. */
export const plainRenderer = (seen: { renders: number }): Renderer => ({
  allowed: { scripts: [inlineHash(INLINE_SCRIPT)], styles: [inlineHash(INLINE_STYLE)] },
  render: async (request: Request, { view, chrome }: PageLocals) => {
    seen.renders++;
    const path = new URL(request.url).pathname;
    if (path === '/404') return new Response('<!doctype html><title>none</title><p>There is no such page</p>', { status: 404 });
    if (path === '/setting-up') return new Response('<!doctype html><title>wait</title><p>This page is being set up</p>');
    const banner = chrome.staleSinceMs === null ? '' : `<p role="status">stale since ${chrome.staleSinceMs}</p>`;
    const filling = '<li>Component operational</li>'.repeat(200);
    return new Response(
      `<!doctype html><html><head><title>${path}</title><style>${INLINE_STYLE}</style></head><body>${banner}<pre>${JSON.stringify(view)}</pre><ul>${filling}</ul><script>${INLINE_SCRIPT}</script></body></html>`,
      { headers: { 'content-type': 'text/html; charset=utf-8' } },
    );
  },
});

export interface Rig extends AsyncDisposable {
  readonly front: Front;
  readonly port: number;
  readonly dataDir: string;
  readonly seen: { views: number; renders: number };
}

export interface RigOptions extends Partial<Omit<FrontDeps, 'context' | 'facts'>> {
  readonly context?: (clock: Clock) => Context | null;
  readonly facts?: () => Facts | null;
  /** What `/` shows, each time it is asked. */
  readonly home?: (context: Context) => Promise<object | null>;
}

export const contextWith = (store: Store, clock: Clock): Context => ({
  store,
  clock,
  config,
  log: quiet,
  actor: SYSTEM,
});

export const startRig = async (options: RigOptions = {}): Promise<Rig> => {
  const { context, home, facts, ...deps } = options;
  const clock = deps.clock ?? systemClock;
  const dataDir = deps.dataDir ?? (await mkdtemp(join(tmpdir(), 'avow-front-')));
  const seen = { views: 0, renders: 0 };
  const given = contextWith(
    conditionOnly(() => ({ state: 'open' })),
    clock,
  );
  const routes: PageRoute[] = [
    {
      pattern: '/',
      view: async (ctx) => {
        seen.views++;
        return home ? home(ctx) : { state: 'operational' };
      },
      expire: (view) => ({ ...view, state: 'unknown' }),
    },
    { pattern: '/components/:slug', query: ['range'], view: async (_ctx, params) => (params['slug'] === 'gone' ? null : { ...params }) },
  ];
  const front = await startFront({
    host: '127.0.0.1',
    port: 0,
    metricsPort: null,
    publicOrigin: null,
    hsts: true,
    trustedProxies: [],
    clientDir: null,
    recorderStatus: () => null,
    proberStatus: () => null,
    onBeat: () => false,
    renderer: plainRenderer(seen),
    routes,
    documents: [],
    frame: async () => ({ window: null, reserveZone: 'America/New_York' }),
    console: [],
    verbs: null,
    adminOrigin: null,
    reportKeyPem: '-----BEGIN PUBLIC KEY-----\n',
    log: quiet,
    ...deps,
    clock,
    dataDir,
    context: () => (context ? context(clock) : given),
    facts: facts ?? (() => standing({})),
  });
  return {
    front,
    port: front.port,
    dataDir,
    seen,
    async [Symbol.asyncDispose]() {
      await front.close(0);
      if (!deps.dataDir) await rm(dataDir, { recursive: true, force: true });
    },
  };
};
