/** `node test/rules/main.ts [FOLDER]`: prints every broken rule of the house as `file:line: message (rule)`; exit 1 when there is one. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { faultsOf } from './house-rules.ts';
import { faultsOfManifest } from './manifest-rules.ts';
import { sourceFiles } from './tree.ts';

const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..', '..'));
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

let looked = 0;
const faults = faultsOfManifest(JSON.parse(text('package.json')), JSON.parse(text('package-lock.json')), text('docs/dependencies.md'));
for (const file of sourceFiles(root)) {
  looked++;
  faults.push(...faultsOf(file));
}
for (const fault of faults) process.stdout.write(`${fault.path}:${fault.line}: ${fault.message} (${fault.rule})\n`);
process.stdout.write(`${faults.length} broken rules in ${looked} files\n`);
process.exitCode = faults.length > 0 || looked === 0 ? 1 : 0;
