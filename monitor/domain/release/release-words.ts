/** Releases in sentences for a terminal: where a release stands, its window, what went to production and where. Plain English; pages have their own words. */
import { instantWords, windowWords } from '../maintenance/words.ts';
import type { Instant } from '../time/instant.ts';
import type { DeploymentStanding, PlanStanding, ReleaseStanding, ReleaseState, UnscheduledReason } from './release-standing.ts';
import { notesDueBy, type ReleaseTerms } from './release-window.ts';

export const STATE_WORDS: Readonly<Record<ReleaseState, string>> = {
  draft: 'draft',
  published: 'notes public',
  scheduled: 'scheduled',
  deployed: 'deployed',
  rolled_back: 'rolled back',
};
const WHY: Readonly<Record<UnscheduledReason, string>> = {
  cancelled: 'the window was cancelled',
  nothing_excluded: 'nothing of the window is excluded any more',
  shrunk: 'what is left of the window does not hold the planned time',
};

const notesWords = ({ publicFrom, revisions, amended, version }: ReleaseStanding, zone: string, now: Instant): string => {
  if (publicFrom === null) return `The notes are not public: avow release publish-notes ${version}`;
  if (publicFrom > now) return `The notes become public at ${instantWords(zone, publicFrom)}.`;
  const last = revisions.at(-1);
  const since = `The notes are public since ${instantWords(zone, publicFrom)}`;
  return last && last.rev !== revisions[0]?.rev
    ? `${since}, revision ${last.rev} since ${instantWords(zone, last.publicAt)}${amended ? ' (amended)' : ''}.`
    : `${since}.`;
};

const planWords = ({ announcement, window, plannedAt, unscheduled }: PlanStanding, zone: string): string => {
  if (unscheduled !== null) return `It was planned into ${announcement} and is unscheduled: ${WHY[unscheduled]}.`;
  const at = window && plannedAt !== null && plannedAt !== window.start ? `, at ${instantWords(zone, plannedAt)}` : '';
  return `It is planned into ${announcement}, ${window ? windowWords(zone, window) : ''}${at}.`;
};

const deploymentWords = ({ kind, deployedAt, place, announcement, emergency, notesInTime }: DeploymentStanding, zone: string): string => {
  const did = kind === 'deploy' ? 'It went to production' : 'It was rolled back';
  const where = place === 'inside' ? `inside its window ${announcement ?? ''}` : 'outside of an effective window; that stays on record';
  const how = emergency ? ', as an emergency' : '';
  const notes = notesInTime || kind === 'rollback' ? '' : ' Its notes were not public in time.';
  return `${did} at ${instantWords(zone, deployedAt)}, ${where}${how}.${notes}`;
};

/** Everything about one release, the heading first. */
export const standingWords = (standing: ReleaseStanding, terms: ReleaseTerms, now: Instant): string[] => {
  const { version, title, kind, state, plan, deployments, testedAt, tickets } = standing;
  const { zone } = terms.reserve;
  const waits = deployments.length === 0;
  return [
    `${version} "${title}" (${kind}): ${STATE_WORDS[state]}.`,
    notesWords(standing, zone, now),
    ...(testedAt === null ? [] : [`It was tested completely at ${instantWords(zone, testedAt)}.`]),
    ...(plan ? [planWords(plan, zone)] : waits ? ['It is in no window.'] : []),
    ...(plan?.unscheduled === null && plan.window && waits && standing.publicFrom === null
      ? [`Its notes must be public by ${instantWords(zone, notesDueBy(plan.window, terms))}.`]
      : []),
    ...deployments.map((one) => deploymentWords(one, zone)),
    ...(tickets.length === 0 ? [] : [`Tickets: ${tickets.join(', ')}.`]),
  ];
};
