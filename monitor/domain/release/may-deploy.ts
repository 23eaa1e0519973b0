/**
 * The gate of a pipeline: whether a release may go to production at an instant, and if not, why and when it could. Allowed is what was
 * drafted, whose notes were public before its window started, and whose window is open now. An emergency may go outside a window with
 * a reason and two people; it excludes no downtime. Pure; instants ms UTC; the instant at which a window ends is outside.
 * Source: semantics E9, F1 to F6.
 */
import type { AnnouncementFact } from '../maintenance/announcement-fact.ts';
import { readText, sameName, type TextKind } from '../maintenance/text-rules.ts';
import { instantWords, windowWords } from '../maintenance/words.ts';
import { isRefusal } from '../refusal.ts';
import { type Instant, later } from '../time/instant.ts';
import { contains, type Interval } from '../time/interval.ts';
import type { ReleaseFact } from './release-fact.ts';
import { notesInTime } from './release-gate.ts';
import { type PlanStanding, type ReleaseStanding, releaseStanding, type UnscheduledReason } from './release-standing.ts';
import { earliestWindow, notesDueBy, type ReleaseTerms, type ReleaseWindow } from './release-window.ts';

export type GateCode =
  | 'window_open'
  | 'emergency'
  | 'not_drafted'
  | 'notes_not_public'
  | 'notes_late'
  | 'not_scheduled'
  | 'window_cancelled'
  | 'window_empty'
  | 'window_shrunk'
  | 'window_not_open'
  | 'window_over'
  | 'emergency_incomplete';
export interface GateAnswer {
  readonly allowed: boolean;
  readonly code: GateCode;
  readonly reason: string;
  /** Now when it is allowed; otherwise the first instant at which it could be, as far as is announced. Null: nothing is. */
  readonly nextAllowedAt: Instant | null;
  /** What must be done before that instant; empty: nothing, it is only a matter of time. */
  readonly needs: readonly ('draft' | 'publish_notes' | 'schedule')[];
}
/** Who takes the emergency path, and why. */
export interface EmergencyClaim {
  readonly reason: string | null;
  readonly approvedBy: string | null;
  readonly author: string | null;
}
interface Asked {
  readonly fact: ReleaseFact;
  readonly standing: ReleaseStanding;
  readonly announcements: readonly AnnouncementFact[];
  readonly terms: ReleaseTerms;
  readonly now: Instant;
}

type Shut = Pick<GateAnswer, 'code' | 'reason'>;

const UNSCHEDULED: Readonly<Record<UnscheduledReason, GateCode>> = {
  cancelled: 'window_cancelled',
  nothing_excluded: 'window_empty',
  shrunk: 'window_shrunk',
};
const unscheduledWords = ({ fact: { version }, terms }: Asked, plan: PlanStanding): string => {
  const { zone } = terms.reserve;
  switch (plan.unscheduled) {
    case 'cancelled':
      return `The window of ${version}, ${plan.announcement}, was cancelled.`;
    case 'nothing_excluded':
      return `Nothing of ${plan.announcement}, the window of ${version}, is excluded any more.`;
    default:
      return `${plan.announcement}, the window of ${version}, holds ${plan.window ? windowWords(zone, plan.window) : 'nothing'} now; ${plan.plannedAt === null ? 'the planned time' : instantWords(zone, plan.plannedAt)}, for which it was planned, lies outside.`;
  }
};

/** The notes against the window that is planned; null: they keep to it. */
const judgeNotes = ({ fact: { version }, standing, terms, now }: Asked, window: Interval): Shut | null => {
  const { zone } = terms.reserve;
  const { publicFrom } = standing;
  const due = notesDueBy(window, terms);
  if (publicFrom === null && now <= due)
    return {
      code: 'notes_not_public',
      reason: `The notes of ${version} are not public. They must be by ${instantWords(zone, due)}: avow release publish-notes ${version}`,
    };
  if (publicFrom === null)
    return {
      code: 'notes_not_public',
      reason: `The notes of ${version} are not public, and had to be by ${instantWords(zone, due)}. It has missed this window.`,
    };
  if (!notesInTime(publicFrom, window.start, terms.notesLeadMs))
    return {
      code: 'notes_late',
      reason: `The notes of ${version} ${publicFrom <= now ? 'became' : 'become'} public at ${instantWords(zone, publicFrom)}, and had to be by ${instantWords(zone, due)}. It has missed this window.`,
    };
  return null;
};

const judgeTime = (
  { fact: { version }, announcements, terms, now }: Asked,
  { announcement, announced }: PlanStanding,
  window: Interval,
): Shut | null => {
  const { zone } = terms.reserve;
  if (now < window.start)
    return { code: 'window_not_open', reason: `The window of ${version} opens at ${instantWords(zone, window.start)}.` };
  if (contains(window, now)) return null;
  const ending = announcements.find(({ id }) => id === announcement)?.ending;
  const early = ending?.kind === 'completed' && ending.recordedAt < announced.end;
  return {
    code: 'window_over',
    reason:
      `The window of ${version} ${early ? 'was completed early and' : ''} ended at ${instantWords(zone, window.end)}; the instant of its end is outside.`.replace(
        '  ',
        ' ',
      ),
  };
};

