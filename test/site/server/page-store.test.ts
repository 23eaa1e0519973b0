import { describe, expect, test, vi } from 'vitest';
import { type Instant, instant } from '#domain/time/instant.ts';
import { NO_BRAND } from '#monitor/config/page.ts';
import type { Context } from '#monitor/context.ts';
import { aroundBrand } from '#site/server/brand-documents.ts';
import { pagePresenter } from '#site/server/page-presenter.ts';
import { OLDEST_US, type PageStore, pageStore, RENEW_RESULTS_US, RENEW_TIME_US } from '#site/server/page-store.ts';
import type { PageLocals } from '#site/server/prepared.ts';
import type { PublicRoute } from '#site/server/public-route.ts';
import type { Snapshot } from '#site/server/snapshot.ts';
import { conditionOnly, contextWith, quiet } from '../../support/front-rig.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** A page store on a virtual clock over one fact that a test changes, counting what it costs. */
class Bench {
  readonly clock = new VirtualClock(1_780_000_000_000);
  fact = 'up';
  /** What the next views wait for. */
  hold: Promise<void> | null = null;
  broken: Error | null = null;
  renderBroken = false;
  stale: Instant | null = null;
  views = 0;
  renders = 0;
  readonly store: PageStore;
  readonly target: PublicRoute;
  readonly context: Context;
  constructor(restored: Snapshot | null = null, maxBytes = 1_000_000, withStore = true) {
    this.context = contextWith(
      conditionOnly(() => ({ state: 'open' })),
      this.clock,
    );
    const render = async (request: Request, { view, chrome }: PageLocals): Promise<Response> => {
      this.renders++;
      if (this.renderBroken) throw new Error('the template is broken');
      if (request.url.endsWith('/setting-up')) return new Response('<p>This page is being set up</p>');
      const banner = chrome.staleSinceMs === null ? '' : `<b>as of ${chrome.staleSinceMs}</b>`;
      return new Response(`<html><body>${banner}${(view as { fact: string }).fact}</body></html>`);
    };
    this.target = {
      presenter: pagePresenter({ allowed: { scripts: [], styles: [] }, render }),
      route: {
        pattern: '/:name',
        view: async (_context, params) => {
          this.views++;
          const { fact } = this;
          await this.hold;
          if (this.broken) throw this.broken;
          return params['name'] === 'gone' ? null : { fact };
        },
        expire: () => ({ fact: 'unknown' }),
      },
    };
    this.store = pageStore(
      {
        clock: this.clock,
        log: quiet,
        context: () => (withStore ? this.context : null),
        staleSince: () => this.stale,
        always: [],
        maxBytes,
        onKept: () => undefined,
        origin: () => 'http://127.0.0.1:4321',
        frame: async () => ({ window: null, reserveZone: 'America/New_York' }),
      },
      restored,
    );
  }
  async ask(name = 'web'): Promise<string> {
    const hot = this.store.hot(`/${name}`, null);
    if (hot) return textOf(hot.variants.identity.body);
    const found = await this.store.find({
      key: `/${name}`,
      target: this.target,
      params: { name },
      address: { lang: 'en', asked: false, path: `/${name}` },
    });
    return 'ready' in found ? textOf(found.ready.variants.identity.body) : Object.keys(found).join();
  }
  /** Real turns of the loop: compression runs in threads the virtual clock knows nothing of. */
  async settled(): Promise<void> {
    const before = this.renders;
    for (let i = 0; i < 20; i++) await new Promise<void>((resolve) => setImmediate(resolve));
    if (this.renders !== before) await this.settled();
  }
}
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const MS = 1_000;

