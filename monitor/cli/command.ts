/**
 * What a verb of the command line is: one file under `commands/`, one exported `command`. Exit codes are a contract
 * (docs/cli.md): 0 done, 1 the answer is no, 2 wrong use or bad input, 75 the store is held by another process.
 */
import { type Problem, problem, type RefusalProblem } from '#domain/problem.ts';
import type { Clock } from '#monitor/clock.ts';
import { nearest } from '#monitor/config/nearest.ts';

export const exit = { done: 0, no: 1, usage: 2, held: 75 } as const;

/** A running Avow elsewhere, and the token it is asked with. */
export interface Remote {
  readonly origin: string;
  readonly token: string;
}

export interface Io {
  /** One line on standard output: the answer. With `--json`, one JSON document. */
  out(line: string): void;
  /** One line on standard error: words, progress, faults. */
  err(line: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder the person stands in: relative paths in arguments start here. */
  readonly cwd: string;
  readonly clock: Clock;
  /** `--json` was given: whatever is refused is told as a problem document. */
  readonly json?: boolean;
  /** Whom the verb asks; absent: this machine. */
  readonly remote?: Remote | undefined;
  /** What stands behind standard input; absent: nothing does. */
  readonly input?: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean };
  /**
   * For verbs that run until told to stop. From the first call on, SIGTERM, SIGINT and the death of the launcher abort `stop` (a second signal ends
   * the process at once) and SIGHUP calls the reload listeners. Verbs that never ask die of these signals as any program does.
   */
  lifetime(): Lifetime;
}

export interface Lifetime {
  /** Aborted with a `StopReason`: end what runs, flush, and return. */
  readonly stop: AbortSignal;
  onReload(listener: () => void): void;
}

export type StopReason = 'SIGTERM' | 'SIGINT' | 'launcher gone';

export interface Command {
  readonly name: string;
  /** One line for the list of verbs. */
  readonly summary: string;
  /** The man-like page: synopsis first, then what it does, options and exit codes. */
  readonly usage: string;
  /** It asks a running Avow, which may be elsewhere (`--url`). */
  readonly remote?: true;
  /** Arguments after the verb in, exit code out. A fault of use is thrown as `UsageFault`. */
  run(argv: readonly string[], io: Io): Promise<number>;
}

/** The person used the verb wrongly: the message is a sentence; the router adds where to read more and exits 2. */
export class UsageFault extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'UsageFault';
  }
}

/** Whom the verb asks cannot be asked, or says no before it looks at what is asked: a sentence, exit 1. */
export class Unreachable extends Error {}

/** On standard error, why something was not done: the sentence, or with `--json` the problem document. */
export const tellProblem = (io: Pick<Io, 'json' | 'err'>, problem: Problem): void =>
  io.err(io.json ? JSON.stringify(problem) : problem.detail);
/** What happens before anything was asked, by a code of its own. */
export const faultOf = (code: string, status: number, title: string, detail: string): RefusalProblem => ({
  ...problem(status, title, detail),
  code,
  facts: {},
});

/** A first word that is no verb. */
export const noVerb = (word: string, known: Iterable<string>): string => {
  if (word.startsWith('-')) return `avow begins with a verb, and "${word}" is an option. \`avow help\` lists the verbs.`;
  const near = nearest(word, known);
  return `There is no verb "${word}".${near === null ? '' : ` Did you mean "${near}"?`} \`avow help\` lists them all.`;
};

/** Every verb by name, loaded when asked for. */
export type Registry = ReadonlyMap<string, () => Promise<{ readonly command: Command }>>;
