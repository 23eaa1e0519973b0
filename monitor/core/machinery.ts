/**
 * What checks and records, joined: the recorder in the middle; prober thread, heartbeats and the store's own check feed
 * it; housekeeping and the watchdogs stand beside. `apply` makes a configuration the one in force, `watch` begins.
 */
import { insertEvent } from '#db/queries/events.ts';
import { factsOf } from '#db/queries/facts.ts';
import { saveWorkerRun } from '#db/queries/worker-runs.ts';
import type { Store } from '#db/store.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { applyConfiguration, type ConfigurationChange } from '#monitor/actions/apply-configuration.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';
import { fileActor, type Log } from '#monitor/context.ts';
import { compact } from './compaction.ts';
import { createHeartbeats, type Heartbeats } from './heartbeats.ts';
import { keepHouse } from './housekeeping.ts';
import type { ProberEvent, ProberStatus, StartProber } from './prober-link.ts';
import { createRecorder } from './recorder.ts';
import type { Recorder } from './recorder-types.ts';
import { createStoreCheck } from './store-check.ts';
import { startWatchdog } from './watchdog.ts';
import { createLiveness } from './worker-liveness.ts';

/** Results in flight at the stop get this long to become durable … */
const DRAIN_MS = 2_000;
/** … or until a copy of the store is written: they wait for it, and nothing else can end it. */
const COPY_DRAIN_MS = 10 * 60_000;

/** What the prober reports of itself, for the person who watches the log. */
const PROBER_WORDS: Readonly<Record<ProberEvent['kind'], string>> = {
  clock_jump: 'The clock of this machine jumped; checks during the jump are no evidence.',
  stall: 'The prober stood still; checks during that time are no evidence.',
  blind: 'No sentinel answers: this network may be cut off, and failures are no evidence until one answers.',
  sighted: 'A sentinel answers again; failures count again.',
  overload: 'The prober has more to do than it can; checks are late, or their results are lost.',
  fault: 'The prober met a fault of its own.',
};

/** Where Avow itself listens: never probed, but for the self check. */
export interface OwnPlaces {
  readonly ports: readonly number[];
  readonly origin: string;
}

export interface Machinery {
  readonly recorder: Recorder;
  readonly proberStatus: () => ProberStatus | null;
  readonly beat: Heartbeats['beat'];
  /** Writes what differs and makes the recorder know it; what is refused changes nothing. */
  apply(config: Config): Promise<ConfigurationChange | Refusal>;
  /** Assigns every check of the configuration to whoever makes it. */
  watch(config: Config, own: OwnPlaces): Promise<void>;
  /** Ends what checks, then waits for what is not stored yet. Answers how many results are lost. */
  stop(): Promise<number>;
}

export interface MachineryDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly evidenceDays: () => number;
  /** Ends the process: the watchdog found the prober dead. */
  readonly exit: (code: number) => void;
  /** Who makes the checks. */
  readonly startProber: StartProber;
}

const localSlug = (config: Config): string => config.locations.find(({ local }) => local)?.slug ?? '';

export const startMachinery = async ({ store, clock, log, evidenceDays, exit, startProber }: MachineryDeps): Promise<Machinery> => {
  const recorder = await createRecorder({ store, clock, log });
  let location = '';
  const liveness = createLiveness({ log, save: (startedAt, lastBeatAt) => saveWorkerRun(store, location, startedAt, lastBeatAt) });
  const tell = (kind: string, at: Instant, facts: Readonly<Record<string, unknown>>): void => {
    store
      .write([insertEvent(kind, at, facts)])
      .catch((cause: unknown) => log.warn('An event could not be stored.', { kind, cause: String(cause) }));
  };
  const prober = startProber({
    recorder,
    clock,
    log,
    onBeat: ({ at }) => {
      // Before a configuration is applied there is no location whose prober could be alive.
      if (location !== '') liveness.beat(at);
    },
    onEvent: ({ kind, at, facts }) => {
      log[kind === 'sighted' ? 'info' : 'warn'](PROBER_WORDS[kind], facts);
      tell(kind, at, facts);
    },
  });
  const watchdog = startWatchdog({ clock, log, beats: () => prober.status.beats, exit });
  const heartbeats = createHeartbeats({ recorder, clock, log });
  const storeCheck = createStoreCheck({ recorder, clock, condition: () => store.condition, copying: () => store.copying });
  const house = keepHouse({
    clock,
    log,
    round: (now, signal) => compact({ store, clock, config: { evidenceDays: evidenceDays() } }, now, signal),
  });

  return {
    recorder,
    proberStatus: () => prober.status,
    beat: (token) => heartbeats.beat(token),
    async apply(config) {
      const change = await applyConfiguration({ store, clock, actor: fileActor(config) }, config);
      if (isRefusal(change)) return change;
      location = localSlug(config);
      await recorder.reload();
      return change;
    },
    async watch(config, own) {
      const last = await factsOf(store).lastResults();
      const lastAt = Object.fromEntries(
        last.filter((result) => result.locationId === location).map((result) => [result.componentId, result.at]),
      );
      const assignments = config.components.map(({ slug, check, hidden = [] }) => ({ componentId: slug, check, hidden }));
      prober.assign({
        locationId: location,
        assignments,
        sentinels: config.sentinels,
        ownPorts: own.ports,
        selfOrigin: own.origin,
        lastAt,
      });
      heartbeats.assign(location, assignments, new Set(last.map(({ componentId }) => componentId)));
      storeCheck.assign(location, assignments);
    },
    async stop() {
      watchdog.stop();
      heartbeats.stop();
      storeCheck.stop();
      await Promise.all([house.stop(), prober.stop()]);
      const left = await recorder.drain(store.copying ? COPY_DRAIN_MS : DRAIN_MS);
      await liveness.stop();
      return left;
    },
  };
};
