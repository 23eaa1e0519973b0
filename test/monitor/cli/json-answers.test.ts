/**
 * Every verb with `--json`, at the machine itself (through avow.sock) and elsewhere (over HTTP, with a token): documents of a known shape
 * and nothing else on standard output, problem documents on standard error, the exit code of the page, and one answer at both doors. The
 * rows are in test/support/verb-rows.ts.
 */
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALL_PERMISSIONS } from '#domain/access/permission.ts';
import type { Io } from '#monitor/cli/command.ts';
import { runVerb } from '#monitor/cli/main.ts';
import { registry } from '#monitor/cli/registry.ts';
import { systemClock } from '#monitor/clock.ts';
import { refusalSchema } from '#site/api/problem.ts';
import { createSocketApp } from '#site/api/socket-app.ts';
import { STREAM_TYPE } from '#site/api/streamed.ts';
import { operations } from '#site/api/v1/operations.ts';
import type { Verbs } from '#site/api/verbs.ts';
import { serveSocket } from '#site/server/socket.ts';
import { ask } from '../../support/raw-http.ts';
import { tempFolder } from '../../support/temp-store.ts';
import { tokenOf } from '../../support/token-of.ts';
import { API_ALONE, ELSEWHERE, type Ending, REFUSED_HERE, VERB_ROWS, type VerbRow } from '../../support/verb-rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { type Behind, behindTheDoors, startWholeConsole } from '../../support/whole-console.ts';

const BEFORE = Date.UTC(2026, 8, 20, 14);
const NOW = Date.UTC(2026, 10, 27, 14);
const CONFIGURATION = `components:
  - {name: Checkout, slug: checkout, http: https://checkout.example.com/}
  - {name: Search, slug: search, tcp: search.example.com:443}
customers:
  - {id: north, name: North Ltd}
contracts:
  - {id: north, customer: north, currency: USD, monthly_fee: "5000.00", from: 2026-10-01, components: [checkout], critical: [checkout], credits: none}
`;
const FILES = {
  'plan.yaml': CONFIGURATION.replace('name: Search', 'name: Finding'),
  'notes.md': '* faster: {everything',
  'case.json': JSON.stringify({ name: 'June', period: { month: '2026-06' }, components: [{ id: 'app' }] }),
  'what-if.json': JSON.stringify([{ kind: 'target_ppm', target_ppm: 990_000 }]),
} as const;

/** A probe that answers, for `component test`. */
const probing = (verbs: Verbs): Verbs => ({
  ...verbs,
  components: (actor) => {
    const ctx = verbs.components?.(actor);
    if (!ctx) throw new Error('there is no room of components');
    const result = {
      at: NOW,
      outcome: 'ok',
      reason: 'ok',
      detail: '',
      httpStatus: null,
      latencyUs: 1_200,
      phases: { dns: 200, connect: 1_000 },
      certExpiresAt: null,
    };
    return { ...ctx, tryOnce: async (_trial, vetOnly) => ({ denied: null, result: vetOnly ? null : (result as never), assertions: [] }) };
  },
});

interface Door {
  readonly name: 'elsewhere' | 'here';
  readonly env: Readonly<Record<string, string>>;
  /** Of the second person. */
  readonly second: Readonly<Record<string, string>>;
  readonly called: Map<string, string>;
}
let doors: readonly Door[] = [];
let closed = 0;
let files = '';
/** Of the API itself, under /api/v1; with a body it is sent there. Of a stream the report. */
let asked: (path: string, body?: object) => Promise<unknown>;
/** Time stands still, and whoever lets others have their turn has it again at once. */
const clock = Object.assign(new VirtualClock(BEFORE), { sleep: async (): Promise<void> => undefined });
const ending = new AsyncDisposableStack();

/** Somebody else with every right. */
const secondOf = async ({ store }: Behind): Promise<string> => {
  await store.write([
    {
      sql: `INSERT INTO people (id, recorded_at_ms, email, name, name_key, role, version) VALUES (?, ?, ?, ?, ?, ?, 1)`,
      args: ['psecondpers2', clock.now(), 'ben@example.com', 'Ben Okafor', 'benokafor', 'admin'],
    },
  ]);
  return tokenOf(store, clock, { id: 'tokensecond2', personId: 'psecondpers2', scopes: ALL_PERMISSIONS });
};