/** What shuts the gate, in the order in which a person would mend it; null: it is open. */
const judge = (asked: Asked): Shut | null => {
  const { fact, standing } = asked;
  const { plan, publicFrom } = standing;
  if (fact.notes.length === 0)
    return { code: 'not_drafted', reason: `Nobody has drafted ${fact.version}: avow release draft ${fact.version} --title … --notes …` };
  if (publicFrom === null && plan === null)
    return {
      code: 'notes_not_public',
      reason: `The notes of ${fact.version} are not public: avow release publish-notes ${fact.version}`,
    };
  if (plan === null)
    return { code: 'not_scheduled', reason: `${fact.version} is in no window: avow release schedule ${fact.version} --window next` };
  if (plan.unscheduled !== null || plan.window === null)
    return { code: UNSCHEDULED[plan.unscheduled ?? 'nothing_excluded'], reason: unscheduledWords(asked, plan) };
  const time = judgeTime(asked, plan, plan.window);
  // A window that is over cannot be met by any notes.
  if (time?.code === 'window_over') return time;
  const notes = judgeNotes(asked, plan.window);
  if (notes) return notes;
  return time;
};

/** When it could be, and what that takes. */
const next = (asked: Asked | null, window: ReleaseWindow | null, now: Instant): Pick<GateAnswer, 'nextAllowedAt' | 'needs'> => {
  if (!window) return { nextAllowedAt: null, needs: [] };
  const at = later(window.start, now);
  if (!asked) return { nextAllowedAt: at, needs: ['draft', 'publish_notes', 'schedule'] };
  const { plan, publicFrom } = asked.standing;
  const scheduled = plan !== null && plan.unscheduled === null && plan.announcement === window.announcement;
  return {
    nextAllowedAt: at,
    needs: [
      ...(asked.fact.notes.length === 0 ? (['draft'] as const) : []),
      ...(publicFrom === null ? (['publish_notes'] as const) : []),
      ...(scheduled ? [] : (['schedule'] as const)),
    ],
  };
};

const nextOf = (asked: Asked): Pick<GateAnswer, 'nextAllowedAt' | 'needs'> => {
  const { fact, standing, announcements, terms, now } = asked;
  const { plan, publicFrom, testedAt } = standing;
  const own = plan?.unscheduled === null ? plan.window : null;
  // Its own window first, while notes can still keep to it.
  if (plan && own && own.end > now && notesInTime(publicFrom ?? now, own.start, terms.notesLeadMs))
    return next(asked, { ...own, announcement: plan.announcement }, now);
  return next(asked, earliestWindow({ testedAt, publicFrom: fact.notes.length === 0 ? null : publicFrom }, announcements, terms, now), now);
};

/** A word that a pipeline left empty names nobody. */
const said = (kind: TextKind, given: string | null): string | null => {
  const text = given === null ? null : readText(kind, given);
  return text === null || isRefusal(text) ? null : text;
};

const emergency = ({ fact: { version }, standing }: Asked, claim: EmergencyClaim): Shut | 'allowed' => {
  const [reason, approvedBy, author] = [said('reason', claim.reason), said('author', claim.approvedBy), said('author', claim.author)];
  if (reason === null || approvedBy === null || author === null)
    return {
      code: 'emergency_incomplete',
      reason: `An emergency goes outside a window with a reason and two people: --emergency --reason TEXT --as NAME --approved-by NAME`,
    };
  if (sameName(approvedBy, author))
    return { code: 'emergency_incomplete', reason: `${author} asks for the emergency; a second person must approve it.` };
  if (standing.notes === null)
    return {
      code: 'notes_not_public',
      reason: `The notes of ${version} are not public, and an emergency too needs them at or before the deployment: avow release publish-notes ${version}`,
    };
  return 'allowed';
};

/** `fact` null: nobody ever named that version. `claim`: the emergency path is asked for; null: it is not. */
export const mayDeploy = (
  version: string,
  fact: ReleaseFact | null,
  announcements: readonly AnnouncementFact[],
  terms: ReleaseTerms,
  now: Instant,
  claim: EmergencyClaim | null = null,
): GateAnswer => {
  const standing = fact && releaseStanding(fact, announcements, terms, now);
  if (!fact || !standing)
    return {
      allowed: false,
      code: 'not_drafted',
      reason: `Nobody has drafted ${version}: avow release draft ${version} --title … --notes …`,
      ...next(null, earliestWindow({ testedAt: null, publicFrom: null }, announcements, terms, now), now),
    };
  const asked: Asked = { fact, standing, announcements, terms, now };
  const shut = judge(asked);
  if (!shut && standing.plan?.window)
    return {
      allowed: true,
      code: 'window_open',
      reason: `The window of ${version} is open until ${instantWords(terms.reserve.zone, standing.plan.window.end)}.`,
      nextAllowedAt: now,
      needs: [],
    };
  const urgent = claim && emergency(asked, claim);
  if (urgent === 'allowed')
    return {
      allowed: true,
      code: 'emergency',
      reason: `${version} may go outside a window as an emergency. No downtime of it is excluded. Record it: avow release deployed ${version} --emergency …`,
      nextAllowedAt: now,
      needs: [],
    };
  const why = urgent ?? shut ?? { code: 'not_scheduled' as const, reason: `${version} is in no window.` };
  return { allowed: false, ...why, ...nextOf(asked) };
};
