/**
 * Asks a verb or a view where it can be answered: at the running server, or here with the store open and the policy that the store
 * says was applied last. Both ways run the same verbs, and answer the same values.
 */
import type { IncomingMessage } from 'node:http';
import { lastSettings } from '#db/queries/settings.ts';
import type { Store } from '#db/store.ts';
import { type Refusal, refuse } from '#domain/refusal.ts';
import type { Policy } from '#domain/sla/terms.ts';
import { bindEarlierRows } from '#monitor/actions/bind-earlier-rows.ts';
import { configurationInForce } from '#monitor/actions/configuration-in-force.ts';
import type { AnswerOf, RequestVerbs } from '#monitor/actions/request-verb.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Said } from '#monitor/config/document.ts';
import { type Acting, SOCKET_OWNER, SYSTEM } from '#monitor/context.ts';
import { type Io, Unreachable } from './command.ts';
import { askServer, type Question, textOf, withStore } from './door.ts';
import { askRemote } from './remote.ts';

/** What is at hand when nobody runs: whoever opens the store owns the data folder, as at the socket. */
export interface Here extends Acting {
  readonly store: Store;
  readonly clock: Clock;
  readonly policy: Policy;
  /** The data folder. */
  readonly folder: string;
  /** For verbs of the configuration: the environment and the folder that they were called in. */
  readonly io: Pick<Io, 'env' | 'cwd'>;
  /** What is in force, as the store says it. */
  readonly inForce: Said;
}
/** Verbs that lie under one path of the socket, and what they act on when the store is opened here. */
export interface Room<C, V extends RequestVerbs<C>> {
  readonly path: string;
  readonly verbs: V;
  context(here: Here): C;
}

/** Who answers, as people speak of it. */
export const whoAnswers = (folder: string, { remote }: Pick<Io, 'remote'>): string =>
  remote ? remote.origin : `The running Avow in ${folder}`;

/** The value of an answer; a refusal when the server said no. Throws when it is neither. */
const read = async <T extends object>(response: IncomingMessage, folder: string, io: Io): Promise<T | Refusal> => {
  const who = whoAnswers(folder, io);
  const text = await textOf(response);
  const status = response.statusCode ?? 0;
  let said: Problem;
  try {
    said = JSON.parse(text) as Problem;
  } catch (cause) {
    const sentence = `${who} answered ${status} and no JSON. Is it another version?`;
    throw new Unreachable(sentence, { cause });
  }
  if (status === 200 || status === 201) return said as T;
  const refusal = refusalIn(said);
  if (refusal) return refusal;
  if (io.remote) return refusedBy(who, status, said);
  throw new Unreachable(`${who} answered ${status}: ${typeof said.detail === 'string' ? said.detail : text}`);
};

/** The refusal that a problem document tells of; null: it tells of something else. */
export const refusalIn = ({ code, detail, facts }: Problem): Refusal | null =>
  typeof code === 'string' && typeof detail === 'string' ? refuse(code, detail, (facts ?? {}) as Refusal['facts']) : null;

export const problemOf = async (response: IncomingMessage): Promise<Problem> => {
  try {
    return JSON.parse(await textOf(response)) as Problem;
  } catch {
    return {};
  }
};
interface Problem {
  readonly code?: unknown;
  readonly facts?: unknown;
  readonly detail?: unknown;
  readonly needs?: unknown;
  readonly has?: unknown;
}
/** What an Avow elsewhere says before it looks at what is asked. Throws what nobody can decide by. */
export const refusedBy = (who: string, status: number, { detail, needs, has }: Problem): Refusal => {
  const said = typeof detail === 'string' ? detail : 'no reason given';
  if (status === 401 || status === 403)
    return refuse('denied', `${who} says no: ${said}`, {
      status,
      ...(typeof needs === 'string' && { needs }),
      ...(Array.isArray(has) && { has: has.filter((scope) => typeof scope === 'string') }),
    });
  if (status === 429) return refuse('limited', `${who} says no: ${said}`, { status });
  if (status === 404 || status === 405) throw new Unreachable(`${who} does not do this over the network: ${said}`);
  throw new Unreachable(`${who} answered ${status}: ${said}`);
};

const answered = async <T extends object>(
  folder: string,
  io: Io,
  question: Question,
  here: (at: Here) => Promise<T | Refusal>,
): Promise<T | Refusal | number> => {
  const response = io.remote ? await askRemote(io.remote, question) : await askServer(folder, question);
  if (response) return read<T>(response, folder, io);
  return withStore<T | Refusal>(folder, io, async (store) => {
    const settings = await lastSettings(store);
    if (!settings) return neverStarted(folder);
    await bindEarlierRows({ store, clock: io.clock, actor: SYSTEM });
    const inForce = await configurationInForce(store);
    return inForce
      ? here({ store, clock: io.clock, actor: SOCKET_OWNER, policy: settings.policy, folder, io, inForce })
      : neverStarted(folder);
  });
};

const neverStarted = (folder: string): Refusal =>
  refuse('no_policy', `The store in ${folder} knows no policy yet. Start Avow once with your configuration, then ask again.`, { folder });

/** The answer of a verb, its refusal, or the exit code when nobody can be asked. */
export const askVerb = <C, V extends RequestVerbs<C>, N extends keyof V & string>(
  folder: string,
  io: Io,
  room: Room<C, V>,
  name: N,
  request: object,
): Promise<AnswerOf<V[N]> | Refusal | number> => {
  const verb: RequestVerbs<C>[string] | undefined = room.verbs[name];
  if (!verb) throw new Error(`There is no verb "${name}" under ${room.path}.`);
  const question: Question = { method: 'POST', path: `${room.path}/${name}`, body: request };
  return answered(folder, io, question, (here) => verb.run(room.context(here), request)) as Promise<AnswerOf<V[N]> | Refusal | number>;
};

/** What a view shows, likewise. */
export const askView = <T extends object>(
  folder: string,
  io: Io,
  path: string,
  view: (here: Here) => Promise<T | Refusal>,
): Promise<T | Refusal | number> => answered<T>(folder, io, { method: 'GET', path }, view);
