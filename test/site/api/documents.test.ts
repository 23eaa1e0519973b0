/** The public JSON over a real front and a real store: every document is what the OpenAPI document says, and nothing else answers. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Statuspage } from 'statuspage.io';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patternOf } from '#site/api/document.ts';
import { apiDocuments } from '#site/api/documents.ts';
import { problemSchema } from '#site/api/problem.ts';
import { type ApiRig, RELEASES, startApiRig } from '../../support/api-rig.ts';
import { startRig } from '../../support/front-rig.ts';
import { ask, type RawAnswer } from '../../support/raw-http.ts';

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, object>> }>>>>;
}

let api: ApiRig;
let described: Described;
const get = (path: string): Promise<RawAnswer> => ask(api.rig.port, path);
const json = async (path: string): Promise<Record<string, unknown>> => JSON.parse(String((await get(path)).body));
beforeAll(async () => {
  api = await startApiRig();
  described = (await json('/api/v1/openapi.json')) as unknown as Described;
});
afterAll(() => api?.[Symbol.asyncDispose]());

const FILLED: Readonly<Record<string, string>> = { '{version}': '1.1.0', '{slug}': 'shop' };
const filled = (path: string): string => path.replaceAll(/\{\w+\}/g, (name) => FILLED[name] ?? name);

/** A validator that knows nothing of ours but the published document. */
const validatorOf = (path: string, status: string, type: string) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(described as object, 'openapi');
  const pointer = ['paths', path, 'get', 'responses', status, 'content', type, 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.compile({ $ref: `openapi#/${pointer}` });
  return (body: unknown): unknown => (validate(body) ? [] : validate.errors);
};

describe('the OpenAPI document', () => {
  test('is OpenAPI 3.1 by a validator that is not ours', async () => {
    const answer = await new Validator().validate(structuredClone(described) as unknown as Parameters<Validator['validate']>[0]);
    expect([answer.valid, answer.errors ?? []]).toEqual([true, []]);
  });

  test('names every public route under /api, and no other', () => {
    const routes = api.rig.front.routes.map(({ pattern }) => pattern).filter((pattern) => /^\/api\/[^*]+$/.test(pattern));
    const named = Object.keys(described.paths).map((path) => patternOf({ path: path as `/api/${string}` }));
    expect(named.toSorted()).toEqual(routes.toSorted());
  });

  test.each(apiDocuments.map(({ path }) => path))('%s answers what it says, readable from anywhere, once per change', async (path) => {
    const answer = await get(filled(path));
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    const body: unknown = JSON.parse(String(answer.body));
    expect(validatorOf(path, '200', 'application/json')(body)).toEqual([]);
    expect(apiDocuments.find((one) => one.path === path)?.schema.safeParse(body).error).toBeUndefined();
    const again = await ask(api.rig.port, filled(path), { headers: { 'If-None-Match': answer.headers['etag'] ?? '' } });
    expect(again.status).toBe(304);
  });

  test.each(apiDocuments.map(({ path }) => path))('%s has its shape before anything was ever known', async (path) => {
    await using nothing = await startRig({ context: () => null, facts: () => null });
    const answer = await ask(nothing.port, filled(path));
    expect(answer.status).toBe(200);
    const body: unknown = JSON.parse(String(answer.body));
    expect(validatorOf(path, '200', 'application/json')(body)).toEqual([]);
    expect(apiDocuments.find((one) => one.path === path)?.schema.safeParse(body).error).toBeUndefined();
  });
});

describe('refusals', () => {
  const problems = async (answer: RawAnswer) => {
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['cache-control']).toBe('no-store');
    return problemSchema.parse(JSON.parse(String(answer.body)));
  };

  test.each([
    ['limit', ['', '0', '-1', '101', '1.5', '1e1', '0x10', ' 5', 'ten', '9'.repeat(80)]],
    ['cursor', ['', 'x', '%00', 'a'.repeat(200), '1-0123456789abcdef-00000000']],
  ])('%s that cannot be answered is named', async (parameter, values) => {
    for (const value of values) {
      const answer = await get(`/api/v1/releases?${parameter}=${value.startsWith('%') ? value : encodeURIComponent(value)}`);
      expect([value, answer.status]).toEqual([value, 400]);
      const told = await problems(answer);
      expect(told.parameter).toBe(parameter);
      expect(validatorOf('/api/v1/releases', '400', 'application/problem+json')(told)).toEqual([]);
    }
  });
  test.each(['', '2026', '2026-13', '2026-00', '2026-1', 'november', '2026-10-01'])('month=%s is named', async (value) => {
    const answer = await get(`/api/v1/components/shop/availability?month=${value}`);
    expect(answer.status).toBe(400);
    expect((await problems(answer)).parameter).toBe('month');
  });

  test.each([
    '/api/v1/releases/9.0.0',
    '/api/v1/releases/no-such',
    '/api/v1/components/nobody/availability',
    '/api/v1/components/shop/availability?month=2026-12',
    '/api/v1/components/shop/availability?month=2020-01',
  ])('%s is the same 404 as any other thing that is not there', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(await problems(answer)).toEqual({ type: 'about:blank', title: 'Not found', status: 404, detail: 'There is no such thing.' });
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is a problem document too', async (method) => {
    for (const path of ['/api/v2/summary.json', ...(method === 'OPTIONS' ? ['/api/v1/releases/1.1.0', '/api/v1/nothing'] : [])]) {
      const answer = await ask(api.rig.port, path, { method });
      expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD']);
      expect((await problems(answer)).status).toBe(405);
    }
  });
  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s under /api/v1 asks first who it is, whatever the address', async (method) => {
    for (const path of ['/api/v1/status', '/api/v1/releases/1.1.0', '/api/v1/nothing']) {
      const answer = await ask(api.rig.port, path, { method });
      expect([path, answer.status, answer.headers['www-authenticate']]).toEqual([path, 401, 'Bearer']);
      expect(problemSchema.parse(JSON.parse(String(answer.body))).status).toBe(401);
    }
  });
  test('an address that the API does not have says where its description is', async () => {
    const answer = await get('/api/v1/nothing');
    expect(answer.status).toBe(404);
    expect((await problems(answer)).detail).toContain('/api/v1/openapi.json');
  });
});

