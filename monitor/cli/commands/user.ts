/** `avow user`: who may sign in, asked of the running server, or of the store when none runs. Whoever can open either owns the data folder. */
import { utcWords } from '#domain/maintenance/words.ts';
import type { SetUpLinkMade } from '#monitor/actions/make-set-up-link.ts';
import { linkDocument, peopleDocument, sessionsDocument, setUpLinkDocument, standingDocument } from '#monitor/views/people-document.ts';
import { parseArguments } from '../arguments.ts';
import { askRoom, askShown } from '../ask-room.ts';
import { type Command, type Io, UsageFault } from '../command.ts';
import { endedLines, linkLines, peopleLines, sessionLines, standingLines } from '../people-lines.ts';
import type { peopleRoom } from '../rooms.ts';
import { COMMON, type Common, needed, oneId, oneWord, runNamed, string, tellView, type Verb } from '../verb-words.ts';

export const command: Command = {
  name: 'user',
  remote: true,
  summary: 'who may sign in to the console: invite, roles, sessions, second factors',
  usage: `avow user list
avow user invite EMAIL --role viewer|account_manager|ops|admin [--customer ID]… [--hours N]
avow user revoke-invitation ID
avow user role PERSON ROLE [--customer ID]…
avow user customers PERSON ID… | --none
avow user disable PERSON
avow user enable PERSON
avow user reset-password PERSON [--hours N]
avow user remove-second-factor PERSON
avow user sessions PERSON
avow user end-session ID
avow user end-sessions PERSON
avow user set-up-link

PERSON is an e-mail address or an id. \`invite\` and \`reset-password\` print a link, once; it is good for 72 hours (--hours: 1 to 168) and for
one use. \`role\`, \`disable\` and \`reset-password\` end the person's sessions. There is always an admin: the last one can be neither
disabled nor given another role. \`disable\` revokes their tokens too, for good. \`customers\` says whose contracts and reports an account
manager reads and decides about: these and no others, and without one none. \`set-up-link\` makes the link for the first admin anew, while there is none. What is lost and how it is
found again: docs/access.md.

A running Avow is asked through avow.sock in its data folder; otherwise the store is opened here, and of links only the path is known.

  --url URL       a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR      the data folder (default: AVOW_DATA, else ./data)
  --json          one JSON document on standard output

Exit codes: 0 done, 1 refused, 2 wrong use or bad input, 75 another process holds the store.`,
  run: (argv, io) => runNamed('user', VERBS, argv, io),
};

type Name = keyof (typeof peopleRoom)['verbs'];
interface Telling<A> {
  readonly document: (answer: A) => object;
  readonly lines: (answer: A) => readonly string[];
}
const ask = async <A extends object>(verb: Name, common: Common, request: object, io: Io, telling: Telling<A>): Promise<number> => {
  const answer = await askRoom('peopleRoom', verb, common, request, io);
  return tellView(answer as A, common, io, telling);
};

const hoursOf = (text: string | undefined): number | null => {
  if (text === undefined) return null;
  if (!/^\d{1,6}$/.test(text)) throw new UsageFault(`--hours takes a whole number, and "${text}" is none.`);
  return Number(text);
};
const strings = { type: 'string', multiple: true } as const;
const boolean = { type: 'boolean' } as const;
/** Nothing where none is named: an Avow of before knows no such key. */
const customersOf = (ids: readonly string[] | undefined): object => (ids === undefined ? {} : { customers: ids });
const WHO = 'person';
const WHERE = 'avow user list shows them';
const itself = { document: (answer: object) => answer } as const;

