/** Lengths of time told exactly, for people: in ms, out as hours, minutes, seconds and milliseconds. Never in days, never rounded. */

/** "3 h 15 min 36 s", "10 h 0 min", "36 s 1 ms", "0"; a length below nothing has a minus in front. RangeError unless whole ms. */
export const lengthText = (ms: number): string => {
  if (!Number.isSafeInteger(ms)) throw new RangeError(`a length must be whole milliseconds, not ${ms}`);
  const size = Math.abs(ms);
  const [hours, minutes, seconds, rest] = [
    Math.floor(size / 3_600_000),
    Math.floor(size / 60_000) % 60,
    Math.floor(size / 1_000) % 60,
    size % 1_000,
  ];
  const parts = [
    hours > 0 ? `${hours} h` : '',
    hours > 0 || minutes > 0 ? `${minutes} min` : '',
    seconds > 0 ? `${seconds} s` : '',
    rest > 0 ? `${rest} ms` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '0' : `${ms < 0 ? '-' : ''}${parts.join(' ')}`;
};
