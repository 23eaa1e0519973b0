/**
 * What a verb of maintenance answers: the announcement as it now stands, how much of it counts as excluded, why not the rest,
 * and what a person should be warned of. Sentences for people beside the same facts for programs.
 */
import type { Instant, Millis } from '../time/instant.ts';
import { type AnnouncementView, describe } from './account.ts';
import { type AnnouncementFact, currentRevision } from './announcement-fact.ts';
import { firstFreeSlot, type Situation } from './situation.ts';
import { dateIn } from './window.ts';
import { accountWords, everywhere, instantWords, lengthWords, reserveWords } from './words.ts';

export interface Warning {
  readonly code: 'outside_reserve' | 'late' | 'late_edit' | 'takes_away' | 'no_effect' | 'unapproved_import';
  readonly message: string;
}
export interface MaintenanceAnswer {
  readonly announcement: AnnouncementView;
  /** What counted as excluded before this verb; null when there was nothing before. */
  readonly excludedBeforeMs: Millis | null;
  readonly warnings: readonly Warning[];
  /** The whole answer in sentences, warnings included. */
  readonly says: readonly string[];
}

const late = (view: AnnouncementView, situation: Situation): Warning[] => {
  if (!view.slot || !view.notCounted.some(({ reason }) => reason === 'late')) return [];
  const { zone } = situation.terms.reserve;
  const free = firstFreeSlot(situation, view.components);
  const advice = free ? ` The next slot that is still in time and free is ${dateIn(zone, free.start)}.` : '';
  return [
    {
      code: 'late',
      message: `The deadline of this slot was ${instantWords(zone, view.slot.deadline)}: nothing of it is excluded.${advice}`,
    },
  ];
};

const outside = (view: AnnouncementView, { terms }: Situation): Warning[] => {
  if (!view.notCounted.some(({ reason }) => reason === 'outside_reserve')) return [];
  const what = view.slot ? 'Part of the window lies' : 'The whole window lies';
  return [{ code: 'outside_reserve', message: `${what} outside the reserve (${reserveWords(terms.reserve)}) and is never excluded.` }];
};

const changed = (view: AnnouncementView, before: Millis | null, { terms }: Situation): Warning[] => {
  const warnings: Warning[] = [];
  const made = view.revisions.at(-1)?.publicAt;
  if (view.rev > 1 && view.slot && !view.ending && made !== undefined && made > view.slot.deadline)
    warnings.push({
      code: 'late_edit',
      message: `The deadline of this slot was ${instantWords(terms.reserve.zone, view.slot.deadline)}: a change can only take excluded time away.`,
    });
  if (before !== null && view.excludedMs < before)
    warnings.push({
      code: 'takes_away',
      message: `${lengthWords((before - view.excludedMs) as Millis)} that counted as excluded before no longer do.`,
    });
  return warnings;
};

/** Nothing counted is gained or lost by ending what is over. */
const over = (view: AnnouncementView, since: Instant | null, { terms }: Situation): Warning[] =>
  since === null
    ? []
    : [
        {
          code: 'no_effect',
          message: `${view.id} was over at ${instantWords(terms.reserve.zone, since)} anyway; this changes nothing of what counts.`,
        },
      ];

const unapproved = (view: AnnouncementView): Warning[] =>
  view.imported && !view.approval
    ? [{ code: 'unapproved_import', message: `${view.id} is an import and excludes nothing until a second person approves it.` }]
    : [];

/** `before`: the fact before the verb, null for a new one. `zone`: the policy's, in which windows are said besides the reserve's and UTC. */
export const answerOf = (
  verb: string,
  fact: AnnouncementFact,
  before: AnnouncementFact | null,
  situation: Situation,
  zone: string,
  overSince: Instant | null = null,
): MaintenanceAnswer => {
  const { terms, now } = situation;
  const view = describe(fact, terms, now);
  const excludedBeforeMs = before ? describe(before, terms, now).excludedMs : null;
  const warnings = [
    ...outside(view, situation),
    ...late(view, situation),
    ...changed(view, excludedBeforeMs, situation),
    ...over(view, overSince, situation),
    ...unapproved(view),
  ];
  const says = [
    `${verb} ${fact.id}: "${view.title}".`,
    `The window is ${everywhere([terms.reserve.zone, zone], currentRevision(fact))}.`,
    ...accountWords(view, terms.reserve),
    ...warnings.map(({ message }) => `Warning: ${message}`),
  ];
  return { announcement: view, excludedBeforeMs, warnings, says };
};
