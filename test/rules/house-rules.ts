/**
 * The rules of the house that Biome and dependency-cruiser cannot say, as functions: a file's path and text in, faults out. They read
 * TypeScript (and the front matter of .astro files) as a syntax tree, so that words in comments and strings do not count.
 */
import { posix } from 'node:path';
import ts from 'typescript';

export interface SourceFile {
  /** From the top of the tree, with `/`. */
  readonly path: string;
  readonly text: string;
}
export interface Fault {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

type Visit = (node: ts.Node, file: SourceFile) => string | null;
interface Rule {
  readonly name: string;
  /** Files the rule looks at. */
  readonly in: RegExp;
  readonly notIn?: RegExp;
  /** A sentence when this node breaks the rule. */
  readonly visit: Visit;
}

const product = /^(monitor|db|site)\//;
const code = /[.](ts|tsx|mjs|astro)$/;

/** `a.b.c` as written, for chains of plain names; null otherwise. */
function chain(node: ts.Node): string | null {
  if (ts.isIdentifier(node)) return node.text;
  if (!ts.isPropertyAccessExpression(node)) return null;
  const left = chain(node.expression);
  return left === null ? null : `${left}.${node.name.text}`;
}

const called = (node: ts.Node): string | null =>
  ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : null;

/** The module a node imports: static, re-exported, dynamic or in a type. */
function imported(node: ts.Node): string | null {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
    return node.moduleSpecifier.text;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    return argument && ts.isStringLiteral(argument) ? argument.text : null;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal))
    return node.argument.literal.text;
  return null;
}

/** The room a path lies in; tests and the top of the tree have none of their own. */
const room = (path: string): string | null => /^(monitor\/domain|monitor|db|site)(?=\/)/.exec(path)?.[0] ?? null;

const time = new Set(['AbortSignal.timeout', 'process.hrtime', 'process.hrtime.bigint', 'process.uptime', 'DateTime.now', 'Temporal.Now']);
const hidden = /^(globalThis|window|self)[.](Date|performance|setTimeout|setInterval|setImmediate|fetch)$/;

export const rules: readonly Rule[] = [
  {
    name: 'no-transaction-calls',
    in: product,
    // In the store's own thread nothing else runs until a transaction ends.
    notIn: /^db\/store-thread[.]ts$/,
    visit: (node) =>
      called(node) === 'transaction'
        ? 'an interactive transaction can deadlock the one connection: put the statements into one store.write, and read-then-write into store.exclusive'
        : null,
  },
  {
    name: 'raw-sql-in-queries',
    in: product,
    notIn: /^db\/queries\//,
    visit: (node) => {
      const name = chain(node);
      return name === 'sql.raw' || name === 'sql.identifier'
        ? `${name} puts text into a statement: only db/queries may, where every value is known`
        : null;
    },
  },
  {
    name: 'clock-is-handed',
    in: product,
    // The remote store has no clock on the other side of its thread: its time limit is the platform's.
    notIn: /^(monitor\/clock[.]ts|monitor\/cli\/avow[.]mjs|db\/store-thread[.]ts|site\/(islands|client)\/.*)$/,
    visit: (node) => {
      const name = chain(node);
      if (name === null) return null;
      if (time.has(name)) return `${name} reads the system's time: ask the Clock you are handed`;
      return hidden.test(name)
        ? `${name} goes round the rule against ${name.split('.')[1]}: ask the Clock or the egress you are handed`
        : null;
    },
  },
  {
    name: 'rooms-by-name',
    in: /^(monitor|db|site|test)\//,
    visit: (node, file) => {
      const to = imported(node);
      if (to === null || !to.startsWith('.')) return null;
      const target = room(posix.join(posix.dirname(file.path), to));
      if (target === null || target === room(file.path)) return null;
      return `"${to}" crosses into another room: write #${target === 'monitor/domain' ? 'domain' : target}/…`;
    },
  },
  {
    name: 'no-hidden-tests',
    in: /^test\//,
    visit: (node) => {
      const name = ts.isPropertyAccessExpression(node) ? chain(node) : null;
      return name !== null && /^(it|test|describe|suite|bench)[.](.*[.])?(only|skip|todo|fails)$/.test(name)
        ? `${name} hides a test: mend it or take it out; what a machine lacks is said with skipIf`
        : null;
    },
  },
];

/** Where the projects of vitest.config.ts look. */
const found = /^test\/(domain|monitor|db|site|policy|oracle|flow|fault|rules|browser)\/.*[.]test[.]ts$/;

/** Rules about the text or the name of a file as a whole. */
function faultsOfText(file: SourceFile): Fault[] {
  const faults: Fault[] = [];
  const add = (rule: string, line: number, message: string): void => void faults.push({ rule, path: file.path, line, message });
  file.text.split('\n').forEach((line, index) => {
    if (/\bT(?:ODO)\b|\bF(?:IXME)\b/.test(line)) add('no-notes-to-self', index + 1, 'a note to do it later: do it, or open an issue');
  });
  const name = posix.basename(file.path).replace(/[.].*$/, '');
  if (code.test(file.path) && /^(utils?|helpers?|common|misc)$/.test(name))
    add('files-say-what', 1, `"${name}" says nothing: name the file after what it holds`);
  if (/[.](test|spec)[.]\w+$/.test(file.path) && !found.test(file.path))
    add('tests-are-found', 1, 'no project of vitest.config.ts looks here, so this test would never run: move it into a folder of its kind');
  if (/^(monitor|db)\/.*[.](ts|mjs)$/.test(file.path) && !/^(#!.*\n)?\s*\/\*\*/.test(file.text))
    add('files-open-with-a-word', 1, 'a file opens with a comment that says what it is: /** … */');
  return faults;
}

export function faultsOf(file: SourceFile): Fault[] {
  const faults = faultsOfText(file);
  if (!code.test(file.path)) return faults;
  const { script, firstLine } = scriptOf(file);
  const tree = ts.createSourceFile(file.path.replace(/astro$/, 'ts'), script, ts.ScriptTarget.Latest, true);
  const inForce = rules.filter((rule) => rule.in.test(file.path) && !rule.notIn?.test(file.path));
  const walk = (node: ts.Node): void => {
    for (const rule of inForce) {
      const message = rule.visit(node, file);
      if (message === null) continue;
      const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + firstLine;
      faults.push({ rule: rule.name, path: file.path, line, message });
    }
    ts.forEachChild(node, walk);
  };
  walk(tree);
  return faults;
}

/** Of an .astro file only the front matter is TypeScript. */
function scriptOf(file: SourceFile): { readonly script: string; readonly firstLine: number } {
  if (!file.path.endsWith('.astro')) return { script: file.text, firstLine: 1 };
  return { script: /^---\n([\s\S]*?)\n---/.exec(file.text)?.[1] ?? '', firstLine: 2 };
}
