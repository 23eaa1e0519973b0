/** Lets a few pieces of work run at once and a bounded number wait, in order. */
export interface Gate {
  /** More than `waiting` pieces wait. */
  readonly full: boolean;
  run<T>(work: () => Promise<T>): Promise<T>;
}

export const gate = (atOnce: number, waiting: number): Gate => {
  let running = 0;
  const queue: (() => void)[] = [];
  return {
    get full() {
      return queue.length >= waiting;
    },
    async run(work) {
      if (running >= atOnce) await new Promise<void>((resolve) => queue.push(resolve));
      else running++;
      try {
        return await work();
      } finally {
        const next = queue.shift();
        // The place is handed over, not freed: nobody overtakes.
        if (next) next();
        else running--;
      }
    },
  };
};
