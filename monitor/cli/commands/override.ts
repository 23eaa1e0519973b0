/** `avow override …`: records what people know better than the checks, approves it, takes it back, and shows it. */
import { overrideAnswerDocument, overridesDocument } from '#monitor/views/ledger-document.ts';
import { parseArguments } from '../arguments.ts';
import { askRoom, askShown } from '../ask-room.ts';
import type { Command, Io } from '../command.ts';
import { overrideLines } from '../override-lines.ts';
import { COMMON, type Common, nameHere, needed, oneId, runNamed, string, tellAnswer, tellView, type Verb } from '../verb-words.ts';

export const command: Command = {
  name: 'override',
  remote: true,
  summary: 'records what people know better than the checks; what takes downtime away needs a second person',
  usage: `avow override add --component SLUG --start INSTANT [--end INSTANT] --state up|degraded|down|unknown --reason TEXT
                  [--evidence TEXT] --as NAME [--approved-by NAME]
avow override approve ID --as NAME
avow override revoke ID --reason TEXT [--evidence TEXT] --as NAME [--approved-by NAME]
avow override list

An override says that a component was up, degraded, down or unknown for a while; at an instant the one recorded last wins over the
checks. Instants are written as 2026-03-07T10:00-05:00; without --end it runs until it is revoked. Nothing is edited or deleted: a
revocation takes an override back and is a row of its own. Nothing here can exclude time.

Adding downtime needs one person. Whatever takes downtime or doubt away, a revocation too, needs evidence and a second person, and has
no effect at all until \`approve\` or --approved-by. The answer says in milliseconds what was up, down and unknown before and after.

A running Avow is asked through avow.sock in its data folder; otherwise the store is opened here.

  --component SLUG    the component, also one that is no longer watched
  --as NAME           who does it; a claim, for nobody signs in here. With --url: the token's owner alone
  --approved-by NAME  the second person, when there is one at once; with --url they approve with a token of their own
  --url URL           a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR          the data folder (default: AVOW_DATA, else ./data)
  --json              one JSON document on standard output

Exit codes: 0 done (also when it waits for a second person), 1 refused (there is no such override, it was revoked or approved before, the
same person), 2 wrong use or bad input, 75 another process holds the store.`,
  run: (argv, io) => runNamed('override', VERBS, argv, io),
};

const idOf = (verb: string, words: readonly string[]): string =>
  oneId(`override ${verb}`, words, 'override', '`avow override list` shows them');

const say = async (
  verb: 'override-add' | 'override-approve' | 'override-revoke',
  common: Common,
  request: object,
  io: Io,
): Promise<number> => {
  return tellAnswer(await askRoom('ledgerRoom', verb, common, request, io), common, io, overrideAnswerDocument);
};

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  [
    'add',
    async (argv, io) => {
      const signed = { reason: string, evidence: string, as: string, 'approved-by': string } as const;
      const options = { ...COMMON, ...signed, component: string, start: string, end: string, state: string } as const;
      const { values } = parseArguments('override add', argv, { options });
      const { component, start, state, reason, as: author = null } = values;
      const asked = { component, start, state, reason };
      needed('override add', { ...asked, ...nameHere(values.as, io) });
      const more = { end: values.end ?? null, evidence: values.evidence ?? null, approvedBy: values['approved-by'] ?? null };
      return say('override-add', values, { ...asked, ...more, author }, io);
    },
  ],
  [
    'approve',
    async (argv, io) => {
      const { values, positionals } = parseArguments('override approve', argv, { options: { ...COMMON, as: string }, positionals: 'ID' });
      const id = idOf('approve', positionals);
      needed('override approve', nameHere(values.as, io));
      return say('override-approve', values, { id, approvedBy: values.as ?? null }, io);
    },
  ],
  [
    'revoke',
    async (argv, io) => {
      const options = { ...COMMON, reason: string, evidence: string, as: string, 'approved-by': string } as const;
      const { values, positionals } = parseArguments('override revoke', argv, { options, positionals: 'ID' });
      const revokes = idOf('revoke', positionals);
      const { reason, as: author = null } = values;
      needed('override revoke', { reason, ...nameHere(values.as, io) });
      const more = { evidence: values.evidence ?? null, approvedBy: values['approved-by'] ?? null };
      return say('override-revoke', values, { revokes, reason, author, ...more }, io);
    },
  ],
  [
    'list',
    async (argv, io) => {
      const { values } = parseArguments('override list', argv, { options: COMMON });
      const view = await askShown('/ledger/overrides', values, io, async () => (await import('#monitor/views/overrides.ts')).overridesView);
      return tellView(view, values, io, { document: overridesDocument, lines: overrideLines });
    },
  ],
]);