beforeAll(async () => {
  const folder = ending.use(await tempFolder());
  files = folder.path;
  await Promise.all(Object.entries(FILES).map(([name, text]) => writeFile(join(folder.path, name), text)));
  const [far, near] = [await behindTheDoors(clock, CONFIGURATION), await behindTheDoors(clock, CONFIGURATION)];
  ending.use(near.store);
  clock.jumpWall(NOW - clock.now());
  const rig = ending.use(await startWholeConsole(clock, { ...far, verbs: { ...far.verbs, ...probing(far.verbs) } }));
  const socket = await serveSocket(join(folder.path, 'avow.sock'), createSocketApp(probing(near.verbs)).fetch, systemClock);
  ending.defer(() => socket.close());
  await secondOf(near);
  const mine = await tokenOf(far.store, clock, { id: 'tokenofadele', personId: far.people.as.admin.id, scopes: ALL_PERMISSIONS });
  const here = { AVOW_DATA: folder.path };
  doors = [
    {
      name: 'elsewhere',
      env: { AVOW_URL: rig.origin, AVOW_TOKEN: mine },
      second: { AVOW_URL: rig.origin, AVOW_TOKEN: await secondOf(far) },
      called: new Map(),
    },
    { name: 'here', env: here, second: here, called: new Map() },
  ];
  asked = async (path, body) => {
    const headers = { Authorization: `Bearer ${mine}`, ...(body && { 'Content-Type': 'application/json' }) };
    const sent = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await ask(rig.port, `/api/v1${path}`, sent);
    const lines = String(answer.body)
      .split(/\r?\n/)
      .filter((line) => line.startsWith('{'));
    const last = JSON.parse(lines.at(-1) ?? 'null') as { readonly type?: string; readonly report?: unknown };
    return answer.headers['content-type'] === STREAM_TYPE ? last.report : last;
  };
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closed = (server.address() as AddressInfo).port;
  await new Promise((resolve) => server.close(resolve));
});
afterAll(() => ending.disposeAsync());

const run = async (argv: readonly string[], env: Readonly<Record<string, string>>) => {
  const [out, err]: [string[], string[]] = [[], []];
  const io: Io = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env,
    cwd: '/',
    clock: argv[0] === 'check' ? systemClock : clock,
    lifetime: () => {
      throw new Error('no verb here runs until told to stop');
    },
  };
  return { code: await runVerb([...argv, '--json'], io), out, err };
};
const wordsOf = ({ words, as }: VerbRow, { name, called }: Door): string[] => {
  const known = new Map([...called, ['files', files], ['closed', String(closed)]]);
  const filled = words.split(' ').map((word) => word.replaceAll(/\{(\w+)\}/g, (_all, key: string) => known.get(key) ?? 'nothing'));
  return as !== undefined && name === 'here' ? [...filled, '--as', as] : filled;
};
const problemsIn = (lines: readonly string[]) =>
  lines.flatMap((line) => {
    const found = line.startsWith('{') ? refusalSchema.safeParse(JSON.parse(line)) : null;
    return found?.success ? [found.data] : [];
  });
/** What names nobody, and no row. */
const alike = (documents: readonly unknown[]): string =>
  documents
    .map((one) => JSON.stringify(one))
    .join('\n')
    .replaceAll(/"(\w*authenticated)":(?:true|false)/g, '"$1":…')
    .replaceAll(/Adele Kruse|Ben Okafor|\bAnn\b|\bBen\b/g, 'somebody')
    .replaceAll(/"(author|applied_by|ended_by)":null/g, '"$1":"somebody"')
    .replaceAll(/\b[a-z2-9]{12}\b/g, 'id');

/** Every row at one door, in order; what each printed. */
const walk = async (door: Door) => {
  const answers: { row: VerbRow; ending: Ending; code: number; out: readonly string[]; err: readonly string[]; viewed: unknown }[] = [];
  for (const row of VERB_ROWS.filter(({ alone }) => !alone || door.name === 'here')) {
    const { code, out, err } = await run(wordsOf(row, door), row.alone ? {} : row.as === 'Ben' ? door.second : door.env);
    for (const [called, field] of Object.entries(row.name ?? {}))
      door.called.set(called, String((JSON.parse(out[0] ?? '{}') as Record<string, unknown>)[field] ?? 'nothing'));
    const viewed = row.view !== undefined && door.name === 'elsewhere' ? await asked(`/private${row.view}`) : undefined;
    answers.push({ row, ending: (door.name === 'elsewhere' && row.remotely) || row.ending, code, out, err, viewed });
  }
  return answers;
};

