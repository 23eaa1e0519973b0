import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { startRig } from '../../support/front-rig.ts';
import { ask } from '../../support/raw-http.ts';
import { tempFolder } from '../../support/temp-store.ts';

const script = `export const names = ${JSON.stringify(Array.from({ length: 300 }, (_, i) => `name ${i}`))};`;

test('built assets are served from memory, compressed, for ever; nothing outside the folder is', async () => {
  await using folder = await tempFolder();
  const client = join(folder.path, 'client');
  await mkdir(join(client, '_astro'), { recursive: true });
  await writeFile(join(client, '_astro/app.abc.js'), script);
  await writeFile(join(client, 'robots.txt'), 'User-agent: *\n');
  await writeFile(join(client, 'secret.html'), 'not an asset');
  await writeFile(join(client, '.env'), 'SECRET=1');
  await writeFile(join(client, 'app.js.map'), '{}');
  await writeFile(join(folder.path, 'outside.txt'), 'secret');
  await symlink(join(folder.path, 'outside.txt'), join(client, 'link.txt'));
  await using rig = await startRig({ clientDir: client });

  const asset = await ask(rig.port, '/_astro/app.abc.js', { headers: { 'Accept-Encoding': 'br' } });
  expect([asset.status, asset.headers['content-type'], asset.headers['cache-control'], asset.headers['content-encoding']]).toEqual([
    200,
    'text/javascript; charset=utf-8',
    'public, max-age=31536000, immutable',
    'br',
  ]);
  expect(brotliDecompressSync(asset.body).toString()).toBe(script);
  const again = { 'Accept-Encoding': 'br', 'If-None-Match': asset.headers['etag'] ?? '' };
  expect((await ask(rig.port, '/_astro/app.abc.js', { headers: again })).status).toBe(304);
  expect((await ask(rig.port, '/robots.txt')).headers['cache-control']).toBe('public, max-age=3600');
  for (const path of ['/secret.html', '/.env', '/app.js.map', '/link.txt', '/outside.txt', '/_astro/', '/_astro/none.js', '/_astro'])
    expect([path, (await ask(rig.port, path)).status]).toEqual([path, 404]);
  for (const path of [
    '/_astro/../../outside.txt',
    '/_astro/%2e%2e/%2e%2e/outside.txt',
    '/_astro/..%2f..%2foutside.txt',
    '/_astro%2fapp.abc.js',
  ])
    expect([path, (await ask(rig.port, path)).status]).toEqual([path, 400]);
});
