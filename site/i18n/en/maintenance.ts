/** English sentences about maintenance: what runs, what is announced and reserved, what became of it. Times come formatted, lengths in ms. */
import type { MaintenanceState } from '#domain/maintenance/account.ts';
import { refusedWords } from '#domain/report/line-words.ts';
import { weekdayWord } from '#domain/report/value-words.ts';
import type { NotExcluded } from '#domain/sla/announcement.ts';
import type { ReserveRule } from '#domain/sla/reserve.ts';
import { lengthText } from '#domain/time/length-text.ts';
import type { EntryView, Progress } from '#monitor/views/maintenance-entry.ts';
import type { PublicDeployment } from '#monitor/views/public-release.ts';
import type { PastRow } from '#monitor/views/saturdays.ts';
import { lengthOf, lengthOrNone, listed, shortLengthOf } from './grammar.ts';

const states: Readonly<Record<MaintenanceState, string>> = {
  upcoming: 'Announced',
  running: 'Running',
  past: 'Over',
  completed: 'Done',
  cancelled: 'Cancelled',
};

type Account = Pick<EntryView, 'state' | 'announcedMs' | 'excludedMs' | 'refused' | 'decides' | 'imported'>;

/** "Announced on Tuesday 24 November, 09:00: excluded from availability, 2 h 30 min." */
const account = ({ state, announcedMs, excludedMs, refused, imported }: Account, announced: string): string => {
  const said = `${imported ? 'Said to have been announced on' : 'Announced on'} ${announced}`;
  const endedBefore = state === 'cancelled' && refused.every(({ reason }) => reason === 'cancelled');
  if (excludedMs === 0 && endedBefore) return `${said}, and cancelled before it began: nothing is excluded.`;
  if (excludedMs === 0) return `${said}: unscheduled, counts as any other time.`;
  if (excludedMs === announcedMs) return `${said}: excluded from availability, ${lengthOrNone(excludedMs)}.`;
  return `${said}: excluded from availability, ${lengthOrNone(excludedMs)} of ${lengthOrNone(announcedMs)}.`;
};

/** "Released Saturday 28 November at 10:20, inside its window." */
const releasedSentence = ({ kind, place }: PublicDeployment, at: string): string => {
  if (kind === 'rollback') return `Taken back ${at}.`;
  return `Released ${at}, ${place === 'outside_window' ? 'outside an announced window' : 'inside an announced window'}.`;
};

