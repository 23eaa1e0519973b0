/** Nothing private reaches the public (P14): contracts, customers, fees, overrides and authors carry canaries, and every public answer is searched for them. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { factsOf } from '#db/queries/facts.ts';
import type { Store } from '#db/store.ts';
import { MINUTE } from '#domain/time/instant.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { draftRelease } from '#monitor/actions/draft-release.ts';
import { openIncident } from '#monitor/actions/open-incident.ts';
import { publishNotes } from '#monitor/actions/publish-notes.ts';
import { recordDeployment } from '#monitor/actions/record-deployment.ts';
import { updateIncident } from '#monitor/actions/update-incident.ts';
import type { Config } from '#monitor/config/config.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { SOCKET_OWNER, SYSTEM } from '#monitor/context.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { apiDocuments } from '#site/api/documents.ts';
import { documentRoutes } from '#site/server/document-routes.ts';
import { pageRoutes } from '#site/server/routes.ts';
import { accepted } from '../../support/accepted.ts';
import { contextWith, quiet, type Rig, startRig } from '../../support/front-rig.ts';
import { asking } from '../../support/maintenance-desk.ts';
import { ask } from '../../support/raw-http.ts';
import { result } from '../../support/recording.ts';
import { drafting } from '../../support/release-desk.ts';
import { openTempStore } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const CANARIES = [
  'kanarienkunde',
  'Kanarien Handels GmbH',
  'kanarienvertrag',
  '7654321',
  '76543',
  'kanarienstaffel',
  'kanarienautor',
  'kanarienhost',
  'kanarienentwurf',
  'kanarienanfrage',
  'kanariengrund',
];
const FILE = `
components:
  - {name: Web, http: "http://kanarienhost.example.com/"}
customers:
  - {id: kanarienkunde, name: Kanarien Handels GmbH}
credit_schedules:
  - {id: kanarienstaffel, tiers: [{below: 99.5, credit: 10}]}
contracts:
  - {id: kanarienvertrag, customer: kanarienkunde, currency: USD, monthly_fee: "76543.21", from: 2026-01-01, credits: kanarienstaffel}
`;
const INCIDENT = 'abcdefghijk2';
/** Saturday 21 November 2026, 16:00 in New York. */
const NOW = Date.UTC(2026, 10, 21, 21);

const read = (source: string): Config => {
  const config = parseConfiguration(Buffer.from(source), 'avow.yaml', { secret: () => null, ownPorts: [] });
  if (!isConfig(config)) throw new Error(JSON.stringify(config));
  return config;
};

let store: Store & AsyncDisposable;
let rig: Rig;
let announced = '';
beforeAll(async () => {
  store = await openTempStore();
  const config = read(FILE);
  const clock = new VirtualClock(NOW - 8 * 60 * MINUTE);
  await applyConfiguration({ store, clock, actor: SYSTEM }, config);
  const { announcement } = accepted(
    await announceMaintenance(
      { store, clock, actor: SOCKET_OWNER, policy: config.policy },
      asking('10:00', '12:00', { slot: '2026-11-21', author: 'kanarienautor' }),
    ),
  );
  announced = announcement.id;
  const names = ['abcdefghijk3', INCIDENT, 'abcdefghijk4'];
  const posting = { store, clock, actor: SOCKET_OWNER, policy: config.policy, newId: () => names.shift() ?? '' };
  const said = { title: 'Slow pages', body: 'We are looking.', status: null, author: 'kanarienautor' };
  accepted(await openIncident(posting, { ...said, impacts: [{ component: 'web', impact: 'degraded' }] }));
  accepted(await updateIncident(posting, INCIDENT, { ...said, body: 'It was a disk.', impacts: [] }));
  const releases = { store, clock, actor: SOCKET_OWNER, policy: config.policy };
  const secret = { title: 'kanarienentwurf', notes: 'kanarienentwurf', author: 'kanarienautor', tickets: ['kanarienanfrage'] };
  accepted(await draftRelease(releases, drafting('5.0.0', secret)));
  accepted(await draftRelease(releases, drafting('4.2.1', { ...secret, title: 'Known', notes: 'Known.' })));
  accepted(await publishNotes(releases, { version: '4.2.1', at: null, author: 'kanarienautor' }));
  accepted(await draftRelease(releases, drafting('4.2.1', { title: null, notes: 'kanarienentwurf', author: 'kanarienautor' })));
  const emergency = { reason: 'kanariengrund', approvedBy: 'kanarienautor' };
  accepted(await recordDeployment(releases, { version: '4.2.1', at: null, kind: 'deploy', emergency, author: 'Ann' }));
  accepted(await recordDeployment(releases, { version: '5.0.0', at: null, kind: 'deploy', emergency: null, author: 'kanarienautor' }));
  clock.jumpWall(8 * 60 * MINUTE);
  const recorder = await createRecorder({ store, clock, log: quiet });
  const slug = config.components[0]?.slug ?? '';
  const location = config.locations[0]?.slug ?? '';
  await recorder.record(
    Array.from({ length: 470 }, (_, minute) => ({
      ...result(slug, location, NOW - (475 - minute) * MINUTE, minute > 300 && minute < 340 ? 'fail' : 'ok'),
      detail: 'kanarienhost refused',
    })),
  );
  rig = await startRig({
    routes: pageRoutes,
    documents: documentRoutes,
    clock,
    facts: () => factsOf(store),
    context: () => ({ ...contextWith(store, clock), config }),
  });
});
afterAll(async () => {
  await rig?.[Symbol.asyncDispose]();
  await store?.[Symbol.asyncDispose]();
});

