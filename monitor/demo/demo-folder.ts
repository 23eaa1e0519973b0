/** The data folder of a demo: configuration, a signing key that is no secret, and the store of the scenario. Wants an empty folder. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '#db/client.ts';
import { readDefinitions } from '#db/queries/definitions.ts';
import { KEY_FILE, keyFromPem } from '#monitor/actions/report-key.ts';
import type { Log } from '#monitor/context.ts';
import { buildDemo, type DemoBuilt, type DemoRequest } from './build-demo.ts';
import { calendarOf } from './calendar.ts';
import { derivedInstanceId, derivedKeyPem } from './derived.ts';
import type { FeedPlan } from './feeder.ts';

export interface DemoFolder extends DemoBuilt {
  readonly config: string;
  readonly feed: FeedPlan;
}

const OWNER_ONLY = { mode: 0o600, flag: 'wx' } as const;

export const makeDemoFolder = async (
  folder: string,
  request: Omit<DemoRequest, 'reportKey'> & { readonly log: Log },
): Promise<DemoFolder> => {
  const { scenario, now, seed, log } = request;
  const calendar = calendarOf(scenario.zone, now);
  const begins = calendar.at(scenario.begins);
  const config = join(folder, 'avow.yaml');
  writeFileSync(config, scenario.file(calendar, now), OWNER_ONLY);
  const pem = derivedKeyPem(seed);
  writeFileSync(join(folder, KEY_FILE), pem, OWNER_ONLY);
  const store = await openStore({
    path: join(folder, 'avow.db'),
    clock: { now: () => begins },
    log,
    newInstanceId: () => derivedInstanceId(seed),
  });
  try {
    const built = await buildDemo(store, { ...request, reportKey: keyFromPem(pem, KEY_FILE) });
    const { locations } = await readDefinitions(store);
    return { ...built, config, feed: { scenario, seed, locations: locations.map(({ id, slug }) => ({ id, slug })), since: now } };
  } finally {
    await store.close();
  }
};
