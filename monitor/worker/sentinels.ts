/**
 * Is it them or us? Sentinels are places that answer whenever our own network does. A failing check stands only when a
 * sentinel answered in a round that began after the check had ended, and no round since its start found them all
 * silent; else the failure is ours: `error`, no evidence (semantics A2 and A9, reliability P2). A check that began before
 * the first answer after a silence is in doubt on its near side too: a missing route refuses at once, and the network may
 * be back before the round that follows. One round serves all failures of its moment; rounds start at most once a second.
 * Without sentinels the rule is off.
 */
import type { Clock, Timer } from '#monitor/clock.ts';
import type { Sentinel } from '#monitor/config/config.ts';
import type { Egress } from '#monitor/egress/egress.ts';

const ROUND_EVERY_MS = 30_000;
/** While nobody answers: the sooner the network is known to be back, the sooner failures count again. */
const BLIND_ROUND_EVERY_MS = 2_000;
const ROUND_GAP_MS = 1_000;
const ANSWER_WITHIN_MS = 3_000;

export interface SentinelDeps {
  readonly clock: Clock;
  readonly egress: () => Egress;
  /** Once per change: no sentinel answers any more (`blind`), or one does again. */
  readonly onTurn: (state: 'blind' | 'sighted', facts: Readonly<Record<string, unknown>>) => void;
}

export interface Sentinels {
  set(targets: readonly Sentinel[]): void;
  /** A check is slow to answer: asks the sentinels while the trouble lasts, not only when it is over. */
  doubt(): void;
  /** Whether a failure that began at `startUs` and has just ended is the target's own; null: nobody to ask. */
  vouch(startUs: number): Promise<boolean | null>;
  /** The network was not known to be there at `startUs`, or a round since then found no sentinel answering. */
  silentSince(startUs: number): boolean;
  /** The last round's answer if it is younger than `ms`. */
  recent(ms: number): boolean | null;
  stop(): void;
}

export const createSentinels = ({ clock, egress, onTurn }: SentinelDeps): Sentinels => {
  let targets: readonly Sentinel[] = [];
  let background: Timer | null = null;
  let running: Promise<boolean> | null = null;
  let queued: Promise<boolean> | null = null;
  let lastStartUs = Number.NEGATIVE_INFINITY;
  /** Since when sentinels are known to answer; later than any time while they do not. */
  let clearSinceUs = Number.NEGATIVE_INFINITY;
  let last: { readonly answered: boolean; readonly atUs: number } | null = null;
  let blind = false;
  let stopped = false;

  const round = async (): Promise<boolean> => {
    const startUs = clock.monotonicUs();
    lastStartUs = startUs;
    const asked = targets;
    const answered = await anyAnswers(clock, egress(), asked);
    if (asked !== targets) return answered;
    last = { answered, atUs: clock.monotonicUs() };
    if (!answered) clearSinceUs = Number.POSITIVE_INFINITY;
    else if (clearSinceUs === Number.POSITIVE_INFINITY) clearSinceUs = startUs;
    if (blind === answered) {
      blind = !answered;
      onTurn(blind ? 'blind' : 'sighted', { sentinels: asked.map(({ host, port }) => `${host}:${port}`) });
    }
    return answered;
  };
  /** A round that has not begun yet; whoever asks before it begins shares it. */
  const nextRound = (): Promise<boolean> => {
    queued ??= (async () => {
      await running;
      const waitMs = Math.ceil((lastStartUs - clock.monotonicUs()) / 1_000) + ROUND_GAP_MS;
      if (waitMs > 0 && Number.isFinite(waitMs)) await clock.sleep(waitMs);
      queued = null;
      running = round();
      const answered = await running;
      running = null;
      return answered;
    })();
    return queued;
  };
  const tick = (): void => {
    background = clock.after(ROUND_EVERY_MS, tick, { background: true });
    void nextRound().then((answered) => {
      if (answered || stopped) return;
      background?.cancel();
      background = clock.after(BLIND_ROUND_EVERY_MS, tick, { background: true });
    });
  };

  return {
    set: (next) => {
      if (JSON.stringify(next) === JSON.stringify(targets)) return;
      background?.cancel();
      targets = next;
      last = null;
      blind = false;
      clearSinceUs = Number.NEGATIVE_INFINITY;
      if (targets.length > 0) tick();
    },
    doubt: () => {
      if (targets.length > 0) void nextRound();
    },
    vouch: async (startUs) => {
      if (targets.length === 0) return null;
      const answered = await nextRound();
      return answered && clearSinceUs <= startUs;
    },
    silentSince: (startUs) => clearSinceUs > startUs,
    recent: (ms) => (last !== null && clock.monotonicUs() - last.atUs <= ms * 1_000 ? last.answered : null),
    stop: () => {
      stopped = true;
      background?.cancel();
    },
  };
};

/** Resolves at the first answer, or when all have refused or the time is over. */
const anyAnswers = (clock: Clock, egress: Egress, targets: readonly Sentinel[]): Promise<boolean> =>
  new Promise((resolve) => {
    const controller = new AbortController();
    let waiting = targets.length;
    const end = (answered: boolean): void => {
      limit.cancel();
      controller.abort();
      resolve(answered);
    };
    const limit = clock.after(ANSWER_WITHIN_MS, () => end(false));
    const silent = (): void => {
      if (--waiting === 0) end(false);
    };
    for (const { host, port } of targets) {
      dial(egress, host, port, controller.signal).then((dialled) => {
        if ('fault' in dialled) return silent();
        dialled.socket.on('error', () => undefined);
        dialled.socket.destroy();
        end(true);
      }, silent);
    }
    if (waiting === 0) end(false);
  });

/** A dial that throws is a dial that failed. */
const dial = async (egress: Egress, host: string, port: number, signal: AbortSignal): ReturnType<Egress['dial']> =>
  egress.dial({ host, port, scope: 'probe', signal });
