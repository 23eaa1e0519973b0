/** The tree as the rules see it: every source and document file of a folder, without what is installed, built or recorded. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from './house-rules.ts';

const left = new Set(['node_modules', 'dist', '.astro', '.git', 'data', 'coverage', '.cache', 'fixtures', 'oracle', 'package-lock.json']);
const read = /[.](ts|tsx|mjs|astro|json|md|yaml|yml|css|html)$|^[.]ci\//;

export function* sourceFiles(root: string, under = ''): Generator<SourceFile> {
  for (const entry of readdirSync(join(root, under), { withFileTypes: true })) {
    if (left.has(entry.name)) continue;
    const path = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory()) yield* sourceFiles(root, path);
    else if (entry.isFile() && read.test(path)) yield { path, text: readFileSync(join(root, path), 'utf8') };
  }
}
