/**
 * Draws how downtime added up over a month, against what the promise allows. In: disjoint stretches in ms; out: a line that rises where
 * something was down and is level elsewhere, the height of the budget, evenly spaced marks for both axes. Pure.
 */
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

export interface DownStretch {
  readonly start: number;
  readonly end: number;
}
export interface BudgetPoint {
  readonly at: number;
  /** Downtime up to then, ms. */
  readonly lost: number;
}
export interface DrawnBudget {
  readonly width: number;
  readonly height: number;
  readonly line: string;
  readonly area: string;
  readonly points: readonly BudgetPoint[];
  /** Where the budget lies, from the top. */
  readonly budgetY: number;
  /** ms, from the top to the ground, evenly spaced. */
  readonly levels: readonly number[];
  /** ms, from the first to the last instant of the month, evenly spaced. */
  readonly times: readonly number[];
}

const BUDGET_PLOT = { width: 720, height: 160 } as const;

const MINUTE_MS = 60_000;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 5_760, 11_520].map((minutes) => minutes * MINUTE_MS);
/** The top of an axis of four steps, each a plain length, that nothing exceeds. */
export const roundUpLength = (ms: number): number => 4 * (STEPS.find((step) => 4 * step >= ms) ?? Math.ceil(ms / 4));

/** `month`: what the axis spans; `until`: nothing is known of later. `down` in order of time. */
export const drawBudget = (down: readonly DownStretch[], month: DownStretch, until: number, budgetMs: number): DrawnBudget => {
  const { width, height } = BUDGET_PLOT;
  const points: BudgetPoint[] = [{ at: month.start, lost: 0 }];
  let lost = 0;
  for (const { start, end } of down) {
    points.push({ at: start, lost });
    lost += end - start;
    points.push({ at: end, lost });
  }
  points.push({ at: until, lost });
  const top = roundUpLength(Math.max(budgetMs, lost));
  const x = scaleLinear([month.start, month.end], [0, width]);
  const y = scaleLinear([0, top], [height, 0]);
  const drawn = line<BudgetPoint>(
    ({ at }) => x(at),
    (point) => y(point.lost),
  ).digits(1)(points);
  const d = drawn ?? '';
  return {
    width,
    height,
    line: d,
    area: `${d}V${height}H0z`,
    points,
    budgetY: Math.round(y(budgetMs) * 10) / 10,
    levels: [4, 3, 2, 1, 0].map((quarter) => (top * quarter) / 4),
    times: [0, 1, 2, 3].map((third) => month.start + ((month.end - month.start) * third) / 3),
  };
};
