/**
 * Whether an announcement may be changed, cancelled or completed: decides from values and the time. A change is a further
 * revision; after the deadline it can only take excluded time away, which the calculator sees to. Source: semantics B2.
 */
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Instant } from '../time/instant.ts';
import { contains, type Interval } from '../time/interval.ts';
import { type AnnouncementFact, currentRevision, type RevisionFact } from './announcement-fact.ts';
import { type Decided, judgeSlot, judgeWindow, past, type Wording } from './announcing.ts';
import { closed, findAnnouncement, isActive, type Situation } from './situation.ts';
import { readTexts } from './text-rules.ts';
import { clockIn, dateIn, resolveWindow, slotsOf, type WallWindow } from './window.ts';
import { instantWords } from './words.ts';

/** What is to be different; the rest stays. */
export type Change = { readonly [K in keyof (WallWindow & Wording)]?: string | undefined } & {
  /** The revision that was seen: refused when another was written since. Absent: whatever it says by now. */
  readonly basedOn?: number | undefined;
};

/** Whether somebody else changed it since it was seen. */
const changedSince = (
  { terms }: Situation,
  { id }: AnnouncementFact,
  { rev, author, recordedAt }: RevisionFact,
  basedOn = rev,
): Refusal | null =>
  basedOn === rev
    ? null
    : refuse(
        'conflict',
        `${author ?? 'Somebody'} changed ${id} at ${instantWords(terms.reserve.zone, recordedAt)}, after you opened it: it is at version ${rev}, and yours is based on version ${basedOn}. Keep theirs, or write yours on top of it.`,
        { announcement: id, based_on: basedOn, rev },
      );

/** The window after the change. What is not named stays to the millisecond. */
export const changedWindow = ({ terms, now }: Situation, before: Interval, { slot, from, to }: Change): Interval | Refusal => {
  if (slot === undefined && from === undefined && to === undefined) return { start: before.start, end: before.end };
  const { reserve } = terms;
  const [home] = slotsOf(reserve, before);
  const date = slot ?? dateIn(reserve.zone, home && home.start <= before.start ? home.start : before.start);
  const resolved = resolveWindow(
    reserve,
    { slot: date, from: from ?? clockIn(reserve.zone, before.start), to: to ?? clockIn(reserve.zone, before.end) },
    now,
  );
  if (isRefusal(resolved) || slot !== undefined) return resolved;
  return { start: from === undefined ? before.start : resolved.start, end: to === undefined ? before.end : resolved.end };
};

/** The next revision, or why there can be none. */
export const decideEdit = (id: string, change: Change, situation: Situation): (Decided & { readonly fact: AnnouncementFact }) | Refusal => {
  const fact = findAnnouncement(situation, id);
  if (isRefusal(fact)) return fact;
  const shut = closed(situation, fact);
  if (shut) return shut;
  const before = currentRevision(fact);
  const conflict = changedSince(situation, fact, before, change.basedOn);
  if (conflict) return conflict;
  const texts = readTexts({ title: change.title ?? before.title, body: change.body ?? before.body });
  if (isRefusal(texts)) return texts;
  const window = changedWindow(situation, before, change);
  if (isRefusal(window)) return window;
  const fault = judgeWindow(situation, window);
  if (fault) return fault;
  const [moved, ends] = [window.start !== before.start, window.end !== before.end];
  if (!moved && !ends && texts.title === before.title && texts.body === before.body)
    return refuse('nothing_changes', `${id} already says so. Give the times or words that are to be different.`, { announcement: id });
  if (moved && window.start < situation.now) return past(situation, 'start', window.start);
  if (ends && window.end <= situation.now) return past(situation, 'end', window.end);
  return judgeSlot(situation, window, fact.components, id) ?? { ...window, ...texts, components: fact.components, fact };
};

/** What is ended and, when that changes nothing of what counts, why. */
export interface Ending {
  readonly fact: AnnouncementFact;
  readonly overSince: Instant | null;
}

export const decideCancel = (id: string, situation: Situation): Ending | Refusal => {
  const fact = findAnnouncement(situation, id);
  if (isRefusal(fact)) return fact;
  const { end } = currentRevision(fact);
  return closed(situation, fact) ?? { fact, overSince: end <= situation.now ? end : null };
};

/** The one window that is running, when a person does not say which. */
const runningNow = ({ announcements, now, terms }: Situation): string | Refusal => {
  const running = announcements.filter((fact) => isActive(fact) && contains(currentRevision(fact), now));
  const [only, second] = running;
  if (only && !second) return only.id;
  const ids = running.map(({ id }) => id);
  return only
    ? refuse('which_one', `${ids.length} windows are running: ${ids.join(', ')}. Say which one is done.`, { running: ids })
    : refuse('nothing_running', `No announced window is running at ${instantWords(terms.reserve.zone, now)}.`, { now_ms: now });
};

export const decideComplete = (asked: string | null, situation: Situation): Ending | Refusal => {
  const id = asked ?? runningNow(situation);
  if (isRefusal(id)) return id;
  const ending = decideCancel(id, situation);
  if (isRefusal(ending)) return ending;
  const { start } = currentRevision(ending.fact);
  if (start <= situation.now) return ending;
  return refuse(
    'not_started',
    `${id} starts at ${instantWords(situation.terms.reserve.zone, start)}; work that has not begun cannot be done. Cancel it if it is not needed.`,
    { announcement: id, start_ms: start },
  );
};
