/**
 * G3: 1,000 checks every 20 s while a page is loaded 50 times a second: lateness of the start (p99), slots missed; then a
 * kill and a restart: how many checks have run within one interval. Read from the store after the process has ended.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { manyComponents, pause, startAvow } from '../support/avow.ts';
import { type Benchmark, rounded } from '../support/goal.ts';
import { run } from '../support/process.ts';

const script = (name: string): string => fileURLToPath(new URL(`../support/${name}`, import.meta.url));
const COMPONENTS = 1_000;
const INTERVAL = 20_000;

interface Slot {
  readonly c: number;
  readonly at: number;
  readonly lag: number;
}

export const benchmark: Benchmark = async (say) => {
  const target = run(0, [script('target-server.ts'), 'http']);
  const url = `http://127.0.0.1:${(await target.nextLine())['port']}/`;
  const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'));
  const yaml = manyComponents(COMPONENTS, url, ['interval: 20s', 'timeout: 5s']);
  const first = await startAvow({ yaml, folder });
  await pause(25_000);
  const pages = run(0, [script('load.ts'), String(first.port), '/', '1', '60', '50']);
  const load = await pages.nextLine();
  await pages.stop();
  await first.stop('SIGKILL');
  await pause(2_000);
  const restartedAt = Date.now();
  const second = await startAvow({ yaml, folder });
  await pause(INTERVAL + 2_000);
  await second.stop();
  await target.stop();

  const store = new DatabaseSync(join(first.data, 'avow.db'), { readOnly: true });
  const slots = store.prepare('SELECT c, at, lag FROM checks ORDER BY c, at').all() as unknown as Slot[];
  store.close();
  second.remove();
  const before = slots.filter((slot) => slot.at < restartedAt - 2_000);
  const lateness = before.map((slot) => slot.lag).sort((a, b) => a - b);
  const p99 = lateness[Math.floor(lateness.length * 0.99)] ?? 0;
  let missed = 0;
  for (let i = 1; i < before.length; i++) {
    const [previous, slot] = [before[i - 1], before[i]];
    if (previous && slot && previous.c === slot.c)
      missed += Math.max(0, Math.round((slot.at - slot.lag - (previous.at - previous.lag)) / INTERVAL) - 1);
  }
  const back = new Set(slots.filter((slot) => slot.at >= restartedAt && slot.at <= restartedAt + INTERVAL + 1_000).map((slot) => slot.c))
    .size;
  say(
    `  ${before.length} checks, lateness max ${lateness.at(-1)} ms; pages meanwhile: ${load['requests']} answered, p99 ${rounded((load['p99Us'] ?? 0) / 1_000)} ms, ${load['errors']} errors`,
  );
  return [
    {
      goal: 'G3',
      what: 'start lateness p99, 1,000 checks every 20 s, page loaded 50/s',
      measured: `${p99} ms`,
      reference: '50 ms',
      ratio: p99 / 50,
      limit: 1,
      sense: 'at most',
    },
    {
      goal: 'G3',
      what: 'slots missed',
      measured: `${missed} of ${before.length}`,
      reference: '0',
      ratio: missed,
      limit: 0,
      sense: 'at most',
    },
    {
      goal: 'G3',
      what: 'checks that ran within one interval after kill and restart',
      measured: `${back}`,
      reference: `${COMPONENTS}`,
      ratio: back / COMPONENTS,
      limit: 1,
      sense: 'at least',
    },
  ];
};
