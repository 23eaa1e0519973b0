/** `avow help [VERB]`: the list of verbs, or the page of one. */
import { parseArguments } from '../arguments.ts';
import { type Command, exit, faultOf, noVerb, type Registry, tellProblem, UsageFault } from '../command.ts';

const pageOf = ({ name, summary, usage }: Command): string => JSON.stringify({ verb: name, summary, usage });

/** Help knows the verbs it is handed: the registry holds help itself. */
export const helpOn = (registry: Registry): Command => ({
  name: 'help',
  summary: 'lists the verbs, or explains one',
  usage: `avow help [VERB] [--json]

Without a verb: every verb in one line each. With a verb: its page.

  --json   one JSON document per verb on standard output

Exit codes: 0 shown, 2 no such verb.`,
  async run(argv, io) {
    const { values, positionals } = parseArguments('help', argv, { options: { json: { type: 'boolean' } }, positionals: 'VERB' });
    const [verb, second] = positionals;
    if (second !== undefined) throw new UsageFault('avow help explains one verb at a time.');
    if (verb !== undefined) {
      const load = registry.get(verb);
      if (!load) {
        tellProblem(io, faultOf('wrong_use', 400, 'Wrong use', noVerb(verb, registry.keys())));
        return exit.usage;
      }
      const { command } = await load();
      io.out(values.json ? pageOf(command) : command.usage);
      return exit.done;
    }
    const commands = await Promise.all([...registry.values()].map(async (load) => (await load()).command));
    if (values.json) {
      for (const one of commands) io.out(pageOf(one));
      return exit.done;
    }
    const width = Math.max(...commands.map((one) => one.name.length));
    io.out('avow VERB [options]');
    io.out('');
    for (const one of commands) io.out(`  ${one.name.padEnd(width)}  ${one.summary}`);
    io.out('');
    io.out('avow help VERB explains one. Exit codes: 0 done, 1 the answer is no, 2 wrong use, 75 the store is held by another process.');
    return exit.done;
  },
});
