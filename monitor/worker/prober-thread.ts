/**
 * A prober in a worker thread: its port, its last resort against stray faults, and its eye on the main thread. A main
 * loop that stands still cannot end itself, and `process.exit` here would only end this thread; so the thread writes
 * one sentence and kills the process (SIGKILL: nothing else needs the main loop), for the supervisor to start it again.
 */
import { writeSync } from 'node:fs';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Clock } from '#monitor/clock.ts';
import type { ToWorker } from './messages.ts';
import { createProber, type ProberDeps } from './prober.ts';
import { listenFor } from './silence.ts';

/** What the starting thread hands over. */
export interface ProberThreadData {
  /** One Int32 that the main thread counts up each second. */
  readonly mainBeats: SharedArrayBuffer;
  /** Seconds of silence after which the process is killed. */
  readonly mainSilentTicks: number;
}

export const runProberThread = (deps: Omit<ProberDeps, 'post' | 'onBeat'> & { readonly clock: Clock }): void => {
  const port: MessagePort | null = parentPort;
  if (!port) throw new Error('The prober thread was started outside a worker thread; start Avow with `npm start`.');
  const { mainBeats, mainSilentTicks } = workerData as ProberThreadData;
  const counter = new Int32Array(mainBeats);
  const main = listenFor(mainSilentTicks);
  const prober = createProber({
    ...deps,
    post: (message) => port.postMessage(message),
    onBeat: () => {
      if (!main.tick(Atomics.load(counter, 0))) return;
      writeSync(
        2,
        `Avow's main thread has not moved for ${mainSilentTicks} s. Ending the process (SIGKILL) so that it can be started again.\n`,
      );
      process.kill(process.pid, 'SIGKILL');
    },
  });
  port.on('message', (message: ToWorker) => {
    prober.receive(message);
    if (message.type === 'stop') port.unref();
  });
  const survive = (what: string) => (error: unknown) =>
    prober.fault({ what, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  process.on('unhandledRejection', survive('a rejected promise that nobody awaits'));
  process.on('uncaughtException', survive('an exception that nobody caught'));
};