/** Of verbs that take a person and nothing else. */
const onPerson = <A extends object>(name: Name, telling: Telling<A>): readonly [string, Verb] => [
  name,
  async (argv, io) => {
    const { values, positionals } = parseArguments(`user ${name}`, argv, { options: COMMON, positionals: 'PERSON' });
    return ask(name, values, { person: oneId(`user ${name}`, positionals, WHO, WHERE) }, io, telling);
  },
];

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  [
    'list',
    async (argv, io) => {
      const { values } = parseArguments('user list', argv, { options: COMMON });
      const view = await askShown('/people', values, io, async () => (await import('#monitor/views/people.ts')).peopleView);
      return tellView(view, values, io, { document: peopleDocument, lines: peopleLines });
    },
  ],
  [
    'invite',
    async (argv, io) => {
      const options = { ...COMMON, role: string, hours: string, customer: strings } as const;
      const { values, positionals } = parseArguments('user invite', argv, { options, positionals: 'EMAIL' });
      const email = oneWord('user invite', positionals, 'e-mail address');
      if (email === null) throw new UsageFault('avow user invite needs an e-mail address.');
      const { role } = needed('user invite', { role: values.role });
      return ask('invite', values, { email, role, hours: hoursOf(values.hours), ...customersOf(values.customer) }, io, {
        document: linkDocument,
        lines: linkLines,
      });
    },
  ],
  [
    'reset-password',
    async (argv, io) => {
      const options = { ...COMMON, hours: string } as const;
      const { values, positionals } = parseArguments('user reset-password', argv, { options, positionals: 'PERSON' });
      const request = { person: oneId('user reset-password', positionals, WHO, WHERE), hours: hoursOf(values.hours) };
      return ask('reset-password', values, request, io, { document: linkDocument, lines: linkLines });
    },
  ],
  [
    'revoke-invitation',
    async (argv, io) => {
      const { values, positionals } = parseArguments('user revoke-invitation', argv, { options: COMMON, positionals: 'ID' });
      const invitation = oneId('user revoke-invitation', positionals, 'invitation', WHERE);
      return ask<{ readonly email: string }>('revoke-invitation', values, { invitation }, io, {
        ...itself,
        lines: ({ email }) => [`The link for ${email} lets nobody in any more.`],
      });
    },
  ],
  [
    'role',
    async (argv, io) => {
      const { values, positionals } = parseArguments('user role', argv, {
        options: { ...COMMON, customer: strings },
        positionals: 'PERSON ROLE',
      });
      const [person, role, third] = positionals;
      if (person === undefined || role === undefined || third !== undefined)
        throw new UsageFault('avow user role takes a person and a role, such as: avow user role ada@example.com ops');
      return ask('role', values, { person, role, ...customersOf(values.customer) }, io, {
        document: standingDocument,
        lines: standingLines,
      });
    },
  ],
  [
    'customers',
    async (argv, io) => {
      const { values, positionals } = parseArguments('user customers', argv, {
        options: { ...COMMON, none: boolean },
        positionals: 'PERSON CUSTOMER…',
      });
      const [person, ...customers] = positionals;
      if (person === undefined || (customers.length === 0) !== (values.none ?? false))
        throw new UsageFault(
          'avow user customers takes a person and their customers, or --none, such as: avow user customers ada@example.com northwind',
        );
      return ask('customers', values, { person, customers }, io, { document: standingDocument, lines: standingLines });
    },
  ],
  onPerson('disable', { document: standingDocument, lines: standingLines }),
  onPerson('enable', { document: standingDocument, lines: standingLines }),
  onPerson<{ readonly person: { readonly name: string } }>('remove-second-factor', {
    ...itself,
    lines: ({ person }) => [`${person.name} signs in with the password alone now.`],
  }),
  onPerson('sessions', { document: sessionsDocument, lines: sessionLines }),
  onPerson('end-sessions', { ...itself, lines: endedLines }),
  [
    'end-session',
    async (argv, io) => {
      const { values, positionals } = parseArguments('user end-session', argv, { options: COMMON, positionals: 'ID' });
      const session = oneId('user end-session', positionals, 'session', 'avow user sessions PERSON shows them');
      return ask('end-session', values, { session }, io, { ...itself, lines: endedLines });
    },
  ],
  [
    'set-up-link',
    async (argv, io) => {
      const { values } = parseArguments('user set-up-link', argv, { options: COMMON });
      return ask<SetUpLinkMade>('set-up-link', values, {}, io, {
        document: setUpLinkDocument,
        lines: ({ link, expiresAt }) => [`Whoever opens this link until ${utcWords(expiresAt)} makes the first admin:`, link],
      });
    },
  ],
]);
