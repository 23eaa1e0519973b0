/**
 * Rules about packages: exact versions, a lock file that fixes every byte, floors below which a known hole is open, and a line for every
 * package that says why it is here. Parsed package.json, package-lock.json and the text of docs/dependencies.md in, faults out.
 */
import type { Fault } from './house-rules.ts';

export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
export interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly integrity?: string; readonly resolved?: string; readonly link?: boolean }>
  >;
}

/** Versions that closed a hole we would otherwise carry; from the projects' own advisories. */
export const floors: Readonly<Record<string, string>> = {
  hono: '4.13.5',
  '@hono/node-server': '1.19.15',
  astro: '7.1.0',
  undici: '8.11.0',
  'drizzle-orm': '0.45.2',
  nodemailer: '7.0.11',
};

export function faultsOfManifest(manifest: Manifest, lock: Lock, dependenciesDoc: string): Fault[] {
  const faults: Fault[] = [];
  const add = (rule: string, path: string, message: string): void => void faults.push({ rule, path, line: 1, message });
  const direct = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };

  for (const [name, version] of Object.entries(direct)) {
    if (!/^\d+[.]\d+[.]\d+(-[\w.]+)?$/.test(version))
      add('exact-versions', 'package.json', `${name} is asked for as "${version}": write one exact version`);
    const locked = lock.packages[`node_modules/${name}`]?.version;
    if (locked !== version)
      add('lock-agrees', 'package-lock.json', `${name} is ${locked ?? 'absent'} here and ${version} in package.json: run npm install`);
    if (!dependenciesDoc.includes(`| \`${name}\` |`))
      add('packages-have-reasons', 'docs/dependencies.md', `${name} has no line that says why it is here`);
  }
  for (const [, name] of dependenciesDoc.matchAll(/^[|] `([^`]+)` [|]/gm)) {
    if (name !== undefined && !(name in direct))
      add('packages-have-reasons', 'docs/dependencies.md', `${name} has a line and is no longer in package.json`);
  }
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '' || entry.link) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (!entry.integrity) add('lock-has-integrity', 'package-lock.json', `${path} has no integrity: any bytes would be accepted`);
    if (entry.resolved)
      add(
        'lock-names-no-mirror',
        'package-lock.json',
        `${path} comes from ${entry.resolved}: the integrity says which bytes, and everybody's own npm says from where`,
      );
    const floor = floors[name];
    if (floor !== undefined && entry.version !== undefined && isBelow(entry.version, floor))
      add('floor-versions', 'package-lock.json', `${path} is ${entry.version}; below ${floor} it has a known hole`);
  }
  return faults;
}

/** Numbers compared in order; a pre-release is below its release. */
function isBelow(version: string, floor: string): boolean {
  const parts = (text: string): number[] => (text.split('-')[0] ?? '').split('.').map(Number);
  const [have, want] = [parts(version), parts(floor)];
  for (let i = 0; i < 3; i++) {
    const difference = (have[i] ?? 0) - (want[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return version.includes('-') && !floor.includes('-');
}
