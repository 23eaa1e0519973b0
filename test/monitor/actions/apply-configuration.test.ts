import { describe, expect, it } from 'vitest';
import { lastComponentVersions } from '#db/queries/components.ts';
import type { Store } from '#db/store.ts';
import { applyConfiguration, planConfiguration } from '#monitor/actions/apply-configuration.ts';
import type { Config } from '#monitor/config/config.ts';
import { firstMinuteConfig } from '#monitor/config/first-minute.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { SYSTEM } from '#monitor/context.ts';
import { openTempStore } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const read = (source: string): Config => {
  const secrets: Record<string, string> = { API_TOKEN: 'canary-value-of-the-api-token' };
  const result = parseConfiguration(Buffer.from(source), 'avow.yaml', { secret: (name) => secrets[name] ?? null, ownPorts: [] });
  if (!isConfig(result)) throw new Error(JSON.stringify(result));
  return result;
};
const two = 'components:\n  - {name: Website, http: "https://www.example.com/"}\n  - {name: Database, tcp: "db.example.com:5432"}\n';
/** What is watched, by the store's own numbers. */
const numbersBySlug = async (store: Store): Promise<ReadonlyMap<string, number>> =>
  new Map((await lastComponentVersions(store)).flatMap(({ slug, id, removed }) => (removed ? [] : [[slug, id] as const])));
const versions = async (store: Store, slug: string): Promise<(readonly unknown[])[]> =>
  (
    await store.read({
      sql: 'SELECT v.recorded_at_ms, v.name, v.removed FROM component_versions v JOIN components c ON c.id = v.component_id WHERE c.slug = ? ORDER BY 1',
      args: [slug],
    })
  ).rows.map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value)));
