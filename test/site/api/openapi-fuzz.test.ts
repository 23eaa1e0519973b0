/**
 * Every route and verb that the OpenAPI document names, asked with what it says may be sent, with that spoilt, and with what nobody should
 * send: as nobody, with a token of another scope, and with the right one. Nothing answers 5xx, no answer tells of our inside, whoever may
 * not changes nothing, and every error is a problem document. Seeded.
 */
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Permission } from '#domain/access/permission.ts';
import { refusalSchema } from '#site/api/problem.ts';
import { STREAM_TYPE } from '#site/api/streamed.ts';
import { operations } from '#site/api/v1/operations.ts';
import { ask, type RawAnswer } from '../../support/raw-http.ts';
import { storeContent } from '../../support/store-content.ts';
import { tokenOf } from '../../support/token-of.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { startWholeConsole, type WholeConsole } from '../../support/whole-console.ts';

const SEED = 20_261_127;
const RUNS = 10;

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}
interface Operation {
  readonly security?: readonly Readonly<Record<string, readonly Permission[]>>[];
  readonly parameters?: readonly { readonly name: string; readonly in: 'path' | 'query' }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
interface Named {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly operation: Operation;
}

/** What means something to some verb, among what means nothing to any. */
const WORDS = [
  'checkout',
  'next',
  '2026-11-28',
  '10:00',
  '12:00',
  '2026-10',
  '2026-11-28T10:00-05:00',
  '4.2.0',
  'down',
  'up',
  'major_outage',
  'viewer',
  'ops@example.com',
  '*',
] as const;
const HOSTILE = [
  '',
  ' ',
  '\0',
  '\u202e',
  '__proto__',
  'constructor',
  '../../../etc/passwd',
  "'; DROP TABLE audit; --",
  '{{7*7}}',
  '<script>alert(1)</script>',
  '=1+1',
  '\ud800',
  '1e999',
  '9'.repeat(400),
  'a'.repeat(5_000),
  '\r\nSet-Cookie: x=y',
] as const;
const strings = fc.oneof(fc.constantFrom(...WORDS), fc.constantFrom(...HOSTILE), fc.string({ maxLength: 20 }));

/** By the name of the field: what gets past the first rule, most of the time. */
const FITTING: Readonly<Record<string, readonly string[]>> = {
  version: ['4.2.0', '4.3.0-rc.1'],
  component: ['checkout', 'search'],
  components: ['checkout', 'search'],
  impact: ['degraded', 'major_outage', 'none'],
  slot: ['next', '2026-12-05', '2026-12-12'],
  from: ['10:00', '11:30'],
  to: ['12:00', '14:00'],
  month: ['2026-10', '2026-11'],
  title: ['Database upgrade', 'Slow pages'],
  body: ['Some minutes away.'],
  notes: ['* faster'],
  reason: ['The probe was wrong.'],
  evidence: ['https://tickets.example.com/1'],
  start: ['2026-11-27T08:00-05:00'],
  end: ['2026-11-27T08:30-05:00'],
  email: ['ida@example.com', 'ole@example.com'],
  role: ['viewer', 'ops'],
  author: ['Adele Kruse'],
};

/** What the schema allows. */
const valid = (schema: Schema, name = ''): fc.Arbitrary<unknown> => {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => valid(one, name)));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length === 0) return fc.jsonValue({ maxDepth: 2 });
  return fc.oneof(...types.map((type) => ofType(String(type), schema, name)));
};
const ofType = (type: string, { properties = {}, required = [], items = {} }: Schema, name: string): fc.Arbitrary<unknown> => {
  const fitting = FITTING[name];
  if (type === 'string')
    return fitting ? fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: strings }) : strings;
  if (type === 'integer') return fc.integer({ min: -5, max: 400 });
  if (type === 'number') return fc.double({ noNaN: true });
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  if (type === 'array') return fc.array(valid(items, name), { maxLength: 3 });
  return fc.record(Object.fromEntries(Object.entries(properties).map(([field, one]) => [field, valid(one, field)])), {
    requiredKeys: [...required],
  });
};
const ANYTHING = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(null, 0, [], {}, true, ''));
/** One field of it is something else, is gone, or is one too many. */
const spoilt = (schema: Schema): fc.Arbitrary<unknown> =>
  fc.tuple(valid(schema), fc.nat(), ANYTHING, fc.constantFrom('change', 'remove', 'add')).map(([value, at, other, how]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return other;
    const entries = Object.entries(value);
    const i = at % Math.max(1, entries.length);
    if (how === 'add') return { ...value, ['__proto__x']: other };
    return Object.fromEntries(entries.flatMap(([name, one], j) => (j !== i ? [[name, one]] : how === 'remove' ? [] : [[name, other]])));
  });
