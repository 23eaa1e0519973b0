/**
 * A small tree in the shape of the real one, in a temporary folder, for planting breaches: same configuration files, same packages (linked),
 * only the files a test writes. Taken away by `remove()`.
 */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const treeRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class PlantedTree {
  readonly root = mkdtempSync(join(tmpdir(), 'avow planted '));

  constructor() {
    for (const path of ['package.json', 'tsconfig.json', '.dependency-cruiser.mjs', 'monitor/domain/tsconfig.json']) this.copy(path);
    // The one difference: a planted tree is no git checkout.
    const biome = JSON.parse(readFileSync(join(treeRoot, 'biome.json'), 'utf8'));
    this.write('biome.json', JSON.stringify({ ...biome, $schema: undefined, vcs: { enabled: false } }));
    symlinkSync(join(treeRoot, 'node_modules'), join(this.root, 'node_modules'));
  }
  copy(path: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    copyFileSync(join(treeRoot, path), join(this.root, path));
  }
  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }
  /** Runs a package's program in this tree, on the Node of the tests. */
  run(script: string, words: readonly string[]): Promise<Ran> {
    return runNode([join(treeRoot, 'node_modules', script), ...words], this.root);
  }
  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Runs Node with these words in a folder; a non-zero exit is an answer. */
export function runNode(words: readonly string[], cwd: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [...words], { cwd, timeout: 80_000, maxBuffer: 64 * 1024 * 1024 }, (fault, stdout, stderr) => {
      if (fault && typeof fault.code !== 'number') reject(new Error(`${words[0]} did not run: ${fault.message}`, { cause: fault }));
      else resolve({ code: typeof fault?.code === 'number' ? fault.code : 0, stdout, stderr });
    });
  });
}
