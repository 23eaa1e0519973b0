/**
 * Whether a release may be drafted and its notes made public: decides from values and the time, and answers what to write or a
 * `Refusal`. Title, kind and tickets are said once; notes have revisions, and a revision is public from now on or from an instant ahead,
 * never before the one it follows. Source: semantics F2, F5.
 */
import { readText } from '../maintenance/text-rules.ts';
import { instantWords } from '../maintenance/words.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Instant } from '../time/instant.ts';
import type { ReleaseFact, ReleaseKind } from './release-fact.ts';
import { findRelease, type ReleaseSituation, readVersion } from './release-situation.ts';

const MOST_TICKETS = 100;

export interface DraftAsked {
  readonly version: string;
  readonly title: string | null;
  readonly notes: string;
  readonly kind: ReleaseKind | null;
  /** Null: none were named. */
  readonly tickets: readonly string[] | null;
  /** The revision of the notes that the author had read, 0: none; absent: whatever others wrote meanwhile. */
  readonly basedOn?: number | undefined;
}
export interface Draft {
  readonly version: string;
  /** Null: it is there already, and these are further notes of it. */
  readonly made: { readonly title: string; readonly kind: ReleaseKind; readonly tickets: readonly string[] } | null;
  readonly notes: string;
  readonly rev: number;
}

const readTickets = (given: readonly string[]): string[] | Refusal => {
  if (given.length > MOST_TICKETS)
    return refuse('bad_text', `${given.length} tickets are named, and ${MOST_TICKETS} is the most.`, { most: MOST_TICKETS });
  const read = given.map((one) => readText('ticket', one));
  const refused = read.find(isRefusal);
  return refused ?? [...new Set(read as string[])].sort();
};

/** What was said of a release when it was first drafted does not change. */
const judgeSame = (
  known: ReleaseFact,
  asked: { readonly title: string | null; readonly kind: ReleaseKind | null; readonly tickets: readonly string[] | null },
): Refusal | null => {
  const { version, title, kind, tickets } = known;
  const same =
    (asked.title === null || asked.title === title) &&
    (asked.kind === null || asked.kind === kind) &&
    (asked.tickets === null || asked.tickets.join('\n') === tickets.join('\n'));
  return same
    ? null
    : refuse(
        'already_drafted',
        `${version} is "${title}" (${kind}) since it was first recorded; only its notes get new revisions. Leave title, kind and tickets out, or draft another version.`,
        {
          version,
          title,
          kind,
          tickets,
        },
      );
};

const changedMeanwhile = ({ version, notes }: ReleaseFact): Refusal => {
  const last = notes.at(-1);
  return refuse(
    'notes_changed',
    `${last?.author ?? 'Somebody'} wrote revision ${notes.length} of the notes of ${version} after you had opened this form. Read it, then decide whether yours still holds.`,
    { version, rev: notes.length },
  );
};

export const decideDraft = (asked: DraftAsked, { releases }: Pick<ReleaseSituation, 'releases'>): Draft | Refusal => {
  const version = readVersion(asked.version);
  if (isRefusal(version)) return version;
  const notes = readText('notes', asked.notes);
  if (isRefusal(notes)) return notes;
  const title = asked.title === null ? null : readText('title', asked.title);
  if (isRefusal(title)) return title;
  const tickets = asked.tickets === null ? null : readTickets(asked.tickets);
  if (isRefusal(tickets)) return tickets;
  const known = releases.find((one) => one.version === version);
  if (!known) {
    if (title === null)
      return refuse('bad_text', `${version} is new and needs a title. Say with --title what it is about.`, { field: 'title' });
    return { version, made: { title, kind: asked.kind ?? 'standard', tickets: tickets ?? [] }, notes, rev: 1 };
  }
  if (asked.basedOn !== undefined && asked.basedOn !== known.notes.length) return changedMeanwhile(known);
  if (known.notes.at(-1)?.notes === notes)
    return refuse('nothing_changes', `The notes of ${version} say exactly that already.`, { version });
  return judgeSame(known, { title, kind: asked.kind, tickets }) ?? { version, made: null, notes, rev: known.notes.length + 1 };
};

export interface PublicationDecided {
  readonly fact: ReleaseFact;
  readonly rev: number;
  readonly publicAt: Instant;
}
/** The last revision of the notes becomes public at `at`, or now. */
export const decidePublication = (version: string, at: Instant | null, situation: ReleaseSituation): PublicationDecided | Refusal => {
  const fact = findRelease(situation, version);
  if (isRefusal(fact)) return fact;
  const { now, terms } = situation;
  const { zone } = terms.reserve;
  const rev = fact.notes.at(-1)?.rev;
  if (rev === undefined)
    return refuse('nothing_to_publish', `${version} has no notes. Write them first: avow release draft ${version} --notes FILE`, {
      version,
    });
  const last = fact.publications.at(-1);
  if (last?.rev === rev)
    return refuse(
      'already_public',
      `Revision ${rev} of the notes of ${version} ${last.publicAt <= now ? 'is public since' : 'becomes public at'} ${instantWords(zone, last.publicAt)}. Draft a new revision to change them.`,
      { version, rev, public_at_ms: last.publicAt },
    );
  const publicAt = at ?? now;
  if (publicAt < now)
    return refuse(
      'in_the_past',
      `${instantWords(zone, publicAt)} is over; it is ${instantWords(zone, now)} now. Nothing becomes public in the past.`,
      {
        asked_ms: publicAt,
        now_ms: now,
      },
    );
  if (last && publicAt < last.publicAt)
    return refuse(
      'before_earlier_revision',
      `Revision ${last.rev} becomes public at ${instantWords(zone, last.publicAt)}, and revision ${rev} follows it. Give that instant or a later one with --at.`,
      { version, rev, public_at_ms: last.publicAt },
    );
  return { fact, rev, publicAt };
};