describe('of contracts and customers', () => {
  // The renderer of the rig writes the whole view into the page: what is not in the view cannot be on a page.
  const documents = apiDocuments.map(({ path }) => path.replace('{version}', '4.2.1').replace('{slug}', 'web'));
  test.each([
    '/',
    '/components/web',
    '/components/web/2026-11',
    `/incidents/${INCIDENT}`,
    '/subscribe',
    '/embed',
    '/sitemap.xml',
    '/robots.txt',
    '/sla',
    '/sla/2026-11',
    '/releases',
    '/releases/4.2.1',
    '/releases/5.0.0',
    '/maintenance',
    '/maintenance/ANNOUNCED',
    '/history',
    '/history/2026-11',
    '/api',
    ...documents,
    '/api/v1/widget',
  ])('%s knows nothing', async (path) => {
    const { status, body } = await ask(rig.port, path.replace('ANNOUNCED', announced));
    const text = String(body);
    expect(status).toBe(200);
    expect(text.length).toBeGreaterThan(100);
    expect(CANARIES.filter((canary) => text.toLowerCase().includes(canary.toLowerCase()))).toEqual([]);
  });

  test.each(
    documentRoutes.filter(({ pattern }) => !pattern.startsWith('/brand/')).map(({ pattern }) => pattern.replace(':component', 'web')),
  )('%s knows nothing', async (path) => {
    const { status, body } = await ask(rig.port, path);
    expect(status).toBe(200);
    expect(body.length).toBeGreaterThan(50);
    expect(CANARIES.filter((canary) => body.toString('latin1').toLowerCase().includes(canary.toLowerCase()))).toEqual([]);
  });

  test('every page of the product is among those that are searched', () => {
    expect(pageRoutes.map(({ pattern }) => pattern)).toEqual([
      '/',
      '/components/:slug',
      '/components/:slug/:month',
      '/incidents/:id',
      '/releases',
      '/releases/:version',
      '/api',
      '/subscribe',
      '/embed',
      '/sla',
      '/sla/:month',
      '/maintenance',
      '/maintenance/:id',
      '/history',
      '/history/:month',
    ]);
  });

  test('what is public is there all the same: the figure, the outage and the title of the announcement', async () => {
    const text = String((await ask(rig.port, '/sla/2026-11')).body);
    expect(text).toContain('Database upgrade');
    expect(text).toMatch(/"availability":"\d+\.\d{4}"/);
    expect(text).toContain('is not answering');
    for (const path of ['/', '/components/web', `/incidents/${INCIDENT}`])
      expect(String((await ask(rig.port, path)).body)).toContain('It was a disk.');
  });

  test.each([
    '/sla/2026-12',
    '/sla/2026-10',
    '/sla/2026-13',
    '/sla/november',
    '/components/web/2026-12',
    '/components/nobody/2026-11',
    '/incidents/abcdefghijk4',
    '/incidents/x',
    '/maintenance/nothing',
    '/history/2026-12',
    '/history/2026-10',
    '/history/november',
    '/feed.atom?component=nobody',
  ])('%s is answered like any address that does not exist', async (path) => {
    const [none, unknown] = await Promise.all([ask(rig.port, path), ask(rig.port, '/no-such-page')]);
    expect([none.status, String(none.body)]).toEqual([404, String(unknown.body)]);
  });
});
