/**
 * The command line: finds the verb, runs it, turns what it says into an exit code. Faults of use are sentences (exit 2); a fault of ours
 * shows its causes (exit 1). Started by avow.mjs, in its process or as its child.
 */
import process from 'node:process';
import type { RefusalProblem } from '#domain/problem.ts';
import { redactText } from '#domain/redact.ts';
import { systemClock } from '#monitor/clock.ts';
import { exit, faultOf, type Io, noVerb, type Remote, tellProblem, Unreachable, UsageFault } from './command.ts';
import { listenToLauncher } from './lifetime.ts';
import { registry } from './registry.ts';
import { readRemote } from './remote.ts';

/** Runs one command line (words after `avow`) and answers its exit code. */
export async function runVerb(argv: readonly string[], plain: Io): Promise<number> {
  const io: Io = isJson(argv) ? Object.create(plain, { json: { value: true, enumerable: true } }) : plain;
  const asked = argv[0] ?? 'help';
  const verb = asked === '--help' || asked === '-h' ? 'help' : asked === '--version' || asked === '-v' ? 'version' : asked;
  const load = registry.get(verb);
  if (!load) {
    tellProblem(io, wrongUse(noVerb(verb, registry.keys())));
    return exit.usage;
  }
  try {
    const { command } = await load();
    const rest = argv.slice(1);
    if (rest.includes('--help') || rest.includes('-h')) {
      io.out(command.usage);
      return exit.done;
    }
    const { argv: words, remote } = readRemote(verb, rest, io, command.remote ?? false);
    return await command.run(words, remote ? withRemote(io, remote) : io);
  } catch (fault) {
    if (fault instanceof Unreachable) {
      tellProblem(io, faultOf('unreachable', 503, 'Cannot be asked', fault.message));
      return exit.no;
    }
    if (!(fault instanceof UsageFault)) throw fault;
    tellProblem(io, wrongUse(fault.message));
    if (!io.json) io.err(`\`avow help ${verb}\` shows how it is used.`);
    return exit.usage;
  }
}

const isJson = (argv: readonly string[]): boolean => argv.includes('--json');
const wrongUse = (sentence: string): RefusalProblem => faultOf('wrong_use', 400, 'Wrong use', sentence);

/** Getters stay getters: standard input is opened by who reads it. */
const withRemote = (io: Io, remote: Remote): Io => Object.create(io, { remote: { value: remote, enumerable: true } }) as Io;

/** What somebody typed, or gave in a variable, comes back in sentences; in a terminal it must not act. */
const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, (sign) => (sign === '\n' || sign === '\t' ? sign : '?'));

/** The program: runs the verb with the real process around it, then ends the process. */
export async function main(argv: readonly string[]): Promise<never> {
  const lifetime = listenToLauncher(process, systemClock.monotonicUs);
  const io: Io = {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${printable(line)}\n`),
    env: process.env,
    cwd: process.cwd(),
    clock: systemClock,
    get input() {
      return process.stdin;
    },
    lifetime,
  };
  // A reader that went away (`avow help | head`) is no fault of ours.
  process.stdout.on('error', (fault: NodeJS.ErrnoException) => process.exit(fault.code === 'EPIPE' ? exit.done : exit.no));
  let code: number;
  try {
    code = await runVerb(argv, io);
  } catch (fault) {
    const lines = [...causes(fault)];
    const message = fault instanceof Error ? redactText(fault.message) : (lines[0] ?? '');
    if (isJson(argv)) tellProblem({ err: io.err, json: true }, faultOf('fault', 500, 'Avow could not run', message));
    else for (const line of lines) io.err(line);
    code = exit.no;
  }
  await written(process.stdout);
  await written(process.stderr);
  process.exit(code);
}

function* causes(fault: unknown): Generator<string> {
  for (let depth = 0, at: unknown = fault; at !== undefined && depth < 8; depth++) {
    const said = at instanceof Error ? (depth === 0 ? (at.stack ?? at.message) : at.message) : String(at);
    yield redactText(depth === 0 ? said : `  because: ${said}`);
    at = at instanceof Error ? at.cause : undefined;
  }
}

const written = (stream: NodeJS.WriteStream): Promise<void> => new Promise((resolve) => stream.write('', () => resolve()));

if (import.meta.main) await main(process.argv.slice(2));
