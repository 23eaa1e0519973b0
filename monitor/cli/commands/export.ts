/** `avow export`: the configuration in force as a file that says it. */
import { isRefusal } from '#domain/refusal.ts';
import { plainDocument } from '#monitor/views/component-document.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, exit } from '../command.ts';
import { dataFolder } from '../door.ts';
import { COMMON, refusedWith } from '../verb-words.ts';

export const command: Command = {
  name: 'export',
  remote: true,
  summary: 'prints the configuration in force as a file that says it',
  usage: `avow export > avow.yaml

Prints everything that is in force: what the file says, and what was entered in the console. \`avow plan\` of what it prints finds no difference.
Secrets stay the \${NAME} that they were written as. One that was written out (a header, a body, what stands in a query) is not printed: it stands
as •, which plan and apply read as what is in force. Of a heartbeat's token only its SHA-256 is known, and that is printed. The logo is named by its
path and is not printed. What only says a default is left out.

A running Avow is asked through avow.sock in its data folder; otherwise the store is opened here.

  --url URL   a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR  the data folder (default: AVOW_DATA, else ./data)
  --json      one JSON document on standard output, the file as \`text\`

Exit codes: 0 done, 1 there is nothing to export (Avow watches itself), 2 wrong use, 75 another process holds the store.`,
  async run(argv, io) {
    const { values } = parseArguments('export', argv, { options: COMMON });
    const [{ askView }, { configurationView }, { configurationHere }] = await Promise.all([
      import('../verb-client.ts'),
      import('#monitor/views/configuration.ts'),
      import('../rooms.ts'),
    ]);
    const view = await askView(dataFolder(values.data, io), io, '/configuration', (here) => configurationView(configurationHere(here)));
    if (typeof view === 'number') return view;
    if (isRefusal(view)) return refusedWith(view, io);
    if (values.json) io.out(JSON.stringify(plainDocument(view)));
    if (view.text === null) {
      io.err('Nothing is configured yet: Avow watches itself, and no file can say that. Write avow.yaml, or avow component add.');
      return exit.no;
    }
    if (!values.json) for (const line of view.text.replace(/\n$/, '').split('\n')) io.out(line);
    return exit.done;
  },
};
