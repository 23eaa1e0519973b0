/** Incidents in the console. */
import type { Impact, PostedStatus } from '#domain/incident/incident-fact.ts';
import { plural } from '../en/grammar.ts';
import { CLAIMED, PROVED } from './signed.ts';

export const TEMPLATES = ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'] as const;
export type Template = (typeof TEMPLATES)[number];

/** Texts to begin with. Angle brackets stand where somebody must write; nothing is posted while one of them is left. */
const TEXTS: Readonly<Record<Template, string>> = {
  investigating: `We are looking into a fault in **<what customers notice>** since <time>.

What you may see: <an error, slow answers, nothing at all>. What still works: <the rest>.

We will write again at <time>, sooner if we know more.`,
  identified: `We know why **<what customers notice>** fails: <the cause, in words that a customer understands>.

We are <rolling back, replacing, repairing> it now and expect to be done at <time>. Until then: <what customers can do meanwhile>.

We will write again at <time>.`,
  monitoring: `Since <time> **<what customers notice>** works again: <what was done>.

We are watching it for <how long> before we call it over. If you still see <the error>, tell us at <channel>.`,
  resolved: `This is over. From <time> to <time>, <how long>, **<what customers noticed>**.

The cause was <the cause>. It was ended by <what was done>. Data: <nothing was lost / what was lost and how it comes back>.

We will publish what we learned by <date>.`,
  postmortem: `## What happened

From <time> to <time> <who> could not <what>. <How many requests or customers were concerned.>

## Why

<The cause, and why nothing caught it before customers did.>

## What we did

- <time>: <the first sign, and who saw it>
- <time>: <what was tried>
- <time>: <what ended it>

## What changes

- <a change, who makes it, by when>
- <how we will notice sooner>`,
};

const placesIn = (text: string): readonly string[] => text.match(/<[^<>]+>/g) ?? [];
/** How many places of a template, ours or their `own`, nobody has filled in. */
export const placesLeft = (text: string, own: readonly string[] = []): number => {
  const places = new Set([...Object.values(TEXTS), ...own].flatMap(placesIn));
  return placesIn(text).filter((place) => places.has(place)).length;
};

