/**
 * G1: CPU of a whole check (schedule, probe, timings, verdict, durable store, page kept) when more checks are due than
 * fit, against raw undici `request()` on fresh connections. Five rounds, interleaved, medians.
 */
import { fileURLToPath } from 'node:url';
import { manyComponents, pause, startAvow } from '../support/avow.ts';
import { type Benchmark, type Figure, median, rounded } from '../support/goal.ts';
import { cpuSeconds, run } from '../support/process.ts';

const script = (name: string): string => fileURLToPath(new URL(`../support/${name}`, import.meta.url));
const ROUNDS = 5;
const SECONDS = 4;

const compare = async (kind: 'http' | 'tls', components: number, limit: number, say: (line: string) => void): Promise<Figure> => {
  const target = run(0, [script('target-server.ts'), kind]);
  const { port } = await target.nextLine();
  const url = `${kind === 'tls' ? 'https' : 'http'}://127.0.0.1:${port}/`;
  const avow = await startAvow({
    yaml: manyComponents(components, url, ['interval: 1s', 'timeout: 900ms', ...(kind === 'tls' ? ['tls: { verify: false }'] : [])]),
  });
  const ours: number[] = [];
  const raw: number[] = [];
  try {
    await pause(5_000);
    for (let round = 0; round < ROUNDS; round++) {
      const [stored, cpu] = [await avow.metric('avow_results_stored_total'), cpuSeconds(avow.pid)];
      await pause(SECONDS * 1_000);
      const [storedThen, cpuThen] = [await avow.metric('avow_results_stored_total'), cpuSeconds(avow.pid)];
      ours.push(((cpuThen - cpu) * 1e6) / (storedThen - stored));
      avow.child.kill('SIGSTOP');
      const loop = run(1, [script('raw-undici.ts'), url, '32', String(SECONDS)]);
      const { count = 1, cpuUs = 0 } = await loop.nextLine();
      await loop.stop();
      avow.child.kill('SIGCONT');
      raw.push(cpuUs / count);
      say(
        `  ${kind} round ${round + 1}: whole check ${rounded(ours.at(-1) ?? 0, 0)} µs (${rounded((storedThen - stored) / SECONDS, 0)}/s), raw ${rounded(raw.at(-1) ?? 0, 0)} µs`,
      );
      await pause(1_500);
    }
  } finally {
    await avow.stop();
    avow.remove();
    await target.stop();
  }
  return {
    goal: 'G1',
    what: `whole check, saturated, ${kind.toUpperCase()}`,
    measured: `${rounded(median(ours), 0)} µs CPU`,
    reference: `raw undici request, fresh connection: ${rounded(median(raw), 0)} µs`,
    ratio: median(ours.map((value, i) => value / (raw[i] ?? value))),
    limit,
    sense: 'at most',
  };
};

export const benchmark: Benchmark = async (say) => [await compare('http', 8_000, 1.4, say), await compare('tls', 2_000, 1.0, say)];
