/**
 * Kills the whole product at seeded moments and collects what it had shown as stored (fixture F2 on the real thing).
 * Acknowledged is what /metrics showed: the last check of each component, read from the store after its commit, and the
 * count of results whose prober was told `stored`. Some runs die during their start.
 */
import { systemClock } from '#monitor/clock.ts';
import type { ManyTargets } from './many-targets.ts';
import { metric, storedKeys } from './metrics-text.ts';
import { ask, type ProductFolder, type StartOptions, spawnProduct } from './product.ts';
import { type Examined, examine } from './product-store.ts';

export interface KillPlan {
  readonly random: () => number;
  readonly kills: number;
  /** Which share of them strikes during the start; one in five. */
  readonly early?: number;
  readonly folder: ProductFolder;
  readonly targets: ManyTargets;
  /** A run is killed after it has shown this many results at most. */
  readonly afterAcks: number;
  /** Components (the first ones) that fail and recover again and again meanwhile. */
  readonly flapping: number;
  /** After how many kills the store is examined; the last one always is. */
  readonly examineEvery: number;
  readonly options?: StartOptions;
}
export interface KillReport {
  readonly acked: ReadonlySet<string>;
  /** Runs that ended otherwise than by the kill. */
  readonly deaths: readonly string[];
  /** Sentences: what the store lacked or broke after which kill. */
  readonly wrong: readonly string[];
  readonly store: Examined;
}

const LATER_MS = 80;

/** How long a start takes here and now: kills during the start are spread over a little more. */
class StartTime {
  #ms = 2_500;
  get ms(): number {
    return this.#ms;
  }
  tookMs(ms: number): void {
    this.#ms = ms;
  }
  /** It was killed before it came so far. */
  takesMoreThanMs(ms: number): void {
    this.#ms = Math.max(this.#ms, ms);
  }
}

interface Run {
  readonly shown: ReadonlySet<string>;
  readonly storedTotal: number;
  readonly death: string | null;
}

const oneRun = async ({ random, early = 0.2, folder, afterAcks, options }: KillPlan, start: StartTime): Promise<Run> => {
  const wanted = random() < early ? 0 : 1 + Math.floor(random() * afterAcks);
  const delayMs = random() * (wanted === 0 ? 1.2 * start.ms : LATER_MS);
  const fromUs = systemClock.monotonicUs();
  const product = spawnProduct(folder, { ...options, args: ['--json'] });
  const ended = product.ends();
  const shown = new Set<string>();
  let storedTotal = 0;
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const kill = (): void => void systemClock.after(delayMs, () => product.signal('SIGKILL'));
  if (wanted === 0) kill();
  const line = await product.prints(/\{"pid".*\}/).catch(() => null);
  const passedMs = (systemClock.monotonicUs() - fromUs) / 1_000;
  if (line === null) start.takesMoreThanMs(passedMs);
  else {
    start.tookMs(passedMs);
    const { metrics } = JSON.parse(line) as { readonly metrics: number };
    let due = wanted === 0;
    while (!over) {
      const text = await ask(metrics, '/metrics').then(
        (answer) => answer.text,
        () => '',
      );
      for (const key of storedKeys(text)) shown.add(key);
      storedTotal = Math.max(storedTotal, metric(text, 'avow_recorder_stored_total') || 0);
      if (!due && storedTotal >= wanted) {
        due = true;
        kill();
      }
      await systemClock.sleep(25);
    }
  }
  const how = await ended;
  return { shown, storedTotal, death: how === 'SIGKILL' ? null : `ended with ${how}: ${product.printed()}` };
};

export const killRepeatedly = async (plan: KillPlan): Promise<KillReport> => {
  const { random, targets, folder } = plan;
  const acked = new Set<string>();
  const deaths: string[] = [];
  const wrong: string[] = [];
  const start = new StartTime();
  let least = 0;
  let rowsBefore = 0;
  let store: Examined | null = null;
  for (let number = 1; number <= plan.kills; number++) {
    for (const slug of targets.slugs.slice(0, plan.flapping)) targets.behave(slug, { status: random() < 0.5 ? 200 : 503, afterMs: 0 });
    const run = await oneRun(plan, start);
    for (const key of run.shown) acked.add(key);
    least += run.storedTotal;
    if (run.death !== null) deaths.push(`run ${number} ${run.death}`);
    if (number % plan.examineEvery !== 0 && number !== plan.kills) continue;
    // A kill before the first migration leaves no store to look at.
    const found = await examine(folder.data).catch((cause: unknown) => String(cause));
    if (typeof found === 'string') {
      if (acked.size > 0) wrong.push(`after kill ${number}: ${found}`);
      continue;
    }
    store = found;
    const lost = [...acked].filter((key) => !found.keys.has(key));
    if (lost.length > 0) wrong.push(`after kill ${number}: ${lost.length} shown results are lost, such as ${lost[0]}`);
    if (found.rows - rowsBefore < least)
      wrong.push(`after kill ${number}: ${least} results were acknowledged, ${found.rows - rowsBefore} stored`);
    for (const sentence of found.broken) wrong.push(`after kill ${number}: ${sentence}`);
    rowsBefore = found.rows;
    least = 0;
  }
  return { acked, deaths, wrong, store: store ?? (await examine(folder.data)) };
};
