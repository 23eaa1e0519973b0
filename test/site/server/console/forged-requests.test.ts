/** Requests that nobody of ours sent, and addresses that are spelled otherwise, at every address of the console and of the API's writing side (P14, P15). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_MATRIX } from '../../../support/api-matrix.ts';
import { CONSOLE_MATRIX } from '../../../support/console-matrix.ts';
import { ask, type RawAnswer, rawBytes } from '../../../support/raw-http.ts';
import { storeContent } from '../../../support/store-content.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { startWholeConsole, type WholeConsole } from '../../../support/whole-console.ts';

interface Address {
  readonly method: 'GET' | 'POST';
  readonly example: string;
  /** To everybody who does not sit at this machine, and here while nobody has to be set up. */
  readonly hidden: boolean;
}
const ADDRESSES: readonly Address[] = [
  // A stream of events has no end that could be waited for.
  ...CONSOLE_MATRIX.filter(({ example }) => !example.endsWith('/live')).map(({ method, example, but }) => ({
    method,
    example,
    hidden: but === 'only here',
  })),
  ...API_MATRIX.map(({ method, example }) => ({ method, example, hidden: false })),
];

const clock = new VirtualClock(Date.UTC(2026, 10, 27, 14));
let rig: WholeConsole;
beforeAll(async () => {
  rig = await startWholeConsole(clock);
});
afterAll(() => rig[Symbol.asyncDispose]());

type Headers = Readonly<Record<string, string>>;
const headersOf = (who: 'anonymous' | 'viewer' | 'admin'): Headers => {
  if (who === 'anonymous') return { Origin: rig.origin, 'Sec-Fetch-Site': 'same-origin' };
  const person = rig.people.as[who];
  return { ...person.headers(rig.origin), 'X-Form-Token': person.formToken() };
};
/** Sessions as at the beginning, and as much time as keeps every limit away. */
const anew = async (ms = 1_000): Promise<void> => {
  await clock.advance(ms);
  const sql = 'UPDATE sessions SET ended_at_ms = NULL, ended_because = NULL, proved_at_ms = ?, last_seen_at_ms = ?, created_at_ms = ?';
  await rig.store.write([{ sql, args: [clock.now(), clock.now(), clock.now()] }]);
};
/** Refusals are summed up when their minute is over. */
const settled = async (): Promise<void> => {
  await anew(61_000);
  await rig.store.exclusive(async () => undefined);
};

describe('what is no route', () => {
  const shape = ({ status, headers, body }: RawAnswer) =>
    `${status} ${headers['location']?.split('?')[0]} ${headers['www-authenticate']} ${body}`;
  const known = { page: ['/admin/people', '/admin/people/invite'], api: ['/api/v1/private/audit', '/api/v1/doctor'] } as const;
  test.each([
    ['/admin/nothing', 'page'],
    ['/admin/incidents/new/x', 'page'],
    ['/admin/people/abc', 'page'],
    ['/api/v1/private/nothing', 'api'],
    ['/api/v1/private/audit/1/2', 'api'],
  ] as const)('%s answers whoever is nobody as what is one does, and is not there for anybody else', async (path, kind) => {
    for (const [i, method] of (['GET', 'POST'] as const).entries()) {
      await anew();
      const [there, not] = await Promise.all(
        [known[kind][i] ?? '', path].map((one) => ask(rig.port, one, { method, headers: headersOf('anonymous') })),
      );
      expect([method, not && shape(not)]).toEqual([method, there && shape(there)]);
    }
    for (const who of ['viewer', 'admin'] as const) {
      await anew();
      expect([who, (await ask(rig.port, path, { headers: headersOf(who) })).status]).toEqual([who, 404]);
    }
  });
});

describe('an address that is spelled otherwise', () => {
  const mangled = (path: string): string[] => {
    const [, first = '', ...rest] = path.split('/');
    const tail = rest.join('/');
    return [
      `/${path}`,
      `//${first}//${tail}`,
      path.replace(/\/([^/]+)$/, '%2F$1'),
      path.replace(/\/([^/]+)$/, '%2f$1'),
      path.replace(/\/([^/]+)$/, '/./$1'),
      path.replace(/\/([^/]+)$/, '/x/../$1'),
      path.replace(/\/([^/]+)$/, '/x/%2e%2e/$1'),
      path.replace(/\/([^/]+)$/, '/%2e/$1'),
      path.replace(/\/([^/]+)$/, '/..;/$1'),
      path.toUpperCase(),
      `/${first.toUpperCase()}/${tail}`,
      `${path}/`,
      `${path};a=b`,
      `${path}%00`,
      `${path}%20`,
      `${path}.`,
      `${path}?`,
      `${path}??x`,
      `/${encodeURIComponent(first)}/${tail}`,
      `/%${first.charCodeAt(0).toString(16)}${first.slice(1)}/${tail}`,
      `/%25${first.charCodeAt(0).toString(16)}${first.slice(1)}/${tail}`,
      path.replace(/\/(.)([^/]*)$/, (_, sign: string, more: string) => `/%${sign.charCodeAt(0).toString(16)}${more}`),
      path.replaceAll('/', '\\'),
      `http://127.0.0.1:${rig.port}${path}`,
      `/nothing/..${path}`,
    ];
  };
  test.each(ADDRESSES.filter(({ method }) => method === 'GET'))(
    'never opens what the plain one does not: $example',
    async ({ example }) => {
      for (const who of ['anonymous', 'viewer'] as const) {
        await anew();
        const plain = (await ask(rig.port, example, { headers: headersOf(who) })).status;
        const paths = mangled(example);
        await clock.advance(paths.length * 1_000);
        const statuses = await Promise.all(paths.map(async (path) => (await ask(rig.port, path, { headers: headersOf(who) })).status));
        const opened = paths.filter((_, i) => ![plain, 303, 400, 401, 403, 404, 405, 308].includes(statuses[i] ?? 0));
        expect([who, opened]).toEqual([who, []]);
      }
    },
  );
});

