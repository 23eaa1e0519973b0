/**
 * When ops are told that the disk of the data folder is nearly full: at 90 % of what anybody but root may use, and that it has room again
 * below 85 %, so that a disk at the brink is told once. Bytes in, exact. Source: reliability P21.
 */
const FULL_PERCENT = 90;
const EASED_PERCENT = 85;

export interface DiskUse {
  readonly usedBytes: bigint;
  /** For those who are not root. */
  readonly freeBytes: bigint;
}

/** Whole percent, rounded up as `df` does; 0 for a disk that says nothing of its size. */
export const percentUsed = ({ usedBytes, freeBytes }: DiskUse): number => {
  const total = usedBytes + freeBytes;
  return total <= 0n ? 0 : Number((usedBytes * 100n + total - 1n) / total);
};

/** What is to be told now; `told`: that it is nearly full was told, and not yet that it has room again. */
export const diskNotice = (told: boolean, { usedBytes, freeBytes }: DiskUse): 'nearly_full' | 'eased' | null => {
  const total = usedBytes + freeBytes;
  if (total <= 0n) return null;
  if (!told) return usedBytes * 100n >= BigInt(FULL_PERCENT) * total ? 'nearly_full' : null;
  return usedBytes * 100n < BigInt(EASED_PERCENT) * total ? 'eased' : null;
};
