/** Plan, apply, export, and the components of the console, on the real product: over avow.sock, over restarts, and with files that are broken. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type ProductFolder, productFolder, startProduct } from '../support/product.ts';
import { startTarget } from '../support/target.ts';

const main = fileURLToPath(new URL('../../monitor/cli/main.ts', import.meta.url));

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
const avow = (folder: ProductFolder, ...words: readonly string[]): Promise<Said> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder.path, AVOW_DATA: folder.data, API_TOKEN: 'canary-of-the-command' };
    execFile(process.execPath, [main, ...words], { cwd: folder.path, env }, (fault, out, err) =>
      resolve({ code: typeof fault?.code === 'number' ? fault.code : 0, out, err }),
    );
  });

describe('configuration as code', () => {
  it('without a file on the machine: applied documents are in force at once and after a restart, and what is exported is no difference', {
    timeout: 180_000,
  }, async () => {
    const folder = productFolder();
    const target = await startTarget();
    const write = (name: string, text: string): void => writeFileSync(join(folder.path, name), text);
    try {
      const env = { API_TOKEN: 'canary-of-the-server' };
      const product = await startProduct(folder, { useConfig: false, env });
      expect((await avow(folder, 'export')).code).toBe(1);

      write(
        'one.yaml',
        `page: {name: Applied}\ncomponents:\n  - {name: Site, http: {url: "${target.url}", headers: {Authorization: "Bearer \${API_TOKEN}"}}, interval: 1s}\n`,
      );
      const plan = await avow(folder, 'plan', 'one.yaml');
      expect([plan.code, plan.err]).toEqual([1, '']);
      expect(plan.out).toContain('+ component site (Site) is new');
      const applied = await avow(folder, 'apply', 'one.yaml', '--as', 'Bo');
      expect([applied.code, applied.err]).toEqual([0, '']);
      await product.until('/', ({ text }) => text.includes('Applied') && text.includes('Site'));
      expect((await avow(folder, 'plan', 'one.yaml')).code).toBe(0);

      write('bad.yaml', 'components:\n  - {name: Site, htpp: "https://a.example/"}\n  - {name: Two, http: "ftp://x"}\n');
      const bad = await avow(folder, 'apply', 'bad.yaml');
      expect(bad.code).toBe(2);
      expect(bad.err).toMatch(/^bad\.yaml:2:18: "htpp" is not a key of this mapping; did you mean "http"\? \(components\[0\]\.htpp\)$/m);
      expect(bad.err).toMatch(
        /^bad\.yaml:3:23: "http" must begin with http:\/\/ or https:\/\/, not "ftp:\/\/" \(components\[1\]\.http\)$/m,
      );
      write('utf16.yaml', '\ufeffcomponents: []');
      expect((await avow(folder, 'plan', 'utf16.yaml')).err).toContain('utf16.yaml:1:1: the file starts with a byte order mark');

      expect((await avow(folder, 'component', 'add', '--name', 'Shop', '--http', 'https://shop.example.com/', '--as', 'Ann')).code).toBe(0);
      const inside = await avow(folder, 'component', 'add', '--name', 'Inside', '--http', target.url);
      expect([inside.code, inside.err]).toEqual([2, expect.stringContaining('which a target entered in the console may not')]);
      expect((await avow(folder, 'component', 'remove', 'site')).err).toContain('site is managed by one.yaml and cannot be changed here');
      expect((await avow(folder, 'component', 'test', 'site')).code).toBe(0);
      expect((await avow(folder, 'component', 'pause', 'site', '--reason', 'moving house', '--as', 'Ann')).code).toBe(0);
      const page = await product.until('/', (answer) => answer.text.includes('not measured: paused') && answer.text);
      expect(page).not.toMatch(/moving house|Ann/);

      const exported = await avow(folder, 'export');
      expect(exported.out).toContain('Bearer ${API_TOKEN}');
      expect(exported.out).not.toContain('canary');
      write('exported.yaml', exported.out);
      const same = await avow(folder, 'plan', 'exported.yaml');
      expect([same.code, same.out]).toEqual([0, expect.stringContaining('The file names shop, which the console manages')]);
      expect(await product.ends('SIGTERM')).toBe(0);

      const again = await startProduct(folder, { useConfig: false, env });
      const list = await avow(folder, 'component', 'list', '--json');
      const components = (JSON.parse(list.out) as { components: { slug: string; managed: string; paused: boolean }[] }).components;
      expect(components.map(({ slug, managed, paused }) => [slug, managed, paused])).toEqual([
        ['site', 'file', true],
        ['shop', 'console', false],
      ]);
      expect((await avow(folder, 'component', 'resume', 'site')).code).toBe(0);
      await again.until('/', ({ text }) => !text.includes('not measured: paused'));
      expect((await avow(folder, 'doctor')).code).toBe(0);
      expect((await avow(folder, 'apply', 'exported.yaml')).code).toBe(0);
      expect((await avow(folder, 'component', 'edit', 'shop', '--interval', '5m')).err).toContain('shop is managed by exported.yaml');
      expect(await again.ends('SIGTERM')).toBe(0);
    } finally {
      await target.stop();
      folder.remove();
    }
  });

  it('with a file: that file rules, and applying it is reading it again', { timeout: 120_000 }, async () => {
    const folder = productFolder();
    const target = await startTarget();
    try {
      const file = (interval: string): string => `components: [{name: Site, http: "${target.url}", interval: ${interval}}]\n`;
      folder.writeConfig(file('1s'));
      const product = await startProduct(folder);
      writeFileSync(join(folder.path, 'other.yaml'), file('5s'));
      const other = await avow(folder, 'apply', 'other.yaml');
      expect([other.code, other.err]).toEqual([
        1,
        expect.stringMatching(/This Avow reads .*avow\.yaml, and that file rules\. Apply it, or put other\.yaml in its place/),
      ]);
      folder.writeConfig(file('5s'));
      const applied = await avow(folder, 'apply', 'avow.yaml');
      expect([applied.code, applied.out]).toEqual([0, expect.stringContaining('interval: 1s → 5s')]);
      expect((await avow(folder, 'plan', 'avow.yaml')).code).toBe(0);
      expect(await product.ends('SIGTERM')).toBe(0);
    } finally {
      await target.stop();
      folder.remove();
    }
  });
});
