/**
 * What differs between two revisions of notes, line by line: kept, taken out, put in, in reading order (longest common subsequence). Texts
 * that differ in more lines than anybody compares are told as wholly replaced. Pure.
 */
export interface DiffLine {
  readonly is: 'kept' | 'gone' | 'new';
  readonly text: string;
}

/** Cells of the table that are counted at most. */
const MOST_CELLS = 1_000_000;

const same = (before: readonly string[], after: readonly string[], i: number, j: number): boolean => before[i] === after[j];

const middle = (before: readonly string[], after: readonly string[]): DiffLine[] => {
  const gone = before.map((text): DiffLine => ({ is: 'gone', text }));
  const put = after.map((text): DiffLine => ({ is: 'new', text }));
  if (before.length * after.length > MOST_CELLS) return [...gone, ...put];
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] = same(before, after, i, j)
        ? (common[(i + 1) * width + j + 1] ?? 0) + 1
        : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (same(before, after, i, j)) {
      lines.push({ is: 'kept', text: before[i] ?? '' });
      i++;
      j++;
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) lines.push(gone[i++] as DiffLine);
    else lines.push(put[j++] as DiffLine);
  }
  return [...lines, ...gone.slice(i), ...put.slice(j)];
};

export const notesDiff = (before: string, after: string): DiffLine[] => {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const kept = (text: string): DiffLine => ({ is: 'kept', text });
  return [
    ...old.slice(0, head).map(kept),
    ...middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...old.slice(old.length - tail).map(kept),
  ];
};
