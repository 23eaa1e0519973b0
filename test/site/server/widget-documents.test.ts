import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { expireWidget } from '#monitor/views/widget.ts';
import { widgetDocument, widgetDocuments, widgetScript } from '#site/server/widget-documents.ts';
import { type Rig, startRig } from '../../support/front-rig.ts';
import { ask } from '../../support/raw-http.ts';
import { widgetScenes } from '../../support/widget-scenes.ts';

const NOW = instant(Date.UTC(2026, 10, 23, 19, 20, 10));
const chrome = {
  pageName: 'Harbour & Lane',
  pageUrl: null,
  zone: 'America/New_York',
  support: [],
  brand: { logo: null, accent: null, links: [], footer: '' },
  frame: null,
  lang: 'en' as const,
  asked: false,
  path: '/api/v1/widget',
  origin: 'https://status.example.com',
  generatedAtMs: NOW,
  staleSinceMs: null,
};

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({
    documents: widgetDocuments.map((route) =>
      route.pattern === '/api/v1/widget' ? { ...route, view: async () => widgetScenes.healthy(NOW) } : route,
    ),
  });
});
afterAll(() => rig?.[Symbol.asyncDispose]());

test('the script is at most 8 kB on the wire in either coding', () => {
  const script = widgetScript('https://status.example.com');
  expect(brotliCompressSync(script).byteLength).toBeLessThan(8_000);
  expect(gzipSync(script).byteLength).toBeLessThan(8_000);
  expect(script).not.toMatch(/innerHTML|insertAdjacentHTML|outerHTML|document\.cookie|localStorage|\beval\b/);
});

test('script and document may be read by every origin and are asked for again', async () => {
  const [script, document] = await Promise.all([ask(rig.port, '/widget.js'), ask(rig.port, '/api/v1/widget')]);
  for (const { status, headers } of [script, document]) {
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
    expect(headers['cache-control']).not.toContain('immutable');
    expect(headers['etag']).toMatch(/^"/);
  }
  const later = await ask(rig.port, '/widget.js', { headers: { 'If-None-Match': script.headers['etag'] ?? '' } });
  expect(later.status).toBe(304);
});

test('the document says state, window, changes and where to read more, with the words for them', () => {
  expect(widgetDocument(widgetScenes.healthy(NOW), chrome, 'en')).toMatchObject({
    lang: 'en',
    as_of: '2026-11-23T19:20:10.000Z',
    stale: false,
    note: null,
    page: { name: 'Harbour & Lane', url: 'https://status.example.com/' },
    state: 'operational',
    headline: 'All systems operational.',
    window: {
      state: 'announced',
      sentence: 'Next maintenance: Database upgrade.',
      start: '2026-11-25T19:20:10.000Z',
      local: 'Wed 25 Nov, 14:20–16:20 Eastern Time (EST, UTC−5).',
      url: 'https://status.example.com/maintenance/M1',
    },
    changes: [{ version: '4.2.0', title: 'Faster search', url: 'https://status.example.com/releases/4.2.0' }, {}],
  });
});

test('with the store away it says as of when, and after 15 minutes it claims nothing', () => {
  const stale = { ...chrome, staleSinceMs: NOW - 60_000 };
  expect(widgetDocument(widgetScenes.down(NOW), stale, 'en')).toMatchObject({
    stale: true,
    as_of: '2026-11-23T19:19:10.000Z',
    note: 'Data as of 23 Nov 2026, 14:19:10 Eastern Time: Avow cannot reach its store. What follows may be out of date.',
  });
  expect(widgetDocument(expireWidget(widgetScenes.down(NOW)), stale, 'en')).toMatchObject({
    state: 'unknown',
    headline: 'The state is unknown: nothing was measured lately.',
  });
});

test('a language that Avow does not speak is refused by name', async () => {
  const { status, body } = await ask(rig.port, '/api/v1/widget?lang=xx');
  expect([status, JSON.parse(String(body))]).toEqual([400, expect.objectContaining({ parameter: 'lang' })]);
});
