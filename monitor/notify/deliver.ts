/**
 * Claim, send, remember: takes what is due for each channel, at most eight at a time, sends it, and writes down what became of it. At
 * least once: a letter that was claimed when the process died is sent again under the same key (reliability P5). Channels do not wait
 * for one another. What became of a letter is kept in memory until the store takes it, so that a store in trouble makes nobody hear
 * twice; its place among the eight stays taken meanwhile.
 */
import { failed, type Outcome } from '#domain/notice/attempt.ts';
import type { Clock, Timer } from '#monitor/clock.ts';
import type { Channel, Letter } from './channel.ts';

export const IN_FLIGHT = 8;
/** How often the queue is looked at when nobody calls. */
const LOOK_MS = 1_000;
const REMEMBER_AGAIN_MS = 1_000;
/** Letters on their way at the stop get this long to arrive. */
const STOP_MS = 4_000;

export interface Claimed extends Letter {
  readonly id: number;
  readonly channel: string;
  /** This one included. */
  readonly attempts: number;
}

/** The store's side, as core/notice-queue.ts keeps it. Each call is one transaction. */
export interface Queue {
  /** Queues what the outbox holds and no channel has yet. */
  plan(channels: readonly string[]): Promise<void>;
  claim(channel: string, most: number): Promise<readonly Claimed[]>;
  remember(claimed: Claimed, outcome: Outcome): Promise<void>;
  /** It was not sent, or nobody knows whether it was: at the next start it is due again. */
  putBack(claimed: Claimed): Promise<void>;
}

interface DeliveryParts {
  readonly clock: Clock;
  readonly queue: Queue;
  readonly log: {
    readonly info: (message: string, facts?: Readonly<Record<string, unknown>>) => void;
    readonly warn: (message: string, facts?: Readonly<Record<string, unknown>>) => void;
  };
}

export interface Delivery {
  /** These are the channels from now on. */
  use(channels: readonly Channel[]): void;
  /** Something may be due. */
  wake(): void;
  /** Nothing new is sent; resolves when nothing is on its way any more. */
  stop(): Promise<void>;
}

export const startDelivery = ({ clock, queue, log }: DeliveryParts): Delivery => {
  let channels: readonly Channel[] = [];
  const underWay = new Map<string, Set<Promise<void>>>();
  const ending = new AbortController();
  let stopping = false;
  let again = false;
  let round: Promise<void> | null = null;
  let timer: Timer | null = null;
  let away = false;

  const send = async (channel: Channel, claimed: Claimed): Promise<Outcome> => {
    try {
      return await channel.send(claimed, ending.signal);
    } catch (cause) {
      return failed(`Avow could not send it: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  };
  const remember = async (claimed: Claimed, outcome: Outcome): Promise<void> => {
    for (;;) {
      try {
        // Cut off by our own stop: nobody failed.
        await (ending.signal.aborted && !outcome.delivered ? queue.putBack(claimed) : queue.remember(claimed, outcome));
        return;
      } catch (cause) {
        if (ending.signal.aborted) return;
        log.warn('What became of a notice could not be stored yet; it is tried again.', { channel: claimed.channel, cause: String(cause) });
        await clock.sleep(REMEMBER_AGAIN_MS, ending.signal).catch(() => undefined);
      }
    }
  };
  const flightsOf = (name: string): Set<Promise<void>> => {
    const known = underWay.get(name) ?? new Set();
    underWay.set(name, known);
    return known;
  };

  const pump = async (channel: Channel): Promise<void> => {
    const flights = flightsOf(channel.name);
    const free = IN_FLIGHT - flights.size;
    if (free <= 0) return;
    for (const claimed of await queue.claim(channel.name, free)) {
      const flight = send(channel, claimed)
        .then((outcome) => remember(claimed, outcome))
        .finally(() => {
          flights.delete(flight);
          wake();
        });
      flights.add(flight);
    }
  };
  const once = async (): Promise<void> => {
    try {
      await queue.plan(channels.map(({ name }) => name));
      for (const channel of channels) if (!stopping) await pump(channel);
      away = false;
    } catch (cause) {
      if (!away) log.warn('The queue of notices could not be read; it is tried again.', { cause: String(cause) });
      away = true;
    }
  };
  const wake = (): void => {
    if (stopping || channels.length === 0) return;
    again = true;
    if (round !== null) return;
    timer?.cancel();
    round = (async () => {
      while (again && !stopping) {
        again = false;
        await once();
      }
      round = null;
      if (!stopping) timer = clock.after(LOOK_MS, wake, { background: true });
    })();
  };

  return {
    use(next) {
      channels = next;
      wake();
    },
    wake,
    async stop() {
      stopping = true;
      timer?.cancel();
      await round;
      const flights = [...underWay.values()].flatMap((set) => [...set]);
      const cut = clock.after(STOP_MS, () => ending.abort());
      await Promise.all(flights);
      cut.cancel();
      ending.abort();
    },
  };
};
