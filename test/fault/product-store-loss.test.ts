/** P7 and P7b on the whole product: whatever befalls the store file, while running or before the start, the page answers and says so. */
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { systemClock } from '#monitor/clock.ts';
import { type ManyTargets, startManyTargets } from '../support/many-targets.ts';
import { type Product, type ProductFolder, productFolder, type StartOptions, spawnProduct, startProduct } from '../support/product.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';

const cleanUp: (() => unknown)[] = [];
afterAll(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work();
});
const HASTY = fileURLToPath(new URL('../support/hasty-product.ts', import.meta.url));
const ROUTES = ['/', '/components/t0', '/api/v2/summary.json', '/api/v2/status.json'] as const;
const GARBAGE = Buffer.alloc(65_536, 'this is no store ');
const NOBODY = 65_534;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const openToAll = (folder: string): boolean =>
  (statSync(folder).mode & 0o001) !== 0 && (dirname(folder) === folder || openToAll(dirname(folder)));
/** Root may write everything; an ordinary user finds a read-only file read-only, if such a user can read this program at all. */
const ordinary = process.getuid?.() === 0 && openToAll(ROOT) ? NOBODY : undefined;
const modesCount = process.getuid?.() !== 0 || ordinary !== undefined;

const started = async (folder: ProductFolder, options: StartOptions = {}): Promise<Product> => {
  const product = await startProduct(folder, options);
  cleanUp.push(() => product.ends('SIGKILL'));
  return product;
};
const newFolder = async (): Promise<{ folder: ProductFolder; targets: ManyTargets; path: string }> => {
  const folder = productFolder();
  cleanUp.push(() => folder.remove());
  const targets = await startManyTargets(2);
  cleanUp.push(() => targets.close());
  folder.writeConfig(targets.yaml());
  return { folder, targets, path: join(folder.data, 'avow.db') };
};
/** Has shown every route once, and kept what it showed. */
const initialised = async (folder: ProductFolder, options?: StartOptions): Promise<Product> => {
  const product = await started(folder, options);
  for (const route of ROUTES) await product.until(route, ({ text }) => /operational/i.test(text));
  while (!existsSync(join(folder.data, 'snapshot.json'))) await systemClock.sleep(50);
  return product;
};
const isStale = (text: string): boolean => text.includes('Data as of') || text.includes('"stale":true');

/** Asks all routes without a pause until `work` has ended; answers what was not 200. */
const besieged = async (product: Product, work: () => Promise<unknown>): Promise<{ asked: number; bad: string[] }> => {
  let over = false;
  let asked = 0;
  const bad: string[] = [];
  const siege = async (route: string): Promise<void> => {
    while (!over) {
      const status = await product.get(route).then(
        (answer) => answer.status,
        (fault: Error) => fault.message,
      );
      asked++;
      if (status !== 200) bad.push(`${route}: ${status}`);
      await systemClock.sleep(5);
    }
  };
  const sieges = ROUTES.map(siege);
  try {
    await work();
  } finally {
    over = true;
  }
  await Promise.all(sieges);
  return { asked, bad };
};
const toldAsAway = async (product: Product): Promise<void> => {
  await product.until('/readyz', ({ status }) => status === 503);
  for (const route of ROUTES) await product.until(route, ({ text }) => isStale(text));
  expect((await product.get('/healthz')).status).toBe(200);
};

describe('a store that is taken away while Avow runs', () => {
  const harms = {
    'is deleted': (path: string) => rmSync(path),
    'is replaced by another file': (path: string) => {
      writeFileSync(`${path}.new`, GARBAGE);
      renameSync(`${path}.new`, path);
    },
    'is written over': (path: string) => writeFileSync(path, GARBAGE),
    'is emptied': (path: string) => truncateSync(path, 0),
  };
  test.concurrent('leaves every public address at 200 with the age of its data, /readyz at 503, and an orderly end', async () => {
    const outcomes = Object.entries(harms).map(async ([harm, strike]) => {
      const { folder, path } = await newFolder();
      const product = await initialised(folder);
      const { asked, bad } = await besieged(product, async () => {
        strike(path);
        await toldAsAway(product);
      });
      expect(asked).toBeGreaterThan(10);
      return { harm, bad, end: await product.ends('SIGTERM') };
    });
    expect(await Promise.all(outcomes)).toEqual(Object.keys(harms).map((harm) => ({ harm, bad: [], end: 0 })));
  });

  test.concurrent('ends a supervised Avow with 70 once its minute of patience is over, and never with a 5xx before', async () => {
    const { folder, path } = await newFolder();
    const product = await initialised(folder, { program: HASTY, env: { AVOW_SUPERVISED: '1' } });
    rmSync(path);
    expect(await product.ends()).toBe(70);
    // The supervisor starts it again: the log without its store is refused, the last pages are served, and it gives up again.
    const again = await started(folder, { program: HASTY, env: { AVOW_SUPERVISED: '1' } });
    expect(again.printed()).toContain('is missing, but');
    expect(await again.ends()).toBe(70);
  });
});

