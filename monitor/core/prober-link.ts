/**
 * The main thread's end of the prober: starts the thread, hands its results to the recorder and answers `stored` once
 * they are durable, starts it again with back-off when it dies. The thread forgets nothing that matters: the link knows
 * the assignment and each check's last sample, so a new thread goes on where the old one stopped.
 */
import { Worker } from 'node:worker_threads';
import type { Tried, TryOnce } from '#domain/check/tried.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Clock, Timer } from '#monitor/clock.ts';
import type { Log } from '#monitor/context.ts';
import type { FromWorker, ToWorker } from '#monitor/worker/messages.ts';
import type { ProberThreadData } from '#monitor/worker/prober-thread.ts';
import { SILENT_AFTER_TICKS } from '#monitor/worker/silence.ts';
import type { Recorder } from './recorder-types.ts';

const RESTART_FIRST_MS = 500;
const RESTART_LAST_MS = 30_000;
/** A thread that lived this long has not crashed at its start: the back-off begins anew. */
const LIVED_MS = 60_000;
/** The thread itself waits 5 s for probes in flight. */
const STOP_WITHIN_MS = 7_000;
/** After its last word; a store that is gone never makes them durable. */
const DURABLE_WITHIN_MS = 2_000;
const MAIN_BEAT_MS = 1_000;
/** Checks that are tried at once, at most; and how long after its deadline one of them is given up. */
const MOST_ATTEMPTS = 16;
const ATTEMPT_GRACE_MS = 10_000;
/** A check lives for milliseconds; left alone V8 would let the thread fill 48 MB before it looks (docs/performance.md, G2). */
const YOUNG_MB = 16;

export type ProberAssignment = Omit<Extract<ToWorker, { type: 'assign' }>, 'type'>;
export type ProberBeat = Extract<FromWorker, { type: 'beat' }>;
export type ProberEvent = Extract<FromWorker, { type: 'event' }>;

export interface ProberStatus {
  /** Null until the first beat. */
  readonly lastBeatAt: Instant | null;
  /** By the monotonic hand; null until the first beat. */
  readonly lastBeatAgeMs: number | null;
  readonly loopLagMs: number;
  readonly inFlight: number;
  readonly due: number;
  /** Beats since the start of this process; stands still when the prober does. */
  readonly beats: number;
  readonly restarts: number;
}

export interface ProberLinkDeps {
  readonly recorder: Pick<Recorder, 'record'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly onBeat?: (beat: ProberBeat) => void;
  readonly onEvent?: (event: ProberEvent) => void;
  /** Another composition of the thread, and another limit for a silent main thread: for tests. */
  readonly entry?: URL;
  readonly mainSilentTicks?: number;
}

export interface ProberLink {
  assign(assignment: ProberAssignment): void;
  /** One probe that is not recorded, or with `vetOnly` only whether it may be made. Rejects with a sentence when nobody can make it now. */
  readonly attempt: TryOnce;
  readonly status: ProberStatus;
  /** Lets probes in flight end (at most 5 s), hands over the last results, and resolves when they are durable or the limit has passed. */
  stop(): Promise<void>;
}

/** Starts whoever makes the checks. */
export type StartProber = (deps: ProberLinkDeps) => ProberLink;

