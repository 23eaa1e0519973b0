/**
 * Recorder and store alone: a million checks of 1,000 components, each every 20 s, are recorded in deliveries of 50, as the
 * prober sends them. `node million.ts` prints `{"seconds","bytesPerCheck","residentMib":[…]}`, one figure of memory per 100,000.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#db/client.ts';
import type { CheckResult } from '#domain/check/check-result.ts';
import { instant } from '#domain/time/instant.ts';
import { systemClock } from '#monitor/clock.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import { define } from '../../support/recording.ts';
import { silentLog } from '../../support/temp-store.ts';

const CHECKS = 1_000_000;
const COMPONENTS = 1_000;
const INTERVAL = 20_000;
const DELIVERY = 50;
const EVERY = 100_000;

const random = seeded(7);
const below = (limit: number): number => Math.floor(random() * limit);
let now = Date.UTC(2026, 6, 1);
const start = now;

const check = (n: number): CheckResult => {
  const scheduledAt = start + Math.floor((n * INTERVAL) / COMPONENTS);
  const bad = below(500) === 0;
  const us = bad ? 3_000 + below(2_000) : 20_000 + below(400_000);
  const at = scheduledAt + below(12);
  return {
    componentId: `c${n % COMPONENTS}`,
    locationId: 'here',
    scheduledAt: instant(scheduledAt),
    at: instant(at),
    finishedAt: instant(at + Math.ceil(us / 1_000)),
    outcome: bad ? 'fail' : 'ok',
    reason: bad ? 'status_unexpected' : 'ok',
    detail: bad ? 'The server answered 503 where 200 to 299 are expected.' : '',
    httpStatus: bad ? 503 : 200,
    latencyUs: us,
    phases: { dns: 20 + below(800), connect: 300 + below(9_000), tls: 3_000 + below(9_000), ttfb: us, transfer: 20 + below(3_000) },
    canaryOk: null,
    certExpiresAt: null,
  };
};

const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'));
const path = join(folder, 'avow.db');
const clock = { ...systemClock, now: () => instant(now) };
const store = await openStore({ path, clock, log: silentLog });
await define(
  store,
  Array.from({ length: COMPONENTS }, (_, i) => ({ slug: `c${i}`, intervalMs: INTERVAL })),
  ['here'],
);
const recorder = await createRecorder({ store, clock, log: silentLog });
const residentMib: number[] = [];
const startedUs = systemClock.monotonicUs();
for (let n = 0; n < CHECKS; ) {
  const deliveries: Promise<unknown>[] = [];
  for (let i = 0; i < 4; i++) {
    const results = Array.from({ length: DELIVERY }, () => check(n++));
    now = (results.at(-1)?.finishedAt ?? now) + 20;
    deliveries.push(recorder.record(results));
  }
  await Promise.all(deliveries);
  if (n % EVERY === 0) residentMib.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
}
const seconds = (systemClock.monotonicUs() - startedUs) / 1e6;
const { storedTotal } = recorder.status;
await store.close();
process.stdout.write(
  `${JSON.stringify({ stored: storedTotal, seconds, bytesPerCheck: statSync(path).size / storedTotal, residentMib })}\n`,
);
rmSync(folder, { recursive: true, force: true });
