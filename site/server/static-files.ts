/**
 * Built assets, held in memory with both codings: no path ever reaches the file system after the start, so none can
 * leave the folder. Names under /_astro carry a hash and may be kept for ever; the rest for an hour.
 */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { Log } from '#monitor/context.ts';
import { prepare, type Ready, ready } from './prepare.ts';
import { BARE_POLICY, type HeaderPairs } from './security-headers.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};
const MOST_BYTES = 32 * 1_024 * 1_024;
/** Made once per start, sent for months. */
const QUALITY = 9;

/** Every servable file below `folder` by its path; empty when there is no such folder. */
export const staticFiles = async (folder: string | null, always: HeaderPairs, log: Log): Promise<ReadonlyMap<string, Ready>> => {
  const found = new Map<string, Ready>();
  if (folder === null) return found;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let total = 0;
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    const type = TYPES[extname(entry.name)];
    // Only plain files: a link could point anywhere.
    if (!entry.isFile() || !type || /(?:^|\/)\./.test(path)) continue;
    const body = await readFile(file);
    total += body.byteLength;
    if (total > MOST_BYTES) {
      log.warn('The built assets are too large to be served; the rest is left out.', { folder, file: path });
      break;
    }
    const lasting = path.startsWith('/_astro/');
    const headers = {
      'Content-Type': type,
      'Cache-Control': lasting ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
      Vary: 'Accept-Encoding',
      'Content-Security-Policy': BARE_POLICY,
    };
    const quality = /^(?:text|image\/svg|application)/.test(type) ? QUALITY : 1;
    found.set(path, ready(await prepare({ status: 200, headers, body, asOf: 0, quality }), always));
  }
  return found;
};
