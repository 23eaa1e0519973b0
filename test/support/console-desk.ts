/**
 * A store with a recorder on it, a configuration that was applied and the verbs of components, on a clock of its own: what tests of pauses
 * and of the console's components share. Samples are recorded as the prober would deliver them; nobody is dialled.
 */
import type { Store } from '#db/store.ts';
import type { Outcome } from '#domain/check/check-result.ts';
import type { Tried, TryOnce } from '#domain/check/tried.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { componentVerbs } from '#monitor/actions/component-requests.ts';
import type { ComponentContext } from '#monitor/actions/component-verb.ts';
import { configurationInForce } from '#monitor/actions/configuration-in-force.ts';
import type { Config } from '#monitor/config/config.ts';
import { renderFault } from '#monitor/config/fault.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { type Actor, SOCKET_OWNER, SYSTEM } from '#monitor/context.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import type { Recorder } from '#monitor/core/recorder-types.ts';
import { result } from './recording.ts';
import { openTempStore, silentLog } from './temp-store.ts';
import { VirtualClock } from './virtual-clock.ts';

export const SECRETS: Readonly<Record<string, string>> = { API_TOKEN: 'canary-value-of-the-api-token' };

export const readConfig = (text: string): Config => {
  const read = parseConfiguration(Buffer.from(text), 'avow.yaml', { secret: (name) => SECRETS[name] ?? null, ownPorts: [4321] });
  if (!isConfig(read)) throw new Error(read.map(renderFault).join('\n'));
  return read;
};

type VerbName = keyof typeof componentVerbs;

export interface ConsoleDesk extends AsyncDisposable {
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly recorder: Recorder;
  /** What the tried probes answer; by default that nothing is denied. */
  tried: TryOnce | null;
  context(actor?: Actor): Promise<ComponentContext>;
  apply(text: string): Promise<void>;
  /** The answer or the refusal of a verb, as a door would get it. */
  ask(verb: VerbName, request: object, actor?: Actor): Promise<Readonly<Record<string, unknown>> | Refusal>;
  /** The same for a verb that must not refuse. */
  does(verb: VerbName, request: object, actor?: Actor): Promise<Readonly<Record<string, unknown>>>;
  /** One sample at the local location now, then `ms` go by. */
  sample(slug: string, outcome: Outcome, ms?: number): Promise<void>;
  /** The recorder begins anew, as after a restart. */
  restart(): Promise<void>;
}

const NOTHING_DENIED: Tried = { denied: null, result: null, assertions: [] };

export const openConsoleDesk = async (text: string, startsAt = Date.UTC(2026, 10, 3, 11, 59, 59)): Promise<ConsoleDesk> => {
  const store = await openTempStore();
  const clock = new VirtualClock(startsAt);
  let config = readConfig(text);
  const fresh = (): Promise<Recorder> => createRecorder({ store, clock, log: silentLog });
  await applyConfiguration({ store, clock, actor: SYSTEM }, config);
  // What follows is of a later instant.
  clock.jumpWall(1_000);
  let recorder = await fresh();
  const context = async (actor: Actor = SOCKET_OWNER): Promise<ComponentContext> => {
    const inForce = await configurationInForce(store);
    return {
      store,
      clock,
      actor,
      config: { ...config, components: inForce?.components ?? [] },
      secret: (name) => SECRETS[name] ?? null,
      ownPorts: [4321],
      tryOnce: desk.tried,
      insider: true,
      exclusive: (work) =>
        store.exclusive(async () => {
          const answer = await work();
          await recorder.reloadWithin();
          return answer;
        }),
      settle: async () => undefined,
    };
  };
  const ask: ConsoleDesk['ask'] = async (verb, request, actor) =>
    (await componentVerbs[verb].run(await context(actor), request)) as Readonly<Record<string, unknown>> | Refusal;
  const desk: ConsoleDesk = {
    store,
    clock,
    get recorder() {
      return recorder;
    },
    tried: async () => NOTHING_DENIED,
    context,
    apply: async (next) => {
      config = readConfig(next);
      const change = await applyConfiguration({ store, clock, actor: SYSTEM }, config);
      if (isRefusal(change)) throw new Error(change.message);
      await recorder.reload();
    },
    ask,
    does: async (verb, request, actor) => {
      const answer = await ask(verb, request, actor);
      if (isRefusal(answer)) throw new Error(`${answer.code}: ${answer.message}`);
      return answer as Readonly<Record<string, unknown>>;
    },
    sample: async (slug, outcome, ms = 60_000) => {
      await recorder.record([result(slug, 'local', clock.now(), outcome)]);
      clock.jumpWall(ms);
    },
    restart: async () => {
      recorder = await fresh();
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
  return desk;
};
