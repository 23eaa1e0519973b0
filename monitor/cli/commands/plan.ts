/** `avow plan FILE`: what applying a configuration file would change. Changes nothing. */
import { isRefusal } from '#domain/refusal.ts';
import { plainDocument } from '#monitor/views/component-document.ts';
import { parseArguments } from '../arguments.ts';
import { askRoom } from '../ask-room.ts';
import { type Command, exit, UsageFault } from '../command.ts';
import { givenFile } from '../given-configuration.ts';
import { COMMON, oneWord, tellAnswer } from '../verb-words.ts';

export const command: Command = {
  name: 'plan',
  remote: true,
  summary: 'says what applying a configuration file would change; changes nothing',
  usage: `avow plan FILE

Compares the file with the configuration in force: what is added, what changes key by key, what is no longer watched. Components that were
entered in the console and are not in the file stay, and are no difference; one that the file names too would be managed by the file.

A running Avow is asked through avow.sock in its data folder, and looks up \${NAME} in its own environment; otherwise the store is opened here.

  --url URL   a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR  the data folder (default: AVOW_DATA, else ./data)
  --json      one JSON document on standard output

Exit codes: 0 no difference, 1 there is one, or it would be refused, 2 the file has faults (each as file:line:column: message (path)),
75 another process holds the store.`,
  async run(argv, io) {
    const { values, positionals } = parseArguments('plan', argv, { options: COMMON, positionals: 'FILE' });
    const name = oneWord('plan', positionals, 'file');
    if (name === null) throw new UsageFault('avow plan needs a file, such as avow plan avow.yaml.');
    const given = givenFile(name, io);
    if (!given) return exit.usage;
    const { path: _, ...request } = given;
    const answer = await askRoom('configurationRoom', 'plan', values, request, io);
    const code = tellAnswer(answer, values, io, plainDocument);
    return code === exit.done && typeof answer === 'object' && !isRefusal(answer) && answer.different ? exit.no : code;
  },
};