describe('how often a page is rendered', () => {
  test('32 cold clients cost one view and one render', async () => {
    const bench = new Bench();
    const answers = await Promise.all(Array.from({ length: 32 }, () => bench.ask()));
    expect(new Set(answers)).toEqual(new Set(['<html><body>up</body></html>']));
    expect([bench.views, bench.renders]).toEqual([1, 1]);
  });
  test('a thousand warm requests cost nothing', async () => {
    const bench = new Bench();
    await bench.ask();
    for (let i = 0; i < 1_000; i++) await bench.ask();
    expect([bench.views, bench.renders]).toEqual([1, 1]);
  });
  test('a change of state is rendered at once and served without being asked for', async () => {
    const bench = new Bench();
    await bench.ask();
    bench.fact = 'down';
    bench.store.recorded(true);
    await bench.settled();
    expect(bench.renders).toBe(2);
    expect(await bench.ask()).toContain('down');
    expect(bench.renders).toBe(2);
  });
  test('while the new bytes are made the old ones go out, for one second at most', async () => {
    const bench = new Bench();
    await bench.ask();
    let release = (): void => undefined;
    bench.hold = new Promise((resolve) => {
      release = resolve;
    });
    bench.fact = 'down';
    bench.store.recorded(true);
    expect(await bench.ask()).toContain('up');
    bench.clock.stall(1_001);
    const waiting = bench.ask();
    release();
    expect(await waiting).toContain('down');
  });
  test('a change during a render leads to another render', async () => {
    const bench = new Bench();
    await bench.ask();
    let release = (): void => undefined;
    bench.hold = new Promise((resolve) => {
      release = resolve;
    });
    bench.fact = 'down';
    bench.store.recorded(true);
    await bench.settled();
    bench.fact = 'up again';
    bench.store.recorded(true);
    release();
    bench.hold = null;
    await bench.settled();
    expect(await bench.ask()).toContain('up again');
    expect(bench.renders).toBe(3);
  });
  test('results that change nothing renew a page at most every 10 s, however many come', async () => {
    const bench = new Bench();
    await bench.ask();
    for (let i = 0; i < 99; i++) {
      bench.clock.stall(100);
      bench.store.recorded(false);
      await bench.ask();
    }
    expect(bench.renders).toBe(1);
    bench.clock.stall(RENEW_RESULTS_US / MS - 9_900);
    await bench.ask();
    await bench.settled();
    expect(bench.renders).toBe(2);
  });
  test('with no result at all time renews a page, so that silence becomes visible', async () => {
    const bench = new Bench();
    await bench.ask();
    bench.fact = 'unknown';
    bench.clock.stall(RENEW_TIME_US / MS);
    expect(await bench.ask()).toContain('up');
    await bench.settled();
    expect(await bench.ask()).toContain('unknown');
  });
  test('bytes of 30 s and more are never handed out as they are', async () => {
    const bench = new Bench();
    await bench.ask();
    bench.fact = 'down';
    bench.clock.stall(OLDEST_US / MS);
    expect(await bench.ask()).toContain('down');
  });
  test('a page nobody asked for in the last minute is not rendered on a change', async () => {
    const bench = new Bench();
    await bench.ask();
    bench.clock.stall(61_000);
    bench.store.recorded(true);
    await bench.settled();
    expect(bench.renders).toBe(1);
  });
  test('who asks for a new page goes before everything that a change renews, however much that is', async () => {
    const bench = new Bench(null, 100_000_000);
    for (let i = 0; i < 300; i++) await bench.ask(`page-${i}`);
    const before = bench.renders;
    bench.store.recorded(true);
    expect(await bench.ask('new')).toContain('up');
    expect(bench.renders - before).toBeLessThan(10);
    await vi.waitFor(() => expect(bench.renders - before).toBe(301));
  });
  test('who waits for a page that is due goes before what nobody waits for', async () => {
    const bench = new Bench(null, 100_000_000);
    for (let i = 0; i < 300; i++) await bench.ask(`page-${i}`);
    const before = bench.renders;
    bench.store.recorded(true);
    bench.clock.stall(1_000);
    bench.fact = 'down';
    expect(await bench.ask('page-299')).toContain('down');
    expect(bench.renders - before).toBeLessThan(10);
  });
  test('no more than 256 new addresses wait', async () => {
    const bench = new Bench();
    let release = (): void => undefined;
    bench.hold = new Promise((resolve) => {
      release = resolve;
    });
    const asked = Array.from({ length: 259 }, (_, i) => bench.ask(`page-${i}`));
    expect(await asked[258]).toBe('busy');
    release();
    expect((await Promise.all(asked)).filter((answer) => answer === 'busy')).toHaveLength(1);
  });
  test('what does not exist is asked of the store once in 5 s', async () => {
    const bench = new Bench();
    expect([await bench.ask('gone'), await bench.ask('gone')]).toEqual(['missing', 'missing']);
    expect(bench.views).toBe(1);
    bench.clock.stall(5_000);
    await bench.ask('gone');
    expect(bench.views).toBe(2);
    expect(bench.store.stats.entries).toBe(0);
  });
  test('memory is bounded: the page least recently asked for goes first', async () => {
    const bench = new Bench(null, 20_000);
    for (const name of ['a', 'b', 'c', 'd']) {
      await bench.ask(name);
      bench.clock.stall(1);
    }
    await bench.ask('a');
    bench.clock.stall(1);
    await bench.ask('e');
    expect(bench.store.stats.bytes).toBeLessThanOrEqual(20_000);
    const before = bench.renders;
    await bench.ask('a');
    expect(bench.renders).toBe(before);
    await bench.ask('b');
    expect(bench.renders).toBe(before + 1);
  });
});

