/** `avow export` and `avow plan` against each other: what is in force, written as a file and read again, is the same, and no difference is told. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { knownValues } from '#monitor/actions/configuration-in-force.ts';
import type { Config } from '#monitor/config/config.ts';
import { differences } from '#monitor/config/difference.ts';
import { exportText } from '#monitor/config/export.ts';
import { renderFault } from '#monitor/config/fault.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { calendarOf } from '#monitor/demo/calendar.ts';
import { skerryFile } from '#monitor/demo/skerry-file.ts';
import { arbitraryFile, fileText } from './arbitrary-file.ts';

const NOW = instant(Date.UTC(2026, 10, 20, 12));
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>');
const VALUES: Readonly<Record<string, string>> = {
  OPS_URL: 'https://hooks.example.com/a-secret-place',
  OPS_SECRET: `whsec_${Buffer.from('thirty-two-bytes-of-some-secret!').toString('base64')}`,
  OPS_SECRET_BEFORE: `whsec_${Buffer.from('thirty-two-bytes-of-another-one!').toString('base64')}`,
};
/** `inForce`: for what an exported file hides. */
const parse = (text: string, inForce: Config | null = null, compared = true): Config => {
  const read = parseConfiguration(Buffer.from(text), 'avow.yaml', {
    secret: (name) => VALUES[name] ?? `the-value-of-${name}-0123456789`,
    ownPorts: [4321],
    mailServer: true,
    readBeside: () => ({ size: SVG.length, bytes: SVG }),
    known: knownValues(inForce, compared),
  });
  if (!isConfig(read)) throw new Error(`${read.map(renderFault).join('\n')}\n---\n${text}`);
  return read;
};
const said = ({ source: _, sha256: __, ...rest }: Config) => rest;
const exported = (config: Config): string => exportText(config, new Set(), { head: ['written by a test'] });

