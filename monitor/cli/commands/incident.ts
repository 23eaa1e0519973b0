/** `avow incident …`: opens incidents, posts on them, whoever opened them, resolves them, and shows them. */
import { POSTED_STATUSES } from '#domain/incident/incident-fact.ts';
import { incidentAnswerDocument, incidentsDocument } from '#monitor/views/incident-document.ts';
import { incidentTemplateAnswerDocument, incidentTemplatesDocument } from '#monitor/views/incident-templates.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, type Io, UsageFault } from '../command.ts';
import { dataFolder } from '../door.ts';
import { incidentLines, incidentTemplateLines } from '../incident-lines.ts';
import { textGiven } from '../standard-input.ts';
import { COMMON, type Common, needed, oneId, oneWord, runNamed, string, tellAnswer, tellView, type Verb } from '../verb-words.ts';

export const command: Command = {
  name: 'incident',
  remote: true,
  summary: 'opens incidents, posts on them and resolves them; shows what is open',
  usage: `avow incident open --title TEXT --body TEXT --component SLUG=IMPACT [--component …] [--status STATUS] [--as NAME]
avow incident update ID --body TEXT [--status STATUS] [--title TEXT] [--component SLUG=IMPACT …] [--as NAME]
avow incident resolve ID --body TEXT [--as NAME]
avow incident list [--all]
avow incident template list
avow incident template save NAME [--title TEXT] --STATUS TEXT … [--as NAME]
avow incident template remove NAME [--as NAME]

What is posted is public at once and never edited: say it again, better, in the next update. IMPACT is none, degraded, partial_outage or
major_outage; it holds until an update says otherwise or the incident is resolved. STATUS is investigating (a new one begins so),
identified or monitoring, to and fro while the incident is open; after \`resolve\` only \`update --status postmortem\`.

The checks open incidents by themselves. Post on one with \`update\` to take over its words: title, status, what it says of components.
Its beginning and end stay with the checks: it resolves itself at the first good check, and not before. Nothing posted here changes
what counts as downtime; that is \`avow override\`.

Templates are texts to begin posts with, in the console beside those that come with Avow: --investigating, --identified, --monitoring,
--resolved and --postmortem give the words for each status; saving one of a name that is there changes it.

A running Avow is asked through avow.sock in its data folder; otherwise the store is opened here.

  --body TEXT              what readers are told; - reads it from standard input
  --component SLUG=IMPACT  once for each component
  --all                    resolved ones too
  --as NAME                who does it; a claim, for nobody signs in here, and never public. With --url: the token's owner alone
  --url URL                a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR               the data folder (default: AVOW_DATA, else ./data)
  --json                   one JSON document on standard output

Exit codes: 0 done, 1 refused (there is no such incident, it is resolved already, the checks still see it down), 2 wrong use or bad input,
75 another process holds the store.`,
  run: (argv, io) => runNamed('incident', VERBS, argv, io),
};

const idOf = (verb: string, words: readonly string[]): string =>
  oneId(`incident ${verb}`, words, 'incident', '`avow incident list` shows them');

const IMPACT = { type: 'string', multiple: true } as const;
const impactsIn = (verb: string, given: readonly string[] = []): { component: string; impact: string }[] =>
  given.map((pair) => {
    const [, component, impact] = /^([^=]+)=([^=]+)$/.exec(pair.trim()) ?? [];
    if (component === undefined || impact === undefined)
      throw new UsageFault(`avow ${verb} was given --component ${pair}; write --component SLUG=IMPACT, as in checkout=major_outage.`);
    return { component: component.trim(), impact: impact.trim() };
  });

const say = async (verb: 'open' | 'update' | 'resolve', common: Common, request: object, io: Io): Promise<number> => {
  const [{ askVerb }, { incidentRoom }] = await Promise.all([import('../verb-client.ts'), import('../rooms.ts')]);
  return tellAnswer(await askVerb(dataFolder(common.data, io), io, incidentRoom, verb, request), common, io, incidentAnswerDocument);
};