describe('a change that no page of ours sent', () => {
  const TYPES = [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/json',
    'application/json; charset=utf-8',
    'application/JSON',
    'application/octet-stream',
    'text/html',
    'application/xml',
    'application/vnd.api+json',
    'x',
    null,
  ] as const;
  const FOREIGN: readonly (readonly [name: string, headers: Headers, host?: string])[] = [
    ['says no origin', {}],
    ['comes from another site', { Origin: 'https://elsewhere.example' }],
    ['comes from nowhere (null)', { Origin: 'null' }],
    ['comes from a frame without an origin', { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }],
    ['comes from a neighbour under the same domain', { Origin: 'http://evil.127.0.0.1', 'Sec-Fetch-Site': 'same-site' }],
    ['names another host, and itself as the origin', { Origin: 'http://evil.example' }, 'evil.example'],
  ];
  /** Of the store, before the first of them. */
  let before: string;
  beforeAll(async () => {
    await settled();
    before = await storeContent(rig.store, ['sessions']);
  });

  test.each(ADDRESSES.filter(({ method }) => method === 'POST'))(
    'is refused, whatever it is made of: $example',
    async ({ example, hidden }) => {
      const { admin } = rig.people.as;
      const body = example.startsWith('/api/') ? '{}' : '';
      for (const [name, headers, host] of FOREIGN) {
        await anew(60_000);
        const requests = TYPES.map((type, i) => {
          const all = {
            Host: host ?? `127.0.0.1:${rig.port}`,
            Cookie: `sid=${admin.secret}`,
            'X-Form-Token': admin.formToken(),
            ...headers,
            ...(type === null ? {} : { 'Content-Type': type }),
            'Content-Length': String(body.length),
            Connection: i === TYPES.length - 1 ? 'close' : 'keep-alive',
          };
          const lines = Object.entries(all).map(([key, value]) => `${key}: ${value}\r\n`);
          return `POST ${example} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
        });
        const answered = (await rawBytes(rig.port, requests.join(''))).toString('latin1');
        const statuses = [...answered.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
        const refused = host === undefined ? 403 : 421;
        const expected = TYPES.map(() => (hidden && statuses[0] === 404 ? 404 : refused));
        expect([name, statuses]).toEqual([name, expected]);
      }
      expect(await storeContent(rig.store, ['sessions'])).toBe(before);
      expect((await rig.store.read({ sql: 'SELECT count(*) FROM sessions WHERE ended_at_ms IS NOT NULL' })).rows[0]?.[0]).toBe(0);
    },
  );
});

test('whoever reads changes nothing: every address, twice, as GET and as HEAD; that files of reports were taken is noted, and nothing else', async () => {
  await settled();
  const before = await storeContent(rig.store, ['audit']);
  const { rows: last } = await rig.store.read({ sql: 'SELECT max(seq) FROM audit' });
  for (const { example } of ADDRESSES.filter(({ method }) => method === 'GET')) {
    await clock.advance(4_000);
    await Promise.all(['GET', 'HEAD', 'GET', 'HEAD'].map((method) => ask(rig.port, example, { method, headers: headersOf('admin') })));
  }
  await rig.store.exclusive(async () => undefined);
  expect(await storeContent(rig.store, ['audit'])).toBe(before);
  const { rows: noted } = await rig.store.read({
    sql: 'SELECT verb, count(*) FROM audit WHERE seq > ? GROUP BY verb',
    args: last[0] ?? [],
  });
  // The zip was taken twice; whoever asks for the head alone takes nothing.
  expect(noted.map((cells) => [...cells])).toEqual([['report.export', 2]]);
});

test('whoever may not read is written into the audit, and that is all that reading changes', async () => {
  await settled();
  const before = await storeContent(rig.store, ['audit']);
  const last = (await rig.store.read({ sql: 'SELECT max(seq) FROM audit' })).rows[0]?.[0] as number;
  for (const { example } of ADDRESSES.filter(({ method }) => method === 'GET')) {
    await clock.advance(1_000);
    await ask(rig.port, example, { headers: headersOf('viewer') });
  }
  await clock.advance(61_000);
  await rig.store.exclusive(async () => undefined);
  expect(await storeContent(rig.store, ['audit'])).toBe(before);
  const { rows } = await rig.store.read({ sql: 'SELECT DISTINCT verb, actor_name FROM audit WHERE seq > ?', args: [last] });
  expect(rows.map((row) => [...row])).toEqual([['access.refuse', 'Vera Lind']]);
});
