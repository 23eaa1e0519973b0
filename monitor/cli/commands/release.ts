/** `avow release …`: drafts releases, publishes their notes, plans them into windows, asks whether one may go to production, and records that it did. */
import { resolve } from 'node:path';
import { isRefusal } from '#domain/refusal.ts';
import { gateDocument, releaseAnswerDocument, releaseListDocument } from '#monitor/views/release-document.ts';
import { parseArguments } from '../arguments.ts';
import { askRoom, askShown } from '../ask-room.ts';
import { boundedText } from '../bounded-file.ts';
import { type Command, exit, type Io, UsageFault } from '../command.ts';
import { gateLines, releaseLines } from '../release-lines.ts';
import type { releaseRoom } from '../rooms.ts';
import { COMMON, type Common, needed, oneWord, refusedWith, runNamed, string, tellAnswer, tellView, type Verb } from '../verb-words.ts';

/** 100 000 characters of four bytes; what is longer is refused with a sentence by the rules. */
const MOST_NOTES_BYTES = 400_000;

export const command: Command = {
  name: 'release',
  remote: true,
  summary: 'drafts releases, publishes their notes, plans them into windows, and says whether one may go to production',
  usage: `avow release draft VERSION --title TEXT --notes FILE|- [--kind standard|hotfix|emergency] [--ticket NAME]… [--as NAME]
avow release publish-notes VERSION [--at INSTANT] [--as NAME]
avow release schedule VERSION --window ID|next [--at HH:MM] [--as NAME]
avow release schedule VERSION --none [--as NAME]
avow release tested VERSION [--at INSTANT] [--as NAME]
avow release may-deploy VERSION [--emergency --reason TEXT --as NAME --approved-by NAME]
avow release deployed VERSION [--at INSTANT] [--rollback] [--as NAME] [--emergency --reason TEXT --as NAME --approved-by NAME]
avow release list

A release goes to production in an announced window, and its notes are public before the window starts. \`draft\` keeps title and notes
(Markdown) to ourselves; drafting the same version again adds a revision of its notes. \`publish-notes\` makes the last revision public, now
or at an instant ahead. \`schedule\` plans it into a window of which something is excluded: an id of \`avow maintenance list\`, or the first
that can take it; --at is a time on the clock of the reserve's zone inside of it, --none takes it out again.

\`may-deploy\` is the gate for pipelines: exit 0 when the release may go now, 1 with the reason and the next instant at which it would be
allowed. \`deployed\` records what happened, whatever the gate said, also of a version nobody drafted; outside an effective window it is
flagged on the page and in the report, for ever. An emergency may go outside with a reason and two people, and excludes no downtime.

A running Avow is asked through avow.sock in its data folder; otherwise the store is opened here.

  --notes FILE|-      Markdown, at most 100 000 characters; - reads standard input
  --ticket NAME       a support request it answers; may be given several times
  --as NAME           who does it; a claim, for nobody signs in here, and never public. With --url: the token's owner alone
  --approved-by NAME  the second person of an emergency
  --url URL           a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR          the data folder (default: AVOW_DATA, else ./data)
  --json              one JSON document on standard output

Instants are written as 2026-11-28T10:00-05:00.

Exit codes: 0 done or allowed, 1 refused or not allowed, 2 wrong use or bad input, 75 another process holds the store.`,
  run: (argv, io) => runNamed('release', VERBS, argv, io),
};

const EMERGENCY = { emergency: { type: 'boolean' }, reason: string, 'approved-by': string } as const;

const versionOf = (verb: string, words: readonly string[]): string => {
  const version = oneWord(`release ${verb}`, words, 'version');
  if (version === null) throw new UsageFault(`avow release ${verb} needs a version.`);
  return version;
};

const notesFrom = (file: string, io: Io): Promise<string> =>
  boundedText(file === '-' ? '/dev/stdin' : resolve(io.cwd, file), MOST_NOTES_BYTES, io.clock);

interface EmergencyWords {
  readonly emergency?: boolean | undefined;
  readonly reason?: string | undefined;
  readonly 'approved-by'?: string | undefined;
}
/** Null: no emergency. A reason or an approver without one is a mistake. */
const emergencyIn = (
  verb: string,
  values: EmergencyWords,
): { readonly reason: string | null; readonly approvedBy: string | null } | null => {
  const { emergency, reason = null, 'approved-by': approvedBy = null } = values;
  if (emergency) return { reason, approvedBy };
  if (reason !== null || approvedBy !== null)
    throw new UsageFault(`avow release ${verb} takes --reason and --approved-by with --emergency only.`);
  return null;
};

