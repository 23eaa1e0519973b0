/** P3 and P4 on the whole product: restarts, storms of signals and a stopped process neither end, repeat nor invent an outage. */
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
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
  for (const signal of ['SIGKILL', 'SIGTERM', 'SIGKILL'] as const) {
    await asked(targets, 't0', 2);
    await product.ends(signal);
    seen.push(await examine(folder.data));
    product = await started(folder);
    const [same] = await product.until('/api/v2/summary.json', ({ text }) => open(text).length > 0 && open(text));
    expect(same).toEqual(first);
  }
  expect(seen.map(({ broken }) => broken)).toEqual([[], [], []]);
  expect(seen.map(({ outbox }) => outbox)).toEqual(Array(3).fill(seen[0]?.outbox));
  expect(seen[0]?.outbox).toHaveLength(1);

  // It recovers while nobody looks.
  await product.ends('SIGKILL');
  targets.behave('t0', { status: 200, afterMs: 0 });
  const resolved: Examined[] = [];
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
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

test.concurrent('a storm of SIGHUP, with good and broken files in turn, loses no check, and SIGTERM in its midst ends it', async () => {
  const { folder, targets } = await scene(5);
  const product = await started(folder);
  await product.until('/', ({ text }) => /operational/i.test(text));
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
  const { folder, targets } = await scene(40, 'interval: 1s, timeout: 500ms, confirmations: 1');
  for (const slug of targets.slugs.slice(0, 20)) targets.behave(slug, { status: 200, afterMs: 150 });
  const product = await started(folder);
  await product.until('/', ({ text }) => /operational/i.test(text));
  await asked(targets, 't3', 1);
  product.signal('SIGSTOP');
  // Long enough for every check under way to be past its timeout.
  await systemClock.sleep(2_500);
  product.signal('SIGCONT');
  await asked(targets, 't3', 2);
  expect((await product.get('/healthz')).status).toBe(200);
  expect(await product.ends('SIGTERM')).toBe(0);
  const { incidents, outcomes, outbox, broken } = await examine(folder.data);
  expect({ incidents, fails: outcomes[2] ?? 0, outbox, broken }).toEqual({ incidents: [], fails: 0, outbox: [], broken: [] });
});

test.concurrent('nobody else can read the data folder or speak to the socket', async () => {
  const { folder } = await scene(1);
  const product = await started(folder);
  await product.until('/', ({ status }) => status === 200);
  expect(statSync(folder.data).mode & 0o777).toBe(0o700);
  expect(lstatSync(join(folder.data, 'avow.sock')).mode & 0o777).toBe(0o600);
  const open = readdirSync(folder.data).filter((name) => (lstatSync(join(folder.data, name)).mode & 0o077) !== 0);
  expect(open).toEqual([]);
});
