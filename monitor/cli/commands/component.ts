/** `avow component …`: shows what is watched and why it is as it is; adds, changes, pauses and tests it. */
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { after, millis } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { ComponentContext } from '#monitor/actions/component-verb.ts';
import { plainDocument } from '#monitor/views/component-document.ts';
import type { ComponentForm } from '#monitor/views/explain-component.ts';
import type { ComponentExplained } from '#monitor/views/explained.ts';
import { parseArguments } from '../arguments.ts';
import { askRoom, askShown } from '../ask-room.ts';
import { type Command, exit, faultOf, type Io, tellProblem, UsageFault } from '../command.ts';
import { explainLines, listLines } from '../component-lines.ts';
import type { componentRoom } from '../rooms.ts';
import { COMMON, type Common, needed, oneWord, refusedWith, runNamed, string, tellAnswer, tellView, type Verb } from '../verb-words.ts';

export const command: Command = {
  name: 'component',
  remote: true,
  summary: 'shows what is watched and why it is as it is; adds, changes, pauses and tests it',
  usage: `avow component list [--search TEXT] [--state STATE] [--group GROUP] [--managed file|console] [--paused] [--after PLACE] [--limit N]
avow component explain SLUG
avow component add --name NAME --http URL [more fields] [--as NAME]
avow component edit SLUG [fields] [--as NAME]
avow component remove SLUG [--as NAME]
avow component pause SLUG --reason TEXT [--until INSTANT | --for TIME] [--as NAME]
avow component resume SLUG [--as NAME]
avow component test SLUG
avow component test --http URL [more fields]

\`list\` shows fifty at a time. \`explain\` says why a component is what it is now: its locations, the count towards an outage, the quorum, what
people put over it; and how its definition came to be.

What the file manages is changed in the file; \`add\`, \`edit\` and \`remove\` are for what is managed here, in the console. Its targets must lie at
public addresses, or in a range that \`probes.allow\` of the file names. \`edit\` keeps what is not named; when somebody was quicker it is refused
with both changes. \`test\` probes once and records nothing; \`pause\` stops asking, whoever manages it: its time is unknown then, never up.

  --http, --tcp, --tls, --dns, --heartbeat   the check, as in the file's short form
  --name, --slug, --description, --group, --interval, --timeout, --hold, --degraded, --confirmations, --quorum, --critical true|false
                  the other keys of an entry (docs/configuration.md); an empty one takes the key away. Without a slug it is
                  made from the name
  --file FILE     the whole entry, as YAML or JSON; - reads standard input
  --reason TEXT   why, for whoever asks later; never public
  --until INSTANT when it ends by itself, as 2026-11-28T10:00-05:00; --for TIME after 30m, 2h or 3d
  --as NAME       who does it; a claim, for nobody signs in here, and never public. With --url: the token's owner alone
  --url URL       a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR      the data folder (default: AVOW_DATA, else ./data)
  --json          one JSON document on standard output

Exit codes: 0 done (test: it answers), 1 refused (managed by the file, changed meanwhile, there is no such component) or it fails, 2 wrong use
or bad input, 75 another process holds the store.`,
  run: (argv, io) => runNamed('component', VERBS, argv, io),
};

const CHECKS = { http: string, tcp: string, tls: string, dns: string, heartbeat: string } as const;
const FIELDS = {
  ...CHECKS,
  name: string,
  slug: string,
  description: string,
  group: string,
  interval: string,
  timeout: string,
  hold: string,
  degraded: string,
  confirmations: string,
  quorum: string,
  critical: string,
} as const;
type Given = { readonly [K in keyof typeof FIELDS]?: string | undefined };

/** As the file's reader would see it: numbers and booleans are none of text. */
const typed = (key: string, text: string): string | number | boolean => {
  if (key === 'confirmations' || key === 'quorum') return /^\d+$/.test(text) ? Number(text) : text;
  return key === 'critical' && /^(true|false)$/.test(text) ? text === 'true' : text;
};

