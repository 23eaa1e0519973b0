import { rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStore } from '#db/client.ts';
import { factsOf } from '#db/queries/facts.ts';
import type { Store } from '#db/store.ts';
import { systemClock } from '#monitor/clock.ts';
import { apiDocuments } from '#site/api/documents.ts';
import { summaryDocument } from '#site/api/statuspage-schema.ts';
import { pageRoutes } from '#site/server/routes.ts';
import { config, contextWith, type Rig, startRig } from '../support/front-rig.ts';
import { ask } from '../support/raw-http.ts';
import { define } from '../support/recording.ts';
import { storePolicy } from '../support/stored-policy.ts';
import { switchedBy } from '../support/switched-hooks.ts';
import { silentLog, tempFolder } from '../support/temp-store.ts';

const PAGES = ['/', '/components/web', '/sla', '/sla/2020-01', '/components/web/2020-01'] as const;
/** What the API says of itself holds with and without a store. */
const DOCUMENTS = apiDocuments.flatMap(({ path, params }) => (params || path.endsWith('/openapi.json') ? [] : [path]));

interface Site {
  readonly rig: Rig;
  readonly store: Store | null;
  /** Asks every public route `times` times; all answers must be 200. */
  everywhere(times?: number): Promise<void>;
  /** Asks again until the answer satisfies; every answer on the way must be 200. */
  until(path: string, satisfied: (text: string) => boolean): Promise<string>;
  close(): Promise<void>;
}

const open = (folder: string): Promise<Store> =>
  openStore({ path: join(folder, 'avow.db'), clock: systemClock, log: silentLog, hooks: switchedBy(join(folder, 'fault')) });

/** The product's own routes, views and facts over a real store, or over none. */
const site = async (folder: string, store: Store | null): Promise<Site> => {
  const rig = await startRig({
    dataDir: folder,
    routes: pageRoutes,
    context: (clock) => store && contextWith(store, clock),
    facts: () => store && factsOf(store),
  });
  store?.onCondition(() => rig.front.changed());
  const whole = async (path: string): Promise<string> => {
    const answer = await ask(rig.port, path);
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.body.toString();
  };
  return {
    rig,
    store,
    everywhere: async (times = 25) => {
      for (let i = 0; i < times; i++) await Promise.all([...PAGES, ...DOCUMENTS].map(whole));
    },
    until: async (path, satisfied) => {
      for (let i = 0; i < 100_000; i++) {
        const text = await whole(path);
        if (satisfied(text)) return text;
      }
      throw new Error(`${path} never came to say it`);
    },
    close: async () => {
      await rig.front.close(0);
      await store?.close();
    },
  };
};
const initialised = async (folder: string): Promise<Site> => {
  const store = await open(folder);
  await define(store, [{ slug: 'web' }], ['here']);
  await storePolicy(store, config.policy);
  const running = await site(folder, store);
  await running.everywhere(2);
  return running;
};
const stale = (text: string): boolean => text.includes('stale since') || text.includes('"stale":true');
const note = { sql: `INSERT INTO events (recorded_at_ms, kind, detail_json) VALUES (1, 'test', '{}')` };

