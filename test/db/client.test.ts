import { expect, test } from 'vitest';
import { openTempStore } from '../support/temp-store.ts';

test('a new store is exclusive, in WAL, and has an identity that a second start keeps', async () => {
  await using store = await openTempStore();
  expect(store.info).toMatchObject({ journalMode: 'wal', lockingMode: 'exclusive' });
  expect(store.info.instanceId).toMatch(/^[0-9a-f-]{36}$/);
});
