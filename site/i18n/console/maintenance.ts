/** Maintenance in the console: the list, the form with its verdict, one announcement. Times come formatted, lengths in ms. */

import type { Warning } from '#domain/maintenance/answer.ts';
import { ppmWords } from '#domain/report/value-words.ts';
import { lengthText } from '#domain/time/length-text.ts';
import { numberText } from '../../format.ts';
import { plural, shortLengthOf } from '../en/grammar.ts';

/** "5 h 0 min (18,000,000 ms)" */
const exact = (ms: number): string => `${lengthText(ms)} (${numberText('en', ms)}\u00a0ms)`;
const WAITS = {
  cancelled: 'its window was cancelled',
  nothing_excluded: 'nothing of its window is excluded',
  shrunk: 'its window was shortened and does not hold it any more',
} as const;

/** What of a window counts, as the verdict is told. */
interface Judged {
  readonly refusal: { readonly code: string; readonly message: string } | null;
  readonly announcedMs: number;
  readonly excludedMs: number;
}
const isTaken = ({ refusal }: Judged): boolean => refusal === null || refusal.code === 'nothing_changes';
export const verdictTone = (judged: Judged): 'good' | 'mixed' | 'bad' =>
  !isTaken(judged) ? 'bad' : judged.excludedMs === judged.announcedMs && judged.announcedMs > 0 ? 'good' : 'mixed';
export const verdictSentence = ({ announcedMs, excludedMs }: Judged): string => {
  const { nothing, all, part, none } = maintenance.verdict;
  if (announcedMs === 0) return nothing;
  return excludedMs === announcedMs ? all(excludedMs) : excludedMs === 0 ? none(announcedMs) : part(excludedMs, announcedMs);
};
/** In one sentence: why it is not taken, or what counts. */
export const briefVerdict = (judged: Judged): string => (isTaken(judged) ? verdictSentence(judged) : (judged.refusal?.message ?? ''));

