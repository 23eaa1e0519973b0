/**
 * Whether something may be announced: decides from values and the time, and answers what to write or a `Refusal`. A window
 * outside the reserve, or too late, is accepted: it excludes nothing, and the answer says so. Source: semantics B2.
 */
import { knownNames } from '../known-names.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Instant } from '../time/instant.ts';
import { type Interval, isEmpty } from '../time/interval.ts';
import { type Components, currentRevision } from './announcement-fact.ts';
import { firstFreeSlot, rivals, type Situation } from './situation.ts';
import { readTexts } from './text-rules.ts';
import { type AskedWindow, dateIn, resolveWindow, slotsOf } from './window.ts';
import { componentWords, instantWords, windowWords } from './words.ts';

export interface Wording {
  readonly title: string;
  readonly body: string;
}
export interface NewAnnouncement extends Wording {
  readonly window: AskedWindow;
  readonly components: Components;
}
export interface Decided extends Interval, Wording {
  readonly components: Components;
}

/** Faults of the window itself, whoever announces it. */
export const judgeWindow = ({ terms }: Situation, window: Interval): Refusal | null => {
  const { zone } = terms.reserve;
  if (isEmpty(window))
    return refuse(
      'ends_before_it_starts',
      `The window would end at ${instantWords(zone, window.end)}, which is not after its start at ${instantWords(zone, window.start)}. Give an end after the start.`,
      { start_ms: window.start, end_ms: window.end },
    );
  const slots = slotsOf(terms.reserve, window);
  if (slots.length > 1)
    return refuse('spans_two_slots', 'The window touches more than one slot of the reserve. Announce one window for each of them.', {
      slots: slots.map((slot) => windowWords(zone, slot)),
    });
  return null;
};

export const judgeSlot = (situation: Situation, window: Interval, components: Components, self: string | null): Refusal | null => {
  const [taken] = rivals(situation, window, components, self);
  if (!taken) return null;
  const { zone } = situation.terms.reserve;
  const there = currentRevision(taken);
  const free = firstFreeSlot(situation, components);
  const next = free ? `, or take the next free slot, ${dateIn(zone, free.start)}` : '';
  return refuse(
    'slot_taken',
    `That slot already has an announcement for ${componentWords(taken.components)}: ${taken.id}, "${there.title}", ${windowWords(zone, there)}. There is one window a week. Edit or cancel it${next}.`,
    { announcement: taken.id, start_ms: there.start, end_ms: there.end, next_free: free ? dateIn(zone, free.start) : null },
  );
};

export const judgeComponents = (asked: Components, known: ReadonlySet<string>): Components | Refusal => {
  if (asked === '*') return '*';
  const listed = [...new Set(asked)].sort();
  const unknown = listed.filter((slug) => !known.has(slug));
  const all = [...known].sort();
  if (listed.length === 0) return refuse('no_components', 'No component is named. Name some, or leave them out for all.', { known: all });
  if (unknown.length > 0)
    return refuse('unknown_component', `There is no component ${knownNames(unknown)}. Known: ${knownNames(all)}.`, { unknown, known: all });
  return listed;
};

export const past = ({ terms, now }: Situation, what: 'start' | 'end', at: Instant): Refusal =>
  refuse(
    'in_the_past',
    `The window would ${what} at ${instantWords(terms.reserve.zone, at)}, and it is ${instantWords(terms.reserve.zone, now)} now. Nothing is announced after the fact; announce what is still to come.`,
    { what, asked_ms: at, now_ms: now },
  );

/** A new announcement, or why there can be none. A window outside the reserve, or too late, is accepted: it excludes nothing. */
export const decideAnnouncement = (asked: NewAnnouncement, situation: Situation): Decided | Refusal => {
  const texts = readTexts({ title: asked.title, body: asked.body });
  if (isRefusal(texts)) return texts;
  const components = judgeComponents(asked.components, situation.components);
  if (isRefusal(components)) return components;
  const window = resolveWindow(situation.terms.reserve, asked.window, situation.now);
  if (isRefusal(window)) return window;
  const fault = judgeWindow(situation, window);
  if (fault) return fault;
  if (window.start < situation.now) return past(situation, 'start', window.start);
  return judgeSlot(situation, window, components, null) ?? { ...window, ...texts, components };
};
