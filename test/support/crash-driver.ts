/**
 * Kills a program again and again at seeded moments and collects what it had acknowledged (fixture F2). What the program
 * is, how its acknowledgements read and how the store is judged afterwards are handed in, so the same driver serves the
 * small recorder of `crash-child.ts` and the whole product.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openStore } from '#db/client.ts';
import { systemClock } from '#monitor/clock.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import { COMPILED } from './product.ts';
import { silentLog } from './temp-store.ts';

export interface CrashPlan {
  readonly seed: number;
  readonly kills: number;
  /** Starts the program; its standard output must be a pipe. */
  readonly spawn: (run: number) => ChildProcess;
  /** The keys that one line of its output acknowledges. */
  readonly acknowledged: (line: string) => readonly string[];
  /** After how many acknowledgements of a run the kill is due at most, and how long after it at most (ms). */
  readonly afterAcks: number;
  readonly withinMs: number;
}
export interface CrashReport {
  readonly acked: ReadonlySet<string>;
  readonly kills: number;
  /** Runs that were killed before they acknowledged anything. */
  readonly early: number;
  /** Runs that ended by themselves, with what they said: always a fault of the program. */
  readonly deaths: readonly string[];
}

const oneRun = async (
  plan: CrashPlan,
  run: number,
  random: () => number,
  acked: Set<string>,
): Promise<{ early: boolean; death: string | undefined }> => {
  // One run in eight dies without waiting for an acknowledgement: during start, recovery or migration.
  const wanted = random() < 0.125 ? 0 : 1 + Math.floor(random() * plan.afterAcks);
  const delayMs = random() * (wanted === 0 ? 400 : plan.withinMs);
  const child = plan.spawn(run);
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const errors: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
  let seen = 0;
  let due = false;
  const kill = (): void => {
    if (due) return;
    due = true;
    systemClock.after(delayMs, () => child.kill('SIGKILL'));
  };
  if (wanted === 0) kill();
  if (child.stdout)
    for await (const line of createInterface({ input: child.stdout })) {
      for (const key of plan.acknowledged(line)) {
        acked.add(key);
        seen++;
      }
      if (seen >= wanted) kill();
    }
  const [code, signal] = await ended;
  return {
    early: seen === 0,
    death: signal === 'SIGKILL' ? undefined : `run ${run} ended with ${code ?? signal}: ${Buffer.concat(errors)}`,
  };
};

export const crashRepeatedly = async (plan: CrashPlan): Promise<CrashReport> => {
  const random = seeded(plan.seed);
  const acked = new Set<string>();
  const deaths: string[] = [];
  let early = 0;
  for (let run = 0; run < plan.kills; run++) {
    const outcome = await oneRun(plan, run, random, acked);
    if (outcome.early) early++;
    if (outcome.death !== undefined) deaths.push(outcome.death);
  }
  return { acked, kills: plan.kills, early, deaths };
};

/** A .ts program of the test tree, as a child whose output can be read. */
export const spawnProgram = (file: URL, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess =>
  spawn(process.execPath, [fileURLToPath(file), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: COMPILED, ...env },
  });

export interface StoreJudgement {
  readonly integrity: string;
  readonly brokenReferences: number;
  /** `c:l:at:batch` of every row, as crash-child.ts acknowledges them. */
  readonly stored: ReadonlySet<string>;
  readonly rows: number;
  /** Batches of which some rows are there and some not. */
  readonly partial: number;
  readonly instanceId: string;
}

/** Opens the store as a restart would, and answers what is in it. */
export const judgeStore = async (path: string): Promise<StoreJudgement> => {
  const store = await openStore({ path, clock: systemClock, log: silentLog });
  try {
    const value = async (sql: string): Promise<unknown> => (await store.read({ sql })).rows[0]?.[0];
    const keys = JSON.parse(
      String(await value(`SELECT json_group_array(c || ':' || l || ':' || at || ':' || delay) FROM checks`)),
    ) as string[];
    return {
      integrity: String(await value('PRAGMA integrity_check')),
      brokenReferences: Number(await value('SELECT count(*) FROM pragma_foreign_key_check')),
      stored: new Set(keys),
      rows: keys.length,
      partial: Number(
        await value('SELECT count(*) FROM (SELECT 1 FROM checks GROUP BY delay HAVING count(*) <> min(took) OR min(took) <> max(took))'),
      ),
      instanceId: store.info.instanceId,
    };
  } finally {
    await store.close();
  }
};
