/**
 * Asks for maintenance where it can be answered: at the running server, or here with the store open and the policy that the store
 * says was applied last. Both ways run the same verbs, and answer the same values.
 */
import type { IncomingMessage } from 'node:http';
import { lastSettings } from '#db/queries/components.ts';
import type { Store } from '#db/store.ts';
import type { MaintenanceAnswer } from '#domain/maintenance/answer.ts';
import { type Refusal, refuse } from '#domain/refusal.ts';
import { maintenanceVerbs } from '#monitor/actions/maintenance-requests.ts';
import type { MaintenanceContext } from '#monitor/actions/maintenance-verb.ts';
import type { Policy } from '#monitor/config/config.ts';
import { type MaintenanceView, maintenanceView } from '#monitor/views/maintenance.ts';
import type { Io } from './command.ts';
import { askServer, type Question, textOf, withStore } from './door.ts';

/** The value of an answer; a refusal when the server said no. Throws when it is neither. */
const read = async <T extends object>(response: IncomingMessage, folder: string): Promise<T | Refusal> => {
  const text = await textOf(response);
  const status = response.statusCode ?? 0;
  let said: { readonly code?: unknown; readonly detail?: unknown; readonly facts?: unknown };
  try {
    said = JSON.parse(text) as typeof said;
  } catch (cause) {
    throw new Error(`The running Avow in ${folder} answered ${status} and no JSON. Is it another version?`, { cause });
  }
  if (status === 200 || status === 201) return said as T;
  if (typeof said.code === 'string' && typeof said.detail === 'string')
    return refuse(said.code, said.detail, (said.facts ?? {}) as Refusal['facts']);
  throw new Error(`The running Avow in ${folder} answered ${status}: ${typeof said.detail === 'string' ? said.detail : text}`);
};

const answered = async <T extends object>(
  folder: string,
  io: Io,
  question: Question,
  here: (ctx: MaintenanceContext) => Promise<T | Refusal>,
): Promise<T | Refusal | number> => {
  const response = await askServer(folder, question);
  if (response) return read<T>(response, folder);
  return withStore<T | Refusal>(folder, io, async (store) => {
    const policy = await policyOf(store);
    return policy ? here({ store, clock: io.clock, policy }) : neverStarted(folder);
  });
};

const policyOf = async (store: Store): Promise<Policy | null> => {
  const settings = await lastSettings(store);
  return settings ? (JSON.parse(settings.settings) as { readonly policy: Policy }).policy : null;
};
const neverStarted = (folder: string): Refusal =>
  refuse('no_policy', `The store in ${folder} knows no policy yet. Start Avow once with your configuration, then ask again.`, { folder });

/** The answer of a verb, its refusal, or the exit code when nobody can be asked. */
export const askVerb = (folder: string, io: Io, verb: string, request: object): Promise<MaintenanceAnswer | Refusal | number> => {
  const known = maintenanceVerbs.get(verb);
  if (!known) throw new Error(`There is no verb of maintenance "${verb}".`);
  return answered(folder, io, { method: 'POST', path: `/maintenance/${verb}`, body: request }, (ctx) => known.run(ctx, request));
};

export const askView = (folder: string, io: Io): Promise<MaintenanceView | Refusal | number> =>
  answered<MaintenanceView>(folder, io, { method: 'GET', path: '/maintenance' }, maintenanceView);
