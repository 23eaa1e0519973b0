/**
 * G1 and the rates of G2: CPU and rate of a whole check (schedule, probe, timings, verdict, durable store, page kept)
 * when more checks are due than fit on its core, against raw undici `request()` on fresh connections. Interleaved rounds,
 * medians. The rates of G2 were stated for a machine whose raw loop costs 197 µs (HTTP) and 1,305 µs (TLS): 3,000 and 630
 * checks a second there are 0.59 and 0.82 of the raw loop's own rate, and that share is what is compared here.
 */
import { fileURLToPath } from 'node:url';
import { manyComponents, pause, startAvow } from '../support/avow.ts';
import { type Benchmark, type Figure, median, rounded } from '../support/goal.ts';
import { cpuSeconds, run } from '../support/process.ts';

const script = (name: string): string => fileURLToPath(new URL(`../support/${name}`, import.meta.url));
const ROUNDS = 5;
const SECONDS = 4;

interface Kind {
  readonly name: 'http' | 'tls';
  readonly components: number;
  readonly cpuLimit: number;
  readonly shareOfRawRate: number;
}
const KINDS: readonly Kind[] = [
  { name: 'http', components: 8_000, cpuLimit: 1.4, shareOfRawRate: 0.59 },
  { name: 'tls', components: 2_000, cpuLimit: 1.0, shareOfRawRate: 0.82 },
];

const compare = async (kind: Kind, say: (line: string) => void): Promise<readonly Figure[]> => {
  const target = run(0, [script('target-server.ts'), kind.name]);
  const { port } = await target.nextLine();
  const url = `${kind.name === 'tls' ? 'https' : 'http'}://127.0.0.1:${port}/`;
  const lines = ['interval: 1s', 'timeout: 900ms', ...(kind.name === 'tls' ? ['tls: { verify: false }'] : [])];
  const avow = await startAvow({ yaml: manyComponents(kind.components, url, lines) });
  const ours: { cpuUs: number; rate: number }[] = [];
  const raw: { cpuUs: number; rate: number }[] = [];
  try {
    await pause(5_000);
    for (let round = 0; round < ROUNDS; round++) {
      const [stored, cpu] = [await avow.metric('avow_recorder_stored_total'), cpuSeconds(avow.pid)];
      await pause(SECONDS * 1_000);
      const [storedThen, cpuThen] = [await avow.metric('avow_recorder_stored_total'), cpuSeconds(avow.pid)];
      const checks = storedThen - stored;
      avow.child.kill('SIGSTOP');
      const loop = run(1, [script('raw-undici.ts'), url, '32', String(SECONDS)]);
      const { count = 1, cpuUs = 0 } = await loop.nextLine();
      await loop.stop();
      avow.child.kill('SIGCONT');
      ours.push({ cpuUs: ((cpuThen - cpu) * 1e6) / checks, rate: checks / SECONDS });
      raw.push({ cpuUs: cpuUs / count, rate: count / SECONDS });
      const [we, they] = [ours.at(-1), raw.at(-1)];
      say(
        `  ${kind.name} round ${round + 1}: whole check ${rounded(we?.cpuUs ?? 0, 0)} µs, ${rounded(we?.rate ?? 0, 0)}/s; raw ${rounded(they?.cpuUs ?? 0, 0)} µs, ${rounded(they?.rate ?? 0, 0)}/s`,
      );
      await pause(1_500);
    }
  } finally {
    await avow.stop();
    avow.remove();
    await target.stop();
  }
  const mid = (of: readonly { cpuUs: number; rate: number }[], key: 'cpuUs' | 'rate'): number => median(of.map((one) => one[key]));
  return [
    {
      goal: 'G1',
      what: `CPU of a whole check, saturated, ${kind.name.toUpperCase()}`,
      measured: `${rounded(mid(ours, 'cpuUs'), 0)} µs`,
      reference: `raw undici request, fresh connection: ${rounded(mid(raw, 'cpuUs'), 0)} µs`,
      ratio: median(ours.map((one, i) => one.cpuUs / (raw[i]?.cpuUs ?? one.cpuUs))),
      limit: kind.cpuLimit,
      sense: 'at most',
    },
    {
      goal: 'G2',
      what: `checks a second on one core, ${kind.name.toUpperCase()}`,
      measured: `${rounded(mid(ours, 'rate'), 0)}/s`,
      reference: `raw undici loop: ${rounded(mid(raw, 'rate'), 0)}/s`,
      ratio: median(ours.map((one, i) => one.rate / (raw[i]?.rate ?? one.rate))),
      limit: kind.shareOfRawRate,
      sense: 'at least',
    },
  ];
};

export const benchmark: Benchmark = async (say) => {
  const figures: Figure[] = [];
  for (const kind of KINDS) figures.push(...(await compare(kind, say)));
  return figures;
};