describe('when the facts cannot be had', () => {
  const away = Object.assign(new Error('disk I/O error'), { name: 'StoreFault' });
  test('the last good view is shown with its age, and after 15 minutes it claims no state', async () => {
    const bench = new Bench();
    const asOf = bench.clock.now();
    await bench.ask();
    bench.broken = away;
    bench.store.recorded(true);
    await bench.settled();
    expect(await bench.ask()).toBe(`<html><body><b>as of ${asOf}</b>up</body></html>`);
    bench.clock.stall(15 * 60_000);
    expect(await bench.ask()).toContain('up');
    bench.clock.stall(OLDEST_US / MS);
    expect(await bench.ask()).toBe(`<html><body><b>as of ${asOf}</b>unknown</body></html>`);
  });
  test('a stale page costs one render however often it is asked for', async () => {
    const bench = new Bench();
    await bench.ask();
    bench.broken = away;
    bench.store.recorded(true);
    await bench.settled();
    const before = bench.renders;
    for (let i = 0; i < 30; i++) {
      bench.clock.stall(1_000);
      await bench.ask();
      await bench.settled();
    }
    expect(bench.renders).toBe(before);
  });
  test('the store is asked again after 2 s, and once it answers the page is fresh', async () => {
    const bench = new Bench();
    await bench.ask();
    bench.broken = away;
    bench.store.recorded(true);
    await bench.settled();
    bench.broken = null;
    bench.fact = 'back';
    bench.clock.stall(2_000);
    await bench.ask();
    await bench.settled();
    expect(await bench.ask()).toBe('<html><body>back</body></html>');
  });
  test('a store that hangs is given up after 2 s and then not asked by every page', async () => {
    const bench = new Bench();
    await Promise.all([bench.ask('a'), bench.ask('b'), bench.ask('c')]);
    const before = bench.views;
    bench.hold = new Promise(() => undefined);
    bench.clock.stall(OLDEST_US / MS);
    const asked = Promise.all([bench.ask('a'), bench.ask('b'), bench.ask('c')]);
    await bench.clock.advance(2_000);
    for (const text of await asked) expect(text).toContain('as of');
    expect(bench.views - before).toBe(2);
  });
  test('while commits fail the page says since when, though reading works', async () => {
    const bench = new Bench();
    bench.stale = instant(1_779_999_000_000);
    expect(await bench.ask()).toContain('<b>as of 1779999000000</b>unknown');
    bench.stale = instant(bench.clock.now() - 60_000);
    bench.store.recorded(true);
    await bench.settled();
    expect(await bench.ask()).toContain(`<b>as of ${bench.clock.now() - 60_000}</b>up`);
  });
  test('before anything was known the page says that it is being set up', async () => {
    const bench = new Bench(null, 1_000_000, false);
    expect(await bench.ask()).toContain('being set up');
  });
  test('after a restart without a store the views of the snapshot are shown', async () => {
    const before = new Bench();
    const asOf = before.clock.now();
    await before.ask();
    const after = new Bench(JSON.parse(JSON.stringify(before.store.snapshot())) as Snapshot, 1_000_000, false);
    expect(await after.ask()).toBe(`<html><body><b>as of ${asOf}</b>up</body></html>`);
    expect(after.store.snapshot().views).toHaveLength(1);
  });
  test('whatever is asked for while the store is away, the last good views are not given up for it', async () => {
    const bench = new Bench(null, 20_000);
    await bench.ask();
    bench.broken = away;
    for (let i = 0; i < 60; i++) {
      bench.clock.stall(100);
      await bench.ask(`made-up-${i}`);
    }
    expect(bench.store.stats.bytes).toBeLessThanOrEqual(20_000);
    expect(await bench.ask()).toContain('up</body>');
    expect(bench.store.snapshot().views).toHaveLength(1);
  });
  test('what was taken away while the store answered does not come back without it, nor after a restart', async () => {
    const now = 1_780_000_000_000;
    const around = { pageName: 'Example', pageUrl: null, zone: 'UTC', support: [], brand: aroundBrand(NO_BRAND), frame: null };
    const view = { key: '/gone', pattern: '/:name', params: { name: 'gone' }, view: { fact: 'a name' }, asOf: now - 1_000 };
    const bench = new Bench({ version: 2, around, views: [view] });
    expect(await bench.ask('gone')).toBe('missing');
    expect(bench.store.snapshot().views).toEqual([]);
    bench.broken = away;
    bench.clock.stall(6_000);
    expect(await bench.ask('gone')).not.toContain('a name');
  });
  test('a snapshot dated ahead of the clock claims no state: nobody knows how old it is', async () => {
    const now = 1_780_000_000_000;
    const around = { pageName: 'Example', pageUrl: null, zone: 'UTC', support: [], brand: aroundBrand(NO_BRAND), frame: null };
    const view = { key: '/web', pattern: '/:name', params: { name: 'web' }, view: { fact: 'up' }, asOf: now + 3_600_000 };
    const bench = new Bench({ version: 2, around, views: [view] }, 1_000_000, false);
    expect(await bench.ask()).toContain('unknown');
  });
  test('a broken template shows the last good bytes under a banner', async () => {
    const bench = new Bench();
    await bench.ask();
    bench.renderBroken = true;
    bench.store.recorded(true);
    await bench.settled();
    expect(await bench.ask()).toMatch(
      /<body><p role="status" class="stale-banner">Data as of \d\d:\d\d:\d\d UTC: Avow cannot reach its store\.<\/p>up<\/body>/,
    );
  });
});
