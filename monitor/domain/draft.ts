/**
 * Something that a person has begun to write and nobody else sees in public: one text per subject, kept until it is published or thrown
 * away, shared by those who may write of its kind. Whoever keeps one names the version that they saw, so that nobody writes over
 * another's words unseen. Refuses what was changed meanwhile, what is too long, and more of one kind than anybody finishes.
 */
import { canonicalJson } from './canonical-json.ts';
import { utcWords } from './maintenance/words.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Instant } from './time/instant.ts';

export const DRAFT_KINDS = ['incident_update', 'incident', 'announcement', 'release_notes'] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

export interface Draft {
  readonly id: string;
  readonly kind: DraftKind;
  /** What it is about, such as an incident; of something new the draft's own id. */
  readonly subject: string;
  /** Plain JSON, as its form holds it. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly author: string;
  readonly recordedAt: Instant;
  /** Raised with every change. */
  readonly version: number;
}

/** UTF-16 units of the canonical JSON: the longest text of a form, and room beside it. */
export const MOST_DRAFT_CHARACTERS = 131_072;
/** Of one kind. */
export const MOST_DRAFTS = 200;

const WORDS: Readonly<Record<DraftKind, string>> = {
  incident_update: 'update of an incident',
  incident: 'incident',
  announcement: 'announcement',
  release_notes: 'notes',
};

/** `there`: what is kept now; `basedOn`: the version that was seen, null: none. Null: it may be kept. */
export const judgeKeeping = (
  there: Draft | null,
  asked: Pick<Draft, 'kind' | 'document'>,
  basedOn: number | null,
  count: number,
): Refusal | null => {
  const length = canonicalJson(asked.document).length;
  if (length > MOST_DRAFT_CHARACTERS)
    return refuse('draft_too_long', `The draft has ${length} characters, and ${MOST_DRAFT_CHARACTERS} is the most. Shorten it.`, {
      most: MOST_DRAFT_CHARACTERS,
    });
  if (!there)
    return count < MOST_DRAFTS
      ? null
      : refuse('too_many_drafts', `There are ${count} drafts of this kind. Publish or discard some first.`, { most: MOST_DRAFTS });
  return there.version === basedOn ? null : changedMeanwhile(there);
};

export const changedMeanwhile = (there: Draft): Refusal =>
  refuse(
    'draft_changed',
    `${there.author} kept another version of this ${WORDS[there.kind]} at ${utcWords(there.recordedAt)}. Look at it, then keep yours on top or leave theirs.`,
    { draft: there.id, version: there.version, author: there.author },
  );
export const noDraft = (id: string): Refusal =>
  refuse('unknown_draft', `There is no draft ${id} any more: it was published or discarded.`, { draft: id });