const isMapping = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `base` with the fields that were named; another URL keeps what else the check says, another kind of check takes the place of the one that is there. */
const entryOf = (base: Readonly<Record<string, unknown>>, given: Given): Record<string, unknown> => {
  const entry: Record<string, unknown> = { ...base };
  const kinds = Object.keys(CHECKS);
  if (kinds.some((kind) => given[kind as keyof Given] !== undefined)) for (const kind of kinds) delete entry[kind];
  for (const key of Object.keys(FIELDS)) {
    const text = given[key as keyof Given];
    if (text === '') delete entry[key];
    else if (key === 'http' && isMapping(base['http']) && text !== undefined) entry[key] = { ...base['http'], url: text };
    else if (text !== undefined) entry[key] = typed(key, text);
  }
  return entry;
};

const slugOf = (verb: string, words: readonly string[]): string => {
  const slug = oneWord(`component ${verb}`, words, 'component');
  if (slug === null) throw new UsageFault(`avow component ${verb} needs the slug of a component; \`avow component list\` shows them.`);
  return slug;
};

/** The entry that a file or standard input holds, or null: its faults were told. */
const entryIn = async (name: string, io: Io): Promise<Record<string, unknown> | null> => {
  const [{ textGiven }, { boundedText }, { readYaml }, { renderFault }, { resolve }, { isMapping }] = await Promise.all([
    import('../standard-input.ts'),
    import('../bounded-file.ts'),
    import('#monitor/config/yaml-reader.ts'),
    import('#monitor/config/fault.ts'),
    import('node:path'),
    import('#monitor/config/mapping.ts'),
  ]);
  const text = name === '-' ? await textGiven('--file', '-', io) : await boundedText(resolve(io.cwd, name), 64 * 1_024, io.clock);
  const { value, faults } = readYaml(text, name);
  const list = faults.list();
  if (list.length > 0) {
    tellProblem(io, faultOf('bad_component', 422, 'Not acceptable as it is', list.map(renderFault).join('\n')));
    return null;
  }
  if (!isMapping(value)) throw new UsageFault(`${name} must hold one component, such as {name: Website, http: https://www.example.com/}.`);
  return { ...value };
};

const ask = (verb: keyof (typeof componentRoom)['verbs'], common: Common, request: object, io: Io) =>
  askRoom('componentRoom', verb, common, request, io);
const say = async (verb: keyof (typeof componentRoom)['verbs'], common: Common, request: object, io: Io): Promise<number> =>
  tellAnswer(await ask(verb, common, request, io), common, io, plainDocument);

/** What a view of the room shows. */
const shown = <T extends object>(
  path: string,
  common: Common,
  io: Io,
  load: () => Promise<(ctx: ComponentContext) => Promise<T | Refusal>>,
): Promise<T | Refusal | number> =>
  askShown(path, common, io, async () => {
    const [{ componentsHere }, view] = await Promise.all([import('../rooms.ts'), load()]);
    return (here) => view(componentsHere(here));
  });

const explained = (slug: string, common: Common, io: Io) =>
  shown<ComponentExplained>(`/components/${encodeURIComponent(slug)}`, common, io, async () => {
    const { explainComponent } = await import('#monitor/views/explain-component.ts');
    return (ctx) => explainComponent(ctx, slug);
  });

/** What an edit begins with. */
const formOf = (slug: string, common: Common, io: Io) =>
  shown<ComponentForm>(`/components/${encodeURIComponent(slug)}/form`, common, io, async () => {
    const { componentForm } = await import('#monitor/views/explain-component.ts');
    return (ctx) => componentForm(ctx, slug);
  });