type Named = Exclude<keyof (typeof releaseRoom)['verbs'], 'may-deploy'>;
const say = async (verb: Named, common: Common, request: object, io: Io): Promise<number> => {
  return tellAnswer(await askRoom('releaseRoom', verb, common, request, io), common, io, releaseAnswerDocument);
};

const askGate = async (common: Common, request: object, io: Io): Promise<number> => {
  const verdict = await askRoom('releaseRoom', 'may-deploy', common, request, io);
  if (typeof verdict === 'number') return verdict;
  if (isRefusal(verdict)) return refusedWith(verdict, io);
  if (common.json) io.out(JSON.stringify(gateDocument(verdict)));
  else for (const line of gateLines(verdict)) io.out(line);
  return verdict.allowed ? exit.done : exit.no;
};

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  [
    'draft',
    async (argv, io) => {
      const options = {
        ...COMMON,
        title: string,
        notes: string,
        kind: string,
        ticket: { type: 'string', multiple: true },
        as: string,
      } as const;
      const { values, positionals } = parseArguments('release draft', argv, { options, positionals: 'VERSION' });
      const version = versionOf('draft', positionals);
      const notes = await notesFrom(needed('release draft', { notes: values.notes }).notes, io);
      const { title = null, kind = null, ticket: tickets = null, as: author = null } = values;
      if (kind !== null && !['standard', 'hotfix', 'emergency'].includes(kind))
        throw new UsageFault(`"${kind}" is no kind of release. Known: standard, hotfix, emergency.`);
      return say('draft', values, { version, title, notes, kind, tickets, author }, io);
    },
  ],
  [
    'publish-notes',
    async (argv, io) => {
      const options = { ...COMMON, at: string, as: string } as const;
      const { values, positionals } = parseArguments('release publish-notes', argv, { options, positionals: 'VERSION' });
      const version = versionOf('publish-notes', positionals);
      return say('publish-notes', values, { version, at: values.at ?? null, author: values.as ?? null }, io);
    },
  ],
  [
    'schedule',
    async (argv, io) => {
      const options = { ...COMMON, window: string, none: { type: 'boolean' }, at: string, as: string } as const;
      const { values, positionals } = parseArguments('release schedule', argv, { options, positionals: 'VERSION' });
      const version = versionOf('schedule', positionals);
      const author = values.as ?? null;
      if (values.none) {
        if (values.window !== undefined || values.at !== undefined)
          throw new UsageFault('avow release schedule takes --none alone, without --window and --at.');
        return say('unschedule', values, { version, author }, io);
      }
      if (values.window === undefined) throw new UsageFault('avow release schedule needs --window ID, --window next, or --none.');
      return say('schedule', values, { version, window: values.window, at: values.at ?? null, author }, io);
    },
  ],
  [
    'tested',
    async (argv, io) => {
      const options = { ...COMMON, at: string, as: string } as const;
      const { values, positionals } = parseArguments('release tested', argv, { options, positionals: 'VERSION' });
      return say('tested', values, { version: versionOf('tested', positionals), at: values.at ?? null, author: values.as ?? null }, io);
    },
  ],
  [
    'may-deploy',
    async (argv, io) => {
      const options = { ...COMMON, ...EMERGENCY, as: string } as const;
      const { values, positionals } = parseArguments('release may-deploy', argv, { options, positionals: 'VERSION' });
      const version = versionOf('may-deploy', positionals);
      const claim = emergencyIn('may-deploy', values);
      return askGate(values, { version, emergency: claim && { ...claim, author: values.as ?? null } }, io);
    },
  ],
  [
    'deployed',
    async (argv, io) => {
      const options = { ...COMMON, ...EMERGENCY, at: string, rollback: { type: 'boolean' }, as: string } as const;
      const { values, positionals } = parseArguments('release deployed', argv, { options, positionals: 'VERSION' });
      const version = versionOf('deployed', positionals);
      const emergency = emergencyIn('deployed', values);
      const kind = values.rollback ? 'rollback' : 'deploy';
      return say('deployed', values, { version, at: values.at ?? null, kind, emergency, author: values.as ?? null }, io);
    },
  ],
  [
    'list',
    async (argv, io) => {
      const { values } = parseArguments('release list', argv, { options: COMMON });
      const view = await askShown('/releases', values, io, async () => (await import('#monitor/views/release-list.ts')).releaseListView);
      return tellView(view, values, io, { document: releaseListDocument, lines: releaseLines });
    },
  ],
]);
