/** The compilers keep the language erasable, and the domain without Node and without a browser. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlantedTree } from '../support/planted-tree.ts';

/** Planted file → its text and the code of the one error it must give. */
const inDomain: Readonly<Record<string, readonly [text: string, code: string]>> = {
  'monitor/domain/node.ts': ['export const use = (): unknown => process.env;\n', 'TS2591'],
  'monitor/domain/buffer.ts': ['export const use = (): unknown => Buffer.alloc(1);\n', 'TS2591'],
  'monitor/domain/browser.ts': ['export const use = (): unknown => document.title;\n', 'TS2584'],
  'monitor/domain/timer.ts': ['export const use = (): unknown => setTimeout(() => {}, 1);\n', 'TS2304'],
  'monitor/domain/console.ts': ["export const use = (): void => console.log('x');\n", 'TS2584'],
};
const inProduct: Readonly<Record<string, readonly [text: string, code: string]>> = {
  'monitor/core/enum.ts': ['export enum Use {\n  A,\n}\n', 'TS1294'],
  'monitor/core/property.ts': ['export class Use {\n  constructor(readonly a: number) {}\n}\n', 'TS1294'],
  'monitor/core/namespace.ts': ['export namespace Use {\n  export const a = 1;\n}\n', 'TS1294'],
  'monitor/core/index.ts': ['export const use = (list: readonly string[]): string => list[0];\n', 'TS2322'],
  'monitor/core/optional.ts': ['export const use: { a?: number } = { a: undefined };\n', 'TS2375'],
};

async function errorsOf(tree: PlantedTree, project: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const { stdout } = await tree.run('typescript/bin/tsc', ['--project', project, '--pretty', 'false']);
  const errors = new Map<string, string[]>();
  for (const [, path = '', code = ''] of stdout.matchAll(/^(.+?)\(\d+,\d+\): error (TS\d+)/gm))
    errors.set(path, [...(errors.get(path) ?? []), code]);
  return errors;
}

describe('type rules', () => {
  const tree = new PlantedTree();
  let domain: ReadonlyMap<string, readonly string[]>;
  let product: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    for (const [path, [text]] of [...Object.entries(inDomain), ...Object.entries(inProduct)]) tree.write(path, text);
    domain = await errorsOf(tree, 'monitor/domain/tsconfig.json');
    product = await errorsOf(tree, 'tsconfig.json');
  });
  afterAll(() => tree.remove());

  it.each(Object.entries(inDomain).map(([path, [, code]]) => ({ path, code })))(
    '$path is refused in the domain with $code',
    ({ path, code }) => {
      expect(domain.get(path)).toEqual([code]);
    },
  );
  it.each(Object.entries(inProduct).map(([path, [, code]]) => ({ path, code })))('$path is refused with $code', ({ path, code }) => {
    expect(product.get(path)).toEqual([code]);
  });
  it('what the domain refuses is lawful elsewhere', () => {
    expect(Object.keys(inDomain).filter((path) => product.has(path))).toEqual([]);
  });
});