describe('a running page', () => {
  test.each(['writes SQLITE_FULL', 'writes SQLITE_IOERR', 'writes SQLITE_READONLY', 'all SQLITE_IOERR', 'all SQLITE_READONLY'])(
    'says since when its data stands still while the store answers "%s", and is fresh again after',
    async (fault) => {
      await using folder = await tempFolder();
      const running = await initialised(folder.path);
      await writeFile(join(folder.path, 'fault'), fault);
      await running.store?.write([note]).catch(() => undefined);
      expect(running.store?.condition.state).toBe('ailing');
      for (const path of [...PAGES, ...DOCUMENTS]) await running.until(path, stale);
      await running.everywhere();
      const summary = summaryDocument.parse(JSON.parse(await running.until('/api/v2/summary.json', stale)));
      expect([summary.stale, typeof summary.as_of, summary.components.map((c) => c.id)]).toEqual([true, 'string', ['web']]);
      await unlink(join(folder.path, 'fault'));
      await running.store?.write([note]);
      for (const path of [...PAGES, ...DOCUMENTS]) await running.until(path, (text) => !stale(text));
      await running.close();
    },
  );

  test('is served while the store hangs, and stale bytes do not wait for it', async () => {
    await using folder = await tempFolder();
    const running = await initialised(folder.path);
    await writeFile(join(folder.path, 'fault'), 'all hang');
    running.rig.front.recorded({ changed: ['web'] });
    for (const path of [...PAGES, ...DOCUMENTS]) await running.until(path, stale);
    await running.everywhere();
    await unlink(join(folder.path, 'fault'));
    running.rig.front.changed();
    await running.until('/', (text) => !stale(text));
    await running.close();
  });

  test.each(['garbage', 'deleted', 'emptied'] as const)(
    'outlives the store file being %s under it, and a restart without it',
    async (how) => {
      await using folder = await tempFolder();
      const running = await initialised(folder.path);
      const path = join(folder.path, 'avow.db');
      const harm = { garbage: () => writeFile(path, Buffer.alloc(65_536, 'x')), deleted: () => rm(path), emptied: () => truncate(path, 0) };
      await harm[how]();
      await running.store?.write([note]).catch(() => undefined);
      running.rig.front.recorded({ changed: ['web'] });
      await running.everywhere();
      await running.close();

      // A log left behind by a deleted store would bring its pages back.
      for (const suffix of ['-wal', '-shm']) await rm(path + suffix, { force: true });
      await writeFile(path, Buffer.alloc(65_536, 'x'));
      const refused = await open(folder.path).then(
        () => 'opened',
        (fault: { kind: string }) => fault.kind,
      );
      expect(refused).toBe('corrupt');
      const again = await site(folder.path, null);
      for (const route of [...PAGES, ...DOCUMENTS]) expect(stale(await again.until(route, stale))).toBe(true);
      await again.everywhere();
      expect((await ask(again.rig.port, '/readyz')).status).toBe(503);
      expect((await ask(again.rig.port, '/healthz')).status).toBe(200);
      expect((await ask(again.rig.port, '/api/v2/summary.json')).body.toString()).toContain('"id":"web"');
      await again.close();
    },
  );

  test('shows what was known when another process holds the store at start', async () => {
    await using folder = await tempFolder();
    const holder = await initialised(folder.path);
    await holder.rig.front.close(0);
    await expect(open(folder.path)).rejects.toMatchObject({ kind: 'held' });
    const second = await site(folder.path, null);
    for (const route of [...PAGES, ...DOCUMENTS]) await second.until(route, stale);
    await second.close();
    await holder.store?.close();
  });
});

describe('a page that was never initialised', () => {
  test('says that it is being set up, in HTML and in the shape of the documents', async () => {
    await using folder = await tempFolder();
    const running = await site(folder.path, null);
    await running.everywhere(3);
    const page = await ask(running.rig.port, '/');
    expect(page.body.toString()).toContain('being set up');
    expect(page.body.toString()).not.toContain('operational<');
    const told = async (path: string): Promise<{ status?: object; stale: boolean; as_of: string | null }> =>
      JSON.parse((await ask(running.rig.port, path)).body.toString());
    for (const path of DOCUMENTS) expect(await told(path)).toMatchObject({ stale: true, as_of: null });
    for (const path of ['/api/v2/summary.json', '/api/v2/status.json'])
      expect((await told(path)).status).toEqual({ indicator: 'minor', description: 'State unknown: nothing is watched yet' });
    await running.close();
  });
  test('a snapshot that is no snapshot is no reason to fail', async () => {
    await using folder = await tempFolder();
    for (const text of ['', 'garbage', '{"version":2}', '[]', '{"version":1,"chrome":{},"views":"x"}']) {
      await writeFile(join(folder.path, 'snapshot.json'), text);
      const running = await site(folder.path, null);
      await running.everywhere(1);
      await running.close();
    }
  });
});
