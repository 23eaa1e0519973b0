import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderFault } from '#monitor/config/fault.ts';
import { loadConfiguration } from '#monitor/config/load.ts';
import { isConfig } from '#monitor/config/parse.ts';
import { tempFolder } from '../../support/temp-store.ts';

const environment = { configFile: null, port: 4321, metricsPort: 4322 };
const file = 'components:\n  - name: API\n    http: {url: "https://api.example.com/", headers: {X-Key: "${API_KEY}"}}\n';
const said = (result: ReturnType<typeof loadConfiguration>): string[] => (isConfig(result) ? [] : result.map(renderFault));

describe('the configuration on disk', () => {
  it('is the first minute when no file is there and none was named', async () => {
    await using folder = await tempFolder();
    const result = loadConfiguration(environment, {}, folder.path);
    expect(isConfig(result) && result.source).toBeNull();
  });
  it('is ./avow.yaml when that is there, with secrets from files beside it', async () => {
    await using folder = await tempFolder();
    await writeFile(join(folder.path, 'avow.yaml'), file);
    await writeFile(join(folder.path, 'key'), 'from-a-file\n');
    const result = loadConfiguration(environment, { API_KEY_FILE: 'key' }, folder.path);
    if (!isConfig(result)) throw new Error(said(result).join());
    expect(result.source).toBe('avow.yaml');
    expect(result.components[0]?.check.definition).toMatchObject({ headers: { 'X-Key': 'from-a-file' } });
  });
  it('names its file in every fault, relative to the working folder', async () => {
    await using folder = await tempFolder();
    await mkdir(join(folder.path, 'etc'));
    await writeFile(join(folder.path, 'etc', 'status.yaml'), file);
    expect(said(loadConfiguration({ ...environment, configFile: 'etc/status.yaml' }, {}, folder.path))).toEqual([
      'etc/status.yaml:3:62: "X-Key" refers to API_KEY, which is not set; set API_KEY or API_KEY_FILE in the environment (components[0].http.headers.X-Key)',
    ]);
  });
  it('that was named and is not there, or is a folder, is a fault', async () => {
    await using folder = await tempFolder();
    expect(said(loadConfiguration({ ...environment, configFile: 'gone.yaml' }, {}, folder.path))).toEqual([
      'gone.yaml:1:1: the file does not exist; check its path and rights, as --config or AVOW_CONFIG names it',
    ]);
    await mkdir(join(folder.path, 'avow.yaml'));
    expect(said(loadConfiguration(environment, {}, folder.path))).toEqual([
      'avow.yaml:1:1: the file can not be read (EISDIR); check its path and rights, as --config or AVOW_CONFIG names it',
    ]);
  });
  it('may not name the ports of Avow itself', async () => {
    await using folder = await tempFolder();
    await writeFile(join(folder.path, 'avow.yaml'), 'components: [{name: Metrics, tcp: "127.0.0.1:4322"}]');
    await chmod(join(folder.path, 'avow.yaml'), 0o600);
    expect(said(loadConfiguration(environment, {}, folder.path))).toEqual([
      'avow.yaml:1:35: "tcp" leads to port 4322, which is Avow\'s own and is never probed; name another target (components[0].tcp)',
    ]);
  });
});

describe('the logo beside the configuration', () => {
  const named = (logo: string): string => `page:\n  logo: ${logo}\n  logo_alt: Harbour & Lane\n${bare}`;
  const bare = 'components: [{name: Website, http: "https://www.example.com/"}]\n';
  const loaded = async (logo: string, write: (folder: string) => Promise<void>): Promise<ReturnType<typeof loadConfiguration>> => {
    await using folder = await tempFolder();
    await mkdir(join(folder.path, 'etc'));
    await writeFile(join(folder.path, 'etc/avow.yaml'), named(logo));
    await write(join(folder.path, 'etc'));
    return loadConfiguration({ ...environment, configFile: 'etc/avow.yaml' }, {}, folder.path);
  };
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x60\0\0\0\x20', 'latin1'), Buffer.alloc(20)]);
  const lossless = Buffer.concat([
    Buffer.from('RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f', 'latin1'),
    Buffer.from([0x5f, 0xc0, 0x07, 0]),
    Buffer.alloc(9),
  ]);

  it.each([
    ['svg', '<?xml version="1.0"?>\n<!-- ours -->\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 32"></svg>', 96, 32],
    ['svg', '<!-- one -> --><!---->\n<!-- two --><svg width="3" height="4"/>', 3, 4],
    ['svg', '<svg width="120px" height="40" viewBox="0 0 3 1"/>', 120, 40],
    ['png', png, 96, 32],
    ['webp', lossless, 96, 32],
  ] as const)('is an %s by its bytes, whatever its name, and has a size', async (kind, bytes, width, height) => {
    const result = await loaded('mark.picture', (folder) => writeFile(join(folder, 'mark.picture'), bytes));
    if (!isConfig(result)) throw new Error(said(result).join());
    expect(result.page.brand.logo).toMatchObject({
      kind,
      width,
      height,
      alt: 'Harbour & Lane',
      version: expect.stringMatching(/^[\da-f]{16}$/),
    });
    expect(Buffer.from(result.page.brand.logo?.base64 ?? '', 'base64')).toEqual(Buffer.from(bytes));
  });
  it.each([
    ['that is not there', 'gone.svg', async () => {}, 'does not exist; check its path, which begins at the folder of this file'],
    [
      'that is too large',
      'big.svg',
      (folder: string) => writeFile(join(folder, 'big.svg'), `<svg width="1" height="1">${' '.repeat(65_536)}</svg>`),
      'has 65568 bytes and 65536 (64 KiB) are allowed; make the picture smaller',
    ],
    [
      'of another kind',
      'page.svg',
      (folder: string) => writeFile(join(folder, 'page.svg'), '<html><svg width="1" height="1"/></html>'),
      'must be an SVG (with width and height, or viewBox), PNG or WebP picture, and the bytes of this file are none of them',
    ],
    [
      'of which a hundred comments are all there is',
      'words.svg',
      (folder: string) => writeFile(join(folder, 'words.svg'), '<!---->'.repeat(100)),
      'must be an SVG (with width and height, or viewBox), PNG or WebP picture, and the bytes of this file are none of them',
    ],
    ['that is a folder', '.', async () => {}, 'can not be read (no file)'],
  ] as const)('%s is refused with its sentence', async (_, logo, write, sentence) => {
    expect(said(await loaded(logo, write))).toEqual([`etc/avow.yaml:2:9: "logo" ${sentence} (page.logo)`]);
  });
});