describe('what is exported', () => {
  it.each([
    ['the sample', readFileSync(new URL('../../../docs/avow.sample.yaml', import.meta.url), 'utf8')],
    ['the file of the demo', skerryFile(calendarOf('Europe/Oslo', NOW), NOW)],
    ['the shortest file', 'components: [{name: Website, http: "https://www.example.com/"}]'],
  ])('of %s is the same configuration', (_, text) => {
    const config = parse(text);
    const again = parse(exported(config), config);
    expect(said(again)).toEqual(said(config));
    expect(differences(config, again)).toEqual([]);
  });

  it.each([
    ['a line end of another system', 'PING\r\n'],
    ['blanks on a line of their own', ' \n'],
    ['blanks before a line end', 'a \n b'],
    ['empty lines at the end', 'x\n\n\n'],
    ['a byte order mark', '\ufeffa'],
    ['a control character', 'a\u0000\u001b\u0085\u2028'],
    ['lines as people write them', 'one\ntwo\n'],
  ])('of what is sent with %s is the same', (_, send) => {
    const config = parse(
      fileText({
        components: [
          { name: 'A', tcp: { host: 'a.example', port: 7, send: `\${KEY}${send}`, expect: { contains: send.trim() === '' ? 'x' : send } } },
        ],
      }),
    );
    const again = parse(exported(config));
    expect(said(again)).toEqual(said(config));
    expect(again.components[0]?.written).toMatchObject({ send: `\${KEY}${send}` });
  });

  it('hides what was written out, and is read again where that is in force', () => {
    const config = parse('components: [{name: A, http: {url: "https://a.example/?key=WrittenOut", headers: {X-Team: blue team}}}]');
    const text = exported(config);
    expect(text).not.toMatch(/WrittenOut|blue/);
    expect(said(parse(text, config))).toEqual(said(config));
    expect(() => parse(text)).toThrow(
      /avow\.yaml:\d+:\d+: "X-Team" is “•”, which stands for a value that is not shown, and there is none to keep/,
    );
    expect(() => parse(text.replace('a.example', 'b.example'), config)).toThrow('the target is another one than before');
  });

  it('is no difference either where nothing may be compared, but for what is written out', () => {
    const config = parse('components: [{name: A, http: {url: "https://a.example/?key=WrittenOut&n=1", headers: {X-Team: blue team}}}]');
    const text = exported(config);
    const told = (file: string): string[] =>
      differences(config, parse(file, config, false)).flatMap(({ fields }) =>
        fields.map(({ path, before, after }) => `${path} ${before} ${after}`),
      );
    expect(told(text)).toEqual([]);
    for (const guess of ['blue team', 'red team', '"a: b"'])
      expect([guess, told(text.replace('X-Team: •', `X-Team: ${guess}`))]).toEqual([guess, ['http.headers.X-Team • •']]);
    for (const guess of ['WrittenOut', 'SomethingElse'])
      expect([guess, told(text.replace('key=•', `key=${guess}`))]).toEqual([
        guess,
        ['http.url https://a.example/?key=•&n=1 https://a.example/?key=•&n=1'],
      ]);
    // By short hand, and by the owner of the data folder, who reads the store anyway.
    const short = 'components: [{name: A, http: "https://a.example/?key=WrittenOut"}]';
    expect(differences(parse(short), parse(short, parse(short), false))).toHaveLength(1);
    expect(differences(parse(short), parse(short, parse(short)))).toEqual([]);
  });

  it('of any configuration is the same configuration, and no difference is told', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(arbitraryFile, (file) => {
        const config = parse(fileText(file));
        const text = exported(config);
        const again = parse(text, config);
        expect(said(again)).toEqual(said(config));
        expect(differences(config, again)).toEqual([]);
        expect(exported(again)).toBe(text);
        expect(differences(config, parse(text, config, false))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('holds references, never the secrets they stand for, and of a token its digest', () => {
    const text = exported(
      parse(
        'components:\n  - {name: A, http: {url: "https://a.example/?k=${KEY}", headers: {Authorization: "Bearer ${TOKEN}"}}}\n  - {name: B, heartbeat: "${BEAT_OF_THE_NIGHTLY_JOB}"}\n',
      ),
    );
    expect(text).toContain('Bearer ${TOKEN}');
    expect(text).toContain('?k=${KEY}');
    expect(text).not.toContain('the-value-of');
    expect(text).toMatch(/token_sha256: [0-9a-f]{64}/);
  });

  it('quotes what other readers of YAML would take for a number, and long numbers stay exact', () => {
    const text = exported(
      parse('components:\n  - {name: "123", http: {url: "https://a.example/", expect: {json: [{path: $.a, equals: 0x1fffffffffffff}]}}}\n'),
    );
    expect(text).toContain('name: "123"');
    expect(text).toContain('start: "10:00"');
    expect(text).toContain('equals: 0x1fffffffffffff');
  });
});

describe('the difference between two configurations', () => {
  const base = parse('components:\n  - {name: Website, http: "https://www.example.com/"}\n  - {name: Db, tcp: "db.example.com:5432"}\n');

  it('is told by the keys of the file', () => {
    const changed = parse(
      'policy: {target: 99.9}\ncomponents:\n  - {name: Website, interval: 30s, http: {url: "https://www.example.com/", method: HEAD}}\n  - {name: New, dns: a.example}\n',
    );
    expect(
      differences(base, changed).map(({ kind, what, id, fields }) => [
        kind,
        what,
        id,
        fields.map(({ path, before, after }) => `${path}: ${before} -> ${after}`),
      ]),
    ).toEqual([
      ['changed', 'section', 'policy', ['policy.target: 99.5 -> 99.9']],
      [
        'changed',
        'component',
        'website',
        ['http.method: GET -> HEAD', 'interval: 60s -> 30s', 'hold: 150s -> 75s'].map((line) => line.replace('60s', '1m')),
      ],
      ['added', 'component', 'new', []],
      ['removed', 'component', 'db', []],
    ]);
  });

  it('names another order of the page, once', () => {
    const turned = parse(
      'components:\n  - {name: Db, tcp: "db.example.com:5432"}\n  - {name: Website, http: "https://www.example.com/"}\n',
    );
    expect(differences(base, turned).map(({ id, fields }) => [id, fields.map(({ path, after }) => [path, after])])).toEqual([
      ['components', [['order of the page', 'db, website']]],
    ]);
  });

  it('never repeats what may be a secret', () => {
    const before = parse(
      'components: [{name: A, http: {url: "https://a.example/", method: POST, body: "old secret", headers: {X-Api-Key: canary-one, Accept: text/html}}}]',
    );
    const after = parse(
      'components: [{name: A, http: {url: "https://a.example/", method: POST, body: "new secret", headers: {X-Api-Key: canary-two, Accept: text/plain}}}]',
    );
    const told = JSON.stringify(differences(before, after));
    expect(told).not.toMatch(/canary|old secret|new secret/);
    expect(told).toContain('text/plain');
    expect(differences(before, after)[0]?.fields.filter(({ secret }) => secret)).toHaveLength(2);
  });

  it('leaves out what the console manages and the file does not name', () => {
    const { components } = base;
    const mixed: Config = {
      ...base,
      components: [...components, { ...(components[0] as (typeof components)[number]), slug: 'mine', managed: 'console' }],
    };
    expect(differences(mixed, base)).toEqual([]);
  });
});
