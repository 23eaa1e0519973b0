/**
 * Asks a long verb where it can be answered: at the running server, whose stream is followed to its end, or here with the store
 * open. Progress goes to standard error either way. Both ways run the same verb, and answer the same values.
 */
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import type { Store } from '#db/store.ts';
import { problemOfRefusal } from '#domain/problem.ts';
import type { LongLine, LongProgress, Told } from '#monitor/actions/long-verb.ts';
import { exit, type Io, tellProblem, Unreachable } from './command.ts';
import { askServer, type Question, withStore } from './door.ts';
import { askRemote } from './remote.ts';
import { problemOf, refusalIn, refusedBy } from './verb-client.ts';

const tell = (io: Io, { message, done, total }: LongProgress): void => io.err(total > 0 ? `${done}/${total} ${message}` : message);

/** The stream of a running server, to its report. Rejects with `Unreachable`. */
const follow = (response: IncomingMessage, server: string, told: Told): Promise<unknown> =>
  new Promise((settle, reject) => {
    if (response.statusCode !== 200) {
      response.resume();
      reject(new Unreachable(`${server} answered ${response.statusCode}. Is it another version?`));
      return;
    }
    const reader = createInterface({ input: response });
    let report: { readonly value: unknown } | null = null;
    reader.on('line', (text) => {
      // An empty line says that the work goes on.
      if (text.trim() === '') return;
      const line = JSON.parse(text) as LongLine;
      if (line.type === 'progress') told(line.progress);
      else if (line.type === 'report') report = { value: line.report };
      else if (line.type === 'refused') report = { value: refusalIn(line.problem) };
      else reject(new Unreachable(`The running Avow could not finish: ${line.message}`));
    });
    const brokeOff = (cause: Error): void => reject(new Unreachable(`${server} broke off: ${cause.message}.`, { cause }));
    response.once('error', brokeOff);
    // The reader passes on what its input says.
    reader.once('error', brokeOff);
    reader.once('close', () => {
      if (report) settle(report.value);
      else reject(new Unreachable(`${server} ended without a report. Its log says why.`));
    });
  });

/** The verb's answer, or the exit code when nobody can be asked; the reason is on standard error then. */
export const askLong = async <T extends object>(
  folder: string,
  io: Io,
  question: { readonly path: string; readonly body?: object },
  here: (store: Store, told: Told) => Promise<T>,
): Promise<T | number> => {
  const told: Told = (progress) => tell(io, progress);
  const asked: Question = { method: 'POST', ...question };
  const { remote } = io;
  if (remote) {
    const response = await askRemote(remote, asked);
    if (response.statusCode === 200) return (await follow(response, remote.origin, told)) as T;
    tellProblem(io, problemOfRefusal(refusedBy(remote.origin, response.statusCode ?? 0, await problemOf(response))));
    return exit.no;
  }
  const response = await askServer(folder, asked);
  if (response) return (await follow(response, `The running Avow in ${folder}`, told)) as T;
  return withStore(folder, io, (store) => here(store, told));
};