describe('releases page by page', () => {
  test('each is there once, newest first, and a draft never', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await json(`/api/v1/releases?limit=5${cursor === null ? '' : `&cursor=${cursor}`}`);
      seen.push(...(page['releases'] as { version: string }[]).map(({ version }) => version));
      cursor = page['next_cursor'] as string | null;
    } while (cursor !== null);
    expect(seen).toEqual(Array.from({ length: RELEASES }, (_, i) => `1.${RELEASES - i}.0`));
  });
  test('without a limit a page has twenty', async () => {
    expect(((await json('/api/v1/releases'))['releases'] as unknown[]).length).toBe(20);
  });
});

describe('maintenance', () => {
  interface Window {
    readonly title: string;
    readonly announced_ms: number;
    readonly excluded_ms: number;
    readonly used_ms: number | null;
    readonly local: { readonly start: string; readonly text: string };
    readonly cancelled_at: string | null;
  }
  test('says what was announced, what is excluded, what was used, and the times on the wall of the reserve', async () => {
    const document = await json('/api/v1/maintenance');
    const list = (name: string): Window[] => document[name] as Window[];
    expect(list('running').map(({ title, excluded_ms, used_ms }) => [title, excluded_ms, used_ms])).toEqual([['Upgrade', 7_200_000, 0]]);
    expect(list('upcoming').map(({ title, used_ms }) => [title, used_ms])).toEqual([['Next week', null]]);
    expect(list('past').map(({ title, excluded_ms }) => [title, excluded_ms])).toEqual([
      ['Dropped', 0],
      ['Early window', 3_600_000],
    ]);
    expect(list('running')[0]?.local).toMatchObject({
      start: '2026-11-21T12:00:00-05:00',
      text: 'Saturday, 21 November 2026, 12:00 to 14:00, Eastern Time',
    });
    expect(JSON.stringify(document)).not.toMatch(/Ann\b|author|approv|evidence/);
  });
});

describe('the newest maintenance windows in the Statuspage shape', () => {
  test('are all there, what is over and what was cancelled too', async () => {
    const all = (await json('/api/v2/scheduled-maintenances.json'))['scheduled_maintenances'] as { name: string; status: string }[];
    expect(all.map(({ name, status }) => `${name}: ${status}`)).toEqual([
      'Dropped: completed',
      'Next week: scheduled',
      'Upgrade: in_progress',
      'Early window: completed',
    ]);
  });
});

describe('an unchanged client of Statuspage', () => {
  test('lists components, incidents and maintenance of Avow', async () => {
    const client = new Statuspage('avow');
    client.setApiUrl(`http://127.0.0.1:${api.rig.port}`);
    const { components } = await client.api.getComponents();
    expect(components.map(({ id, status }) => [id, status])).toEqual([
      ['api', 'under_maintenance'],
      ['shop', 'major_outage'],
      ['docs', 'operational'],
    ]);
    const { incidents } = await client.api.incidents.getAll();
    expect(incidents.map(({ name, status, impact }) => [name, status, impact])).toEqual([
      [expect.stringContaining('shop'), 'investigating', 'major'],
      [expect.stringContaining('shop'), 'resolved', 'major'],
    ]);
    expect((await client.api.incidents.getUnresolved()).incidents.map(({ id }) => id)).toEqual([incidents[0]?.id]);
    const titles = async (list: Promise<{ scheduled_maintenances: { name: string; status: string }[] }>) =>
      (await list).scheduled_maintenances.map(({ name, status }) => `${name}: ${status}`);
    expect(await titles(client.api.scheduledMaintenances.getUpcoming())).toEqual(['Next week: scheduled']);
    const summary = await client.api.getSummary();
    expect(summary.scheduled_maintenances.map(({ name }) => name)).toEqual(['Next week', 'Upgrade']);
    expect((await client.api.getStatus()).status).toEqual(summary.status);
  });
});
