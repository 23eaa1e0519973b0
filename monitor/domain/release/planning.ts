/**
 * Whether a release may go into an announced window: decides from values and the time, and answers what to write or a `Refusal`. Only
 * into what is really excluded, and for an instant inside of it; windows are half-open, so their end is outside. Instants ms UTC.
 * Source: semantics E9, F1.
 */
import { describe } from '../maintenance/account.ts';
import { type AnnouncementFact, currentRevision } from '../maintenance/announcement-fact.ts';
import { findAnnouncement } from '../maintenance/situation.ts';
import { accountWords, instantWords, windowWords } from '../maintenance/words.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Instant } from '../time/instant.ts';
import { contains, type Interval } from '../time/interval.ts';
import { instantOfIso } from '../time/iso.ts';
import { wallParts, wallToInstant } from '../time/zone.ts';
import type { ReleaseFact } from './release-fact.ts';
import { canBePlanned } from './release-gate.ts';
import { findRelease, type ReleaseSituation } from './release-situation.ts';
import { earliestWindow, effectiveAt, publicFromOf } from './release-window.ts';

export interface PlanDecided {
  readonly fact: ReleaseFact;
  readonly announcement: string;
  /** Null: from the start of the window. */
  readonly plannedAt: Instant | null;
}
export interface PlanAsked {
  readonly version: string;
  /** An id, or "next": the first one that can take it. */
  readonly window: string;
  /** `HH:MM` on the wall of the reserve, or an instant with offset; null: from the start. */
  readonly at: string | null;
}

const timeIn = (zone: string, windows: readonly Interval[], text: string): Instant | Refusal => {
  const given = instantOfIso(text);
  if (given !== null) return given;
  const time = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!time)
    return refuse(
      'bad_time',
      `"${text}" is no time of day. Write it as 10:30, on the clock of ${zone}, or as an instant with its offset.`,
      {
        time: text,
      },
    );
  const days = windows.flatMap(({ start, end }) => [wallParts(zone, start), wallParts(zone, end)]);
  const found = days.map(({ year, month, day }) => wallToInstant(zone, year, month, day, Number(time[1]), Number(time[2])));
  return found.find((one) => windows.some((window) => contains(window, one))) ?? (found[0] as Instant);
};

const chooseWindow = (fact: ReleaseFact, asked: string, situation: ReleaseSituation): AnnouncementFact | Refusal => {
  if (asked !== 'next') return findAnnouncement(situation, asked);
  const { announcements, terms, now } = situation;
  const window = earliestWindow({ testedAt: fact.testedAt, publicFrom: publicFromOf(fact) }, announcements, terms, now);
  if (window) return findAnnouncement(situation, window.announcement);
  return refuse(
    'no_window',
    `No announced window can take ${fact.version}: none is ahead of which anything is excluded${fact.testedAt === null ? '' : ', that starts after it was tested'}, and for which its notes are or can be public in time. Announce one: avow maintenance announce`,
    { version: fact.version },
  );
};

const judgeAnnouncement = (
  announcement: AnnouncementFact,
  effective: readonly Interval[],
  { terms, now }: ReleaseSituation,
): Refusal | null => {
  const { id, ending, imported } = announcement;
  const { reserve } = terms;
  const { end } = currentRevision(announcement);
  if (imported)
    return refuse('is_import', `${id} was imported as a record of former times. Nothing is planned into it.`, { announcement: id });
  if (ending?.kind === 'cancelled')
    return refuse('window_cancelled', `${id} was cancelled at ${instantWords(reserve.zone, ending.recordedAt)}. Take another window.`, {
      announcement: id,
    });
  if (ending || end <= now)
    return refuse(
      'window_over',
      `${id} ${ending ? 'was completed' : 'was over'} at ${instantWords(reserve.zone, ending?.recordedAt ?? end)}. Take a window that is still to come.`,
      {
        announcement: id,
      },
    );
  if (!canBePlanned(effective)) {
    const why = accountWords(describe(announcement, terms, now), reserve)
      .slice(1)
      .join(' ');
    return refuse('nothing_excluded', `Nothing of ${id} is excluded, so no release can be planned into it. ${why}`.trim(), {
      announcement: id,
    });
  }
  const last = effective.at(-1);
  if (last && last.end <= now)
    return refuse(
      'window_over',
      `What of ${id} is excluded was over at ${instantWords(reserve.zone, last.end)}. Take a window that is still to come.`,
      { announcement: id },
    );
  return null;
};

export const decidePlan = (asked: PlanAsked, situation: ReleaseSituation): PlanDecided | Refusal => {
  const fact = findRelease(situation, asked.version);
  if (isRefusal(fact)) return fact;
  const { terms, now } = situation;
  const { zone } = terms.reserve;
  if (fact.deployments.at(-1)?.kind === 'deploy')
    return refuse('already_deployed', `${fact.version} went to production already. Plan another version.`, { version: fact.version });
  const announcement = chooseWindow(fact, asked.window, situation);
  if (isRefusal(announcement)) return announcement;
  const effective = effectiveAt(announcement, terms, now);
  const fault = judgeAnnouncement(announcement, effective, situation);
  if (fault) return fault;
  const plannedAt = asked.at === null ? null : timeIn(zone, effective, asked.at);
  if (isRefusal(plannedAt)) return plannedAt;
  if (plannedAt !== null && !effective.some((part) => contains(part, plannedAt)))
    return refuse(
      'outside_window',
      `${instantWords(zone, plannedAt)} lies outside of what is excluded of ${announcement.id}: ${effective.map((part) => windowWords(zone, part)).join('; ')}. The instant of its end is outside too.`,
      { announcement: announcement.id, planned_at_ms: plannedAt },
    );
  const before = fact.plans.at(-1);
  if (before?.announcement === announcement.id && before.plannedAt === plannedAt)
    return refuse('nothing_changes', `${fact.version} is planned exactly so already.`, {
      version: fact.version,
      announcement: announcement.id,
    });
  return { fact, announcement: announcement.id, plannedAt };
};

export const decideUnplan = (version: string, situation: ReleaseSituation): { readonly fact: ReleaseFact } | Refusal => {
  const fact = findRelease(situation, version);
  if (isRefusal(fact)) return fact;
  if (fact.plans.at(-1)?.announcement == null) return refuse('not_scheduled', `${version} is in no window.`, { version });
  return { fact };
};
