/**
 * Answers of long work: JSON documents, one a line: `{"type":"progress","progress":…}` as often as there is news, then exactly one
 * `{"type":"report","report":…}` or `{"type":"failed","message":…}`. An empty line says that the work goes on.
 */
import type { LongLine, Told } from '#monitor/actions/long-verb.ts';
import type { Clock, Timer } from '#monitor/clock.ts';

export const STREAM_TYPE = 'application/x-ndjson';
/** Well within the silence after which the listener, or a proxy in front of it, hangs up. */
const SILENCE_MS = 15_000;

/** `failed`: the sentence that the asker reads of a fault. `clock`: for the empty lines; null: nobody hangs up. */
export const streamed = (
  work: (told: Told) => Promise<object>,
  failed: (cause: unknown) => string,
  clock: Clock | null = null,
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
        line({ type: 'report', report: await work((progress) => line({ type: 'progress', progress })) });
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
