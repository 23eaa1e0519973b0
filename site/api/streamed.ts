/**
 * Answers of long work: JSON documents, one a line: `{"type":"progress","progress":…}` as often as there is news, then exactly one
 * `{"type":"report","report":…}`, `{"type":"refused","problem":…}` or `{"type":"failed","message":…}`. An empty line says that the work goes on.
 */
import { problemOfRefusal } from '#domain/problem.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import type { LongLine, Told } from '#monitor/actions/long-verb.ts';
import type { Clock, Timer } from '#monitor/clock.ts';

export const STREAM_TYPE = 'application/x-ndjson';
/** Well within the silence after which the listener, or a proxy in front of it, hangs up. */
const SILENCE_MS = 15_000;

export interface Streaming {
  /** The sentence that the asker reads of a fault. */
  readonly failed: (cause: unknown) => string;
  /** For the empty lines; absent: nobody hangs up. */
  readonly clock?: Clock;
  /** What is told of the answer; absent: all of it. */
  readonly document?: ((answer: object) => object) | undefined;
}

export const streamed = (
  work: (told: Told) => Promise<object | Refusal>,
  { failed, clock, document = (answer) => answer }: Streaming,
): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder();
  let open = true;
  let timer: Timer | null = null;
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const write = (text: string): void => {
        if (open) controller.enqueue(encoder.encode(text));
      };
      const line = (document: LongLine): void => write(`${JSON.stringify(document)}\n`);
      const again = (): void => {
        const stillAtIt = (): void => {
          write('\n');
          again();
        };
        timer = clock?.after(SILENCE_MS, stillAtIt, { background: true }) ?? null;
      };
      again();
      try {
        const made = await work((progress) => line({ type: 'progress', progress }));
        if (isRefusal(made)) line({ type: 'refused', problem: problemOfRefusal(made) });
        else line({ type: 'report', report: document(made) });
      } catch (cause) {
        line({ type: 'failed', message: failed(cause) });
      }
      timer?.cancel();
      if (open) controller.close();
    },
    cancel() {
      open = false;
      timer?.cancel();
    },
  });
};
