/** `avow maintenance …`: announces, changes and ends maintenance windows, and shows what of the reserve is announced and excluded. */
import type { MaintenanceView } from '#monitor/views/maintenance.ts';
import { answerDocument, maintenanceDocument, nextDocument, nextSlots } from '#monitor/views/maintenance-document.ts';
import { parseArguments } from '../arguments.ts';
import { askRoom, askShown } from '../ask-room.ts';
import type { Command, Io } from '../command.ts';
import { listLines, nextLines } from '../maintenance-lines.ts';
import type { maintenanceRoom } from '../rooms.ts';
import { COMMON, type Common, nameHere, needed, oneId, oneWord, runNamed, string, tellAnswer, tellView, type Verb } from '../verb-words.ts';

export const command: Command = {
  name: 'maintenance',
  remote: true,
  summary: 'announces, changes and ends maintenance windows; says how much of them counts as excluded',
  usage: `avow maintenance announce --slot next|YYYY-MM-DD --from HH:MM --to HH:MM --title TEXT --body TEXT [--components A,B] [--as NAME]
avow maintenance edit ID [--slot next|YYYY-MM-DD] [--from HH:MM] [--to HH:MM] [--title TEXT] [--body TEXT] [--as NAME]
avow maintenance complete [ID] [--as NAME]
avow maintenance cancel ID [--as NAME]
avow maintenance list
avow maintenance next
avow maintenance import --start INSTANT --end INSTANT --announced-at INSTANT --title TEXT --body TEXT --as NAME [--components A,B]
avow maintenance approve ID --as NAME --evidence TEXT

Times HH:MM are on the clock of the reserve's zone. Only announced time inside the reserve is excluded, and only when it was announced before
the deadline of its slot; the answer says how many milliseconds will count and why the rest will not. One window a week: a second
announcement for the same slot and component is refused. A change after the deadline can only take excluded time away. \`complete\` ends the
running window early; \`cancel\` gives it up. \`next\` shows the next slots of the reserve and what is announced in them, \`list\` everything
of three months back and ahead, and every announcement with its revisions.

\`import\` records a window of a time before Avow, with its instants as 2026-03-07T10:00-05:00; it excludes nothing until \`approve\`, by
another person, with evidence of the original notice.

A running Avow is asked through avow.sock in its data folder; otherwise the store is opened here.

  --components A,B  slugs of components (default: all)
  --as NAME         who does it; a claim, for nobody signs in here. With --url: the token's owner alone
  --url URL         a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR        the data folder (default: AVOW_DATA, else ./data)
  --json            one JSON document on standard output

Exit codes: 0 done, 1 refused (the slot is taken, there is no such announcement, it was ended before), 2 wrong use or bad input,
75 another process holds the store.`,
  async run(argv, io) {
    return runNamed('maintenance', VERBS, argv, io);
  },
};

const WORDS = { title: string, body: string } as const;
const WALL = { slot: string, from: string, to: string } as const;

const WHERE = '`avow maintenance list` shows them';
const idOf = (verb: string, words: readonly string[]): string => oneId(`maintenance ${verb}`, words, 'announcement', WHERE);

const componentsIn = (given: string | undefined): '*' | string[] =>
  given === undefined || given.trim() === '*'
    ? '*'
    : given
        .split(',')
        .map((slug) => slug.trim())
        .filter((slug) => slug !== '');

const say = async (verb: keyof (typeof maintenanceRoom)['verbs'], common: Common, request: object, io: Io): Promise<number> => {
  return tellAnswer(await askRoom('maintenanceRoom', verb, common, request, io), common, io, answerDocument);
};

const show = async (common: Common, io: Io, showing: Parameters<typeof tellView<MaintenanceView>>[3]): Promise<number> => {
  return tellView(
    await askShown('/maintenance', common, io, async () => (await import('#monitor/views/maintenance.ts')).maintenanceView),
    common,
    io,
    showing,
  );
};

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  [
    'announce',
    async (argv, io) => {
      const options = { ...COMMON, ...WALL, ...WORDS, components: string, as: string } as const;
      const { values } = parseArguments('maintenance announce', argv, { options });
      const { slot, from, to, title, body } = values;
      const { title: words, body: text, ...window } = needed('maintenance announce', { slot, from, to, title, body });
      const request = { window, title: words, body: text, components: componentsIn(values.components), author: values.as ?? null };
      return say('announce', values, request, io);
    },
  ],
  [
    'edit',
    async (argv, io) => {
      const options = { ...COMMON, ...WALL, ...WORDS, as: string } as const;
      const { values, positionals } = parseArguments('maintenance edit', argv, { options, positionals: 'ID' });
      const { slot, from, to, title, body } = values;
      return say('edit', values, { id: idOf('edit', positionals), slot, from, to, title, body, author: values.as ?? null }, io);
    },
  ],
  [
    'complete',
    async (argv, io) => {
      const { values, positionals } = parseArguments('maintenance complete', argv, {
        options: { ...COMMON, as: string },
        positionals: 'ID',
      });
      return say('complete', values, { id: oneWord('maintenance complete', positionals, 'announcement'), author: values.as ?? null }, io);
    },
  ],
  [
    'cancel',
    async (argv, io) => {
      const { values, positionals } = parseArguments('maintenance cancel', argv, { options: { ...COMMON, as: string }, positionals: 'ID' });
      return say('cancel', values, { id: idOf('cancel', positionals), author: values.as ?? null }, io);
    },
  ],
  [
    'list',
    async (argv, io) => {
      const { values } = parseArguments('maintenance list', argv, { options: COMMON });
      return show(values, io, {
        document: maintenanceDocument,
        lines: listLines,
      });
    },
  ],
  [
    'next',
    async (argv, io) => {
      const { values } = parseArguments('maintenance next', argv, { options: COMMON });
      return show(values, io, { document: nextDocument, lines: (view) => nextLines(view, nextSlots(view)) });
    },
  ],
  [
    'import',
    async (argv, io) => {
      const options = { ...COMMON, ...WORDS, start: string, end: string, 'announced-at': string, components: string, as: string } as const;
      const { values } = parseArguments('maintenance import', argv, { options });
      const { start, end, title, body, 'announced-at': announcedAt, as: author = null } = values;
      needed('maintenance import', { start, end, 'announced-at': announcedAt, title, body, ...nameHere(values.as, io) });
      const request = {
        window: { start, end },
        announcedAt,
        title,
        body,
        components: componentsIn(values.components),
        author,
      };
      return say('import', values, request, io);
    },
  ],
  [
    'approve',
    async (argv, io) => {
      const options = { ...COMMON, as: string, evidence: string } as const;
      const { values, positionals } = parseArguments('maintenance approve', argv, { options, positionals: 'ID' });
      const id = idOf('approve', positionals);
      const { as: approvedBy = null, evidence } = values;
      needed('maintenance approve', { ...nameHere(values.as, io), evidence });
      return say('approve', values, { id, approvedBy, evidence }, io);
    },
  ],
]);
