/** The goals and the files that measure them. */
import type { Benchmark } from './support/goal.ts';

export const registry: ReadonlyMap<string, () => Promise<{ readonly benchmark: Benchmark }>> = new Map([
  ['G1', () => import('./goals/whole-check.ts')],
  ['G2', () => import('./goals/checks-per-core.ts')],
  ['G3', () => import('./goals/schedule.ts')],
  ['G4', () => import('./goals/latency-truth.ts')],
  ['G5', () => import('./goals/store.ts')],
  ['G6', () => import('./goals/first-view.ts')],
  ['G7', () => import('./goals/page-under-load.ts')],
  ['G8', () => import('./goals/public-json.ts')],
  ['G9', () => import('./goals/month-ledger.ts')],
  ['G10', () => import('./goals/ten-years.ts')],
  ['G11', () => import('./goals/many-reports.ts')],
  ['P13', () => import('./goals/sign-in-flood.ts')],
  ['console', () => import('./goals/console.ts')],
  ['P18', () => import('./goals/audit-million.ts')],
]);