export const startProber: StartProber = (deps) => {
  const { recorder, clock, log } = deps;
  const mainBeats = new SharedArrayBuffer(4);
  const counter = new Int32Array(mainBeats);
  const entry = deps.entry ?? new URL('../worker/prober-entry.ts', import.meta.url);
  const lastAt: Record<string, Instant> = {};
  const recording = new Set<Promise<void>>();
  let assignment: ProberAssignment | null = null;
  let lastBeat: ProberBeat | null = null;
  let lastBeatUs = 0;
  let beats = 0;
  let restarts = 0;
  let backOffMs = RESTART_FIRST_MS;
  let stopping = false;
  let mainTimer: Timer | null = null;
  let restartTimer: Timer | null = null;
  let stopped: () => void = () => undefined;
  let worker: Worker | null = null;
  const attempts = new Map<number, (tried: Tried) => void>();
  let attempted = 0;

  const moveMain = (): void => {
    Atomics.add(counter, 0, 1);
    mainTimer = clock.after(MAIN_BEAT_MS, moveMain, { background: true });
  };
  const tell = (message: ToWorker): void => worker?.postMessage(message);

  const record = (from: Worker, known: Set<number>, { batch, results }: Extract<FromWorker, { type: 'results' }>): void => {
    if (known.has(batch)) return;
    known.add(batch);
    for (const { componentId, at } of results) lastAt[componentId] = at;
    const work = recorder.record(results).then(
      () => {
        known.delete(batch);
        if (worker === from) tell({ type: 'stored', batch });
      },
      (error: unknown) => {
        known.delete(batch);
        log.error('Results could not be handed to the recorder; the prober keeps them and sends them again.', {
          batch,
          error: String(error),
        });
      },
    );
    recording.add(work);
    void work.finally(() => recording.delete(work));
  };

  const spawn = (): void => {
    const data: ProberThreadData = { mainBeats, mainSilentTicks: deps.mainSilentTicks ?? SILENT_AFTER_TICKS };
    const thread = new Worker(entry, { workerData: data, name: 'prober', resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    const known = new Set<number>();
    const startedUs = clock.monotonicUs();
    worker = thread;
    if (assignment) tell({ type: 'assign', ...assignment, lastAt: { ...assignment.lastAt, ...lastAt } });
    thread.on('message', (message: FromWorker) => {
      if (message.type === 'results') record(thread, known, message);
      else if (message.type === 'stopped') stopped();
      else if (message.type === 'event') deps.onEvent?.(message);
      else if (message.type === 'tried') attempts.get(message.number)?.(message.tried);
      else if (message.type === 'beat') {
        lastBeat = message;
        lastBeatUs = clock.monotonicUs();
        beats++;
        deps.onBeat?.(message);
      }
    });
    thread.on('error', (error) => log.error('The prober thread failed.', { error: String(error) }));
    thread.on('exit', (code) => {
      if (worker === thread) worker = null;
      stopped();
      if (stopping) return;
      restarts++;
      if (clock.monotonicUs() - startedUs > LIVED_MS * 1_000) backOffMs = RESTART_FIRST_MS;
      log.error(`The prober thread ended with code ${code}; starting it again in ${backOffMs} ms. Until then nothing is checked.`, {
        code,
        restarts,
      });
      restartTimer = clock.after(backOffMs, spawn);
      backOffMs = Math.min(2 * backOffMs, RESTART_LAST_MS);
    });
  };

  moveMain();
  spawn();
  return {
    assign: (next) => {
      assignment = next;
      tell({ type: 'assign', ...next, lastAt: { ...next.lastAt, ...lastAt } });
    },
    attempt: (asked, vetOnly) => {
      if (attempts.size >= MOST_ATTEMPTS)
        return Promise.reject(new Error('Too many checks are being tried at once. Try again in some seconds.'));
      if (!worker || stopping) return Promise.reject(new Error('The prober does not run at this moment. Try again in some seconds.'));
      const number = ++attempted;
      return new Promise((resolve, reject) => {
        const timer = clock.after(asked.check.timeoutMs + ATTEMPT_GRACE_MS, () => {
          attempts.delete(number);
          reject(new Error('The prober did not answer in time. Try again in some seconds.'));
        });
        attempts.set(number, (tried) => {
          timer.cancel();
          attempts.delete(number);
          resolve(tried);
        });
        tell({ type: 'try', number, assignment: asked, vetOnly });
      });
    },
    get status() {
      return {
        lastBeatAt: lastBeat?.at ?? null,
        lastBeatAgeMs: lastBeat ? Math.round((clock.monotonicUs() - lastBeatUs) / 1_000) : null,
        loopLagMs: lastBeat?.loopLagMs ?? 0,
        inFlight: lastBeat?.inFlight ?? 0,
        due: lastBeat?.due ?? 0,
        beats,
        restarts,
      };
    },
    stop: async () => {
      stopping = true;
      restartTimer?.cancel();
      const limit = new AbortController();
      const ended = new Promise<void>((resolve) => {
        stopped = resolve;
        if (worker) tell({ type: 'stop' });
        else resolve();
      });
      const within = (ms: number): Promise<void> => clock.sleep(ms, limit.signal).catch(() => undefined);
      const durable = ended.then(() => Promise.race([Promise.all(recording), within(DURABLE_WITHIN_MS)]));
      await Promise.race([durable, within(STOP_WITHIN_MS)]);
      limit.abort();
      mainTimer?.cancel();
      await worker?.terminate();
    },
  };
};
