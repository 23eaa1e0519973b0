/**
 * G7: `/` with 50 components and 90 days behind it, over 32 keep-alive connections, against plain Hono answering "hello";
 * then 32 cold clients at once (how many renders they cost), and the time from a recorded change to its bytes.
 */
import { fileURLToPath } from 'node:url';
import { type Avow, pause, startAvow } from '../support/avow.ts';
import { readEvidence } from '../support/evidence.ts';
import { type Benchmark, type Figure, median, rounded } from '../support/goal.ts';
import { run } from '../support/process.ts';
import { seededFolder } from '../support/seeded-folder.ts';

const script = (name: string): string => fileURLToPath(new URL(`../support/${name}`, import.meta.url));
const ROUNDS = 5;
const SECONDS = 4;
const CLIENTS = 32;

type Load = Readonly<Record<'perSecond' | 'p99Us' | 'errors' | 'bytes', number>>;

const load = async (port: number): Promise<Load> => {
  const client = run(0, [script('load.ts'), String(port), '/', String(CLIENTS), String(SECONDS)]);
  const { perSecond = 0, p99Us = 0, errors = 0, bytes = 0 } = await client.nextLine();
  await client.stop();
  return { perSecond, p99Us, errors, bytes };
};

const coldClients = async (avow: Avow): Promise<Figure> => {
  const renders = await avow.metric('avow_page_renders_total');
  const cold = run(0, [script('cold-clients.ts'), String(avow.port), '/components/seeded-1', String(CLIENTS)]);
  const { answered = 0 } = await cold.nextLine();
  await cold.stop();
  const cost = (await avow.metric('avow_page_renders_total')) - renders;
  return {
    goal: 'G7',
    what: `renders for ${CLIENTS} cold clients of one page`,
    measured: `${cost} for ${answered} answers`,
    reference: '1',
    // Unanswered clients would make the cost look small.
    ratio: answered === CLIENTS ? cost : Number.NaN,
    limit: 1,
    sense: 'at most',
  };
};

const underLoad = async (avow: Avow, honoPort: number, say: (line: string) => void): Promise<readonly Figure[]> => {
  const rates: number[] = [];
  const tails: number[] = [];
  let last = '';
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await load(avow.port);
    const theirs = await load(honoPort);
    rates.push(ours.perSecond / theirs.perSecond);
    tails.push(ours.p99Us / theirs.p99Us);
    last = `${ours.perSecond}/s, p99 ${rounded(ours.p99Us / 1_000)} ms`;
    say(`  round ${round + 1}: ${last}, ${ours.errors} errors; hello ${theirs.perSecond}/s, p99 ${rounded(theirs.p99Us / 1_000)} ms`);
    if (ours.errors > 0) rates[round] = Number.NaN;
  }
  const common = { goal: 'G7', measured: `${last} (last round)`, reference: 'plain Hono hello in the same round' } as const;
  return [
    { ...common, what: '`/` requests a second', ratio: median(rates), limit: 0.7, sense: 'at least' },
    { ...common, what: '`/` p99', ratio: median(tails), limit: 3, sense: 'at most' },
  ];
};

/** When the page said each change; the store says when it was recorded. */
const watchChanges = async (avow: Avow, targetPort: number): Promise<readonly number[]> => {
  const watch = run(0, [script('change-watch.ts'), String(avow.port), String(targetPort)]);
  const { served } = (await watch.nextLine()) as unknown as { served: number[] };
  await watch.stop();
  return served;
};
const delays = (data: string, served: readonly number[]): number[] => {
  const recorded = readEvidence<{ at: number }>(
    data,
    'SELECT recorded_at_ms AS at FROM incident_updates WHERE recorded_at_ms > ? ORDER BY recorded_at_ms',
    (served[0] ?? 0) - 5_000,
  );
  return served.map((at, i) => at - (recorded[i]?.at ?? Number.NaN));
};

export const benchmark: Benchmark = async (say) => {
  const target = run(0, [script('switch-server.ts')]);
  const { port: targetPort = 0 } = await target.nextLine();
  const avow = await startAvow(await seededFolder({ components: 50, days: 90, target: `http://127.0.0.1:${targetPort}/` }, say));
  const hono = run(1, [script('hono-hello.ts')]);
  const { port: honoPort = 0 } = await hono.nextLine();
  try {
    await pause(5_000);
    const cold = await coldClients(avow);
    const loaded = await underLoad(avow, honoPort, say);
    const served = await watchChanges(avow, targetPort);
    await avow.stop();
    const waited = delays(avow.data, served);
    say(`  from a recorded change to its bytes: ${waited.join(', ')} ms`);
    const worst = Math.max(...waited);
    const change: Figure = {
      goal: 'G7',
      what: `from a recorded change to new bytes, worst of ${waited.length}`,
      measured: `${rounded(worst, 0)} ms`,
      reference: '1,000 ms',
      ratio: worst / 1_000,
      limit: 1,
      sense: 'at most',
    };
    return [...loaded, cold, change];
  } finally {
    await hono.stop();
    await avow.stop();
    avow.remove();
    await target.stop();
  }
};