const everything = async (store: Store): Promise<string> => {
  const tables = ['components', 'component_versions', 'locations', 'location_versions', 'settings_versions'];
  const dumps = await Promise.all(tables.map(async (table) => (await store.read({ sql: `SELECT * FROM ${table}` })).rows));
  return JSON.stringify(dumps, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
};

describe('applying a configuration', () => {
  it('adds what is new, with one version each, and changes nothing the second time', async () => {
    await using store = await openTempStore();
    const clock = new VirtualClock(1_000_000);
    const first = await applyConfiguration({ store, clock, actor: SYSTEM }, read(two));
    expect(first).toEqual({
      added: ['website', 'database'],
      changed: [],
      removed: [],
      unchanged: [],
      adopted: [],
      contractsChanged: [],
      locationsChanged: true,
      settingsChanged: true,
    });
    const before = await everything(store);
    clock.jumpWall(5_000);
    const again = await applyConfiguration({ store, clock, actor: SYSTEM }, read(`# a comment is no change\n${two}`));
    expect(again).toEqual({
      added: [],
      changed: [],
      removed: [],
      unchanged: ['website', 'database'],
      adopted: [],
      contractsChanged: [],
      locationsChanged: false,
      settingsChanged: false,
    });
    expect(await everything(store)).toBe(before);
  });

  it('keeps the identity of a component whose name changes and whose slug stays', async () => {
    await using store = await openTempStore();
    const clock = new VirtualClock(1_000_000);
    await applyConfiguration({ store, clock, actor: SYSTEM }, read(two));
    const before = await numbersBySlug(store);
    clock.jumpWall(5_000);
    const change = await applyConfiguration(
      { store, clock, actor: SYSTEM },
      read(two.replace('name: Website', 'name: Shop, slug: website')),
    );
    expect(change).toMatchObject({ added: [], changed: ['website'], removed: [], unchanged: ['database'] });
    expect((await numbersBySlug(store)).get('website')).toBe(before.get('website'));
    expect(await versions(store, 'website')).toEqual([
      [1_000_000, 'Website', 0],
      [1_005_000, 'Shop', 0],
    ]);
  });

  it('removes what is no longer named with a version of its own, and takes it back under the same number', async () => {
    await using store = await openTempStore();
    const clock = new VirtualClock(1_000_000);
    await applyConfiguration({ store, clock, actor: SYSTEM }, read(two));
    const before = await numbersBySlug(store);
    clock.jumpWall(1_000);
    const removal = await applyConfiguration({ store, clock, actor: SYSTEM }, read(two.split('\n').slice(0, 2).join('\n')));
    expect(removal).toMatchObject({ removed: ['database'], unchanged: ['website'] });
    expect([...(await numbersBySlug(store)).keys()]).toEqual(['website']);
    clock.jumpWall(1_000);
    expect(await applyConfiguration({ store, clock, actor: SYSTEM }, read(two))).toMatchObject({
      added: ['database'],
      unchanged: ['website'],
    });
    expect((await numbersBySlug(store)).get('database')).toBe(before.get('database'));
    expect(await versions(store, 'database')).toEqual([
      [1_000_000, 'Database', 0],
      [1_001_000, 'Database', 1],
      [1_002_000, 'Database', 0],
    ]);
  });

  it('orders versions as they were applied, even twice in a millisecond or with the clock set back', async () => {
    await using store = await openTempStore();
    const clock = new VirtualClock(1_000_000);
    await applyConfiguration({ store, clock, actor: SYSTEM }, read(two));
    await applyConfiguration({ store, clock, actor: SYSTEM }, read(two.replace('name: Website', 'name: B, slug: website')));
    clock.jumpWall(-500_000);
    await applyConfiguration({ store, clock, actor: SYSTEM }, read(two.replace('name: Website', 'name: C, slug: website')));
    expect((await versions(store, 'website')).map(([at, name]) => [at, name])).toEqual([
      [1_000_000, 'Website'],
      [1_000_001, 'B'],
      [1_000_002, 'C'],
    ]);
  });

  it('replaces the first minute by what the file names', async () => {
    await using store = await openTempStore();
    const clock = new VirtualClock(1_000_000);
    expect(await applyConfiguration({ store, clock, actor: SYSTEM }, firstMinuteConfig())).toMatchObject({
      added: ['this-status-page', 'the-record'],
    });
    expect(await applyConfiguration({ store, clock, actor: SYSTEM }, read(two))).toMatchObject({
      added: ['website', 'database'],
      removed: ['this-status-page', 'the-record'],
      locationsChanged: false,
    });
  });

  it('stores references, never the secrets they stand for', async () => {
    await using store = await openTempStore();
    const config = read(
      'components:\n  - name: API\n    http: {url: "https://api.example.com/?k=${API_TOKEN}", headers: {Authorization: "Bearer ${API_TOKEN}"}}\n',
    );
    expect(JSON.stringify(config.components[0]?.check)).toContain('Bearer canary-value-of-the-api-token');
    await applyConfiguration({ store, clock: new VirtualClock(), actor: SYSTEM }, config);
    const dump = await everything(store);
    expect(dump).toContain('Bearer ${API_TOKEN}');
    expect(dump).not.toContain('canary');
  });

  it('that is only planned says the same and writes nothing', async () => {
    await using store = await openTempStore();
    const clock = new VirtualClock(1_000_000);
    const empty = await everything(store);
    const planned = await planConfiguration({ store, clock }, read(two));
    expect(await everything(store)).toBe(empty);
    expect(await applyConfiguration({ store, clock, actor: SYSTEM }, read(two))).toEqual(planned);
  });

  it('of 2 000 components is one transaction, and two at once leave the state of the last', async () => {
    await using store = await openTempStore();
    const clock = new VirtualClock(1_000_000);
    const many = `components:\n${Array.from({ length: 2_000 }, (_, n) => `  - {name: C${n}, tcp: "10.0.0.1:${n + 1}"}`).join('\n')}`;
    const [first, second] = await Promise.all([
      applyConfiguration({ store, clock, actor: SYSTEM }, read(many)),
      applyConfiguration({ store, clock, actor: SYSTEM }, read(two)),
    ]);
    expect(first).toHaveProperty('added.length', 2_000);
    expect(second).toHaveProperty('removed.length', 2_000);
    expect([...(await numbersBySlug(store)).keys()].sort()).toEqual(['database', 'website']);
  });
});