describe('a store that cannot be used at the start', () => {
  const harms = {
    'is no store': (path: string) => {
      rmSync(`${path}-wal`, { force: true });
      writeFileSync(path, GARBAGE);
    },
    'is missing beside its log': (path: string) => {
      renameSync(path, `${path}-wal`);
    },
    'is one of a newer Avow': (path: string) => {
      const file = new DatabaseSync(path);
      file.exec(`INSERT INTO avow_migrations SELECT id + 1, '0099_later', '', 0, 0 FROM avow_migrations ORDER BY id DESC LIMIT 1`);
      file.close();
    },
    'is a folder': (path: string) => {
      rmSync(path);
      mkdirSync(path);
    },
    ...(modesCount ? { 'is read-only': (path: string) => chmodSync(path, 0o400) } : {}),
  };
  test.concurrent('is no reason for silence: the last pages are shown with their age, nothing is written, ops are told by mail, and SIGTERM ends it', async () => {
    const sink = await startSmtpSink();
    cleanUp.push(() => sink.close());
    const first = await newFolder();
    expect(await (await initialised(first.folder)).ends('SIGTERM')).toBe(0);
    const outcomes = Object.entries(harms).map(async ([harm, strike]) => {
      const { folder, path, targets } = await newFolder();
      folder.writeConfig(`${targets.yaml()}ops: { mail: { to: [ops@example.com], from: avow@example.com } }\n`);
      cpSync(first.folder.data, folder.data, { recursive: true });
      strike(path);
      for (const place of [folder.path, folder.config, folder.data, path, join(folder.data, 'snapshot.json')])
        if (ordinary !== undefined && existsSync(place)) chownSync(place, ordinary, ordinary);
      const product = await started(folder, { uid: ordinary, env: { AVOW_SMTP_URL: `smtp://127.0.0.1:${sink.port}` } });
      const { bad } = await besieged(product, () => toldAsAway(product));
      return { harm, bad, end: await product.ends('SIGTERM') };
    });
    expect(await Promise.all(outcomes)).toEqual(Object.keys(harms).map((harm) => ({ harm, bad: [], end: 0 })));
    await sink.received(Object.keys(harms).length);
    for (const { message } of sink.mails) expect(message).toContain('Avow has started without its store');
  });

  test.concurrent('and nothing was ever shown: the page says that it is being set up', async () => {
    const { folder, path } = await newFolder();
    mkdirSync(folder.data, { recursive: true });
    writeFileSync(path, GARBAGE);
    const product = await started(folder);
    const page = await product.get('/');
    expect([page.status, /being set up/.test(page.text), (await product.get('/readyz')).status]).toEqual([200, true, 503]);
    expect(await product.ends('SIGTERM')).toBe(0);
  });
});

test.concurrent('a second start is refused with 75 and the first goes on recording and answering at its socket', async () => {
  const { folder, targets } = await newFolder();
  const product = await initialised(folder);
  const seconds = [1, 2].map(() => spawnProduct(folder));
  const { bad } = await besieged(product, async () => {
    expect(await Promise.all(seconds.map((second) => second.ends()))).toEqual([75, 75]);
  });
  expect(bad).toEqual([]);
  const before = targets.answered.get('t0') ?? 0;
  while ((targets.answered.get('t0') ?? 0) < before + 2) await systemClock.sleep(50);
  expect((await product.get('/readyz')).status).toBe(200);
  expect(existsSync(join(folder.data, 'avow.sock'))).toBe(true);
});
