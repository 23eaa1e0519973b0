/** P11: whatever becomes of the bytes, the answer is a configuration or faults with places; never an exception, never a secret. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreedIn } from '#domain/sla/agreement.ts';
import { renderFault } from '#monitor/config/fault.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { testRuns, testSeed } from '../../support/seeded.ts';

const seed = testSeed(20_261_123);
const CANARY = 'canary-5d20c4';
const sample = readFileSync(new URL('../../../docs/avow.sample.yaml', import.meta.url), 'utf8').replace(/^\s*#.*\n/gm, '');
const AGREED = `
credit_schedules:
  - {id: standard, tiers: [{below: 99.5, credit: 10}, {below: 99, credit: 25}], cap: 50, min_credit: "0.50"}
customers: [{id: northwind, name: Northwind Shipping}]
contracts:
  - id: northwind-main
    customer: northwind
    currency: USD
    monthly_fee: "5000.00"
    from: 2026-01-01
    to: 2026-12-31
    zone: America/New_York
    components: [website, api]
    critical: [website]
    credits: standard
    claim: {required: true, days: 30}
    amendments:
      - {from: 2026-06, monthly_fee: 6000.5, target: 99.9}
      - {from: 2026-09-01, components: [website], credits: none}
ops:
  webhook: {url: https://hooks.example.com/avow, secret: "\${SIGNING}", previous_secret: "\${SIGNED}"}
  mail: {to: [ops@example.com], from: avow@example.com}
`;
const base = `${sample}\n${AGREED}`.replace('Accept: application/json', 'Accept: application/json\n        X-Key: ${KEY}');
const whsec = (byte: number): string => `whsec_${Buffer.alloc(24, byte).toString('base64')}`;
const SECRETS: Readonly<Record<string, string>> = { KEY: CANARY, SIGNING: whsec(1), SIGNED: whsec(2) };
const environment = { secret: (name: string) => SECRETS[name] ?? null, ownPorts: [4321] };
const SNIPPETS = [
  ...[
    '\t',
    '\r',
    '\0',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ':',
    ': ',
    ',',
    '- ',
    '\n',
    '\n  ',
    '#',
    '|',
    '>',
    '&a ',
    '*a',
    '!x ',
    '%',
    '@',
    '---\n',
    '...\n',
  ],
  ...[
    '? ',
    '<<: *a',
    '__proto__: ',
    'constructor: ',
    '.nan',
    '.inf',
    '1e999',
    '-0',
    '0x',
    '2026-02-30',
    'EST',
    'null',
    '~',
    'true',
    '99999999999999999999',
  ],
  ...['${KEY}', '${', '$${', '${NOT_SET}', '\uFEFF', '\u2028', '\u{1F600}', 'http: ', 'components:\n', 'self: true\n', '(?=', '$.['],
];

/** One change: where (as a share of the text), what, and with what. */
const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  kind: fc.constantFrom('insert', 'delete', 'duplicate', 'truncate', 'swap', 'replace' as const),
  length: fc.nat({ max: 40 }),
  snippet: fc.oneof(fc.constantFrom(...SNIPPETS), fc.string({ maxLength: 6, unit: 'binary' })),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

const changed = (text: string, { at, kind, length, snippet }: Mutation): string => {
  const from = Math.floor(at * text.length);
  const [before, piece, rest] = [text.slice(0, from), text.slice(from, from + length), text.slice(from + length)];
  if (kind === 'insert') return before + snippet + piece + rest;
  if (kind === 'delete') return before + rest;
  if (kind === 'duplicate') return before + piece + piece + rest;
  if (kind === 'truncate') return before;
  return kind === 'swap' ? before + rest.slice(0, length) + piece + rest.slice(length) : before + snippet + rest;
};

const judge = (bytes: Uint8Array): void => {
  const result = parseConfiguration(bytes, 'avow.yaml', environment);
  if (isConfig(result)) {
    expect(result.components.length).toBeGreaterThan(0);
    expect(result.locations.filter(({ local }) => local)).toHaveLength(1);
    for (const { check } of result.components) expect(check.holdMs).toBeGreaterThanOrEqual(check.intervalMs);
    for (const agreement of result.contracts)
      for (const month of [agreement.startDate.slice(0, 7), ...agreement.amendments.map(({ from }) => from)]) {
        const { critical, components } = agreedIn(agreement, month).contract;
        expect(critical.length).toBeGreaterThan(0);
        expect(components).toEqual(expect.arrayContaining([...critical]));
      }
    return;
  }
  expect(result.length).toBeGreaterThan(0);
  expect(result.length).toBeLessThanOrEqual(51);
  const lines = new TextDecoder().decode(bytes).split('\n').length;
  for (const fault of result) {
    expect(fault.line).toBeGreaterThanOrEqual(1);
    expect(fault.line).toBeLessThanOrEqual(lines);
    expect(fault.column).toBeGreaterThanOrEqual(1);
    const line = renderFault(fault);
    expect(line).toMatch(/^avow\.yaml:\d+:\d+: \S/);
    expect(line).not.toMatch(/[\n\r\p{Cc}]/u);
    expect(line).not.toContain(CANARY);
  }
};

describe('a mutated configuration', () => {
  it('starts from one that is good', () => {
    expect(isConfig(parseConfiguration(Buffer.from(base), 'avow.yaml', environment))).toBe(true);
  });
  it('is a configuration or faults with places, after any few changes of its text', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => judge(Buffer.from(mutations.reduce(changed, base)))),
      { seed, numRuns: testRuns(2_000) },
    );
  }, 60_000);
  it('likewise after any change of its bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(base.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }), (changes) => {
        const bytes = Buffer.from(base);
        for (const [at, byte] of changes) bytes[at] = byte;
        judge(bytes);
      }),
      { seed, numRuns: testRuns(1_000) },
    );
  }, 60_000);
  it('likewise when it is no configuration at all', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SNIPPETS), { maxLength: 30 }), (parts) => judge(Buffer.from(parts.join('')))),
      { seed, numRuns: testRuns(2_000) },
    );
  }, 60_000);
});