const asTemplate = async (verb: 'template-save' | 'template-remove', common: Common, request: object, io: Io): Promise<number> => {
  const [{ askVerb }, { incidentRoom }] = await Promise.all([import('../verb-client.ts'), import('../rooms.ts')]);
  const answer = await askVerb(dataFolder(common.data, io), io, incidentRoom, verb, request);
  return tellAnswer(answer, common, io, incidentTemplateAnswerDocument);
};
const templateName = (verb: string, words: readonly string[]): string => {
  const name = oneWord(`incident template ${verb}`, words, 'name');
  if (name === null) throw new UsageFault(`avow incident template ${verb} needs a name; write it in quotes when it has spaces.`);
  return name;
};
const TEMPLATE_VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  [
    'list',
    async (argv, io) => {
      const { values } = parseArguments('incident template list', argv, { options: COMMON });
      const [{ askView }, { incidentTemplatesView }] = await Promise.all([
        import('../verb-client.ts'),
        import('#monitor/views/incident-templates.ts'),
      ]);
      const view = await askView(dataFolder(values.data, io), io, '/incidents/templates', incidentTemplatesView);
      return tellView(view, values, io, { document: incidentTemplatesDocument, lines: incidentTemplateLines });
    },
  ],
  [
    'save',
    async (argv, io) => {
      const words = { investigating: string, identified: string, monitoring: string, resolved: string, postmortem: string } as const;
      const options = { ...COMMON, ...words, title: string, as: string } as const;
      const { values, positionals } = parseArguments('incident template save', argv, { options, positionals: 'NAME' });
      const name = templateName('save', positionals);
      const texts: Record<string, string> = {};
      for (const status of POSTED_STATUSES) {
        const given = values[status];
        if (given !== undefined) texts[status] = await textGiven(`--${status}`, given, io);
      }
      return asTemplate('template-save', values, { name, title: values.title ?? null, texts, author: values.as ?? null }, io);
    },
  ],
  [
    'remove',
    async (argv, io) => {
      const options = { ...COMMON, as: string } as const;
      const { values, positionals } = parseArguments('incident template remove', argv, { options, positionals: 'NAME' });
      return asTemplate('template-remove', values, { name: templateName('remove', positionals), author: values.as ?? null }, io);
    },
  ],
]);

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  [
    'open',
    async (argv, io) => {
      const options = { ...COMMON, title: string, body: string, component: IMPACT, status: string, as: string } as const;
      const { values } = parseArguments('incident open', argv, { options });
      const { title, body } = needed('incident open', { title: values.title, body: values.body, component: values.component?.[0] });
      const impacts = impactsIn('incident open', values.component);
      const text = await textGiven('--body', body, io);
      return say('open', values, { title, body: text, impacts, status: values.status ?? null, author: values.as ?? null }, io);
    },
  ],
  [
    'update',
    async (argv, io) => {
      const options = { ...COMMON, title: string, body: string, component: IMPACT, status: string, as: string } as const;
      const { values, positionals } = parseArguments('incident update', argv, { options, positionals: 'ID' });
      const id = idOf('update', positionals);
      const { body } = needed('incident update', { body: values.body });
      const impacts = impactsIn('incident update', values.component);
      const more = { title: values.title ?? null, status: values.status ?? null, impacts, author: values.as ?? null };
      return say('update', values, { id, body: await textGiven('--body', body, io), ...more }, io);
    },
  ],
  [
    'resolve',
    async (argv, io) => {
      const options = { ...COMMON, body: string, as: string } as const;
      const { values, positionals } = parseArguments('incident resolve', argv, { options, positionals: 'ID' });
      const id = idOf('resolve', positionals);
      const { body } = needed('incident resolve', { body: values.body });
      return say('resolve', values, { id, body: await textGiven('--body', body, io), author: values.as ?? null }, io);
    },
  ],
  [
    'list',
    async (argv, io) => {
      const { values } = parseArguments('incident list', argv, { options: { ...COMMON, all: { type: 'boolean' } } });
      const [{ askView }, views] = await Promise.all([import('../verb-client.ts'), import('#monitor/views/incidents.ts')]);
      const [path, view] = values.all
        ? (['/incidents/all', views.allIncidentsView] as const)
        : (['/incidents', views.openIncidentsView] as const);
      return tellView(await askView(dataFolder(values.data, io), io, path, view), values, io, {
        document: incidentsDocument,
        lines: incidentLines,
      });
    },
  ],
  ['template', (argv, io) => runNamed('incident template', TEMPLATE_VERBS, argv, io)],
]);
