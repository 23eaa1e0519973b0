import { describe, expect, it } from 'vitest';
import type { Config } from '#monitor/config/config.ts';
import { renderFault } from '#monitor/config/fault.ts';
import { firstMinuteConfig } from '#monitor/config/first-minute.ts';
import { NO_BRAND } from '#monitor/config/page.ts';
import { isConfig, type ParseEnvironment, parseConfiguration } from '#monitor/config/parse.ts';
import { resolveSecrets } from '#monitor/config/secrets.ts';

const CANARY = 'canary-7f3a91';
const secrets: Record<string, string> = {
  API_TOKEN: `${CANARY} +&/`,
  JOB_TOKEN: 'Zk3v9QmT1xLr7WbNc5YhUd2e',
  BAD_HEADER: `${CANARY}\nX: y`,
};
const environment: ParseEnvironment = { secret: (name) => secrets[name] ?? null, ownPorts: [4321] };
const parse = (source: string) => parseConfiguration(Buffer.from(source), 'avow.yaml', environment);
const read = (source: string): Config => {
  const result = parse(source);
  if (!isConfig(result)) throw new Error(result.map(renderFault).join('\n'));
  return result;
};
const only = (source: string) => {
  const component = read(`components:\n  - name: One\n${source.replace(/^/gm, '    ')}`).components[0];
  if (!component) throw new Error('no component');
  return component;
};
const said = (source: string): string => {
  const result = parse(source);
  return isConfig(result) ? '' : result.map(renderFault).join('\n');
};

