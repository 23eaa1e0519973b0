/** A folder for the measured product with a past in its store: components of ninety days that answer, and one that can be switched. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#db/client.ts';
import { DAY, instant } from '#domain/time/instant.ts';
import { systemClock } from '#monitor/clock.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { writeHistory } from '../../support/history.ts';
import { silentLog } from '../../support/temp-store.ts';
import type { AvowOptions } from './avow.ts';

const GROUPS = ['Shop', 'Payments', 'Accounts', 'Search', 'Operations'];

/** `components` of `days` of one-minute checks of the switch server at `target`; the last is checked every second and judged at once. */
export const seededFolder = async (
  { components, days, target }: { readonly components: number; readonly days: number; readonly target: string },
  say: (line: string) => void,
): Promise<Required<Pick<AvowOptions, 'yaml' | 'folder'>>> => {
  const steady = Array.from(
    { length: components - 1 },
    (_, i) =>
      `  - { name: "${GROUPS[i % GROUPS.length]} service ${i + 1}", slug: seeded-${i + 1}, group: ${GROUPS[i % GROUPS.length]}, http: "${target}steady" }`,
  );
  const yaml = [
    'page: { name: Bench }',
    'components:',
    ...steady,
    `  - { name: Switched, slug: switched, group: Shop, http: "${target}", interval: 1s, timeout: 500ms, confirmations: 1 }`,
    '',
  ].join('\n');
  // The past of the switched one is a minute's rhythm too: ninety days of seconds would be a store of its own.
  const past = parseConfiguration(Buffer.from(yaml.replace('interval: 1s, timeout: 500ms', 'interval: 60s')), 'avow.yaml', {
    secret: () => null,
    ownPorts: [],
  });
  if (!isConfig(past)) throw new Error(past.map(({ message }) => message).join('\n'));
  const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'));
  mkdirSync(join(folder, 'data'));
  const store = await openStore({ path: join(folder, 'data', 'avow.db'), clock: systemClock, log: silentLog });
  const until = systemClock.now();
  const written = await writeHistory(store, past, { from: instant(until - days * DAY), until, seed: 5 });
  await store.close();
  say(`  seeded ${written.checks} checks of ${components} components over ${days} days, ${written.incidents} incidents`);
  return { yaml, folder };
};
