/** Releases in the console. */
import type { GateCondition } from '#domain/release/gate-conditions.ts';
import type { ReleaseKind } from '#domain/release/release-fact.ts';
import type { ReleaseStanding, ReleaseState, UnscheduledReason } from '#domain/release/release-standing.ts';
import type { WindowChoice } from '#monitor/views/console-releases.ts';
import { plural } from '../en/grammar.ts';
import { signed } from './signed.ts';

const WHY: Readonly<Record<UnscheduledReason | 'nowhere' | 'over', string>> = {
  nowhere: 'It is in no window.',
  cancelled: 'Its window was cancelled.',
  nothing_excluded: 'Nothing of its window is excluded any more.',
  shrunk: 'What is left of its window does not hold the planned time.',
  over: 'Its window is over.',
};

export const releases = {
  title: 'Releases',
  draftNew: 'Draft a release',
  count: (count: number, coming: number) =>
    count === 0 ? 'No release was drafted yet.' : coming === 0 ? 'No release is to come.' : `${plural(coming, 'release')} to come`,
  earlier: 'Earlier releases',
  newest: 'Back to the newest',
  columns: { release: 'Release', standing: 'Standing', notes: 'Notes', window: 'Window', tested: 'Tested', production: 'Production' },
  state: {
    draft: 'draft',
    published: 'notes public',
    scheduled: 'planned',
    deployed: 'deployed',
    rolled_back: 'rolled back',
  } satisfies Record<ReleaseState, string>,
  lead: {
    draft: 'A draft: nobody outside knows of it.',
    published: 'Its notes are public; it is in no window.',
    scheduled: 'Planned into its window.',
    deployed: 'In production.',
    rolled_back: 'Rolled back.',
  } satisfies Record<ReleaseState, string>,
  outside: 'outside of a window, for ever on record',
  kinds: { standard: 'standard', hotfix: 'hotfix', emergency: 'emergency' } satisfies Record<ReleaseKind, string>,
  notYet: 'not yet',
  notPublic: 'not public',
  publicSince: 'public since',
  publicFrom: 'public from',
  noWindow: 'Choose the window.',
  none: 'none',
  heading: (version: string, title: string) => `${version}: ${title}`,

  newTitle: 'Draft a release',
  newLead:
    'Nobody outside sees a draft. Version, title, kind and tickets stay as they are once it is drafted; its notes get new revisions.',
  fields: {
    version: 'Version',
    versionHint: 'As your pipeline calls it: 2.14.0, 2026-11-28.1.',
    title: 'Title',
    titleHint: 'What it is about, in the words of a customer.',
    kind: 'Kind',
    tickets: 'Tickets',
    ticketsHint: 'Support requests it answers, one a line or with commas. Never public.',
    notes: 'Notes',
    notesHint: 'Markdown. Headings Added, Changed, Fixed, Removed, Deprecated and Security make groups on the page.',
    at: 'At',
    now: 'Empty means now.',
    inZone: (zone: string) => `On the clock of ${zone}. Empty means now.`,
    window: 'Window',
    time: 'Time in the window',
    timeHint: (zone: string) => `Like 10:30, on the clock of ${zone}. Empty means the start.`,
    reason: 'Why it cannot wait',
    reasonHint: 'Never public. Auditors read it.',
    what: 'What happened',
  },
  kindChoices: [
    ['standard', 'Standard: goes into an announced window'],
    ['hotfix', 'Hotfix: mends something, goes into an announced window'],
    ['emergency', 'Emergency: may have to go outside of a window'],
  ] satisfies readonly (readonly [ReleaseKind, string])[],
  save: 'Draft it',
  taken: (version: string) => `${version} is drafted already. Open it to write further notes, or name another version.`,
  badTime: (text: string) => `“${text}” is no time; write it like 2026-10-10T14:00.`,

  gate: 'May it go to production?',
  open: 'Yes, now.',
  emergencyOpen: 'Yes, as an emergency.',
  shut: 'No.',
  yes: 'yes',
  no: 'no',
  nextAt: 'The next instant at which it would be allowed:',
  nextNone: 'No instant is known at which it would be allowed: no announced window can take it.',
  needs: {
    draft: 'write its notes',
    publish_notes: 'publish its notes',
    schedule: 'plan it into that window',
  } as Readonly<Record<string, string>>,
  before: (what: string) => `Until then: ${what}.`,
  conditions: {
    drafted: 'It is drafted, with notes',
    tested: 'It is tested completely',
    scheduled: 'It is planned into an announced window',
    notes: 'Its notes are public in time',
    open: 'Its window is open',
  } satisfies Record<GateCondition['kind'], string>,
  why: (reason: UnscheduledReason | 'nowhere' | 'over') => WHY[reason],
  notDecides: 'Said for the record; it decides which window can take it first.',
  dueBy: 'They must be public by',
  opensAt: 'It opens at',
  endsAt: 'It ends at',
  earliest: 'The earliest window that can take it',
  earliestNone: 'none that is announced.',

  notesHeading: 'Notes',
  notesLead:
    'Every saved text is a revision of its own. A public one is replaced only by publishing a later one, and then says that it was amended.',
  saveNotes: (rev: number) => `Save as revision ${rev}`,
  meanwhile: 'Somebody wrote while you were writing',
  meanwhileNote: 'The difference to what stands there now is shown below; yours is kept in the form.',
  saveAnyway: (rev: number) => `Save mine as revision ${rev}`,
  revisions: 'Revisions',
  revision: (rev: number) => `Revision ${rev}`,
  by: (author: string | null, proved: boolean) => (author === null ? 'nobody named' : signed(author, proved)),
  diff: (from: number, to: number) => `What revision ${to} changes against revision ${from}`,
  compare: 'compare with the one before',
  gone: 'taken out',
  put: 'put in',

  publish: 'Make the notes public',
  publishNow: (rev: number) => `Publish revision ${rev}`,
  publishNote: (due: string | null) =>
    due === null
      ? 'Readers, feeds and subscribers see them from that instant on. Before a plan they may be public at any time; into a window they must lead it.'
      : `Readers, feeds and subscribers see them from that instant on. To keep its window they must be public by ${due}.`,
  allPublic: (rev: number) => `Revision ${rev}, the last one, is public or will be.`,

  window: 'Window',
  schedule: 'Plan it into this window',
  replan: 'Move it to this window',
  unschedule: (version: string) => `Take ${version} out of its window`,
  windowTakes: { before_tested: 'begins before it was tested', notes_late: 'its notes would be late' } satisfies Record<
    NonNullable<WindowChoice['why']>,
    string
  >,
  noWindows: 'No announced window lies ahead.',
  reserved: 'Reserved, and nothing announced yet:',
  announce: 'Announce it',
  announceOne: (day: string) => `Announce it: ${day}`,

  tested: 'Tested',
  testedSince: 'Tested completely at',
  markTested: 'Record that it is tested completely',

  production: 'Production',
  deployChoices: [
    ['deploy', 'It went to production'],
    ['rollback', 'It was rolled back'],
  ] as const,
  record: (version: string) => `Record it for ${version}`,
  recordOutside: (version: string) => `Record it for ${version}: outside of a window, for ever`,
  recordNote:
    'What happened is recorded whatever the gate says. Outside of its window it is flagged: on the page, in the report, for ever.',
  asEmergency: (reason: string, approver: string) => `As the emergency that ${approver} approved: ${reason}`,
  went: { deploy: 'To production', rollback: 'Rolled back' },
  inside: 'inside its window',
  outsideOnRecord: 'outside of a window',
  approvedBy: (name: string, proved: boolean) => `approved by ${signed(name, proved)}`,

  emergency: 'Emergency',
  emergencyLead:
    'Outside of a window it may go only as an emergency: one asks with a reason, somebody else approves. No downtime of it is excluded.',
  ask: (version: string) => `Ask that ${version} may go outside of a window`,
  approve: (version: string) => `Approve: ${version} may go outside of a window, once`,
  ownAsk: 'You asked; somebody else must approve.',
  askedBy: (name: string, proved: boolean) => `${signed(name, proved)} asks`,
  emergencyStates: {
    waiting: 'waits for a second person',
    approved: 'approved, good for one deployment within a day',
    used: 'used',
    lapsed: 'lapsed',
  } as Readonly<Record<string, string>>,

  customers: 'What customers see',
  customersNone: 'Nothing: for everybody outside there is no such release.',
  publicPage: 'Its public page',
  pipeline: 'From a pipeline',
  pipelineNote: 'A token with the scope releases:deploy asks the same gate, and records the deployment:',
  pipelineDocs: 'The API in full',
  curl: (origin: string, version: string) =>
    `curl -fsS -H "Authorization: Bearer $AVOW_TOKEN" ${origin}/api/v1/releases/${encodeURIComponent(version)}/may-deploy | jq -e .allowed`,

  said: {
    drafted: 'It is drafted. Nobody outside sees it.',
    written: 'The notes have a new revision; it is not public yet.',
    published: 'That is recorded. From when on readers see the notes stands beside the revision.',
    scheduled: 'It is planned into the window.',
    unscheduled: 'It is in no window any more.',
    tested: 'It is recorded as tested completely.',
    deployed: 'It is recorded.',
    outside: 'It is recorded, and flagged as outside of a window, for ever.',
    asked: 'It waits for a second person.',
    approved: 'It may go outside of a window, once, within a day.',
  } as Readonly<Record<string, string>>,
  standingWords: ({ state, outsideWindow }: Pick<ReleaseStanding, 'state' | 'outsideWindow'>): string =>
    outsideWindow ? `${releases.state[state]}, ${releases.outside}` : releases.state[state],
} as const;
