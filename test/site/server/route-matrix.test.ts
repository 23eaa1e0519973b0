import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentRoutes } from '#site/server/document-routes.ts';
import { pageRoutes } from '#site/server/routes.ts';
import { type Rig, startRig } from '../../support/front-rig.ts';
import { ask } from '../../support/raw-http.ts';
import { KNOWN_TOKEN, METHODS, PRINCIPALS, type Principal, ROUTE_MATRIX } from '../../support/route-matrix.ts';
import { tempFolder } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** A second for each request, so that no limit is met. */
const clock = new VirtualClock(Date.UTC(2026, 10, 24));
let rig: Rig;
let folder: Awaited<ReturnType<typeof tempFolder>>;
beforeAll(async () => {
  folder = await tempFolder();
  await mkdir(join(folder.path, '_astro'));
  await writeFile(join(folder.path, '_astro/app.0123.js'), 'export {};');
  rig = await startRig({
    clock,
    metricsPort: 0,
    clientDir: folder.path,
    onBeat: (token) => token === KNOWN_TOKEN,
    proberStatus: () => ({ lastBeatAt: clock.now(), loopLagMs: 0, inFlight: 0, due: 0 }),
    // The product's own list of pages, with a view that needs no store.
    routes: pageRoutes.map((route) => ({ ...route, view: async () => ({}) })),
    documents: documentRoutes.map((route) => ({ ...route, view: async () => ({}), draw: () => 'drawn' })),
  });
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** Whoever signs in has a matrix of their own: console-matrix.test.ts. */
const open = () => rig.front.routes.filter(({ access }) => access !== 'signed in');

test('every route of the front has a row in the matrix, and every row a route', () => {
  const named = (routes: readonly { readonly listener: string; readonly pattern: string }[]): string[] =>
    routes.map(({ listener, pattern }) => `${listener} ${pattern}`).sort();
  expect(named(ROUTE_MATRIX)).toEqual(named(open()));
});

test('every listed method has its answer in the matrix, and none is missing', () => {
  for (const route of open()) {
    const row = ROUTE_MATRIX.find(({ listener, pattern }) => listener === route.listener && pattern === route.pattern);
    for (const principal of PRINCIPALS)
      expect([route.pattern, Object.keys(row?.answers[principal] ?? {}).sort()]).toEqual([route.pattern, [...route.methods].sort()]);
  }
});

const headersOf: Readonly<Record<Principal, Readonly<Record<string, string>>>> = {
  anonymous: { 'X-Forwarded-For': '203.0.113.9' },
  local: {},
};
const cases = PRINCIPALS.flatMap((principal) => METHODS.map((method) => ({ principal, method })));

describe.each(ROUTE_MATRIX)('$listener $pattern', ({ listener, example, answers, cacheable }) => {
  test.each(cases)('$method by $principal is answered as decided', async ({ principal, method }) => {
    await clock.advance(1_000);
    const port = listener === 'public' ? rig.port : (rig.front.metricsPort ?? 0);
    const answer = await ask(port, example, { method, headers: headersOf[principal] });
    // Under /api/v1 whoever would change something is asked first who they are.
    const shut = example.startsWith('/api/v1/') && ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) ? 401 : 405;
    expect(answer.status).toBe(answers[principal][method] ?? shut);
    const kept = answer.headers['cache-control'] ?? '';
    expect(kept.startsWith(cacheable && answer.status === 200 ? 'public' : 'no-store')).toBe(true);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
});
