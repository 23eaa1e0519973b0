/**
 * G4: the latency that is stored, against an open-loop load generator on raw sockets (in place of wrk) asking the same
 * target, which answers after 50 ms: at 200 checks a second and with 1,000 due in each second. Interleaved rounds.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { manyComponents, pause, startAvow } from '../support/avow.ts';
import { type Benchmark, type Figure, median, rounded } from '../support/goal.ts';
import { run } from '../support/process.ts';

const script = (name: string): string => fileURLToPath(new URL(`../support/${name}`, import.meta.url));
const ROUNDS = 3;
const SECONDS = 8;

const compare = async (rate: number, say: (line: string) => void): Promise<readonly Figure[]> => {
  const target = run(0, [script('target-server.ts'), 'http', '50']);
  const { port } = await target.nextLine();
  const p50: number[] = [];
  const p99: number[] = [];
  let last = '';
  for (let round = 0; round < ROUNDS; round++) {
    const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'));
    const avow = await startAvow({ yaml: manyComponents(rate, `http://127.0.0.1:${port}/`, ['interval: 1s', 'timeout: 900ms']), folder });
    await pause((SECONDS + 3) * 1_000);
    await avow.stop();
    const store = new DatabaseSync(join(avow.data, 'avow.db'), { readOnly: true });
    const latest = (store.prepare('SELECT max(at) AS at FROM checks').get() as { at: number }).at;
    const ours = (
      store.prepare('SELECT u FROM checks WHERE at > ? AND u IS NOT NULL ORDER BY u').all(latest - SECONDS * 1_000) as { u: number }[]
    ).map((one) => one.u);
    store.close();
    avow.remove();
    const load = run(1, [script('load.ts'), String(port), '/', '1', String(SECONDS), String(rate)]);
    const raw = await load.nextLine();
    await load.stop();
    const at = (q: number): number => ours[Math.floor(ours.length * q)] ?? 0;
    p50.push((at(0.5) - (raw['p50Us'] ?? 0)) / 1_000);
    p99.push((at(0.99) - (raw['p99Us'] ?? 0)) / 1_000);
    last = `p50 ${rounded(at(0.5) / 1_000)} ms, p99 ${rounded(at(0.99) / 1_000)} ms; raw ${rounded((raw['p50Us'] ?? 0) / 1_000)} and ${rounded((raw['p99Us'] ?? 0) / 1_000)} ms`;
    say(`  ${rate}/s round ${round + 1}: ${ours.length} checks, ${last}`);
  }
  await target.stop();
  const figure = (what: string, excess: number, limit: number): Figure => ({
    goal: 'G4',
    what: `${what} of a 50 ms target over the load generator's, ${rate} checks a second`,
    measured: `${rounded(excess)} ms`,
    reference: `+${limit} ms (last round: ${last})`,
    ratio: excess / limit,
    limit: 1,
    sense: 'at most',
  });
  return [figure('stored p50', median(p50), 1.5), figure('stored p99', median(p99), 5)];
};

export const benchmark: Benchmark = async (say) => [...(await compare(200, say)), ...(await compare(1_000, say))];
