/** What is derived from rows that are only added is read once, and anew with each row that is. */
import { expect, test } from 'vitest';
import { lastVersion, readDefinitions } from '#db/queries/definitions.ts';
import { untilAdded } from '#db/queries/until-added.ts';
import { StoreFault } from '#db/store.ts';
import { define, versionStatement } from '../support/recording.ts';
import { openTempStore } from '../support/temp-store.ts';

const AT = 1_000;

test('definitions are the same while none is added, and hold each that is', async () => {
  await using store = await openTempStore();
  await define(store, [{ slug: 'checkout' }], ['eu']);
  const [first, second] = await Promise.all([readDefinitions(store), readDefinitions(store)]);
  expect(second).toBe(first);
  await store.write([versionStatement(1, AT, { slug: 'checkout', quorum: 1 }, 1, true)]);
  const third = await readDefinitions(store);
  expect(third.components.map(({ versions }) => lastVersion(versions).removed)).toEqual([true]);
  await store.write([{ sql: 'INSERT INTO location_versions VALUES (1, ?, ?, 1, 1)', args: [AT, 'Europe'] }]);
  expect((await readDefinitions(store)).locations.map(({ versions }) => versions.length)).toEqual([2]);
  expect(await readDefinitions(store)).toBe(await readDefinitions(store));
});

test('of two stores each has its own', async () => {
  await using one = await openTempStore();
  await using other = await openTempStore();
  await define(one, [{ slug: 'checkout' }], ['eu']);
  await define(other, [{ slug: 'search' }], ['eu']);
  const slugs = await Promise.all([one, other].map(async (store) => (await readDefinitions(store)).components.map(({ slug }) => slug)));
  expect(slugs).toEqual([['checkout'], ['search']]);
});

test('what could not be read is read again', async () => {
  await using store = await openTempStore();
  let asked = 0;
  const read = untilAdded(['components'], async () => {
    asked++;
    if (asked === 1) throw new StoreFault('io', 'The disk was away.');
    return asked;
  });
  await expect(read(store)).rejects.toThrow('The disk was away.');
  expect([await read(store), await read(store)]).toEqual([2, 2]);
});