describe('every verb with --json', () => {
  let elsewhere: Awaited<ReturnType<typeof walk>>;
  let here: Awaited<ReturnType<typeof walk>>;
  beforeAll(async () => {
    const [far, near] = doors;
    if (!far || !near) throw new Error('there are two doors');
    elsewhere = await walk(far);
    here = await walk(near);
  });

  test('ends as its page says: the exit code, and a problem document with its code on standard error', () => {
    const ends = (answers: typeof here) =>
      answers.map(({ row, code, err }) => `${row.words}: ${code} ${problemsIn(err).map((one) => one.code)}`);
    const should = (answers: typeof here) => answers.map(({ row, ending }) => `${row.words}: ${ending.exit} ${ending.code ?? ''}`);
    expect(ends(elsewhere)).toEqual(should(elsewhere));
    expect(ends(here)).toEqual(should(here));
  });

  test('prints documents of the shape that the API describes, and nothing beside them, in no colour', () => {
    for (const { row, ending, code, out, err } of [...elsewhere, ...here]) {
      const isTold = row.schema !== null && ending.code === undefined && code === ending.exit;
      expect([row.words, out.length > 0]).toEqual([row.words, isTold]);
      for (const line of out) {
        const read = row.schema?.safeParse(JSON.parse(line));
        expect([row.words, read?.error?.issues ?? []]).toEqual([row.words, []]);
      }
      expect(`${out.join('')}${err.join('')}`).not.toContain('\u001b');
    }
  });

  test('answers the same at the machine itself and elsewhere, and what the API answers', () => {
    for (const { row, out, viewed } of elsewhere) {
      if (viewed !== undefined) expect([row.words, out.map((line) => JSON.parse(line))]).toEqual([row.words, [viewed]]);
      const other = here.find((one) => one.row === row);
      if (row.differs || row.remotely || !other) continue;
      const documents = (lines: readonly string[]) => alike(lines.map((line) => JSON.parse(line)));
      expect([row.words, documents(out)]).toEqual([row.words, documents(other.out)]);
    }
  });

  test('has a row, and so has every shape of the API', async () => {
    const reached = new Set(VERB_ROWS.map(({ words }) => words.split(' ')[0] ?? ''));
    expect([...registry.keys()].filter((name) => !reached.has(name) && !(name in ELSEWHERE))).toEqual([]);
    const printed = new Set([...VERB_ROWS, ...API_ALONE, ...REFUSED_HERE].map(({ schema }) => schema));
    expect(operations.flatMap(({ name, shape }) => (shape && printed.has(shape.schema) ? [] : [name]))).toEqual([]);
    for (const { path, body, schema } of API_ALONE)
      expect([path, schema.safeParse(await asked(path, body)).error?.issues ?? []]).toEqual([path, []]);
  });
});

describe('elsewhere', () => {
  test('whoever names somebody else than the owner of the token is refused, and whoever names the owner is not', async () => {
    const claim = 'claim 2026-10 --contract north --received 2026-11-05T10:00Z --note Mail --as'.split(' ');
    const refused = await run([...claim, 'Ann'], doors[0]?.env ?? {});
    expect([refused.code, refused.out, problemsIn(refused.err)[0]?.code]).toEqual([2, [], 'not_your_name']);
    const named = await run([...claim, 'Adele Kruse'], doors[0]?.env ?? {});
    expect([named.code, JSON.parse(named.out[0] ?? '{}')]).toEqual([
      0,
      expect.objectContaining({ author: 'Adele Kruse', authenticated: true }),
    ]);
  });
  test('at the machine itself somebody must be named', async () => {
    const claim = 'claim 2026-10 --contract north --received 2026-11-05T10:00Z --note Mail'.split(' ');
    const refused = await run(claim, doors[1]?.env ?? {});
    expect([refused.code, problemsIn(refused.err)[0]?.detail]).toEqual([2, 'avow claim needs --as.']);
  });
});
