/** The whole product in a process of its own, as a user starts it: spawned, waited for by what it prints, signalled, killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'monitor/cli/main.ts');
/** Where `npm start` keeps compiled code: a start costs half of what it would without. */
export const COMPILED = join(root, 'node_modules/.cache/node');

export interface ProductFolder {
  readonly path: string;
  readonly data: string;
  readonly config: string;
  writeConfig(yaml: string): void;
  remove(): void;
}

export const productFolder = (): ProductFolder => {
  const path = mkdtempSync(join(tmpdir(), 'avow-'));
  const config = join(path, 'avow.yaml');
  return {
    path,
    data: join(path, 'data'),
    config,
    writeConfig: (yaml) => writeFileSync(config, yaml),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
};

export interface Product {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly origin: string;
  readonly port: number;
  /** Everything printed so far, standard output and error. */
  printed(): string;
  /** Resolves when a line printed from now on, or already, matches. */
  prints(pattern: RegExp): Promise<string>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Asks again, without hurry, until `found` is satisfied; fails with the last answer after `limitMs`. */
  until<T>(path: string, found: (answer: Answer) => T | null | undefined | false, limitMs?: number): Promise<T>;
  signal(signal: NodeJS.Signals): void;
  /** Sends the signal (none: waits only) and answers the exit code, or the signal that ended it. */
  ends(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export const ask = (port: number, path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: Buffer.concat(chunks).toString() }),
      );
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });

export interface StartOptions {
  /** Without: no configuration file is named, the built-in one is used. */
  readonly useConfig?: boolean;
  readonly args?: readonly string[];
  /** Another verb that serves. */
  readonly verb?: 'demo';
  readonly env?: Readonly<Record<string, string>>;
  /** Another program than the product's own, with the same words. */
  readonly program?: string;
  /** Words in front of the program, such as a tracer's. */
  readonly wrap?: readonly string[];
  /** As which user; only root may choose. */
  readonly uid?: number | undefined;
}

/** Every spawned product, so that a failing test leaves none behind. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export const spawnProduct = (folder: ProductFolder, options: StartOptions = {}): Omit<Product, 'origin' | 'port' | 'get' | 'until'> => {
  const named = options.useConfig === false ? [] : ['--config', folder.config];
  const words = [options.program ?? main, options.verb ?? 'start', '--port', '0', '--data', folder.data, ...named, ...(options.args ?? [])];
  const [command = '', ...rest] = [...(options.wrap ?? []), process.execPath, ...words];
  const child = spawn(command, rest, {
    cwd: folder.path,
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', HOME: folder.path, AVOW_METRICS_PORT: '0', NODE_COMPILE_CACHE: COMPILED, ...options.env },
  });
  running.add(child);
  let text = '';
  const waiting = new Set<() => void>();
  const hear = (chunk: Buffer): void => {
    text += chunk.toString();
    for (const look of waiting) look();
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('exit', (code, signal) => {
      running.delete(child);
      resolve(code ?? signal ?? 0);
    });
  });
  const prints = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(text);
        if (!match) return;
        waiting.delete(look);
        resolve(match[0]);
      };
      waiting.add(look);
      look();
      void ended.then((code) => {
        look();
        reject(new Error(`the product ended with ${code} before it printed ${pattern}:\n${text}`));
      });
    });
  return {
    child,
    pid: child.pid as number,
    printed: () => text,
    prints,
    signal: (signal) => void child.kill(signal),
    ends: (signal) => {
      if (signal) child.kill(signal);
      return ended;
    },
  };
};

export const startProduct = async (folder: ProductFolder, options: StartOptions = {}): Promise<Product> => {
  const process_ = spawnProduct(folder, options);
  const origin = await process_.prints(/http:\/\/127\.0\.0\.1:\d+/);
  const port = Number(origin.split(':').at(-1));
  const get: Product['get'] = (path, headers) => ask(port, path, headers);
  return {
    ...process_,
    origin,
    port,
    get,
    async until(path, found, limitMs = 60_000) {
      const end = performance.now() + limitMs;
      for (;;) {
        const answer = await get(path);
        const result = found(answer);
        if (result) return result;
        if (performance.now() > end)
          throw new Error(`${path} did not come to say it within ${limitMs} ms; last: ${answer.status} ${answer.text.slice(0, 2_000)}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
};
