/** What a benchmark answers: figures beside the goal and its reference, both measured in the same run. */
export interface Figure {
  /** Goal of docs/performance.md, e.g. `G1`. */
  readonly goal: string;
  readonly what: string;
  readonly measured: string;
  readonly reference: string;
  /** The figure that is compared, and what it must be. */
  readonly ratio: number;
  readonly limit: number;
  readonly sense: 'at most' | 'at least';
}
export type Benchmark = (say: (line: string) => void) => Promise<readonly Figure[]>;

export const holds = (figure: Figure): boolean =>
  figure.sense === 'at most' ? figure.ratio <= figure.limit : figure.ratio >= figure.limit;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

export const rounded = (value: number, digits = 2): string => value.toFixed(digits);

export const row = (figure: Figure): string =>
  `| ${figure.goal} | ${figure.what} | ${figure.measured} | ${figure.reference} | ${rounded(figure.ratio)} | ${figure.sense} ${figure.limit} | ${holds(figure) ? 'held' : 'MISSED'} |`;
