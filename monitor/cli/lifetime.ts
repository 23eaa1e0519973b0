/**
 * Signals of this process, as a value. The launcher (avow.mjs) may sit in front: it passes signals on as messages, because a terminal's Ctrl-C
 * reaches launcher and program alike and must count once. So each signal counts as often as the channel that heard it most.
 * A signal to the whole group arrives twice over one channel too, where npm stands in front: it hands on what the program has heard
 * already. So what comes again within half a second is an echo, and stops nothing sooner.
 */
import type { Lifetime, StopReason } from './command.ts';

const stopping = ['SIGTERM', 'SIGINT'] as const;
type Signal = (typeof stopping)[number] | 'SIGHUP';
const number: Readonly<Record<Signal, number>> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** What `lifetime` needs of a process; `node:process` is one. */
export interface SignalledProcess {
  on(event: string, listener: (...args: never[]) => void): unknown;
  exit(code: number): never;
  readonly connected?: boolean;
  readonly channel?: { unref(): void } | undefined | null;
}

/** A person who means it presses again after this; npm has handed a signal on long before. */
const ECHO_US = 500_000;

/** Listens to the launcher at once; takes the signals over when the returned function is first called. `monotonicUs`: of the clock. */
export function listenToLauncher(process: SignalledProcess, monotonicUs: () => number): () => Lifetime {
  const stop = new AbortController();
  const reloads: (() => void)[] = [];
  const heard = new Map<string, number>();
  const counted = new Map<Signal, number>();
  const lastUs = new Map<Signal, number>();
  let graceful = false;

  const end = (reason: StopReason, code: number): void => {
    if (!graceful || stop.signal.aborted) process.exit(code);
    stop.abort(reason);
  };
  const hear = (channel: 'direct' | 'launcher', signal: Signal): void => {
    const times = (heard.get(`${channel} ${signal}`) ?? 0) + 1;
    heard.set(`${channel} ${signal}`, times);
    if (times <= (counted.get(signal) ?? 0)) return;
    counted.set(signal, times);
    const nowUs = monotonicUs();
    const echo = signal !== 'SIGHUP' && nowUs - (lastUs.get(signal) ?? Number.NEGATIVE_INFINITY) < ECHO_US;
    if (echo) return;
    lastUs.set(signal, nowUs);
    if (signal !== 'SIGHUP') end(signal, 128 + number[signal]);
    else if (!graceful) process.exit(128 + number[signal]);
    else for (const reload of reloads) reload();
  };

  if (process.connected) {
    process.on('message', (message: unknown) => {
      const signal = isForwarded(message) ? message.signal : undefined;
      if (signal) hear('launcher', signal);
    });
    process.on('disconnect', () => end('launcher gone', 1));
    process.channel?.unref();
  }

  return () => {
    if (!graceful) {
      graceful = true;
      for (const signal of [...stopping, 'SIGHUP'] as const) process.on(signal, () => hear('direct', signal));
    }
    return { stop: stop.signal, onReload: (listener) => void reloads.push(listener) };
  };
}

const isForwarded = (message: unknown): message is { readonly signal: Signal } =>
  typeof message === 'object' && message !== null && 'signal' in message && typeof message.signal === 'string' && message.signal in number;
