/**
 * G7: `/` with 50 components and 90 days behind it, over 32 keep-alive connections, against plain Hono answering "hello";
 * then 32 cold clients at once (how many renders they cost), and the time from a recorded change to new bytes.
 */
import { fileURLToPath } from 'node:url';
import { pause, startAvow } from '../support/avow.ts';
import { type Benchmark, median, rounded } from '../support/goal.ts';
import { run } from '../support/process.ts';
import { seededFolder } from '../support/seeded.ts';

const script = (name: string): string => fileURLToPath(new URL(`../support/${name}`, import.meta.url));
const ROUNDS = 5;
const SECONDS = 4;

export const benchmark: Benchmark = async (say) => {
  const target = run(0, [script('switch-server.ts')]);
  const { port: targetPort = 0 } = await target.nextLine();
  const seeded = await seededFolder({ components: 50, days: 90, alsoWatch: `http://127.0.0.1:${targetPort}/` }, say);
  const avow = await startAvow(seeded);
  const hono = run(1, [script('hono-hello.ts')]);
  const honoPort = (await hono.nextLine())['port'];
  try {
    await pause(3_000);
    const renders = await avow.metric('avow_page_renders_total');
    const cold = run(0, [script('cold-clients.ts'), String(avow.port), '/components/seeded-1', '32']);
    const { answered = 0 } = await cold.nextLine();
    await cold.stop();
    const rendersForCold = (await avow.metric('avow_page_renders_total')) - renders;
    const load = async (port: number): Promise<Record<string, number>> => {
      const client = run(0, [script('load.ts'), String(port), '/', '32', String(SECONDS)]);
      const answer = await client.nextLine();
      await client.stop();
      return answer;
    };
    const rates: number[] = [];
    const tails: number[] = [];
    let last = '';
    for (let round = 0; round < ROUNDS; round++) {
      const [ours, theirs] = [await load(avow.port), await load(honoPort ?? 0)];
      rates.push((ours['perSecond'] ?? 0) / (theirs['perSecond'] ?? 1));
      tails.push((ours['p99Us'] ?? 0) / (theirs['p99Us'] ?? 1));
      last = `${ours['perSecond']}/s, p99 ${rounded((ours['p99Us'] ?? 0) / 1_000)} ms; hello ${theirs['perSecond']}/s, p99 ${rounded((theirs['p99Us'] ?? 0) / 1_000)} ms`;
      say(`  round ${round + 1}: ${last}, ${ours['errors']} errors`);
    }
    const change = run(0, [script('change-watch.ts'), String(avow.port), String(targetPort)]);
    const { recordedToServedMs = Number.NaN } = await change.nextLine();
    await change.stop();
    return [
      { goal: 'G7', what: '`/` requests a second', measured: last, reference: 'plain Hono hello', ratio: median(rates), limit: 0.7, sense: 'at least' },
      { goal: 'G7', what: '`/` p99', measured: last, reference: 'plain Hono hello', ratio: median(tails), limit: 3, sense: 'at most' },
      { goal: 'G7', what: '32 cold clients of one page, renders', measured: `${rendersForCold} for ${answered} answers`, reference: '1', ratio: rendersForCold, limit: 1, sense: 'at most' },
      { goal: 'G7', what: 'from a recorded change to new bytes', measured: `${rounded(recordedToServedMs, 0)} ms`, reference: '1,000 ms', ratio: recordedToServedMs / 1_000, limit: 1, sense: 'at most' },
    ];
  } finally {
    await hono.stop();
    await avow.stop();
    avow.remove();
    await target.stop();
  }
};
