/** Feeds, calendars, badges and the picture as the front serves them: whole, to anybody, with a store and without. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { factsOf } from '#db/queries/facts.ts';
import type { Store } from '#db/store.ts';
import { MINUTE } from '#domain/time/instant.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { SOCKET_OWNER, SYSTEM } from '#monitor/context.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { documentRoutes } from '#site/server/document-routes.ts';
import { accepted } from '../../support/accepted.ts';
import { contextWith, quiet, type Rig, startRig } from '../../support/front-rig.ts';
import { asking } from '../../support/maintenance-desk.ts';
import { ask } from '../../support/raw-http.ts';
import { result } from '../../support/recording.ts';
import { openTempStore } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { readXml } from '../../support/xml-tree.ts';

/** Tuesday 24 November 2026, 10:00 in New York. */
const NOW = Date.UTC(2026, 10, 24, 15);
const config = parseConfiguration(Buffer.from('components:\n  - {name: Web, http: "http://127.0.0.1/"}\n'), 'avow.yaml', {
  secret: () => null,
  ownPorts: [],
});
if (!isConfig(config)) throw new Error(JSON.stringify(config));

let store: Store & AsyncDisposable;
let clock: VirtualClock;
let rig: Rig;
beforeAll(async () => {
  store = await openTempStore();
  clock = new VirtualClock(NOW - 60 * MINUTE);
  await applyConfiguration({ store, clock, actor: SYSTEM }, config);
  accepted(await announceMaintenance({ store, clock, actor: SOCKET_OWNER, policy: config.policy }, asking('10:00', '12:00')));
  clock.jumpWall(60 * MINUTE);
  const recorder = await createRecorder({ store, clock, log: quiet });
  const location = config.locations[0]?.slug ?? '';
  await recorder.record(
    Array.from({ length: 50 }, (_, minute) =>
      result('web', location, NOW - (50 - minute) * MINUTE, minute === 20 || minute === 21 ? 'fail' : 'ok'),
    ),
  );
  rig = await startRig({
    documents: documentRoutes,
    clock,
    publicOrigin: 'https://status.example.com',
    facts: () => factsOf(store),
    context: () => ({ ...contextWith(store, clock), config }),
  });
});
afterAll(async () => {
  await rig?.[Symbol.asyncDispose]();
  await store?.[Symbol.asyncDispose]();
});
const get = (path: string, headers: Readonly<Record<string, string>> = {}) => ask(rig.port, path, { host: 'status.example.com', headers });
interface Shields {
  readonly message: string;
  readonly color: string;
}
const shields = async (path: string): Promise<Shields> => JSON.parse(String((await get(path)).body)) as Shields;

describe('documents', () => {
  test('are had from anywhere, kept for a moment, and answered with 304 while they are the same', async () => {
    for (const path of ['/feed.atom', '/maintenance.ics', '/badge/overall/status.svg']) {
      const first = await get(path);
      expect([first.status, first.headers['access-control-allow-origin']]).toEqual([200, '*']);
      expect(first.headers['cache-control']).toContain('public, max-age=10');
      const again = await get(path, { 'If-None-Match': String(first.headers['etag']) });
      expect(again.status).toBe(304);
    }
  });

  test('are the same bytes as long as nothing new was told, however much time passes', async () => {
    const paths = ['/feed.atom', '/feed.rss', '/feed.json', '/maintenance.ics', '/reserved.ics'];
    const before = await Promise.all(paths.map(async (path) => String((await get(path)).body)));
    await clock.advance(40 * 60_000);
    const after = await Promise.all(paths.map(async (path) => String((await get(path)).body)));
    expect(after).toEqual(before);
    clock.jumpWall(-40 * 60_000);
    await clock.advance(40_000);
  });

  test('that speak a language say so to whoever keeps them', async () => {
    expect((await get('/feed.rss')).headers['vary']).toBe('Accept-Encoding, Accept-Language');
    expect((await get('/badge/web/status.json')).headers['vary']).toBe('Accept-Encoding');
  });

  test('a component is asked for by its slug; another word is named as the fault', async () => {
    expect((await get('/feed.atom?component=web')).status).toBe(200);
    expect((await get('/feed.atom?component=nobody')).status).toBe(404);
    const { status, body, headers: said } = await get('/feed.atom?component=No%20Body');
    expect([status, said['content-type']]).toEqual([400, 'application/problem+json']);
    expect(JSON.parse(String(body))).toMatchObject({ status: 400, parameter: 'component' });
  });

  test('feeds tell what happened, with addresses at the public origin', async () => {
    const text = String((await get('/feed.atom?component=web')).body);
    expect(readXml(text).name).toBe('feed');
    expect(text).toContain('Investigating: Web is not answering');
    expect(text).toContain('Resolved: Web is not answering');
    expect(text).toContain('Maintenance announced: Database upgrade');
    expect(text).toContain('https://status.example.com/feed.atom?component=web');
    expect(text).not.toContain('127.0.0.1');
  });

  test('calendars have a name for a file and their own type', async () => {
    const { headers: said, body } = await get('/maintenance.ics');
    expect(said['content-type']).toBe('text/calendar; charset=utf-8');
    expect(said['content-disposition']).toBe('inline; filename="maintenance.ics"');
    expect(String(body)).toContain('\r\nDTSTART:20261128T150000Z\r\n');
    expect(String((await get('/reserved.ics')).body)).toMatch(/UID:reserved-2026-11-28@[^\r]*\r\nSEQUENCE:1\r\n/);
  });

  test('badges know figures and states; what nobody watches, and what no badge says, is not there', async () => {
    for (const what of ['month', '30d', '90d']) {
      const { message } = await shields(`/badge/web/${what}.json`);
      expect(message).toMatch(/^\d+\.\d{4} %$/);
      expect(message).toBe((await shields(`/badge/overall/${what}.json`)).message);
    }
    for (const path of ['/badge/nobody/status.svg', '/badge/nobody/90d.json', '/badge/web/7d.svg', '/badge/web/status.gif'])
      expect((await get(path)).status).toBe(404);
  });

  test('silence is unknown on a badge, never green', async () => {
    expect(await shields('/badge/web/status.json')).toMatchObject({ message: 'operational', color: 'brightgreen' });
    clock.jumpWall(10 * MINUTE);
    await clock.advance(40_000);
    expect(await shields('/badge/web/status.json')).toMatchObject({ message: 'unknown', color: 'lightgrey' });
  });
});
