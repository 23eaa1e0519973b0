/**
 * What a verb about overrides answers: the row as it now stands, what it changes in ms, whether it is in effect or waits for a
 * second person, and what to type next. Sentences for people beside the same facts for programs.
 */
import { everywhere, instantWords, lengthWords } from '../maintenance/words.ts';
import type { Instant } from '../time/instant.ts';
import type { BeforeAndAfter, OverrideView } from './override-account.ts';

export interface OverrideWarning {
  readonly code: 'needs_none' | 'reaches_ahead' | 'changes_nothing';
  readonly message: string;
}
export interface OverrideAnswer {
  readonly override: OverrideView;
  readonly warnings: readonly OverrideWarning[];
  /** The whole answer in sentences, warnings included. */
  readonly says: readonly string[];
}

/** "Sat 2026-11-28 10:00 to 12:00 … = …", or "from … until it is revoked". */
export const whenWords = (zone: string, start: Instant, end: Instant | null): string =>
  end === null
    ? `from ${[...new Set([zone, 'UTC'])].map((one) => instantWords(one, start)).join(' = ')} until it is revoked`
    : everywhere([zone], { start, end });

const saysWhat = (view: OverrideView, zone: string): string => {
  const what = `${view.component} ${view.state}, ${whenWords(zone, view.start, view.end)}`;
  return view.revokes === null ? what : `takes back ${view.revokes}, ${what}`;
};

const STATES = [
  ['up', 'upMs'],
  ['down', 'downMs'],
  ['unknown', 'unknownMs'],
] as const;
const changeWords = ({ before, after }: BeforeAndAfter): string =>
  STATES.filter(([, key]) => before[key] > 0 || after[key] > 0)
    .map(
      ([name, key]) =>
        `${name} ${before[key] === after[key] ? `${lengthWords(after[key])} as before` : `${lengthWords(before[key])} before, ${lengthWords(after[key])} after`}`,
    )
    .join('; ');
const sameChange = (a: BeforeAndAfter, b: BeforeAndAfter): boolean => JSON.stringify(a) === JSON.stringify(b);

/** One sentence, or two where the readings of a slow answer differ. */
export const changesWords = ({ passedMs, changes, inEffect }: OverrideView): string[] => {
  if (passedMs === 0) return ['Nothing of its time has passed yet.'];
  const over = `Over the ${lengthWords(passedMs)} that ${inEffect ? 'it speaks of' : 'it would change'}`;
  if (sameChange(changes.lenient, changes.strict)) return [`${over}: ${changeWords(changes.lenient)}.`];
  return [`${over}: ${changeWords(changes.lenient)}.`, `Where slow counts as down: ${changeWords(changes.strict)}.`];
};

/** Whether it counts, and why, and what to type when it does not. */
export const effectWords = (view: OverrideView): string => {
  const { id, author, approvedBy, needsApproval, inEffect, revokedBy } = view;
  if (revokedBy !== null) return `It was revoked by ${revokedBy}.`;
  if (!inEffect)
    return `It has no effect yet: it takes downtime or doubt away, so a second person must approve it: \`avow override approve ${id} --as NAME\`.`;
  if (needsApproval) return `It is in effect: ${author} recorded it, and ${approvedBy} approved it.`;
  return 'It is in effect: it takes nothing away, so one person is enough.';
};

const nothingChanges = (view: OverrideView): boolean =>
  view.passedMs > 0 &&
  [view.changes.lenient, view.changes.strict].every(({ before, after }) => JSON.stringify(before) === JSON.stringify(after));

/** `did`: "Recorded", "Revoked", "Approved". `ahead`: it reaches into time to come, where it may take something away. */
export const overrideAnswer = (
  did: 'Recorded' | 'Revoked' | 'Approved',
  view: OverrideView,
  zone: string,
  ahead: boolean,
): OverrideAnswer => {
  const warnings: OverrideWarning[] = [];
  if (nothingChanges(view)) warnings.push({ code: 'changes_nothing', message: 'Nothing changes in what was up, down or unknown by now.' });
  if (did === 'Approved' && !view.needsApproval)
    warnings.push({ code: 'needs_none', message: `${view.id} takes nothing away by now and needs no approval; it is kept.` });
  if (ahead && view.approvedBy === null)
    warnings.push({
      code: 'reaches_ahead',
      message: `It has no end: as soon as it takes downtime or doubt away, it waits for a second person: \`avow override approve ${view.id} --as NAME\`.`,
    });
  const says = [
    `${did} ${view.id}: ${saysWhat(view, zone)}.`,
    ...changesWords(view),
    effectWords(view),
    ...warnings.map(({ message }) => `Warning: ${message}`),
  ];
  return { override: view, warnings, says };
};
