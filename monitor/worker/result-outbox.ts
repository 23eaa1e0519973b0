/**
 * Results on their way to the core: grouped, numbered, kept until the core says `stored`, sent again when it is silent
 * for long. The core knows a number it has seen, and the store knows a result it has: sending twice is harmless. Bounded:
 * beyond the bound the oldest go, counted, and their time is unknown.
 */
import type { CheckResult } from '#domain/check/check-result.ts';
import type { Clock, Timer } from '#monitor/clock.ts';

const FLUSH_AFTER_MS = 25;
const BATCH = 50;
const KEPT = 10_000;
const RESEND_AFTER_MS = 30_000;
/** Batches sent again at a time, so that a returning core is not flooded. */
const RESEND_AT_ONCE = 20;

interface Sent {
  readonly results: readonly CheckResult[];
  sentUs: number;
}

export interface ResultOutbox {
  add(result: CheckResult): void;
  flush(): void;
  stored(batch: number): void;
  /** Once a second: sends again what has waited long; answers how many results were dropped since the last call. */
  tend(): { readonly dropped: number };
  readonly kept: number;
}

export const createResultOutbox = (
  clock: Clock,
  send: (batch: number, results: readonly CheckResult[]) => void,
  bound: number = KEPT,
): ResultOutbox => {
  const sent = new Map<number, Sent>();
  let open: CheckResult[] = [];
  let timer: Timer | null = null;
  let batch = 0;
  let kept = 0;
  let dropped = 0;

  const flush = (): void => {
    timer?.cancel();
    timer = null;
    if (open.length === 0) return;
    batch++;
    sent.set(batch, { results: open, sentUs: clock.monotonicUs() });
    send(batch, open);
    open = [];
  };
  const dropOldest = (): void => {
    const [number, oldest] = sent.entries().next().value ?? [];
    if (number === undefined || oldest === undefined) return;
    sent.delete(number);
    kept -= oldest.results.length;
    dropped += oldest.results.length;
  };

  return {
    add: (result) => {
      open.push(result);
      kept++;
      while (kept > bound && sent.size > 0) dropOldest();
      if (open.length >= BATCH) flush();
      else timer ??= clock.after(FLUSH_AFTER_MS, flush);
    },
    flush,
    stored: (number) => {
      const done = sent.get(number);
      if (!done) return;
      sent.delete(number);
      kept -= done.results.length;
    },
    tend: () => {
      const nowUs = clock.monotonicUs();
      const waited = [...sent]
        .filter(([, { sentUs }]) => nowUs - sentUs >= RESEND_AFTER_MS * 1_000)
        .sort((a, b) => a[1].sentUs - b[1].sentUs);
      for (const [number, waiting] of waited.slice(0, RESEND_AT_ONCE)) {
        waiting.sentUs = nowUs;
        send(number, waiting.results);
      }
      const lost = { dropped };
      dropped = 0;
      return lost;
    },
    get kept() {
      return kept;
    },
  };
};
