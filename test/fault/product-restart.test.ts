/** P3 and P4 on the whole product: restarts, storms of signals and a stopped process neither end, repeat nor invent an outage. */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '#monitor/clock.ts';
import { type ManyTargets, startManyTargets } from '../support/many-targets.ts';
import { type Product, type ProductFolder, productFolder, startProduct } from '../support/product.ts';
import { type Examined, examine } from '../support/product-store.ts';

const cleanUp: (() => unknown)[] = [];
afterAll(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work();
});
const scene = async (count: number, check?: string): Promise<{ folder: ProductFolder; targets: ManyTargets }> => {
  const folder = productFolder();
  cleanUp.push(() => folder.remove());
  const targets = await startManyTargets(count);
  cleanUp.push(() => targets.close());
  folder.writeConfig(targets.yaml(check));
  return { folder, targets };
};
const started = async (folder: ProductFolder): Promise<Product> => {
  const product = await startProduct(folder);
  cleanUp.push(() => product.ends('SIGKILL'));
  return product;
};
interface Incident {
  readonly id: string;
  readonly started_at: string;
  readonly updated_at: string;
}
const open = (text: string): readonly Incident[] =>
  (JSON.parse(text) as { readonly incidents: readonly Incident[] }).incidents.map(({ id, started_at, updated_at }) => ({
    id,
    started_at,
    updated_at,
  }));
/** Until the target has been asked `times` more. */
const asked = async (targets: ManyTargets, slug: string, times: number): Promise<void> => {
  const before = targets.answered.get(slug) ?? 0;
  while ((targets.answered.get(slug) ?? 0) < before + times) await systemClock.sleep(20);
};

/** The full lane ends it more often while the outage lasts and after it is over. */
const EVERY = process.env['AVOW_TEST_EVERY'] === '1';

test.concurrent('one outage over kills and restarts is one incident with the same id and one message each for its beginning and end (P3, P4)', async () => {
  const { folder, targets } = await scene(2, 'interval: 1s, timeout: 900ms, confirmations: 2');
  let product = await started(folder);
  await product.until('/', ({ text }) => /operational/i.test(text));
  targets.behave('t0', { status: 503, afterMs: 0 });
  // Killed before the outage is confirmed: the first failing probe counts all the same.
  await asked(targets, 't0', 1);
  await product.ends('SIGKILL');
  product = await started(folder);
  const [first] = await product.until('/api/v2/summary.json', ({ text }) => open(text).length > 0 && open(text));

  const seen: Examined[] = [];
  const during = ['SIGKILL', 'SIGTERM', ...(EVERY ? ['SIGKILL' as const] : [])] as const;
  for (const [i, signal] of during.entries()) {
    await asked(targets, 't0', 2);
    await product.ends(signal);
    seen.push(await examine(folder.data));
    // At the last end it recovers while nobody looks.
    if (i === during.length - 1) break;
    product = await started(folder);
    const [same] = await product.until('/api/v2/summary.json', ({ text }) => open(text).length > 0 && open(text));
    expect(same).toEqual(first);
  }
  expect(seen.map(({ broken }) => broken)).toEqual(during.map(() => []));
  expect(seen.map(({ outbox }) => outbox)).toEqual(during.map(() => seen[0]?.outbox));
  expect(seen[0]?.outbox).toHaveLength(1);

  targets.behave('t0', { status: 200, afterMs: 0 });
  const resolved: Examined[] = [];
  for (const signal of EVERY ? (['SIGTERM', 'SIGKILL'] as const) : (['SIGKILL'] as const)) {
    product = await started(folder);
    await product.until('/api/v2/summary.json', ({ text }) => open(text).length === 0);
    await asked(targets, 't0', 2);
    await product.ends(signal);
    resolved.push(await examine(folder.data));
  }
  for (const { incidents, outbox, broken } of resolved) {
    expect(broken).toEqual([]);
    expect(outbox).toEqual(resolved[0]?.outbox);
    expect(outbox.slice(0, 1)).toEqual(seen[0]?.outbox);
    expect(outbox).toHaveLength(2);
    expect(incidents).toMatchObject([{ slug: 't0', startedAt: Date.parse(first?.started_at ?? '') }]);
    expect(incidents[0]?.resolvedAt).not.toBeNull();
  }
});

/** What others than its owner can read, write or enter of the data folder. */
const openToOthers = (folder: string): readonly string[] =>
  [folder, ...readdirSync(folder).map((name) => join(folder, name))].filter((path) => (lstatSync(path).mode & 0o077) !== 0);

test.concurrent('a storm of SIGHUP, with good and broken files in turn, loses no check, and SIGTERM in its midst ends it; nobody else can read the data folder or speak to the socket', async () => {
  const { folder, targets } = await scene(5, 'interval: 1s, timeout: 900ms, confirmations: 3');
  const product = await started(folder);
  await product.until('/', ({ text }) => /operational/i.test(text));
  expect(readdirSync(folder.data)).toContain('avow.sock');
  expect(openToOthers(folder.data)).toEqual([]);
  const yaml = targets.yaml();
  const other = yaml.replace('name: Faults', 'name: Storm');
  for (let i = 0; i < 60; i++) {
    folder.writeConfig(i % 3 === 0 ? `${yaml}nonsense: 1\n` : i % 3 === 1 ? other : yaml);
    product.signal('SIGHUP');
    await systemClock.sleep(i % 10 === 0 ? 60 : 4);
  }
  folder.writeConfig(other);
  product.signal('SIGHUP');
  await product.until('/', ({ text }) => text.includes('Storm'));
  await asked(targets, 't4', 2);
  expect((await product.get('/readyz')).status).toBe(200);
  product.signal('SIGHUP');
  expect(await product.ends('SIGTERM')).toBe(0);
  const store = await examine(folder.data);
  const answers = [...targets.answered.values()].reduce((sum, one) => sum + one, 0);
  expect({ broken: store.broken, rows: store.rows, incidents: store.incidents }).toEqual({ broken: [], rows: answers, incidents: [] });
});

test.concurrent('a process that is stopped for seconds and goes on declares no outage, whatever its targets did meanwhile (P27, P19)', async () => {
  const { folder, targets } = await scene(40, 'interval: 2s, timeout: 1500ms, confirmations: 1');
  for (const slug of targets.slugs.slice(0, 20)) targets.behave(slug, { status: 200, afterMs: 500 });
  const product = await started(folder);
  await product.until('/', ({ text }) => /operational/i.test(text));
  await asked(targets, 't3', 1);
  while (targets.waiting() === 0) await systemClock.sleep(5);
  product.signal('SIGSTOP');
  // Long enough for every check under way to be past its timeout.
  await systemClock.sleep(2_000);
  product.signal('SIGCONT');
  await asked(targets, 't3', 2);
  expect((await product.get('/healthz')).status).toBe(200);
  expect(await product.ends('SIGTERM')).toBe(0);
  const { incidents, outcomes, outbox, broken } = await examine(folder.data);
  expect({ incidents, fails: outcomes[2] ?? 0, outbox, broken }).toEqual({ incidents: [], fails: 0, outbox: [], broken: [] });
});
