/**
 * G1 and the rates of G2: CPU and rate of a whole check (schedule, probe, timings, verdict, durable store, page kept)
 * against raw undici `request()` on fresh connections. HTTP saturated: more checks are due than fit on its core. TLS at 300
 * a second, because the target's handshake costs as much as ours and saturation would measure its queue. Interleaved
 * rounds, medians; only checks that came out right are counted, all CPU is. The rates of G2 were stated for a machine whose raw
 * loop costs 197 µs (HTTP) and 1,305 µs (TLS): 3,000 and 630 checks a second there are 0.59 and 0.82 of the raw loop's own
 * rate, and that share is what is compared here.
 */
import { fileURLToPath } from 'node:url';
import { manyComponents, pause, startAvow } from '../support/avow.ts';
import { countStored, type Window } from '../support/evidence.ts';
import { type Benchmark, type Figure, median, rounded } from '../support/goal.ts';
import { cpuSeconds, run } from '../support/process.ts';

const script = (name: string): string => fileURLToPath(new URL(`../support/${name}`, import.meta.url));
const ROUNDS = 5;
const SECONDS = 4;
/** After a round in which it stood still the product has a queue to work off. */
const SETTLE_MS = 4_000;

interface Kind {
  readonly name: 'http' | 'tls';
  readonly components: number;
  /** Longer than 4,000 checks in flight take, so that saturation shows as waiting and not as timeouts. */
  readonly lines: readonly string[];
  /** Without saturation the rate of a core follows from the CPU of a check. */
  readonly saturated: boolean;
  readonly cpuLimit: number;
  readonly shareOfRawRate: number;
}
const KINDS: readonly Kind[] = [
  { name: 'http', components: 10_000, lines: ['interval: 2s', 'timeout: 1900ms'], saturated: true, cpuLimit: 1.4, shareOfRawRate: 0.59 },
  { name: 'tls', components: 2_400, lines: ['interval: 8s', 'timeout: 7900ms'], saturated: false, cpuLimit: 1.0, shareOfRawRate: 0.82 },
];

interface Side {
  readonly cpuUs: number;
  readonly rate: number;
}

const rawRound = async (url: string): Promise<Side> => {
  const loop = run(1, [script('raw-undici.ts'), url, '32', String(SECONDS)]);
  const { count = 1, cpuUs = 0 } = await loop.nextLine();
  await loop.stop();
  return { cpuUs: cpuUs / count, rate: count / SECONDS };
};

const compare = async (kind: Kind, say: (line: string) => void): Promise<readonly Figure[]> => {
  const target = run(0, [script('target-server.ts'), kind.name]);
  const { port } = await target.nextLine();
  const url = `${kind.name === 'tls' ? 'https' : 'http'}://127.0.0.1:${port}/`;
  const avow = await startAvow({ yaml: manyComponents(kind.components, url, kind.lines) });
  const windows: (Window & { readonly cpuSeconds: number })[] = [];
  const raw: Side[] = [];
  try {
    await pause(2 * SETTLE_MS);
    for (let round = 0; round < ROUNDS; round++) {
      const [from, cpu] = [Date.now(), cpuSeconds(avow.pid)];
      await pause(SECONDS * 1_000);
      windows.push({ from, to: Date.now(), cpuSeconds: cpuSeconds(avow.pid) - cpu });
      avow.child.kill('SIGSTOP');
      raw.push(await rawRound(url));
      avow.child.kill('SIGCONT');
      await pause(SETTLE_MS);
    }
    await avow.stop();
    const ours = windows.map((window, round): Side => {
      const { good, other } = countStored(avow.data, window);
      const side = { cpuUs: (window.cpuSeconds * 1e6) / good, rate: good / ((window.to - window.from) / 1_000) };
      const they = raw[round];
      say(
        `  ${kind.name} round ${round + 1}: whole check ${rounded(side.cpuUs, 0)} µs, ${rounded(side.rate, 0)}/s, ${other} not right; raw ${rounded(they?.cpuUs ?? 0, 0)} µs, ${rounded(they?.rate ?? 0, 0)}/s`,
      );
      return side;
    });
    return figures(kind, ours, raw);
  } finally {
    await avow.stop();
    avow.remove();
    await target.stop();
  }
};

const figures = (kind: Kind, measured: readonly Side[], loops: readonly Side[]): readonly Figure[] => {
  const perCore = (side: Side): Side => (kind.saturated ? side : { ...side, rate: 1e6 / side.cpuUs });
  const [ours, raw] = [measured.map(perCore), loops.map(perCore)];
  const mid = (of: readonly Side[], key: keyof Side): number => median(of.map((one) => one[key]));
  const ratio = (key: keyof Side): number => median(ours.map((one, i) => one[key] / (raw[i]?.[key] ?? Number.NaN)));
  const name = kind.name.toUpperCase();
  return [
    {
      goal: 'G1',
      what: `CPU of a whole check, ${kind.saturated ? 'saturated' : '300 a second'}, ${name}`,
      measured: `${rounded(mid(ours, 'cpuUs'), 0)} µs`,
      reference: `raw undici request, fresh connection: ${rounded(mid(raw, 'cpuUs'), 0)} µs`,
      ratio: ratio('cpuUs'),
      limit: kind.cpuLimit,
      sense: 'at most',
    },
    {
      goal: 'G2',
      what: `checks a second on one core, ${name}${kind.saturated ? '' : ', by their CPU'}`,
      measured: `${rounded(mid(ours, 'rate'), 0)}/s`,
      reference: `raw undici loop: ${rounded(mid(raw, 'rate'), 0)}/s`,
      ratio: ratio('rate'),
      limit: kind.shareOfRawRate,
      sense: 'at least',
    },
  ];
};

export const benchmark: Benchmark = async (say) => {
  const all: Figure[] = [];
  for (const kind of KINDS) all.push(...(await compare(kind, say)));
  return all;
};
