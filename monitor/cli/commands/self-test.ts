/** `avow self-test`: types, lint and tests of this very tree, one sum at the end. `npm test` runs it. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArguments } from '../arguments.ts';
import { type Command, exit, type Io } from '../command.ts';
import { type Count, sum } from '../self-test/count.ts';
import { runStep } from '../self-test/run-step.ts';
import { type Step, stepsOf } from '../self-test/steps.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

export const command: Command = {
  name: 'self-test',
  summary: 'checks types, lint and import rules, and runs every test of this tree',
  usage: `avow self-test [WORD…]

Runs the type checkers, the lint tools and the tests, side by side where that is quicker, and prints what failed as it fails. \`npm test\` runs
this, after installing and building what is missing. With words, only test files whose path holds one of them run (types and lint always do).

The last line is always \`N passed, N failed\`: each type project and each lint tool counts one, each test counts one. The line above
names what was skipped.

Exit codes: 0 nothing failed, 1 something failed or no test ran.`,
  async run(argv, io) {
    const { positionals } = parseArguments('self-test', argv, { options: {}, positionals: 'WORD' });
    const { stop } = io.lifetime();
    const steps = stepsOf(positionals);
    const lane = async (name: Step['lane']): Promise<readonly Count[]> => {
      const counts: Count[] = [];
      for (const step of steps.filter((one) => one.lane === name)) {
        if (!stop.aborted) counts.push(await perform(step, io, stop));
      }
      return counts;
    };
    const counts = (await Promise.all([lane('tools'), lane('tests')])).flat();
    const total = sum(counts);
    const stopped = counts.length < steps.length ? steps.length - counts.length : 0;
    if (stopped > 0) io.out(`Stopped by ${stop.reason}: ${stopped} of ${steps.length} steps did not run, and count as failed.`);
    io.out(total.skipped.length > 0 ? `skipped: ${total.skipped.join('; ')}` : 'skipped: none');
    io.out(`${total.passed} passed, ${total.failed + stopped} failed`);
    return total.failed + stopped === 0 ? exit.done : exit.no;
  },
};

async function perform(step: Step, io: Io, stop: AbortSignal): Promise<Count> {
  const ended = await runStep(step, root, io.clock, stop, (line) => {
    if (step.live) io.out(line);
  });
  const count = step.count(ended.output, ended.code);
  const verdict = count.failed === 0 ? 'passed' : 'FAILED';
  if (count.failed > 0 && !step.live) io.out(`\n${ended.output.replaceAll(/^/gm, '    ')}`);
  io.out(`${verdict} ${step.name} in ${(ended.tookMs / 1_000).toFixed(1)} s${count.words === null ? '' : `. ${count.words}`}`);
  return count;
}
