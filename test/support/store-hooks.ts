/**
 * Faults inside the store thread (fixture F6), configured by the query of its own URL, so that the product has no switch
 * for them: `op` (execute, batch or steps), `point` (before or committed), `nth` (1-based count of such moments), `times`
 * (how many in a row, default 1), and `fault`: a SQLite code to answer, `kill` (SIGKILL to the process) or `exit` (the thread ends).
 */
import process from 'node:process';
import type { Request, StatementHooks } from '#db/thread-messages.ts';

export interface StoreFaultPlan {
  readonly op: Request['op'];
  readonly point: 'before' | 'committed';
  readonly nth: number;
  readonly fault: `SQLITE_${string}` | 'kill' | 'exit';
  readonly times?: number;
  /** Whatever is tried again is struck one moment later than the time before, without an end: the n-th try at its n-th moment. */
  readonly laterEachTime?: boolean;
  readonly message?: string;
}

export const hooksFor = (plan: StoreFaultPlan): URL => {
  const url = new URL(import.meta.url.split('?')[0] ?? '');
  url.search = new URLSearchParams({ plan: JSON.stringify(plan) }).toString();
  return url;
};

const given = new URL(import.meta.url).searchParams.get('plan');
const plan = given === null ? null : (JSON.parse(given) as StoreFaultPlan);
let count = 0;
let tries = 0;

const strike = (point: StoreFaultPlan['point'], op: Request['op']): void => {
  if (!plan || plan.point !== point || plan.op !== op) return;
  count++;
  if (count < plan.nth + tries || (!plan.laterEachTime && count >= plan.nth + (plan.times ?? 1))) return;
  if (plan.laterEachTime) [count, tries] = [0, tries + 1];
  if (plan.fault === 'kill') process.kill(process.pid, 'SIGKILL');
  if (plan.fault === 'exit') process.exit(3);
  throw Object.assign(new Error(plan.message ?? `${plan.fault}: injected`), { code: plan.fault });
};

export const hooks: StatementHooks = {
  before: (op) => strike('before', op),
  committed: (op) => strike('committed', op),
};
