/** The first page of the console over a real store. */
import { expect, test } from 'vitest';
import { permissionsOf } from '#domain/access/permission.ts';
import { consoleHome } from '#monitor/views/console-home.ts';
import { contextWith } from '../../support/front-rig.ts';
import { at } from '../../support/maintenance-desk.ts';
import { define, versionStatement } from '../../support/recording.ts';
import { storePolicy } from '../../support/stored-policy.ts';
import { openTempStore } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

test('while Avow watches only itself the page says so; the first check of their own ends that, and its removal brings it back', async () => {
  await using store = await openTempStore();
  await storePolicy(store);
  await define(store, [], ['local']);
  const itself = versionStatement(1, 0, { slug: 'avow' }, 1);
  await store.write([
    { sql: 'INSERT INTO components VALUES (1, ?, 0)', args: ['avow'] },
    { ...itself, args: itself.args.map((arg) => (String(arg).startsWith('{"kind"') ? '{"kind":"self"}' : arg)) },
  ]);
  const clock = new VirtualClock(at('2026-11-24T12:00Z'));
  const context = contextWith(store, clock);
  const onlyItself = async () => (await consoleHome(context, permissionsOf('ops'))).onlyItself;
  expect(await onlyItself()).toBe(true);
  await store.write([{ sql: 'INSERT INTO components VALUES (2, ?, 1)', args: ['shop'] }, versionStatement(2, 1, { slug: 'shop' }, 1)]);
  expect(await onlyItself()).toBe(false);
  await store.write([versionStatement(2, 2, { slug: 'shop' }, 1, true)]);
  expect(await onlyItself()).toBe(true);
});
