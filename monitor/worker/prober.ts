/**
 * A prober: told what to watch, it watches and tells what it saw. It knows nothing of threads or sockets: messages come
 * in through `receive` and leave through `post`, so the same prober serves the thread here and an agent elsewhere.
 */
import type { Clock, Timer } from '#monitor/clock.ts';
import type { Egress } from '#monitor/egress/egress.ts';
import { judgedInCore } from './check-kinds.ts';
import { watchClock } from './clock-watch.ts';
import { watchLoop } from './loop-lag.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { createResultOutbox } from './result-outbox.ts';
import { createRunner, type Probes } from './run-check.ts';
import { createScheduler } from './scheduler.ts';
import { createSentinels } from './sentinels.ts';
import { tryOnce } from './try-once.ts';

/** How long `stop` waits for probes in flight; what has not answered by then is not recorded, for it is no evidence. */
const STOP_WITHIN_MS = 5_000;
const BEAT_MS = 1_000;
/** From here on a stall leaves so many checks overdue that they catch up in a queue. */
const QUEUE_AFTER_STALL_MS = 1_000;

/** What the gateway must know of Avow itself; asked at each dial, because it changes with the configuration. */
export interface OwnPlaces {
  readonly ownPorts: () => readonly number[];
  readonly selfOrigin: () => string | null;
  /** Ranges that targets of the console may lie in although they are not public. */
  readonly allowed: () => readonly string[];
}

export interface ProberDeps {
  readonly clock: Clock;
  readonly egress: (own: OwnPlaces) => Egress;
  readonly probes: Probes;
  readonly post: (message: FromWorker) => void;
  readonly onBeat?: () => void;
}

export interface Prober {
  receive(message: ToWorker): void;
  /** A fault that no check could be blamed for: said, and survived. */
  fault(facts: Readonly<Record<string, unknown>>): void;
}

type EventKind = Extract<FromWorker, { type: 'event' }>['kind'];

export const createProber = ({ clock, egress: makeEgress, probes, post, onBeat }: ProberDeps): Prober => {
  let locationId = '';
  let ownPorts: readonly number[] = [];
  let selfOrigin: string | null = null;
  let allowed: readonly string[] = [];
  let stopping = false;
  let finished = false;
  const egress = makeEgress({ ownPorts: () => ownPorts, selfOrigin: () => selfOrigin, allowed: () => allowed });

  const say = (kind: EventKind, facts: Readonly<Record<string, unknown>>): void => post({ type: 'event', kind, at: clock.now(), facts });
  const outbox = createResultOutbox(clock, (batch, results) => post({ type: 'results', batch, results }));
  const lag = watchLoop(clock, (stalledMs) => {
    say('stall', { stalledMs });
    if (stalledMs >= QUEUE_AFTER_STALL_MS) scheduler.afterStall();
  });
  const sentinels = createSentinels({ clock, egress: () => egress, onTurn: say });
  const run = createRunner({ clock, lag, sentinels, egress: () => egress, probes, locationId: () => locationId });
  const scheduler = createScheduler({
    clock,
    look: lag.look,
    onOverload: (facts) => say('overload', facts),
    run: async (assignment, scheduledAt) => {
      const result = await run(assignment, scheduledAt);
      if (!finished) outbox.add(result);
      return result.outcome;
    },
  });

  const attempt = async ({ number, assignment, vetOnly }: Extract<ToWorker, { type: 'try' }>): Promise<void> =>
    post({ type: 'tried', number, tried: await tryOnce({ clock, egress: () => egress, run }, assignment, vetOnly) });

  let beatTimer: Timer | null = null;
  const jumped = watchClock(clock);
  const beat = (): void => {
    lag.look();
    const jump = jumped();
    if (jump) say('clock_jump', { ...jump });
    const { dropped } = outbox.tend();
    if (dropped > 0) say('overload', { droppedResults: dropped });
    post({ type: 'beat', at: clock.now(), loopLagMs: lag.takeMax(), inFlight: scheduler.inFlight, due: scheduler.waiting() });
    onBeat?.();
    beatTimer = clock.after(BEAT_MS, beat, { background: true });
  };

  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    sentinels.stop();
    const limit = new AbortController();
    await Promise.race([scheduler.stop(), clock.sleep(STOP_WITHIN_MS, limit.signal).catch(() => undefined)]);
    limit.abort();
    finished = true;
    beatTimer?.cancel();
    lag.stop();
    outbox.flush();
    post({ type: 'stopped' });
  };

  post({ type: 'ready' });
  beat();
  return {
    receive: (message) => {
      if (message.type === 'stored') outbox.stored(message.batch);
      else if (message.type === 'stop') void stop();
      else if (message.type === 'try') void attempt(message);
      else {
        ({ locationId, ownPorts, selfOrigin, allowed = [] } = message);
        sentinels.set(message.sentinels);
        scheduler.assign(
          message.assignments.filter(({ check }) => !judgedInCore(check.definition)),
          message.lastAt,
        );
      }
    },
    fault: (facts) => say('fault', facts),
  };
};
