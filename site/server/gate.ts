/** Lets a few pieces of work run at once; the others wait, in order, those that somebody waits for before the rest. */
export interface Gate {
  /** More than `waiting` pieces wait that somebody waits for. */
  readonly full: boolean;
  /** The place is held until the work is over. */
  run<T>(work: () => Promise<T>, wish?: Wish): Promise<T>;
}
export interface Wish {
  /** Whether anybody waits for it by now. Work for nobody lets all other work go first. */
  readonly awaited?: () => boolean;
  /** Aborted: what has not begun is not done, and rejects. What runs goes on. */
  readonly givenUp?: AbortSignal;
}

interface Waiting {
  readonly start: () => void;
  readonly awaited: () => boolean;
}

export const gate = (atOnce: number, waiting: number): Gate => {
  let running = 0;
  const queue: Waiting[] = [];
  const next = (): Waiting | undefined => {
    const first = queue.findIndex(({ awaited }) => awaited());
    return first > 0 ? queue.splice(first, 1)[0] : queue.shift();
  };
  const turn = ({ awaited, givenUp }: { awaited: () => boolean; givenUp: AbortSignal | undefined }): Promise<void> =>
    new Promise((start, reject) => {
      const mine: Waiting = { start, awaited };
      queue.push(mine);
      const leave = (): void => {
        const at = queue.indexOf(mine);
        if (at < 0) return;
        queue.splice(at, 1);
        reject(givenUp?.reason);
      };
      if (givenUp?.aborted) leave();
      else givenUp?.addEventListener('abort', leave, { once: true });
    });
  return {
    get full() {
      return queue.length >= waiting && queue.filter(({ awaited }) => awaited()).length >= waiting;
    },
    async run(work, { awaited = () => true, givenUp } = {}) {
      if (running >= atOnce) await turn({ awaited, givenUp });
      else running++;
      try {
        return await work();
      } finally {
        const following = next();
        // The place is handed over, not freed: nobody overtakes.
        if (following) following.start();
        else running--;
      }
    },
  };
};

/** A gate of their own for each who has work here; forgotten with their last piece of it. */
export const fairShares = (atOnce: number, waiting: number): { of(key: string): Gate } => {
  const shares = new Map<string, { readonly gate: Gate; pieces: number }>();
  return {
    of(key) {
      const share = shares.get(key) ?? { gate: gate(atOnce, waiting), pieces: 0 };
      return {
        get full() {
          return share.gate.full;
        },
        async run(work, wish) {
          shares.set(key, share);
          share.pieces++;
          try {
            return await share.gate.run(work, wish);
          } finally {
            if (--share.pieces === 0) shares.delete(key);
          }
        },
      };
    },
  };
};
