/**
 * What a verb of releases answers: the release as it now stands, what a person should be warned of, and both in sentences. Source:
 * semantics F2 to F4.
 */
import { instantWords } from '../maintenance/words.ts';
import type { Instant } from '../time/instant.ts';
import type { ReleaseFact } from './release-fact.ts';
import { notesInTime } from './release-gate.ts';
import { type ReleaseSituation, standingNow } from './release-situation.ts';
import type { ReleaseStanding } from './release-standing.ts';
import { notesDueBy } from './release-window.ts';
import { standingWords } from './release-words.ts';

export interface ReleaseWarning {
  readonly code: 'outside_window' | 'notes_late' | 'notes_due' | 'amended';
  readonly message: string;
}
export interface ReleaseAnswer {
  readonly release: ReleaseStanding;
  readonly warnings: readonly ReleaseWarning[];
  /** The whole answer in sentences, warnings included. */
  readonly says: readonly string[];
}

const aboutNotes = ({ plan, publicFrom, deployment }: ReleaseStanding, { terms, now }: ReleaseSituation): ReleaseWarning[] => {
  const { zone } = terms.reserve;
  const window = plan?.unscheduled === null ? plan.window : null;
  if (deployment || !window) return [];
  const due = notesDueBy(window, terms);
  if (publicFrom === null && now <= due)
    return [{ code: 'notes_due', message: `The notes must be public by ${instantWords(zone, due)}, or it misses this window.` }];
  if (notesInTime(publicFrom, window.start, terms.notesLeadMs)) return [];
  return [{ code: 'notes_late', message: `The notes had to be public by ${instantWords(zone, due)}: it has missed this window.` }];
};

const aboutDeployment = ({ deployment, version }: ReleaseStanding): ReleaseWarning[] => {
  if (!deployment) return [];
  const warnings: ReleaseWarning[] = [];
  if (deployment.place === 'outside_window')
    warnings.push({
      code: 'outside_window',
      message: `${version} is flagged as outside of an effective window: on the page, in the report, for ever.`,
    });
  if (deployment.kind === 'deploy' && !deployment.notesInTime)
    warnings.push({ code: 'notes_late', message: `The notes of ${version} were not public in time.` });
  return warnings;
};

/** `fact`: after the verb. `at`: when its row was recorded. */
export const releaseAnswer = (verb: string, fact: ReleaseFact, situation: ReleaseSituation, at: Instant): ReleaseAnswer => {
  const then = { ...situation, now: at };
  const release = standingNow(fact, then);
  const warnings = [...aboutNotes(release, then), ...aboutDeployment(release)];
  if (release.notes && release.revisions.at(-1)?.amended && verb === 'Published')
    warnings.push({ code: 'amended', message: 'The window had started, or the release was in production: the notes show as amended.' });
  const [heading = '', ...rest] = standingWords(release, situation.terms, at);
  return { release, warnings, says: [`${verb} ${heading}`, ...rest, ...warnings.map(({ message }) => `Warning: ${message}`)] };
};