describe('the shortest file', () => {
  it('is one component with a URL, and everything else has its default', () => {
    expect(read('components: [{name: Website, http: "https://example.com"}]')).toEqual({
      page: { name: 'Status', url: null, origin: null, description: '', brand: NO_BRAND },
      policy: {
        reserve: { weekday: 'SAT', start: '10:00', durationMin: 300, zone: 'America/New_York' },
        targetPpm: 995_000,
        minNoticeMs: 0,
        notesLeadMs: 0,
        unknownPolicy: 'exclude',
        countDegraded: false,
        zone: 'America/New_York',
      },
      support: [],
      groups: [],
      components: [
        expect.objectContaining({ slug: 'website', name: 'Website', description: '', group: null, critical: true, position: 0, quorum: 1 }),
      ],
      contracts: [],
      locations: [{ slug: 'local', name: 'Local', local: true }],
      sentinels: [],
      probeAllow: [],
      probeSecrets: [],
      defaults: { holdMs: null, confirmations: 2 },
      evidenceDays: 400,
      ops: { webhook: null, mail: null },
      source: 'avow.yaml',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
  it('checks every minute for ten seconds, holds 150 seconds, and confirms with the second failure', () => {
    expect(only('http: https://example.com').check).toEqual({
      definition: {
        kind: 'http',
        url: 'https://example.com',
        method: 'GET',
        headers: {},
        body: null,
        maxRedirects: 5,
        expectStatus: [[200, 299]],
        expectHeaders: [],
        expectBody: [],
        expectJson: [],
        tls: { verify: true, expiresInDays: 0 },
      },
      intervalMs: 60_000,
      timeoutMs: 10_000,
      holdMs: 150_000,
      confirmations: 2,
      degradedMs: 5_000,
    });
  });
});

describe('a check', () => {
  it('of every kind can be written in one line', () => {
    expect(only('tcp: db.example.com:5432').check.definition).toEqual({
      kind: 'tcp',
      host: 'db.example.com',
      port: 5432,
      send: null,
      expect: null,
    });
    expect(only('tcp: "[2001:db8::1]:53"').check.definition).toMatchObject({ host: '2001:db8::1', port: 53 });
    expect(only('tls: www.example.com').check.definition).toEqual({
      kind: 'tls',
      host: 'www.example.com',
      port: 443,
      serverName: null,
      tls: { verify: true, expiresInDays: 0 },
    });
    expect(only('dns: www.example.com').check.definition).toEqual({
      kind: 'dns',
      name: 'www.example.com',
      recordType: 'A',
      expectAnswers: [],
      server: null,
    });
  });
  it('of an interval under 20 seconds gives up after half of it, and holds for two and a half', () => {
    expect(only('interval: 1s\nhttp: https://example.com').check).toMatchObject({ intervalMs: 1_000, timeoutMs: 500, holdMs: 2_500 });
    expect(only('interval: 1001 ms\nhttp: https://example.com').check).toMatchObject({ timeoutMs: 500, holdMs: 2_502 });
  });
  it('of a private address is accepted: whoever writes the file names the target', () => {
    for (const target of ['10.0.0.1:80', '192.168.1.1:80', '127.0.0.1:8080', '"[::1]:8080"', 'localhost:8080'])
      expect(only(`tcp: ${target}`).check.definition.kind).toBe('tcp');
  });
  it('of a heartbeat holds for interval and grace, counts at once, and keeps no token', () => {
    const { check, written } = only('interval: 1d\nheartbeat: {token: "${JOB_TOKEN}", grace: 30m}');
    expect(check).toMatchObject({ intervalMs: 86_400_000, holdMs: 88_200_000, confirmations: 1, timeoutMs: 0 });
    expect(check.definition).toEqual({
      kind: 'heartbeat',
      // printf %s Zk3v9QmT1xLr7WbNc5YhUd2e | sha256sum
      tokenSha256: 'ff14778974b8ecf203acb51983eb003ddd152452e153b1ec4f4ed5550fef8bfa',
      graceMs: 1_800_000,
    });
    expect(JSON.stringify([check, written])).not.toContain('Zk3v9');
  });
  it('reads a single status, a range, and a list of both', () => {
    const statusOf = (text: string) => only(`http:\n  url: https://example.com\n  expect: {status: ${text}}`).check.definition;
    expect(statusOf('200')).toMatchObject({ expectStatus: [[200, 200]] });
    expect(statusOf('"200-204"')).toMatchObject({ expectStatus: [[200, 204]] });
    expect(statusOf('[200, "300 - 399"]')).toMatchObject({
      expectStatus: [
        [200, 200],
        [300, 399],
      ],
    });
  });
});

describe('a percentage', () => {
  it.each([
    ['99.5', 995_000],
    ['99.9999', 999_999],
    ['"99.50 %"', 995_000],
    ['100', 1_000_000],
    ['0.0001', 1],
    ['"99.995%"', 999_950],
    ['99.50000', 995_000],
  ])('of %s is exactly %i parts per million', (text, ppm) => {
    expect(read(`policy: {target: ${text}}\ncomponents: [{name: A, tcp: "h:1"}]`).policy.targetPpm).toBe(ppm);
  });
  it('of every ten-thousandth is exact', () => {
    for (let ppm = 990_001; ppm <= 1_000_000; ppm += 37) {
      const text = `${Math.floor(ppm / 10_000)}.${String(ppm % 10_000).padStart(4, '0')}`;
      expect(read(`policy: {target: ${text}}\ncomponents: [{name: A, tcp: "h:1"}]`).policy.targetPpm).toBe(ppm);
    }
  });
});

describe('names and places', () => {
  it('make slugs: letters and digits remain, accents go', () => {
    const slugs = read('components:\n  - {name: "Zürich – API (v2)", tcp: "h:1"}\n  - {name: "  Été ", tcp: "h:2"}').components.map(
      ({ slug }) => slug,
    );
    expect(slugs).toEqual(['zurich-api-v2', 'ete']);
  });
  it('keep groups in the order given, else in the order of first use', () => {
    const components = 'components: [{name: A, group: Y, tcp: "h:1"}, {name: B, group: X, tcp: "h:2"}, {name: C, group: Y, tcp: "h:3"}]';
    expect(read(components).groups).toEqual(['Y', 'X']);
    expect(read(`groups: [X, Y, Z]\n${components}`).groups).toEqual(['X', 'Y', 'Z']);
  });
  it('give the quorum of a component: more than half of the locations', () => {
    const with3 =
      'locations: [{name: A, local: true}, {name: B}, {name: C}]\ncomponents: [{name: X, tcp: "h:1"}, {name: Y, tcp: "h:2", quorum: 3}]';
    expect(read(with3).components.map(({ quorum }) => quorum)).toEqual([2, 3]);
  });
  it('let aliases repeat what was written once', () => {
    const { components } = read('components:\n  - {name: A, http: &h {url: "https://example.com", method: HEAD}}\n  - {name: B, http: *h}');
    expect(components[1]?.check).toEqual(components[0]?.check);
  });
});

describe('a reference to the environment', () => {
  const api =
    'http:\n  url: https://example.com/?key=${API_TOKEN}&x=$${y}\n  method: POST\n  headers: {Authorization: "Bearer ${API_TOKEN}"}\n  body: "{\\"t\\": \\"${API_TOKEN}\\"}"';
  it('becomes its value in header, body and query, encoded where it must be', () => {
    expect(only(api).check.definition).toMatchObject({
      url: `https://example.com/?key=${CANARY}%20%2B%26%2F&x=\${y}`,
      headers: { Authorization: `Bearer ${CANARY} +&/` },
      body: `{"t": "${CANARY} +&/"}`,
    });
  });
  it('stays a reference in the form that is stored, which can be resolved again', () => {
    const { written, check } = only(api);
    expect(JSON.stringify(written)).not.toContain(CANARY);
    if (!written) throw new Error('not written');
    expect(resolveSecrets(written, environment.secret)).toEqual(check.definition);
  });
  it('that would break a header is refused without being shown', () => {
    const text = said('components:\n  - name: A\n    http: {url: "https://example.com", headers: {X-Key: "${BAD_HEADER}"}}');
    expect(text).toBe(
      'avow.yaml:3:57: "X-Key" has a character that a header cannot carry, such as a line break; remove it (components[0].http.headers.X-Key)',
    );
  });
  it('and every literal secret stay out of every message', () => {
    const keep = (source: string): void => {
      expect(said(source)).not.toBe('');
      expect(said(source)).not.toContain(CANARY);
    };
    const http = (rest: string): string => `components:\n  - name: A\n    http: {url: "https://example.com/?k=${CANARY}", ${rest}}`;
    keep(http(`headers: {X-Key: "${CANARY}\\n"}, method: GRAB`));
    keep(http(`headers: {"X Key": "${CANARY}"}`));
    keep(http(`headers: "${CANARY}"`));
    keep(http(`headers: ["${CANARY}"]`));
    keep(http(`body: "${CANARY}"`));
    keep(http(`headers: {X-Key: "\${NOT_SET} ${CANARY}"}`));
    keep(`components:\n  - name: A\n    http: https://user:${CANARY}@example.com/`);
    keep(`components:\n  - name: A\n    http: "https://example.com/ ${CANARY}"`);
    keep(`components:\n  - name: A\n    heartbeat: ${CANARY}`);
    keep(`components:\n  - name: A\n    heartbeat: "${CANARY} with spaces and more"`);
    keep(`components:\n  - name: A\n    http: {url: "https://example.com", headers: {X-Key: "${CANARY}}}\n`);
  });
});

describe('what no sentence about an answer may repeat', () => {
  it('is every value that came from the environment, and credentials that were written out', () => {
    const component = only(`http:
  url: https://example.com/?k=\${API_TOKEN}
  headers: {Authorization: "Bearer written-out-token", Cookie: "sid=0123456789; a=b", Accept: application/json}`);
    expect(component.hidden).toHaveLength(3);
    expect(component.hidden).toEqual(expect.arrayContaining([secrets['API_TOKEN'], 'written-out-token', 'sid=0123456789']));
    expect(only('http: https://example.com/').hidden).toBeUndefined();
  });
});

describe('the first minute', () => {
  it('watches Avow and its record, and no third party', () => {
    const config = firstMinuteConfig();
    expect(config.components.map(({ name, check }) => [name, check.definition])).toEqual([
      ['This status page', { kind: 'self' }],
      ['The record', { kind: 'store' }],
    ]);
    expect(config).toMatchObject({ page: { name: 'Avow' }, sentinels: [], source: null, locations: [{ local: true }] });
    expect(JSON.stringify(config)).not.toMatch(/https?:/);
    expect(firstMinuteConfig().sha256).toBe(config.sha256);
  });
});
