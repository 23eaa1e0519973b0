/**
 * Keeps the configuration in force: what the file says (or the document that was applied where no file is) and what was entered in the
 * console beside it. SIGHUP, `avow apply` and the verbs of components all change it here, one after the other; pauses that have an end
 * end here. Whoever asks for the configuration gets what is in force now.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { lastApplied } from '#db/queries/applied.ts';
import { lastVersion, readDefinitions } from '#db/queries/definitions.ts';
import type { Store } from '#db/store.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { MINUTE } from '#domain/time/instant.ts';
import type { ConfigurationChange } from '#monitor/actions/apply-configuration.ts';
import type { ComponentContext } from '#monitor/actions/component-verb.ts';
import { configurationInForce, knownValues } from '#monitor/actions/configuration-in-force.ts';
import type { ConfigurationContext, GivenDocument, RulingFile } from '#monitor/actions/configuration-verb.ts';
import { resumeDue } from '#monitor/actions/resume-component.ts';
import { TESTS_PER_MINUTE } from '#monitor/actions/test-component.ts';
import type { Clock, Timer } from '#monitor/clock.ts';
import { composed } from '#monitor/config/compose.ts';
import type { Config, ConfigFault } from '#monitor/config/config.ts';
import { type Environment, parseEnvironment } from '#monitor/config/environment.ts';
import { readDocument } from '#monitor/config/given.ts';
import { loadConfiguration } from '#monitor/config/load.ts';
import { isConfig, type ParseEnvironment } from '#monitor/config/parse.ts';
import type { KnownValues } from '#monitor/config/write-only.ts';
import { type Actor, type Log, SYSTEM } from '#monitor/context.ts';
import { guessLimit } from '#monitor/identity/guess-limit.ts';
import type { Machinery, OwnPlaces } from './machinery.ts';

export interface KeeperDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly machinery: Machinery;
  readonly environment: Pick<Environment, 'configFile' | 'port' | 'metricsPort'>;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly workingDir: string;
}

/** What rules where no file does: the document that was applied last, or the first minute. */
export const ruledBy = async (store: Store, first: Config, environment: ParseEnvironment): Promise<Config | ConfigFault[]> => {
  const applied = first.source === null ? await lastApplied(store) : null;
  return applied ? readDocument(applied, { ...environment, known: knownValues(await configurationInForce(store), true) }) : first;
};

/** A pause is looked at again after this at the latest: the wall clock may be set. */
const LOOK_MS = 30_000;

export interface ConfigurationKeeper {
  /** In force. */
  readonly config: () => Config;
  readonly components: (actor: Actor) => ComponentContext;
  readonly configuration: (actor: Actor) => ConfigurationContext;
  /** Begins to watch; before it nothing is probed. `changed`: pages that say so are to be made anew. */
  begin(own: OwnPlaces, changed: () => void): Promise<void>;
  /** Reads the file again. */
  reload(): Promise<ConfigurationChange | ConfigFault[] | Refusal>;
  stop(): void;
}

export const keepConfiguration = (first: Config, deps: KeeperDeps): ConfigurationKeeper => {
  const { store, clock, log, machinery, environment, variables, workingDir } = deps;
  const reading = parseEnvironment(environment, variables, (name) => readFileSync(resolve(workingDir, name)));
  const tests = guessLimit(clock, TESTS_PER_MINUTE, MINUTE);
  let base = first;
  let config = first;
  let own: OwnPlaces | null = null;
  let changed: () => void = () => undefined;
  let timer: Timer | null = null;
  let stopped = false;
  let turn: Promise<unknown> = Promise.resolve();

  /** One after the other, whoever asks. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  const compose = async (): Promise<void> => {
    config = composed(base, await machinery.entered(reading.secret, base.probeSecrets));
    if (own) await machinery.watch(config, own);
    changed();
    await waitForPauses();
  };

  /** Makes `next` what the file says. */
  const take = async (next: Config): Promise<ConfigurationChange | Refusal> => {
    const change = await machinery.apply(next);
    if (isRefusal(change)) return change;
    base = next;
    await compose();
    return change;
  };

  const settle = (): Promise<void> =>
    inTurn(async () => {
      // Whether Avow watches itself depends on what was entered.
      const change = await take(base);
      if (isRefusal(change))
        log.error('What was entered could not be joined with the file; it is watched from the next start on.', change.facts);
    });

  const read = async (): Promise<Config | ConfigFault[]> => {
    const loaded = loadConfiguration(environment, variables, workingDir);
    return isConfig(loaded) ? ruledBy(store, loaded, reading) : loaded;
  };
  const reload = (): Promise<ConfigurationChange | ConfigFault[] | Refusal> =>
    inTurn(async () => {
      const next = await read();
      return isConfig(next) ? take(next) : next;
    });

  const rulingFile = (): RulingFile | null => {
    const path = resolve(workingDir, environment.configFile ?? 'avow.yaml');
    try {
      const real = realpathSync(path);
      return {
        path: real,
        name: loadedName(),
        bytes: () => {
          try {
            return readFileSync(real);
          } catch {
            return null;
          }
        },
      };
    } catch {
      return environment.configFile === null ? null : { path, name: loadedName(), bytes: () => null };
    }
  };
  const loadedName = (): string => environment.configFile ?? 'avow.yaml';

  const components = (actor: Actor): ComponentContext => ({
    store,
    clock,
    actor,
    config,
    secret: reading.secret,
    ownPorts: own?.ports ?? reading.ownPorts,
    tryOnce: machinery.tryOnce,
    tests,
    exclusive: machinery.exclusive,
    settle,
  });

  const waitForPauses = async (): Promise<void> => {
    if (stopped) return;
    timer?.cancel();
    const ends = (await readDefinitions(store)).components.flatMap(({ versions }) => lastVersion(versions).pause?.until ?? []);
    if (ends.length === 0) return;
    const ms = Math.max(0, Math.min(LOOK_MS, Math.min(...ends) - clock.now()));
    timer = clock.after(ms, () => void endPauses(), { background: true });
  };
  const endPauses = async (): Promise<void> => {
    try {
      const resumed = await resumeDue(components(SYSTEM));
      if (resumed.length > 0) {
        log.info('The pause that was ordered is over; it is watched again.', { components: resumed });
        await settle();
      } else await waitForPauses();
    } catch (cause) {
      log.warn('The end of a pause could not be stored; it is tried again.', { cause: String(cause) });
      if (!stopped) timer = clock.after(LOOK_MS, () => void endPauses(), { background: true });
    }
  };

  return {
    config: () => config,
    components,
    configuration: (actor) => ({
      store,
      clock,
      actor,
      ruling: rulingFile(),
      parse: (given: GivenDocument, known: KnownValues) => readDocument(given, { ...reading, known }),
      reload,
      taken: async (next) => {
        await inTurn(() => take(next));
      },
    }),
    begin: async (places, onChanged) => {
      own = places;
      changed = onChanged;
      await inTurn(compose);
      await endPauses();
    },
    reload,
    stop: () => {
      stopped = true;
      timer?.cancel();
    },
  };
};
