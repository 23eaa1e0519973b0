/** P11: what is wrong with a file is said for every fault at once, in a fixed sentence, at the right place. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderFault } from '#monitor/config/fault.ts';
import { isConfig, type ParseEnvironment, parseConfiguration } from '#monitor/config/parse.ts';

const folder = new URL('broken/', import.meta.url);
const names = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
const environment: ParseEnvironment = { secret: () => null, ownPorts: [4321, 4322] };
const sentences = (bytes: Uint8Array, file = 'avow.yaml'): string[] => {
  const result = parseConfiguration(bytes, file, environment);
  return isConfig(result) ? [] : result.map(renderFault);
};
const good = 'components:\n  - name: Website\n    http: https://www.example.com/\n';

describe('a broken file', () => {
  it('is one of at least 120 fixtures', () => {
    expect(names.length).toBeGreaterThanOrEqual(120);
  });
  it.each(names)('%s is refused with its exact sentences', (name) => {
    const expected = readFileSync(new URL(name.replace(/yaml$/, 'txt'), folder), 'utf8');
    expect(expected).not.toBe('');
    expect(
      sentences(readFileSync(new URL(name, folder)), name)
        .map((line) => `${line}\n`)
        .join(''),
    ).toBe(expected);
  });
  it.each(names)('%s has its faults in the order of the file, inside the file', (name) => {
    const bytes = readFileSync(new URL(name, folder));
    const result = parseConfiguration(bytes, name, environment);
    if (isConfig(result)) throw new Error('accepted');
    const lines = bytes.toString().split(/\r?\n/);
    expect(result.length).toBeLessThanOrEqual(51);
    for (const [index, fault] of result.entries()) {
      expect(fault.column).toBeLessThanOrEqual((lines[fault.line - 1]?.length ?? -1) + 1);
      const before = result[index - 1];
      if (before) expect(before.line < fault.line || (before.line === fault.line && before.column <= fault.column)).toBe(true);
    }
  });
});

describe('bytes that are no text', () => {
  it.each([
    [
      'a byte order mark',
      Buffer.from(`\uFEFF${good}`),
      'avow.yaml:1:1: the file starts with a byte order mark; save it as UTF-8 without BOM',
    ],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${good}`, 'utf16le'), 'avow.yaml:1:1: the file is UTF-16; save it as UTF-8'],
    ['UTF-16 without a mark', Buffer.from(good, 'utf16le'), 'avow.yaml:1:1: the file is UTF-16; save it as UTF-8'],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${good}`, 'utf16le').swap16(), 'avow.yaml:1:1: the file is UTF-16; save it as UTF-8'],
    [
      'Latin-1',
      Buffer.from('page:\n  name: Caf\u00e9\n', 'latin1'),
      'avow.yaml:2:12: the file is not UTF-8 from here on; save it as UTF-8',
    ],
    [
      'a torn character at the end',
      Buffer.from('page:\n  name: Caf\u00e9').subarray(0, -1),
      'avow.yaml:2:12: the file is not UTF-8 from here on; save it as UTF-8',
    ],
    [
      'a NUL',
      Buffer.from('page:\n  name: a\0b\n'),
      'avow.yaml:2:10: the character U+0000 may not stand in the file; remove it or write it as an escape in double quotes',
    ],
    [
      'an escape character',
      Buffer.from('page:\n  name: \u001b[31m\n'),
      'avow.yaml:2:9: the character U+001B may not stand in the file; remove it or write it as an escape in double quotes',
    ],
    [
      'a lone carriage return',
      Buffer.from('page:\r  name: a\n'),
      'avow.yaml:1:6: the character U+000D may not stand in the file; remove it or write it as an escape in double quotes',
    ],
    [
      'one line of 10 MB',
      Buffer.alloc(10_000_000, 'a'),
      'avow.yaml:1:1: the file has 10000000 bytes and 1048576 (1 MiB) are allowed; remove what does not belong to it',
    ],
  ])('such as %s are refused with a sentence', (_, bytes, sentence) => {
    expect(sentences(bytes)).toEqual([sentence]);
  });
  it.each([
    ['a hundred thousand brackets', `a: ${'['.repeat(100_000)}`],
    ['a hundred thousand braces', '{'.repeat(100_000)],
    ['a staircase of mappings', Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['lists in lists', '- '.repeat(100_000)],
  ])('nor do %s harm', (_, text) => {
    const [first, ...rest] = sentences(Buffer.from(text));
    expect(rest).toEqual([]);
    expect(first).toMatch(/nested too deeply; at most 32 levels are read$/);
  });
  it('nor do twenty thousand unknown keys', () => {
    const said = sentences(Buffer.from(`${Array.from({ length: 20_000 }, (_, n) => `k${n}: 1`).join('\n')}\n${good}`));
    expect(said).toHaveLength(51);
    expect(said.at(-1)).toMatch(/and \d+ more faults from here on$/);
  });
});
