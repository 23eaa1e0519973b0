/** How commands ask a verb of a room: what that takes is loaded when it is asked, so that `avow help` stays quick. */
import type { Refusal } from '#domain/refusal.ts';
import type { AnswerOf } from '#monitor/actions/request-verb.ts';
import type { Io } from './command.ts';
import { dataFolder } from './door.ts';
import type * as rooms from './rooms.ts';
import type { Here } from './verb-client.ts';
import type { Common } from './verb-words.ts';

/** `maintenanceRoom` and so on. */
type RoomName = Extract<keyof typeof rooms, `${string}Room`>;
type VerbsOf<R extends RoomName> = (typeof rooms)[R]['verbs'];

/** The answer of a verb, its refusal, or the exit code when nobody can be asked. */
export const askRoom = async <R extends RoomName, N extends keyof VerbsOf<R> & string>(
  room: R,
  name: N,
  common: Common,
  request: object,
  io: Io,
): Promise<AnswerOf<VerbsOf<R>[N]> | Refusal | number> => {
  const [{ askVerb }, known] = await Promise.all([import('./verb-client.ts'), import('./rooms.ts')]);
  const answer: unknown = await askVerb(dataFolder(common.data, io), io, known[room] as never, name as never, request);
  return answer as AnswerOf<VerbsOf<R>[N]> | Refusal | number;
};

/** What a view shows, likewise. `view`: for where nobody runs. */
export const askShown = async <T extends object>(
  path: string,
  common: Common,
  io: Io,
  load: () => Promise<(here: Here) => Promise<T | Refusal>>,
): Promise<T | Refusal | number> => {
  const [{ askView }, view] = await Promise.all([import('./verb-client.ts'), load()]);
  return askView<T>(dataFolder(common.data, io), io, path, view);
};
