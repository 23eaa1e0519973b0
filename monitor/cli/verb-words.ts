/** What commands with verbs of their own share: options that must be there, one id, the verb by its name, and how an answer or a refusal is told. */
import { problemOfRefusal } from '#domain/problem.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { kindOfRefusal } from '#domain/refusal-kind.ts';
import { nearest } from '#monitor/config/nearest.ts';
import { exit, type Io, tellProblem, UsageFault } from './command.ts';

export const string = { type: 'string' } as const;
/** Options of every verb that asks the server or the store. */
export const COMMON = { data: string, json: { type: 'boolean' } } as const;
export interface Common {
  readonly data?: string | undefined;
  readonly json?: boolean | undefined;
}

export type Verb = (argv: readonly string[], io: Io) => Promise<number>;

/** Runs the verb that the first word names. */
export const runNamed = async (command: string, verbs: ReadonlyMap<string, Verb>, argv: readonly string[], io: Io): Promise<number> => {
  const [name, ...rest] = argv;
  const known = [...verbs.keys()].join(', ');
  if (name === undefined) throw new UsageFault(`avow ${command} needs a verb: ${known}.`);
  if (name.startsWith('-')) throw new UsageFault(`avow ${command} needs a verb before its options: ${known}.`);
  const verb = verbs.get(name);
  if (!verb) {
    const near = nearest(name, verbs.keys());
    throw new UsageFault(`avow ${command} has no verb "${name}".${near === null ? '' : ` Did you mean "${near}"?`} Known: ${known}.`);
  }
  return verb(rest, io);
};

/** The values of options that must be there. */
export const needed = <K extends string>(
  verb: string,
  values: Readonly<Partial<Record<K, string | undefined>>>,
): Readonly<Record<K, string>> => {
  const missing = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [`--${name}`] : []));
  if (missing.length > 0) throw new UsageFault(`avow ${verb} needs ${missing.join(', ')}.`);
  return values as Record<K, string>;
};

/** The name that `needed` asks for, where somebody must answer by name: at this machine. An Avow elsewhere knows whose the token is. */
export const nameHere = (as: string | undefined, { remote }: Pick<Io, 'remote'>): { readonly as?: string | undefined } =>
  remote ? {} : { as };

/** The one word after the options, or null; `what` says what it names, `where` what shows them all. */
export const oneWord = (verb: string, words: readonly string[], what: string): string | null => {
  const [word, second] = words;
  if (second !== undefined) throw new UsageFault(`avow ${verb} takes one ${what}, and "${second}" is a second.`);
  // An empty one is a variable of a script that was not set.
  return word === undefined || word.trim() === '' ? null : word;
};
export const oneId = (verb: string, words: readonly string[], what: string, where: string): string => {
  const id = oneWord(verb, words, what);
  if (id === null) throw new UsageFault(`avow ${verb} needs the id of ${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}; ${where}.`);
  return id;
};

/** Says on standard error why not; answers the exit code. */
export const refusedWith = (refusal: Refusal, io: Io): number => {
  tellProblem(io, problemOfRefusal(refusal));
  return kindOfRefusal(refusal) === 'invalid' ? exit.usage : exit.no;
};

interface Said {
  readonly warnings: readonly { readonly message: string }[];
  readonly says: readonly string[];
}
/** An answer in sentences, or as one document with its warnings beside it; a refusal, or the exit code of whoever could not be asked. */
export const tellAnswer = <A extends Said>(
  answer: A | Refusal | number,
  common: Common,
  io: Io,
  documentOf: (answer: A) => object,
): number => {
  if (typeof answer === 'number') return answer;
  if (isRefusal(answer)) return refusedWith(answer, io);
  if (common.json) {
    io.out(JSON.stringify(documentOf(answer)));
    for (const { message } of answer.warnings) io.err(`Warning: ${message}`);
  } else for (const line of answer.says) io.out(line);
  return exit.done;
};

/** Likewise a view: its lines, or its document. */
export const tellView = <T extends object>(
  view: T | Refusal | number,
  common: Common,
  io: Io,
  { document, lines }: { document(view: T): object; lines(view: T): readonly string[] },
): number => {
  if (typeof view === 'number') return view;
  if (isRefusal(view)) return refusedWith(view, io);
  if (common.json) io.out(JSON.stringify(document(view)));
  else for (const line of lines(view)) io.out(line);
  return exit.done;
};
