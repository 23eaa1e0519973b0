/** `avow token`: tokens for programs, asked of the running server, or of the store when none runs. */
import { ALL_PERMISSIONS, PERMISSIONS } from '#domain/access/permission.ts';
import { tokenMadeDocument, tokensDocument } from '#monitor/views/people-document.ts';
import { parseArguments } from '../arguments.ts';
import { askRoom, askShown } from '../ask-room.ts';
import { type Command, UsageFault } from '../command.ts';
import { tokenLines, tokenMadeLines } from '../people-lines.ts';
import { COMMON, needed, oneId, runNamed, string, tellView, type Verb } from '../verb-words.ts';

const widest = Math.max(...ALL_PERMISSIONS.map((scope) => scope.length));
const scopeLines = ALL_PERMISSIONS.map((scope) => `  ${scope.padEnd(widest)}  ${PERMISSIONS[scope]}`).join('\n');

export const command: Command = {
  name: 'token',
  remote: true,
  summary: 'tokens for programs that ask the API: make, list, revoke',
  usage: `avow token list
avow token make --owner PERSON --name TEXT --scope SCOPE… [--cidr RANGE] [--days N]
avow token revoke ID

A token acts in its owner's name and never reaches further than the owner's role does today. \`make\` prints it, once; it is sent in the header
\`Authorization: Bearer sp_…\` and taken from anywhere, or from the range that --cidr names (192.0.2.0/24). It is good for 90 days
(--days: 1 to 365). To disable its owner revokes it for good.

Scopes (--scope may be given several times):
${scopeLines}

A running Avow is asked through avow.sock in its data folder; otherwise the store is opened here.

  --url URL       a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR      the data folder (default: AVOW_DATA, else ./data)
  --json          one JSON document on standard output

Exit codes: 0 done, 1 refused, 2 wrong use or bad input, 75 another process holds the store.`,
  run: (argv, io) => runNamed('token', VERBS, argv, io),
};

const daysOf = (text: string | undefined): number | null => {
  if (text === undefined) return null;
  if (!/^\d{1,6}$/.test(text)) throw new UsageFault(`--days takes a whole number, and "${text}" is none.`);
  return Number(text);
};

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  [
    'list',
    async (argv, io) => {
      const { values } = parseArguments('token list', argv, { options: COMMON });
      const view = await askShown('/people', values, io, async () => (await import('#monitor/views/people.ts')).peopleView);
      return tellView(view, values, io, { document: tokensDocument, lines: tokenLines });
    },
  ],
  [
    'make',
    async (argv, io) => {
      const options = {
        ...COMMON,
        owner: string,
        name: string,
        scope: { type: 'string', multiple: true },
        cidr: string,
        days: string,
      } as const;
      const { values } = parseArguments('token make', argv, { options });
      const { owner, name } = needed('token make', { owner: values.owner, name: values.name });
      const request = { owner, name, scopes: values.scope ?? [], cidr: values.cidr ?? null, days: daysOf(values.days) };
      const answer = await askRoom('tokenRoom', 'make', values, request, io);
      return tellView(answer, values, io, { document: tokenMadeDocument, lines: tokenMadeLines });
    },
  ],
  [
    'revoke',
    async (argv, io) => {
      const { values, positionals } = parseArguments('token revoke', argv, { options: COMMON, positionals: 'ID' });
      const token = oneId('token revoke', positionals, 'token', 'avow token list shows them');
      const answer = await askRoom('tokenRoom', 'revoke', values, { token }, io);
      return tellView(answer, values, io, {
        document: (revoked) => revoked,
        lines: ({ name, owner }) => [`The token ${name} of ${owner.name} opens nothing any more.`],
      });
    },
  ],
]);