export const maintenance = {
  title: 'Maintenance',
  headline: (running: number, upcoming: number) =>
    running > 0
      ? `${plural(running, 'window')} ${running === 1 ? 'runs' : 'run'} now.`
      : upcoming > 0
        ? `${plural(upcoming, 'window')} ${upcoming === 1 ? 'is' : 'are'} announced.`
        : 'Nothing is announced.',
  announce: 'Announce maintenance',
  announceShort: 'Announce',
  announceNext: (day: string) => `Announce ${day}`,
  said: {
    announced: 'It is announced. Everybody can read it from now on.',
    changed: 'The change is public.',
    done: 'The window is done. The rest of it counts as any other time.',
    cancelled: 'The window is cancelled.',
    approved: 'The import is approved and counts from now on.',
    kept: 'The draft is kept. Nobody outside the console sees it.',
    discarded: 'The draft is discarded.',
  } as Readonly<Record<string, string>>,

  now: 'Running now',
  announced: 'Announced',
  nothingAnnounced: 'No window is announced.',
  by: (name: string, proved: boolean) => (proved ? `by ${name}, signed in` : `by ${name}, as they said themselves`),
  nobody: 'nobody was named',
  version: (rev: number) => `Version ${rev}`,
  releases: (versions: readonly string[]) => `Planned into it: ${versions.join(', ')}.`,
  open: 'Open',

  todo: 'What needs somebody',
  nothingTodo: 'Nothing waits for anybody.',
  waits: (version: string, lost: keyof typeof WAITS | null) =>
    lost === null ? `Release ${version} is tested and in no window.` : `Release ${version} has lost its place: ${WAITS[lost]}.`,
  waitsFor: (day: string, deadline: string) => `The next free slot is ${day}; it must be announced by ${deadline} to count.`,
  noFree: 'No slot of the next year is free and in time.',
  near: (day: string, deadline: string) => `Nothing is announced for ${day}. What is announced after ${deadline} is not excluded.`,
  importWaits: 'An import waits for a second person and excludes nothing until then:',
  notCounted: 'Announced, and nothing of it will be excluded:',

  slots: 'Reserved, the next three months',
  slotsCaption:
    'Of every reserved window ahead: how much is announced, and how much of that will be excluded from availability as things stand.',
  slot: 'Window',
  deadline: 'Announce by',
  reserved: 'Reserved',
  announcedMs: 'Announced',
  willBe: 'Will be excluded',
  used: 'Used',
  what: 'What',
  length: (ms: number) => (ms === 0 ? '–' : shortLengthOf(ms)),
  nothing: 'Nothing announced; the service stays up.',
  tooLate: 'Too late to be excluded.',

  drafts: 'Drafts',
  draft: (author: string, at: string) => `kept by ${author}, ${at}`,
  untitled: 'Without a title yet',
  goOn: 'Go on writing',

  past: 'What became of it',
  pastCaption: 'Of every reserved window: how much was announced, how much of that is excluded, and how much of it was used.',
  outside: 'outside the reserve',
  nothingPast: 'No window has passed yet.',
  older: 'Earlier windows',
  newest: 'Back to now',
  alike: 'Announce one like it',

  form: {
    title: 'Announce maintenance',
    when: 'When',
    offered: 'Reserved windows',
    taken: (title: string) => `taken: ${title}`,
    openTaken: 'Open that window',
    free: 'free',
    other: 'Another date',
    otherHint: 'Outside a reserved window nothing is excluded.',
    date: 'Date',
    from: 'From',
    to: 'To',
    wall: (zone: string, offset: string) => `On the clock of ${zone} (${offset}), as the reserve has it.`,
    whom: 'What it concerns',
    all: 'All components, those of later too',
    some: 'Some of them',
    onlyThese: 'A window excuses only what it names.',
    typed: 'By their short names',
    typedHint: 'As their pages are addressed, parted by spaces: api-eu api-us. The list under Checks links to each.',
    words: 'What customers read',
    heading: 'Title',
    headingHint: 'What will be done, in one line.',
    body: 'Text',
    bodyHint: 'What will not work meanwhile, and for whom. Markdown.',
    check: 'Check',
    publish: 'Publish',
    publishChange: (rev: number) => `Publish version ${rev}`,
    keep: 'Keep as a draft',
    discard: 'Discard the draft',
    checkHint: 'Checking changes nothing.',
    empty:
      'Announce what you need and press “done” when the work is over: an hour that is excluded and not used leaves less room for everything else.',
  },

  verdict: {
    title: 'What this will be',
    /** Leads from the verdict in one line to the whole. */
    why: 'Why, and what follows',
    failed: 'Avow could not be asked just now. Press “Check” to ask again; what you typed stays.',
    cannot: 'It cannot be announced like this.',
    cannotChange: 'It cannot be changed like this.',
    unchanged: 'Nothing is changed yet.',
    all: (ms: number) => `All of it will count as excluded: ${exact(ms)}.`,
    part: (excluded: number, announced: number) => `Part of it will count as excluded: ${exact(excluded)} of ${exact(announced)}.`,
    none: (ms: number) => `None of it will be excluded: ${exact(ms)} count as any other time.`,
    nothing: 'Nothing of it is left.',
    before: (before: number, after: number) =>
      before === after
        ? 'The same counts as before the change.'
        : after < before
          ? `${exact(before - after)} less than before the change.`
          : `${exact(after - before)} more than before the change.`,
    inTime: (deadline: string) => `In time: it must be public by ${deadline}.`,
    parts: 'Part by part',
    part_: 'From – to',
    ms: 'Milliseconds',
    says: 'Availability',
    excluded: 'Excluded.',
    counts: (why: string) => `Counts. ${why}`,
    warning: ({ message }: Pick<Warning, 'message'>) => message,

    budget: 'What becomes of the error budget',
    budgetCaption: (month: string) => `How much downtime ${month} may have, before and after`,
    promised: (target: number, where: readonly string[]) => [ppmWords(target), ...where].join(', '),
    whose: 'By',
    policy: 'the published policy',
    contracts: (count: number) => plural(count, 'contract'),
    was: 'Before',
    will: 'After',
    left: 'Left',
    length: lengthText,
    leftMs: (ms: number) => (ms < 0 ? `${lengthText(-ms)} too much` : lengthText(ms)),
    budgetSays: (month: string, before: number, after: number, left: number) =>
      `${month}: ${before === after ? `${lengthText(after)} as before` : `${lengthText(before)} becomes ${lengthText(after)}`}${left < 0 ? `; ${lengthText(-left)} more than that was used.` : `, of which ${lengthText(left)} are left.`}`,

    seen: 'What customers will see',
    seenHint: 'As the public page draws it:',
    text: 'The text',
    clocks: 'On every clock',
    clock: 'Clock',
    clockOf: {
      reserve: 'of the reserve',
      page: 'of the public page',
      utc: 'of machines',
      customers: 'of customers',
    },
    customers: (names: readonly string[]) => `of ${names.length > 3 ? plural(names.length, 'customer') : names.join(', ')}`,
    shifts: 'The clocks change during the window.',
  },

  strip: {
    label: (week: string, chosen: string) => `The week of ${week} to scale.${chosen === '' ? '' : ` The window: ${chosen}.`}`,
    dayLabel: (day: string, chosen: string) => `${day} to scale.${chosen === '' ? '' : ` The window: ${chosen}.`}`,
    caption: 'The week, and the day in it, to scale. Drag the window or its ends, or use the fields.',
    reserved: 'Reserved',
    chosen: 'Chosen',
    counted: 'Will be excluded',
    other: 'Announced already',
    nowMark: 'Now',
    start: 'Start of the window',
    end: 'End of the window',
    says: (from: string, to: string) => `${from} to ${to}`,
  },

  one: {
    trail: 'Maintenance',
    published: 'As the public sees it',
    counts: 'What counts',
    edit: 'Change it',
    /** In a list of several, by ear. */
    editOne: (title: string) => `Change it: ${title}`,
    before: 'Until the deadline a change may move the window and make it longer.',
    after:
      'The deadline of its slot has passed: from now on a change can only take excluded time away. A longer or a moved window is shown and not excluded.',
    running: 'It has begun: its start stays, its end may be moved to a later instant than now. Whatever is added is not excluded.',
    componentsStay: 'What it concerns stays as it was announced. For something else, cancel it and announce a new one.',
    shut: {
      cancelled: 'It was cancelled; nothing of it can be changed.',
      completed: 'It is done; nothing of it can be changed.',
      over: 'It is over; nothing of it can be changed.',
      imported: 'It is a record of former times; it is neither changed nor ended.',
    },
    ends: 'End it',
    done: 'Done early …',
    doneOne: (title: string) => `Done early … ${title}`,
    doneSays: (kept: number, back: number) =>
      `The window ends now. ${exact(kept)} stay excluded, ${exact(back)} count as any other time again.`,
    doneButton: (back: number) => (back === 0 ? 'End now: nothing is given back' : `End now: ${lengthText(back)} are given back`),
    cancel: 'Cancel …',
    cancelOne: (title: string) => `Cancel … ${title}`,
    cancelSays: (kept: number, back: number) =>
      kept === 0
        ? `It stays readable and is marked as cancelled. ${back === 0 ? 'Nothing of it was excluded' : `${exact(back)} are no longer excluded`}; releases planned into it lose their place.`
        : `From now on nothing of it is excluded: ${exact(kept)} that have passed stay so, ${exact(back)} do not. Releases planned into it lose their place.`,
    cancelButton: (back: number) =>
      back === 0 ? 'Cancel it: nothing was excluded' : `Cancel it: ${lengthText(back)} are no longer excluded`,
    irrevocable: 'This cannot be taken back.',
    budgetAfter: 'The error budget then:',
    approve: 'Approve the import',
    approveSays: (ms: number) =>
      `A second person says that the original notice was public in time. From then on ${exact(ms)} are excluded.`,
    approveButton: (ms: number) => (ms === 0 ? 'Approve: nothing will be excluded' : `Approve: ${lengthText(ms)} will be excluded`),
    evidence: 'Evidence of the original notice',
    evidenceHint: 'Where it can be found: a mail with its date, a page in an archive.',
    approved: (who: string, at: string) => `Approved ${at} ${who}.`,
    releases: 'Releases in it',
    release: {
      draft: 'draft',
      published: 'notes public',
      scheduled: 'planned',
      deployed: 'released',
      rolled_back: 'taken back',
    } as Readonly<Record<string, string>>,
    lost: (why: keyof typeof WAITS) => `Lost its place: ${WAITS[why]}.`,
    noReleases: 'No release is planned into it.',
    revisions: 'Every version',
    madeBy: (who: string) => who,
    ended: (kind: 'cancelled' | 'completed', at: string, who: string) => `${kind === 'cancelled' ? 'Cancelled' : 'Done'} ${at} ${who}.`,
    imported: (who: string) => `Imported ${who}.`,
    announcedBy: (who: string) => `Announced ${who}.`,
    audit: 'Who did what',
    auditCaption: 'Rows of the audit about this announcement, the newest first',
    at: 'When',
    who: 'Who',
    from: 'From',
    verb: 'What',
    here: 'this machine',
    conflict: 'Somebody changed it meanwhile',
    conflictSays: (who: string, at: string, rev: number) => `${who} wrote version ${rev} ${at}, after you opened this page.`,
    theirs: 'What they changed',
    mine: 'What would change with yours on top of theirs',
    mineNothing: 'Nothing: theirs says the same.',
    keepTheirs: 'Keep theirs',
    writeMine: (rev: number) => `Write mine on top, as version ${rev}`,
    nothingDone: 'Nothing was changed.',
  },
  draftConflict: 'Another version of this draft was kept meanwhile',
  draftConflictSays: (who: string, at: string) => `${who} kept theirs ${at}. Yours stands in the form below and is not kept yet.`,
  keepMine: 'Keep mine on top',
} as const;