export const maintenanceWords = {
  title: (page: string) => `Maintenance · ${page}`,
  headline: (running: readonly string[], next: string | null, ahead: boolean): string => {
    if (running.length === 1) return `Maintenance is running: ${running[0]}.`;
    if (running.length > 1)
      return `${listed(
        running.map((title) => `“${title}”`),
        'maintenance window',
      )} are running.`;
    if (next !== null) return `The next maintenance is announced for ${next}.`;
    return ahead ? 'No maintenance is announced; the service stays up.' : 'No maintenance is announced.';
  },
  rule: ({ weekday, start, durationMin }: ReserveRule, zone: string) =>
    `Every ${weekdayWord(weekday)} ${lengthOf(durationMin * 60_000)} from ${start} (${zone}) are reserved. Only what is announced inside them, before they begin, is left out of the availability figure.`,
  state: (state: MaintenanceState) => states[state],

  now: 'Running now',
  progress: ({ passedMs, wholeMs, leftMs }: Progress) =>
    passedMs < 1_000
      ? `It has just begun; ${lengthOrNone(leftMs)} to go.`
      : `${lengthOf(passedMs)} of ${lengthOrNone(wholeMs)} have passed; ${lengthOrNone(leftMs)} to go.`,
  progressLabel: (title: string) => `How much of the window has passed: ${title}`,

  ahead: 'Announced and reserved',
  nothingAhead: 'Nothing is reserved, and nothing is announced.',
  reservedNothing: (from: string, to: string) => `Reserved from ${from} to ${to}. Nothing is announced; the service stays up.`,
  outside: 'Outside the reserved time.',

  past: 'What became of it',
  pastCaption:
    'Of every reserved window: how much was announced, how much of that is excluded from availability, and how much of it was used.',
  nothingPast: 'No reserved window has passed since Avow began to watch.',
  older: (month: string) => `Windows before ${month} are told month by month in the history.`,
  window: 'Window',
  reservedMs: 'Reserved',
  announcedMs: 'Announced',
  excludedMs: 'Excluded',
  usedMs: 'Used',
  length: (ms: number) => (ms === 0 ? '–' : shortLengthOf(ms)),
  /** The same numbers in a sentence. */
  use: ({ reservedMs, announcedMs, excludedMs, usedMs }: NonNullable<PastRow['use']>) =>
    `Of the ${lengthOf(reservedMs)} reserved, ${announcedMs === 0 ? 'nothing was' : `${lengthOrNone(announcedMs)} were`} announced, ${excludedMs === 0 ? 'nothing' : lengthOrNone(excludedMs)} excluded and ${usedMs === 0 ? 'nothing' : lengthOrNone(usedMs)} used.`,
  elsewhere: (ms: number) => `Counted in the figure of the service all the same: ${lengthOrNone(ms)}. ${refusedWords('down_elsewhere')}`,
  usedNote: 'Used is the excluded time in which a component was down or nothing was measured.',

  affects: 'Affects',
  all: 'all components',
  account,
  /** What of it counts, and why. */
  refused: (reason: NotExcluded, ms: number) => `Not excluded: ${lengthOrNone(ms)}. ${refusedWords(reason)}`,
  reason: refusedWords,
  endedAt: (state: MaintenanceState, at: string) => (state === 'cancelled' ? `Cancelled ${at}.` : `Done ${at}.`),
  notDeciding: 'It covers no component that decides, so the figure of the service does not depend on it.',
  imported: (approved: string | null) =>
    approved === null
      ? 'Recorded after the fact. No second person has approved it, so it excludes nothing.'
      : `Recorded after the fact, and approved by a second person ${approved}.`,

  changes: 'What changes',
  release: (version: string, title: string | null) => (title === null ? version : `${version}: ${title}`),
  notes: (at: string | null) => (at === null ? 'The notes are not published.' : `Notes published ${at}.`),
  releasedSentence,

  announcementTitle: (title: string, page: string) => `${title} · Maintenance · ${page}`,
  text: 'Announcement',
  noText: 'Nothing more was said.',
  counts: 'What counts',
  countsCaption: (zone: string) => `What of it is excluded from availability; times in ${zone}`,
  part: 'From – to',
  partLength: 'Length',
  partSays: 'Availability',
  partExcluded: 'Excluded.',
  partCounts: (reason: NotExcluded) => `Counts. ${refusedWords(reason)}`,
  /** To the millisecond. */
  whole: (excludedMs: number, announcedMs: number) =>
    excludedMs === announcedMs && announcedMs > 0
      ? `All of it is excluded from availability: ${lengthText(announcedMs)}.`
      : `Excluded from availability: ${excludedMs === 0 ? 'nothing' : lengthText(excludedMs)} of the ${lengthText(announcedMs)} announced. The rest counts as any other time.`,
  slot: (from: string, to: string, deadline: string) =>
    `The reserved window lasts from ${from} to ${to}. An announcement for it counts when it was public at ${deadline} at the latest.`,
  inFigure: (month: string) => `What was left out of the figure of ${month}`,
  revisions: 'Every version',
  revision: (rev: number) => `Version ${rev}`,
  publicAt: (at: string) => `Said to have been public ${at}.`,
  changedTime: (what: 'start' | 'end', before: string, after: string) =>
    what === 'start' ? `Begins ${after} instead of ${before}.` : `Ends ${after} instead of ${before}.`,
  changedTitle: (before: string, after: string) => `Called “${after}” instead of “${before}”.`,
  changedBody: 'Another text.',
  fromTo: (from: string, to: string) => `From ${from} to ${to}.`,
  before: 'Before',
  after: 'After',
  toAll: 'All maintenance',

  next: (day: string) => `Next: ${day}`,
  staysUp: 'Nothing is announced; the service stays up.',
  later: 'Announced after that:',
  whatChanges: 'What changes:',
  changesHeading: 'Changes',
  lastReleased: 'Released last',
  nextReleased: 'To come',
  releasedAt: (at: string) => `released ${at}`,
  withWindow: (at: string) => `planned for ${at}`,
  withoutWindow: 'without a window yet',
  allReleases: 'All releases',
};
