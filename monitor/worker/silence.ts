/**
 * Notices that another thread has gone silent, by own ticks and not by the clock: a process that was stopped or
 * suspended has not ticked either and must not take the other for dead when it wakes (reliability P7b).
 */
export interface Silence {
  /** One own tick (a second) has passed and the other's counter shows `beats`; true: silent for the whole limit. */
  tick(beats: number): boolean;
}

/** Ticks of a second each, P7b. */
export const SILENT_AFTER_TICKS = 30;

export const listenFor = (limitTicks: number = SILENT_AFTER_TICKS): Silence => {
  let seen: number | null = null;
  let silent = 0;
  return {
    tick: (beats) => {
      silent = beats === seen ? silent + 1 : 0;
      seen = beats;
      return silent >= limitTicks;
    },
  };
};
