/** The first day of a newcomer, on the real product: their own URL, an outage, a kill, a new configuration, a bad one. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Product, type ProductFolder, productFolder, spawnProduct, startProduct } from '../support/product.ts';
import { startTarget, type Target } from '../support/target.ts';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work();
});
const newFolder = (): ProductFolder => {
  const folder = productFolder();
  cleanUp.push(() => folder.remove());
  return folder;
};
const started = async (...args: Parameters<typeof startProduct>): Promise<Product> => {
  const product = await startProduct(...args);
  cleanUp.push(() => product.ends('SIGKILL'));
  return product;
};
const watched = async (): Promise<Target> => {
  const target = await startTarget();
  cleanUp.push(() => target.stop());
  return target;
};

interface Summary {
  readonly status: { readonly indicator: string; readonly description: string };
  readonly components: readonly { readonly name: string; readonly status: string }[];
  readonly incidents: readonly { readonly id: string; readonly status: string; readonly started_at: string }[];
}
const summary = (text: string): Summary => JSON.parse(text);
const file = (components: Readonly<Record<string, string>>): string =>
  [
    'page:',
    '  name: Example',
    'components:',
    ...Object.entries(components).map(([name, url]) => `  - { name: ${name}, http: "${url}", interval: 1s, timeout: 500ms }`),
    '',
  ].join('\n');

describe('a newcomer', () => {
  it('sees Avow watch itself before there is any configuration, and how to add their own service', async () => {
    const product = await started(newFolder(), { useConfig: false });
    const page = await product.until('/', ({ status, text }) => status === 200 && /operational/i.test(text) && text);
    expect(page).toMatch(/avow\.yaml/);
    expect((await product.get('/healthz')).status).toBe(200);
    expect(await product.until('/readyz', ({ status }) => status === 200)).toBe(true);
    expect(await product.ends('SIGTERM')).toBe(0);
  });

  it('sees their outage dated from its first failing probe, sees it end, and loses nothing to kill -9', async () => {
    const folder = newFolder();
    const target = await watched();
    folder.writeConfig(file({ Website: target.url }));
    const product = await started(folder);
    await product.until('/api/v2/summary.json', ({ text }) =>
      summary(text).components.some((c) => c.name === 'Website' && c.status === 'operational'),
    );

    const stoppedAt = Date.now();
    await target.stop();
    const open = await product.until('/api/v2/summary.json', ({ text }) => summary(text).incidents[0]);
    expect(open.status).toBe('investigating');
    expect(Date.parse(open.started_at)).toBeGreaterThanOrEqual(stoppedAt - 1_000);
    expect(await product.until('/', ({ text }) => /outage/i.test(text))).toBe(true);
    expect(summary((await product.get('/api/v2/summary.json')).text).status.indicator).toBe('critical');

    expect(await product.ends('SIGKILL')).toBe('SIGKILL');
    const again = await started(folder);
    const same = await again.until('/api/v2/summary.json', ({ text }) => summary(text).incidents[0]);
    expect({ id: same.id, started_at: same.started_at }).toEqual({ id: open.id, started_at: open.started_at });

    await target.start();
    await again.until(
      '/api/v2/summary.json',
      ({ text }) => summary(text).incidents.length === 0 && summary(text).status.indicator === 'none',
    );
    expect(await again.until('/', ({ text }) => /resolved/i.test(text))).toBe(true);
    expect(await again.ends('SIGTERM')).toBe(0);
  });

  it('adds a service with SIGHUP, and a broken file changes nothing and is named with its line', async () => {
    const folder = newFolder();
    const [one, two] = [await watched(), await watched()];
    folder.writeConfig(file({ Website: one.url }));
    const product = await started(folder);
    await product.until('/', ({ text }) => text.includes('Website'));

    folder.writeConfig(file({ Website: one.url, Shop: two.url }));
    product.signal('SIGHUP');
    await product.until('/api/v2/summary.json', ({ text }) =>
      summary(text).components.some((c) => c.name === 'Shop' && c.status === 'operational'),
    );

    folder.writeConfig(`${file({ Website: one.url })}    intervall: 5s\n`);
    product.signal('SIGHUP');
    await product.prints(/avow\.yaml:\d+:\d+: /);
    expect(summary((await product.get('/api/v2/summary.json')).text).components.map((c) => c.name)).toContain('Shop');
    expect(await product.ends('SIGTERM')).toBe(0);
  });

  it('is refused a second start on the same data with exit 75 and the number of the process that holds it', async () => {
    const folder = newFolder();
    const product = await started(folder, { useConfig: false });
    const second = spawnProduct(folder, { useConfig: false });
    expect(await second.ends()).toBe(75);
    expect(second.printed()).toContain(String(product.pid));
    expect((await product.get('/healthz')).status).toBe(200);
  });

  it('is told in one sentence that a port is taken, and no process number is left behind', async () => {
    const target = await watched();
    const folder = newFolder();
    const refused = spawnProduct(folder, { useConfig: false, args: ['--port', new URL(target.url).port] });
    expect(await refused.ends()).toBe(1);
    expect(refused.printed()).toMatch(/^Cannot listen on 127\.0\.0\.1:\d+: another program listens there\. Choose another port/m);
    expect(refused.printed()).not.toMatch(/^\s+at /m);
    expect(existsSync(join(folder.data, 'avow.pid'))).toBe(false);
  });

  it('may not show Avow to others before it knows its own address, and nothing is made', async () => {
    const folder = newFolder();
    const refused = spawnProduct(folder, { useConfig: false, args: ['--host', '0.0.0.0'] });
    expect(await refused.ends()).toBe(2);
    expect(refused.printed()).toMatch(/set AVOW_PUBLIC_ORIGIN/);
    expect(existsSync(folder.data)).toBe(false);
  });

  it('is told every fault of a bad configuration at the start, and nothing is made', async () => {
    const folder = newFolder();
    folder.writeConfig('components:\n  - { name: A, htp: "http://127.0.0.1:1/" }\npolicy: { reserve: { zone: EST } }\n');
    const refused = spawnProduct(folder);
    expect(await refused.ends()).toBe(2);
    expect(refused.printed()).toMatch(/avow\.yaml:2:\d+: .*http/);
    expect(refused.printed()).toMatch(/avow\.yaml:3:\d+: .*America\/New_York.*Etc\/GMT\+5/);
  });

  it('is told in a sentence when there is no folder to keep a record in, and nothing pretends to run', async () => {
    const folder = newFolder();
    const nowhere = spawnProduct({ ...folder, data: '/proc/avow' }, { useConfig: false });
    expect(await nowhere.ends()).toBe(1);
    expect(nowhere.printed()).toMatch(/^The data folder \/proc\/avow cannot be made \(ENOENT\); choose another with --data\.\n$/);
  });
});