export const incidents = {
  title: 'Incidents',
  openNew: 'Open an incident',
  draftConflict: 'Another version of this draft was kept meanwhile',
  draftConflictSays: (who: string, at: string) =>
    `${who} kept theirs ${at}. Yours stands in the form below and is not kept yet: keep it on top of theirs, or take theirs.`,
  openHeading: 'Open an incident',
  openNote: 'It is public at once: on the status page, in feeds and in whatever people have subscribed to.',
  recordTime: 'Record a time as down',
  overrides: 'Corrections of the ledger',
  openOnes: (count: number) => (count === 0 ? 'Nothing is open.' : `${plural(count, 'incident is', 'incidents are')} open.`),
  noneEver: 'There was no incident yet.',
  noneMore: 'There are no earlier incidents.',
  past: 'What is over',
  earlier: 'Earlier incidents',
  newest: 'Back to the newest',
  columns: { what: 'Incident', components: 'Components', began: 'Began', length: 'Lasted', last: 'Last post' },
  stillOpen: 'still open',
  foundByChecks: 'found by the checks',
  byPeople: 'opened by hand',
  posts: (count: number) => (count === 0 ? 'nothing posted' : plural(count, 'post', 'posts')),
  lastBy: (who: string | null) => (who === null ? 'Avow itself' : who),
  nobodySaid: 'Nobody has written yet.',

  fields: {
    title: 'Title',
    titleHint: 'What customers notice, not what broke: “Orders cannot be paid by card”.',
    status: 'Status',
    body: 'What to say',
    bodyHint: 'Markdown. What customers see, since when, what still works, when you write again.',
    retitle: 'New title',
    retitleHint: 'Leave it empty to keep the title.',
    impacts: 'Impact on each component',
    impactsHint: 'Name the components that customers notice it on. The rest stay as the checks see them.',
    names: { none: 'Not affected', degraded: 'Degraded', partial_outage: 'Partial outage', major_outage: 'Outage' } satisfies Record<
      Impact,
      string
    >,
    namesHint: 'Name components by their short names, as their pages are addressed, parted by spaces: api-eu api-us.',
    impactsHintUpdate: 'Change only what is different now.',
  },
  notConcerned: 'not concerned',
  asBefore: (impact: string | null) => (impact === null ? 'not concerned' : `as before: ${impact}`),
  impact: { none: 'not affected', degraded: 'degraded', partial_outage: 'partial outage', major_outage: 'outage' } satisfies Record<
    Impact,
    string
  >,
  status: {
    investigating: 'Investigating: we do not know why yet',
    identified: 'Identified: we know why',
    monitoring: 'Monitoring: it works again, we watch it',
    resolved: 'Resolved: it is over',
    postmortem: 'Post-mortem: what we learned',
  } satisfies Record<PostedStatus, string>,
  statusShort: {
    investigating: 'investigating',
    identified: 'identified',
    monitoring: 'monitoring',
    resolved: 'resolved',
    postmortem: 'post-mortem',
  } satisfies Record<PostedStatus, string>,

  statusLead: {
    investigating: 'Investigating.',
    identified: 'Identified.',
    monitoring: 'Monitoring.',
    resolved: 'Resolved.',
    postmortem: 'Post-mortem published.',
  } satisfies Record<PostedStatus, string>,

  templates: 'Begin with a text',
  templateNames: {
    investigating: 'Investigating',
    identified: 'Identified',
    monitoring: 'Monitoring',
    resolved: 'Resolved',
    postmortem: 'Post-mortem',
  } satisfies Record<Template, string>,
  template: (name: Template): string => TEXTS[name],
  ownTemplates: {
    title: 'Texts to begin with',
    lead: 'They stand as buttons beside the text of a post, in its words for the chosen status. Nothing of them is public until somebody posts.',
    manage: 'Texts to begin with',
    yours: 'Yours',
    count: (count: number) => (count === 1 ? 'A text of yours' : `${count} texts of yours`),
    none: 'None is kept yet. The form below keeps the first.',
    holds: (statuses: readonly string[]) => `For ${statuses.join(', ')}.`,
    by: (who: string | null, at: string) => `${who ?? 'Somebody'}, ${at}.`,
    begin: 'A new text',
    change: (name: string) => `Change “${name}”`,
    name: 'Name',
    nameHint: 'What its button says, such as “Card payments”.',
    heading: 'Title of the incident',
    headingHint: 'Taken when an incident is opened with it and has no title yet.',
    textsHint:
      'Markdown, for at least one status. Where somebody must fill in, write <angle brackets>: nothing is posted while one of them is left.',
    save: 'Keep this text',
    saveChange: 'Save the change',
    remove: (name: string) => `Remove “${name}”`,
    another: 'Begin a new one',
    builtIn: 'Those that come with Avow',
    builtInLead: 'They cannot be changed; keep one of your own beside them.',
    conflict: 'Somebody changed it meanwhile',
    conflictSays: (who: string | null, at: string) =>
      `${who ?? 'Somebody'} saved theirs ${at}. Yours stands in the form below and is not saved yet: save it on top of theirs, or take theirs.`,
  },
  placeholders: (count: number) =>
    `The text still has ${plural(count, 'place', 'places')} in <angle brackets> to fill in; nothing is posted with them.`,

  open: (components: number) =>
    components === 0 ? 'Open it publicly' : `Open it publicly on ${plural(components, 'component', 'components')}`,
  post: 'Post this publicly',
  postAnyway: 'Post mine as well',
  resolve: 'Resolve it publicly',
  postMortem: 'Publish the post-mortem',

  takeOver: 'Take it over: post what you know',
  takeOverNote: 'The checks found this one. It ends by itself at the first good check; what you write stands above what Avow wrote.',
  update: 'Post an update',
  after: 'Publish what was learned',
  afterNote: 'It is over; nothing but a post-mortem follows. What is new is a new incident.',
  readOnly: 'You may read this; ops post on it.',
  meanwhile: 'Somebody posted while you were writing',
  meanwhileNote: 'This stands on the public page now. Yours is kept below: change it, post it as well, or leave it.',
  since: (at: string) => `Open since ${at}.`,
  lasted: (from: string, to: string, length: string) => `From ${from} to ${to}, ${length}.`,
  publicPage: 'What customers see',
  written: 'What people wrote',
  nothingWritten: 'Nothing was posted yet.',
  by: (author: string | null) => author ?? 'Avow itself',
  proved: PROVED,
  claimed: CLAIMED,
  seen: 'What the checks saw',
  seenNone: 'None of its components is watched any more.',
  samples: 'The samples behind it',
  samplesNote: 'Every check in the stretch above, failed ones by reason. “Own faults” of the prober are no evidence.',
  samplesUntil: (at: string) => `Counted until ${at}; the page of the check has the rest.`,
  samplesColumns: { check: 'Check', from: 'From', samples: 'Samples', good: 'Good', slow: 'Slow', failed: 'Failed', errors: 'Own faults' },
  reasonsColumns: { reason: 'Reason', count: 'Samples', first: 'First', last: 'Last' },
  noSamples: 'Nothing was measured.',
  toCheck: (name: string) => `${name}: its check`,

  down: {
    heading: 'It was down, whatever the checks say',
    note: 'Posts count nothing. If customers could not use it while the checks saw it up, or before they noticed, record that time: it counts as downtime in the month’s figure.',
    button: 'Record when it was down',
  },
  keep: 'Keep as a draft',
  discard: 'Throw the draft away',
  drafts: 'Drafts',
  draftNote: 'Nobody outside sees them.',
  untitled: 'without a title',
  keptBy: (who: string, at: string) => `A draft that ${who} kept at ${at}. Nobody outside sees it.`,
  said: {
    opened: 'The incident is open and public.',
    'template-kept': 'The text is kept.',
    'template-removed': 'The text is removed. What was posted with it stays.',
    posted: 'Your post is public.',
    resolved: 'The incident is resolved.',
    kept: 'The draft is kept. Nobody outside sees it.',
    discarded: 'The draft is gone.',
  } as Readonly<Record<string, string>>,
} as const;
