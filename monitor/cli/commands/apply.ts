/** `avow apply FILE`: makes a configuration file the one in force. */
import { plainDocument } from '#monitor/views/component-document.ts';
import { parseArguments } from '../arguments.ts';
import { askRoom } from '../ask-room.ts';
import { type Command, exit, UsageFault } from '../command.ts';
import { givenFile } from '../given-configuration.ts';
import { COMMON, oneWord, string, tellAnswer } from '../verb-words.ts';

export const command: Command = {
  name: 'apply',
  remote: true,
  summary: 'makes a configuration file the one in force, and says what changed',
  usage: `avow apply FILE [--as NAME]

Where Avow runs with a file (./avow.yaml, AVOW_CONFIG, --config), that file rules: applying it reads it again, as SIGHUP does, and any other
file is refused. Where it runs without one, the file itself is stored with all that it says: it is in force at once and after every start,
until another is applied or a file is put in its place. \`avow plan FILE\` says before what would change. A file with a fault changes nothing.

A running Avow is asked through avow.sock in its data folder, and looks up \${NAME} in its own environment; otherwise the store is opened here,
and what is applied is watched from the next start on.

  --as NAME   who does it; a claim, for nobody signs in here. With --url: the token's owner alone
  --url URL   a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR  the data folder (default: AVOW_DATA, else ./data)
  --json      one JSON document on standard output

Exit codes: 0 it is in force, 1 refused (another file rules, a final month would be rewritten), 2 the file has faults (each as
file:line:column: message (path)), 75 another process holds the store.`,
  async run(argv, io) {
    const { values, positionals } = parseArguments('apply', argv, { options: { ...COMMON, as: string }, positionals: 'FILE' });
    const name = oneWord('apply', positionals, 'file');
    if (name === null) throw new UsageFault('avow apply needs a file, such as avow apply avow.yaml.');
    const given = givenFile(name, io);
    if (!given) return exit.usage;
    const answer = await askRoom('configurationRoom', 'apply', values, { ...given, author: values.as ?? null }, io);
    return tellAnswer(answer, values, io, plainDocument);
  },
};