const RAW = [
  '',
  '{',
  'null',
  '[]',
  '"x"',
  '{"a":1,"a":2}',
  '{"__proto__":{"x":1}}',
  `${'['.repeat(20_000)}`,
  `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`,
  `{"title":"${'y'.repeat(70_000)}"}`,
  '\ufeff{}',
  '{"title":"\\ud800"}',
  '\xff\xfe',
] as const;

/** For people and tokens. */
const isInside = ({ operation: { security = [] } }: Named): boolean => security.length > 0;

const clock = new VirtualClock(Date.UTC(2026, 10, 27, 14));
let rig: WholeConsole;
let named: readonly Named[];
beforeAll(async () => {
  rig = await startWholeConsole(clock);
  const { paths } = JSON.parse(String((await ask(rig.port, '/api/v1/openapi.json')).body)) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  named = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase() as Named['method'], path, operation })),
  );
});
afterAll(() => rig[Symbol.asyncDispose]());

const filled = ({ path, operation }: Named, word: string): string => {
  const query = (operation.parameters ?? [])
    .filter((one) => one.in === 'query')
    .map(({ name }) => `${name}=${encodeURIComponent(word.toWellFormed())}`);
  return `${path.replaceAll(/\{\w+\}/g, encodeURIComponent(word.toWellFormed()) || 'x')}${query.length > 0 ? `?${query.join('&')}` : ''}`;
};
const send = (one: Named, address: string, body: string, headers: Readonly<Record<string, string>>): Promise<RawAnswer> => {
  if (one.method === 'GET') return ask(rig.port, address, { headers });
  return ask(rig.port, address, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body });
};
/** Each is asked, some at once but no more than long work takes; a second goes by for each, so that no limit speaks instead. */
const AT_ONCE = 10;
const each = async <T>(all: readonly T[], asked: (one: T) => Promise<void>): Promise<void> => {
  for (let from = 0; from < all.length; from += AT_ONCE) {
    await clock.advance(AT_ONCE * 1_000);
    await Promise.all(all.slice(from, from + AT_ONCE).map(asked));
  }
};
/** Of our inside: where the program lies, what it is made of, how the store is asked. */
const INSIDE = /node_modules|\.ts:\d|\bat [\w.<>]+ \(|SQLITE_|libsql|ZodError|TypeError|RangeError|undefined is not/;
const PLACES = [process.cwd(), tmpdir()] as const;
const judge = ({ status, headers, body }: RawAnswer, asked: string): void => {
  const text = String(body);
  const where = `${asked.slice(0, 300)} → ${status} ${text.slice(0, 300)}`;
  if (status >= 500) expect.fail(where);
  if (INSIDE.test(text) || PLACES.some((place) => text.includes(`${place}/`))) expect.fail(`tells of our inside: ${where}`);
  if (status >= 400) {
    const type = headers['content-type'];
    if (type !== 'application/problem+json') expect.fail(`is no problem document (${type}): ${where}`);
    if (!refusalSchema.loose().safeParse(JSON.parse(text)).success) expect.fail(`is no problem document: ${where}`);
  }
  if (headers['content-type'] === 'application/x-ndjson' && /"type":"failed"/.test(text)) expect.fail(`failed: ${where}`);
};

/** The answer has the shape that the document describes, whatever was asked. */
const judgeShape = ({ method, path }: Named, { headers, body }: RawAnswer, asked: string): void => {
  const shape = operations.find((one) => one.method === method && one.path === path)?.shape;
  const lines = String(body)
    .split(/\r?\n/)
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  const documents =
    headers['content-type'] === STREAM_TYPE ? lines.flatMap((line) => (line.type === 'report' ? [line.report] : [])) : lines;
  for (const document of documents) {
    const issues = shape?.schema.safeParse(document).error?.issues;
    if (!shape || issues) expect.fail(`${asked.slice(0, 300)} is not of its shape: ${JSON.stringify(issues)}`);
  }
};

/** Bodies of one operation, always the same ones. */
const bodiesOf = ({ operation }: Named, runs: number): readonly string[] => {
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (!schema) return ['{}', ...RAW.slice(0, 3)];
  const made = fc.sample(fc.oneof({ weight: 2, arbitrary: valid(schema) }, { weight: 1, arbitrary: spoilt(schema) }), {
    seed: SEED,
    numRuns: runs,
  });
  return [...made.map((value) => JSON.stringify(value) ?? 'null'), ...RAW];
};
const words = fc.sample(strings, { seed: SEED, numRuns: 20 }).filter((word) => word !== '.' && word !== '..');

describe('as nobody, and with a token of another scope', () => {
  test('nothing is changed, and every refusal is a problem document', async () => {
    const other = await tokenOf(rig.store, clock, { id: 'tokenother22', personId: rig.people.as.admin.id, scopes: ['status:read'] });
    await clock.advance(61_000);
    await rig.store.exclusive(async () => undefined);
    const before = await storeContent(rig.store, ['audit']);
    const all = named.filter(isInside).flatMap((one) => {
      const scopes = one.operation.security?.[0]?.['token'] ?? [];
      const senders: Readonly<Record<string, string>>[] = [{}, { Authorization: 'Bearer nonsense' }];
      if (!scopes.includes('status:read')) senders.push({ Authorization: `Bearer ${other}` });
      return senders.flatMap((headers) =>
        bodiesOf(one, 2)
          .slice(0, 6)
          .map((body) => ({ one, headers, body })),
      );
    });
    await each(all, async ({ one, headers, body }) => {
      const answer = await send(one, filled(one, 'checkout'), body, headers);
      judge(answer, `${one.method} ${one.path} ${body}`);
      expect([one.path, [401, 403].includes(answer.status)]).toEqual([one.path, true]);
    });
    expect(await storeContent(rig.store, ['audit'])).toBe(before);
  });
});

test('public documents answer whatever they are asked', async () => {
  const all = named.filter((one) => !isInside(one)).flatMap((one) => words.map((word) => ({ one, address: filled(one, word) })));
  await each(all, async ({ one, address }) => {
    const answer = await send(one, address, '', {});
    if (answer.status !== 400 || answer.headers['content-type'] === 'application/problem+json') judge(answer, `GET ${address}`);
  });
});

test('whoever may is answered, refused in a sentence, and never with a fault of ours', async () => {
  const headers = { Authorization: `Bearer ${rig.people.token}` };
  const seen = new Map<number, number>();
  const all = named
    .filter(isInside)
    .flatMap((one) =>
      one.method === 'GET'
        ? words.map((word) => ({ one, address: filled(one, word), body: '' }))
        : bodiesOf(one, RUNS).map((body) => ({ one, address: filled(one, 'checkout'), body })),
    );
  await each(all, async ({ one, address, body }) => {
    const answer = await send(one, address, body, headers);
    seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
    judge(answer, `${one.method} ${address} ${body}`);
    if (answer.status === 200 || answer.status === 201) judgeShape(one, answer, `${one.method} ${address} ${body}`);
  });
  // The bodies are worth sending: some are taken, some are refused for what they say.
  for (const status of [200, 201, 400, 413, 422]) expect([status, (seen.get(status) ?? 0) > 0]).toEqual([status, true]);
});
