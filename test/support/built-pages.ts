/** The pages as they are built for people: built again when a source is newer than the build, then loaded as a `Renderer`. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Renderer } from '#site/server/prepared.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const CLIENT_DIR = join(root, 'dist/client');
const ENTRY = join(root, 'dist/server/entry.mjs');

const newest = (folder: string): number =>
  Math.max(
    0,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );

/** Builds at most once per call, only when needed; throws with the builder's own words when it fails. */
export const builtRenderer = async (): Promise<Renderer> => {
  const settings = statSync(join(root, 'astro.config.mjs')).mtimeMs;
  const sources = Math.max(settings, newest(join(root, 'site')), newest(join(root, 'monitor/domain')), newest(join(root, 'monitor/views')));
  if (!existsSync(ENTRY) || statSync(ENTRY).mtimeMs < sources) {
    const built = spawnSync(process.execPath, [join(root, 'node_modules/astro/bin/astro.mjs'), 'build', '--silent'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1' },
      encoding: 'utf8',
    });
    if (built.status !== 0) throw new Error(`the pages could not be built:\n${built.stdout}\n${built.stderr}`);
  }
  return (await import(ENTRY)) as Renderer;
};
