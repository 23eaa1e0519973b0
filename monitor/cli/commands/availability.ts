/** `avow availability --case FILE…`: the calculator alone, without a store. One JSON line per file; where a case says what it expects, the difference is named. */
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArguments } from '../arguments.ts';
import { answerCase, type CaseResult } from '../availability-answer.ts';
import { type AvailabilityCase, RESULT_KEYS, readCase } from '../availability-case.ts';
import { type Command, exit, faultOf, type Io, tellProblem, UsageFault } from '../command.ts';

export const command: Command = {
  name: 'availability',
  summary: 'computes availability, verdict and credit of cases in files, without a store',
  usage: `avow availability --case FILE…

The calculator of the ledger alone: reads cases (JSON; the format is in docs/availability-cases.md) and prints one JSON line per file,
{"name", "result"}, on standard output. Lengths are milliseconds, money is minor units, percentages are truncated to four decimals.
A case may carry "expected", any of the result's keys: what differs is named on standard error.

It is arithmetic only: an indeterminate month shows the credit of the figure; closing a month is another verb.

  --case FILE…   one or more files
  --json         accepted; the answer is JSON anyway

Exit codes: 0 done, whatever the verdict; 1 a case differs from what it expects; 2 wrong use, or a file that cannot be read as a case.`,
  async run(argv, io) {
    const { values, positionals } = parseArguments('availability', argv, {
      options: { case: { type: 'string', multiple: true }, json: { type: 'boolean' } },
      positionals: 'FILE',
    });
    if (!values.case) throw new UsageFault('avow availability needs --case FILE, a case to compute.');
    let code: number = exit.done;
    for (const file of [...values.case, ...positionals]) code = Math.max(code, await answerFile(file, io));
    return code;
  },
};

/** Answers one file; its exit code out. */
const answerFile = async (file: string, io: Io): Promise<number> => {
  const read = await caseIn(resolve(io.cwd, file));
  if ('faults' in read) {
    const sentence = read.faults.map((fault) => `${file}: ${fault}`).join('\n');
    tellProblem(io, faultOf('bad_case', 422, 'Not acceptable as it is', sentence));
    return exit.usage;
  }
  const name = read.case.name ?? basename(file, '.json');
  if (!read.case.components.some(({ critical }) => critical))
    io.err(`${file}: note that no component is critical, so nothing in this case can be down.`);
  const result = answerCase(read.case);
  io.out(JSON.stringify({ name, result }));
  const differences = differencesOf(read.case, result);
  for (const difference of differences) io.err(`${file}: ${difference}`);
  return differences.length > 0 ? exit.no : exit.done;
};

const caseIn = async (path: string): Promise<{ readonly case: AvailabilityCase } | { readonly faults: readonly string[] }> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    return { faults: [unreadable(cause)] };
  }
  try {
    return readCase(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (cause) {
    if (cause instanceof SyntaxError) return { faults: [`the file is not JSON: ${cause.message}. Mend it, or give another file.`] };
    throw cause;
  }
};

const unreadable = (cause: unknown): string => {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'ENOENT') return 'there is no such file. Check the path; relative ones start at the folder you stand in.';
  if (code === 'EISDIR') return 'that is a folder. Give the files in it.';
  if (code === 'EACCES') return 'the file may not be read by this user. Change its permissions, or give another file.';
  return `the file cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
};

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

const differencesOf = ({ expected }: AvailabilityCase, result: CaseResult): string[] =>
  RESULT_KEYS.flatMap((key) => {
    const wanted = expected?.[key];
    return wanted === undefined || wanted === result[key]
      ? []
      : [`${key} is ${shown(result[key])}, and the case expects ${shown(wanted)}.`];
  });
