/** English sentences of the release pages: what changes in which window, what changed, and whether it kept to its window. */
import type { NotesGroup } from '#domain/release/notes-groups.ts';
import type { ReleaseKind } from '#domain/release/release-fact.ts';
import type { UnscheduledReason } from '#domain/release/release-standing.ts';
import { counted, plural } from './grammar.ts';

const groups: Record<NotesGroup['kind'], string> = {
  added: 'Added',
  changed: 'Changed',
  deprecated: 'Deprecated',
  removed: 'Removed',
  fixed: 'Fixed',
  security: 'Security',
  other: 'Notes',
};
const kinds: Record<ReleaseKind, string> = { standard: 'Release', hotfix: 'Hotfix', emergency: 'Emergency' };
const unscheduled: Record<UnscheduledReason | 'over', string> = {
  cancelled: 'The window it was planned into was cancelled.',
  nothing_excluded: 'Nothing is left of the window it was planned into.',
  shrunk: 'The window it was planned into no longer holds its time.',
  over: 'The window it was planned into ended before it went to production.',
};

export const releasesWords = {
  nav: 'Releases',
  title: (page: string) => `Releases · ${page}`,
  releaseTitle: (version: string, title: string | null, page: string) => `${title === null ? version : `${version}: ${title}`} · ${page}`,
  /** The largest sentence of the list. `day`: "Saturday 28 November". */
  headline: (count: number, day: string) => `${counted(count)} ${count === 1 ? 'release is' : 'releases are'} planned for ${day}.`,
  nothingPlanned: 'No release is planned.',
  heading: (version: string, title: string | null) => (title === null ? `Version ${version}` : `${version}: ${title}`),

  coming: 'What is planned',
  changesOn: (day: string) => `What changes on ${day}`,
  changedOn: (day: string) => `What changed on ${day}`,
  changesUnplanned: 'What changes',
  unplanned: 'In no window yet',
  released: 'What was released',
  nothingReleased: 'Nothing was released yet.',
  omitted: (count: number) => `${plural(count, 'older release')} not shown.`,

  kinds,
  groups,
  /** With the instant behind it. */
  plannedFor: 'Planned for',
  window: 'Window',
  plannedIn: (title: string) => `Planned into the maintenance “${title}”.`,
  deployedIn: (title: string) => `Made in the maintenance “${title}”.`,
  notInWindow: 'It is in no announced window yet.',
  unscheduled: (reason: UnscheduledReason | 'over') => unscheduled[reason],

  facts: 'When',
  notesPublic: 'Notes public',
  revisions: 'Changes to the notes',
  amended: 'Amended',
  amendedNote: 'The notes were changed after the window had started or the release was in production.',
  firstRevision: 'First public',
  laterRevision: 'Changed',
  deployed: 'Released',
  rolledBack: 'Rolled back',
  inside: 'Inside the window',
  outside: 'Outside a maintenance window',
  outsideNote: 'It was changed in production at a time that was not announced, or is not counted, as maintenance.',
  emergency: 'As an emergency',
  noNotes: 'No notes were published for this version.',
  all: 'All releases',
  waiting: 'In no window',
  marks: {
    coming: 'Planned',
    released: 'Released',
    rolled_back: 'Rolled back',
    outside: 'Outside a maintenance window',
  },
};
