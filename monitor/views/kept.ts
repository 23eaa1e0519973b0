/**
 * Something costly that many people ask for and that may lag a moment: read once however many ask at a time, told as it was read while it
 * is young, and read anew behind the back of whoever asks when it is older, so that nobody waits for it. Too old is read anew before it is
 * told. Another key is another thing. What could not be read is not kept, and whoever waited for it is told so. Lengths in ms.
 */
import { after, type Instant, type Millis } from '#domain/time/instant.ts';

export interface Kept<T> {
  /** `now` decides how old what is kept is. */
  take(key: string, now: Instant, load: () => Promise<T>): Promise<T>;
}

interface Reading<T> {
  readonly key: string;
  readonly at: Instant;
  readonly value: Promise<T>;
}

/** `young`: told without another thought; `old`: never told. */
export const keptFor = <T>(young: Millis, old: Millis): Kept<T> => {
  /** Done; null: nothing yet. */
  let told: Reading<T> | null = null;
  let running: Reading<T> | null = null;

  const begin = (key: string, at: Instant, load: () => Promise<T>): Promise<T> => {
    const mine: Reading<T> = { key, at, value: load() };
    running = mine;
    mine.value.then(
      () => {
        if (running !== mine) return;
        told = mine;
        running = null;
      },
      () => {
        if (running === mine) running = null;
      },
    );
    return mine.value;
  };
  const within = (one: Reading<T> | null, key: string, now: Instant, age: Millis): Promise<T> | null =>
    one !== null && one.key === key && now >= one.at && now < after(one.at, age) ? one.value : null;

  return {
    take(key, now, load) {
      const fresh = within(told, key, now, young);
      if (fresh !== null) return fresh;
      const next = within(running, key, now, old) ?? begin(key, now, load);
      return within(told, key, now, old) ?? next;
    },
  };
};
