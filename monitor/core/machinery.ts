/**
 * What checks and records, joined: the recorder in the middle; prober thread, heartbeats and the store's own check feed
 * it; housekeeping and the watchdogs stand beside. `apply` makes a configuration the one in force, `watch` begins.
 */
import { lastVersion, readDefinitions } from '#db/queries/definitions.ts';
import { insertEvent } from '#db/queries/events.ts';
import { factsOf } from '#db/queries/facts.ts';
import { saveWorkerRun } from '#db/queries/worker-runs.ts';
import type { Store } from '#db/store.ts';
import type { TryOnce } from '#domain/check/tried.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { applyConfiguration, type ConfigurationChange } from '#monitor/actions/apply-configuration.ts';
import { byPosition, settingsOfVersion } from '#monitor/actions/configuration-in-force.ts';
import type { Clock } from '#monitor/clock.ts';
import type { ComponentSettings, Config } from '#monitor/config/config.ts';
import { enteredComponent } from '#monitor/config/console-component.ts';
import type { SecretLookup } from '#monitor/config/secrets.ts';
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

/** Results in flight at the stop get this long to become durable. */
const DRAIN_MS = 2_000;

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
  /** Writes what differs and makes the recorder know it; what is refused changes nothing. `config`: what the file says. */
  apply(config: Config): Promise<ConfigurationChange | Refusal>;
  /** As `store.exclusive`, and the recorder knows what was written before it judges another result. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  /** What was entered in the console and is watched, ready to be probed with, in the order of the page. `lent`: names of secrets that it may refer to. */
  entered(secret: SecretLookup, lent: readonly string[]): Promise<readonly ComponentSettings[]>;
  readonly tryOnce: TryOnce;
  /** Assigns every check of the configuration to whoever makes it, but for those that are paused. */
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
    exclusive: (work) =>
      store.exclusive(async () => {
        const answer = await work();
        await recorder.reloadWithin();
        return answer;
      }),
    async entered(secret, lent) {
      const { components } = await readDefinitions(store);
      const found = components.filter(({ versions }) => {
        const { managed, removed } = lastVersion(versions);
        return managed === 'console' && !removed;
      });
      return found
        .map(settingsOfVersion)
        .sort(byPosition)
        .flatMap((stored) => {
          const { component, faults } = enteredComponent(stored, secret, lent);
          for (const { message } of faults)
            log.error(`${stored.slug}, entered in the console, is not watched: ${message}. Set it and start Avow again.`, {
              component: stored.slug,
            });
          return faults.length === 0 ? [component] : [];
        });
    },
    tryOnce: (trial, vetOnly) => prober.attempt(trial, vetOnly),
    async watch(config, own) {
      const last = await factsOf(store).lastResults();
      const lastAt = Object.fromEntries(
        last.filter((result) => result.locationId === location).map((result) => [result.componentId, result.at]),
      );
      const assignments = config.components.map(({ slug, check, hidden = [], managed }) => ({
        componentId: slug,
        check,
        hidden,
        ...(managed === 'console' && { origin: managed }),
      }));
      const { components } = await readDefinitions(store);
      const paused = new Set(components.filter(({ versions }) => lastVersion(versions).pause !== null).map(({ slug }) => slug));
      const asked = assignments.filter(({ componentId }) => !paused.has(componentId));
      prober.assign({
        locationId: location,
        assignments: asked,
        sentinels: config.sentinels,
        ownPorts: own.ports,
        selfOrigin: own.origin,
        allowed: config.probeAllow,
        lastAt,
      });
      heartbeats.assign(location, assignments, new Set(last.map(({ componentId }) => componentId)), paused);
      storeCheck.assign(location, asked);
    },
    async stop() {
      watchdog.stop();
      heartbeats.stop();
      storeCheck.stop();
      await Promise.all([house.stop(), prober.stop()]);
      const left = await recorder.drain(DRAIN_MS);
      await liveness.stop();
      return left;
    },
  };
};