const LENGTH = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const endOf = (until: string | undefined, length: string | undefined, io: Io): string | null => {
  if (until !== undefined && length !== undefined) throw new UsageFault('avow component pause takes --until or --for, not both.');
  if (length === undefined) return until ?? null;
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(length) ?? [];
  if (count === undefined || unit === undefined) throw new UsageFault(`--for must be a time such as 30m, 2h or 3d, and was "${length}".`);
  return isoOf(after(io.clock.now(), millis(Number(count) * LENGTH[unit as keyof typeof LENGTH])));
};

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  [
    'list',
    async (argv, io) => {
      const options = {
        ...COMMON,
        search: string,
        state: string,
        group: string,
        managed: string,
        paused: { type: 'boolean' },
        after: string,
        limit: string,
      } as const;
      const { values } = parseArguments('component list', argv, { options });
      const { data: _, json: __, paused, ...asked } = values;
      const query = { ...asked, ...(paused && { paused: 'true' }) };
      const view = await shown(`/components?${new URLSearchParams(Object.entries(query))}`, values, io, async () => {
        const { componentListView } = await import('#monitor/views/component-list.ts');
        return (ctx) => componentListView(ctx, query);
      });
      return tellView(view, values, io, { document: plainDocument, lines: listLines });
    },
  ],
  [
    'explain',
    async (argv, io) => {
      const { values, positionals } = parseArguments('component explain', argv, { options: COMMON, positionals: 'SLUG' });
      const view = await explained(slugOf('explain', positionals), values, io);
      return tellView(view, values, io, { document: plainDocument, lines: explainLines });
    },
  ],
  [
    'add',
    async (argv, io) => {
      const options = { ...COMMON, ...FIELDS, file: string, as: string } as const;
      const { values } = parseArguments('component add', argv, { options });
      const base = values.file === undefined ? {} : await entryIn(values.file, io);
      if (base === null) return exit.usage;
      return say('add', values, { component: entryOf(base, values), author: values.as ?? null }, io);
    },
  ],
  [
    'edit',
    async (argv, io) => {
      const options = { ...COMMON, ...FIELDS, file: string, as: string } as const;
      const { values, positionals } = parseArguments('component edit', argv, { options, positionals: 'SLUG' });
      const slug = slugOf('edit', positionals);
      const now = await formOf(slug, values, io);
      if (typeof now === 'number') return now;
      if (isRefusal(now)) return refusedWith(now, io);
      const base = values.file === undefined ? (now.form ?? {}) : await entryIn(values.file, io);
      if (base === null) return exit.usage;
      const component = entryOf(base, values);
      return say('edit', values, { slug, basedOn: now.recordedAt, component, author: values.as ?? null }, io);
    },
  ],
  [
    'remove',
    async (argv, io) => {
      const { values, positionals } = parseArguments('component remove', argv, { options: { ...COMMON, as: string }, positionals: 'SLUG' });
      return say('remove', values, { slug: slugOf('remove', positionals), author: values.as ?? null }, io);
    },
  ],
  [
    'pause',
    async (argv, io) => {
      const options = { ...COMMON, reason: string, until: string, for: string, as: string } as const;
      const { values, positionals } = parseArguments('component pause', argv, { options, positionals: 'SLUG' });
      const slug = slugOf('pause', positionals);
      const { reason } = needed('component pause', { reason: values.reason });
      return say('pause', values, { slug, reason, until: endOf(values.until, values.for, io), author: values.as ?? null }, io);
    },
  ],
  [
    'resume',
    async (argv, io) => {
      const { values, positionals } = parseArguments('component resume', argv, { options: { ...COMMON, as: string }, positionals: 'SLUG' });
      return say('resume', values, { slug: slugOf('resume', positionals), author: values.as ?? null }, io);
    },
  ],
  [
    'test',
    async (argv, io) => {
      const options = { ...COMMON, ...FIELDS, file: string, as: string } as const;
      const { values, positionals } = parseArguments('component test', argv, { options, positionals: 'SLUG' });
      const slug = oneWord('component test', positionals, 'component');
      const base = values.file === undefined ? {} : await entryIn(values.file, io);
      if (base === null) return exit.usage;
      const entry = entryOf(base, values);
      const isTyped = Object.keys(entry).length > 0;
      if (!isTyped && slug === null)
        throw new UsageFault('avow component test needs a slug, or a check such as --http https://www.example.com/.');
      const component = isTyped ? { name: 'A test', ...entry } : null;
      const answer = await ask('test', values, { slug, component, author: values.as ?? null }, io);
      const code = tellAnswer(answer, values, io, plainDocument);
      const failed = typeof answer === 'object' && !isRefusal(answer) && 'outcome' in answer && !['ok', 'slow'].includes(answer.outcome);
      return code === exit.done && failed ? exit.no : code;
    },
  ],
]);
