/**
 * G8: `/api/v2/summary.json` with 50 components over 32 keep-alive connections, against plain Hono answering a small JSON; then the
 * history of each of the 50 components, `/api/v1/components/…/availability`, which nobody asked for before: how long one takes, and how
 * much all of them weigh.
 */
import { fileURLToPath } from 'node:url';
import { type Avow, pause, startAvow } from '../support/avow.ts';
import { type Benchmark, type Figure, median, rounded } from '../support/goal.ts';
import { run } from '../support/process.ts';
import { seededFolder } from '../support/seeded-folder.ts';

const script = (name: string): string => fileURLToPath(new URL(`../support/${name}`, import.meta.url));
const ROUNDS = 5;
const SECONDS = 4;
const CLIENTS = 32;
const COMPONENTS = 50;
const SUMMARY = '/api/v2/summary.json';

const perSecond = async (port: number, path: string): Promise<number> => {
  const client = run(0, [script('load.ts'), String(port), path, String(CLIENTS), String(SECONDS)]);
  const { perSecond: rate = 0, errors = 0 } = await client.nextLine();
  await client.stop();
  // Refused requests would make it look fast.
  return errors > 0 ? Number.NaN : rate;
};

const summaryUnderLoad = async (avow: Avow, honoPort: number, say: (line: string) => void): Promise<Figure> => {
  const ratios: number[] = [];
  let last = '';
  for (let round = 1; round <= ROUNDS; round++) {
    const ours = await perSecond(avow.port, SUMMARY);
    const theirs = await perSecond(honoPort, '/json');
    ratios.push(ours / theirs);
    last = `${ours}/s`;
    say(`  round ${round}: ${last}; Hono json ${theirs}/s`);
  }
  return {
    goal: 'G8',
    what: '`/api/v2/summary.json` requests a second',
    measured: `${last} (last round)`,
    reference: 'plain Hono json in the same round',
    ratio: median(ratios),
    limit: 0.7,
    sense: 'at least',
  };
};

const histories = async (avow: Avow, say: (line: string) => void): Promise<readonly Figure[]> => {
  const summary = (await (await fetch(`http://127.0.0.1:${avow.port}${SUMMARY}`)).json()) as {
    components: { id: string; group: boolean }[];
  };
  const paths = summary.components.filter(({ group }) => !group).map(({ id }) => `/api/v1/components/${id}/availability`);
  const client = run(0, [script('uncached.ts'), String(avow.port), ...paths]);
  const { us, bytes, errors } = (await client.nextLine()) as unknown as { us: number[]; bytes: number[]; errors: number };
  await client.stop();
  const whole = errors === 0 && paths.length === COMPONENTS;
  const ms = median(us) / 1_000;
  const kB = bytes.reduce((sum, one) => sum + one, 0) / 1_000;
  say(
    `  ${paths.length} histories: median ${rounded(ms)} ms, worst ${rounded(Math.max(...us) / 1_000)} ms, ${rounded(kB)} kB, ${errors} errors`,
  );
  const common = { goal: 'G8', sense: 'at most', limit: 1 } as const;
  return [
    {
      ...common,
      what: 'history of one component, not asked for before, median of 50',
      measured: `${rounded(ms)} ms`,
      reference: '17 ms',
      ratio: whole ? ms / 17 : Number.NaN,
    },
    {
      ...common,
      what: 'history of 50 components, compressed',
      measured: `${rounded(kB, 1)} kB`,
      reference: '25 kB',
      ratio: whole ? kB / 25 : Number.NaN,
    },
  ];
};

export const benchmark: Benchmark = async (say) => {
  const target = run(0, [script('switch-server.ts')]);
  const { port: targetPort = 0 } = await target.nextLine();
  const avow = await startAvow(await seededFolder({ components: COMPONENTS, days: 90, target: `http://127.0.0.1:${targetPort}/` }, say));
  const hono = run(1, [script('hono-hello.ts')]);
  const { port: honoPort = 0 } = await hono.nextLine();
  try {
    await pause(5_000);
    const told = await histories(avow, say);
    return [await summaryUnderLoad(avow, honoPort, say), ...told];
  } finally {
    await hono.stop();
    await avow.stop();
    avow.remove();
    await target.stop();
  }
};
