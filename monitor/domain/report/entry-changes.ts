/**
 * What differs in the entries of two reports that have a name of their own: the adjudication, adjustments, announcements, slots, releases.
 */
import { canonicalJson } from '../canonical-json.ts';
import { instantWords } from '../maintenance/words.ts';
import { adjustmentWords, releaseWords, slotWords } from './line-words.ts';
import type { ReportChange, ReportDocument } from './report-document.ts';
import { atOf } from './report-times.ts';
import { held } from './term-changes.ts';
import { signedWords } from './value-words.ts';

const adjudicationChanges = ({ adjudication: was }: ReportDocument, { adjudication: is }: ReportDocument): ReportChange[] => {
  if (canonicalJson(was) === canonicalJson(is)) return [];
  const words = is
    ? `The month was decided as ${is.decision === 'met' ? 'kept' : 'not kept'} by ${signedWords(is)}: ${is.reason}`
    : `The decision ${was?.id} no longer stands.`;
  return [{ what: `adjudication.${(is ?? was)?.id}`, before: held(was), after: held(is), words }];
};

/** Entries of a list by a key of theirs. */
const keyedChanges = <T>(
  list: string,
  keyOf: (entry: T) => string,
  [before, after]: readonly [readonly T[], readonly T[]],
  words: (entry: T, how: 'new' | 'gone' | 'changed') => string,
): ReportChange[] => {
  const [was, is] = [before, after].map((entries) => new Map(entries.map((entry) => [keyOf(entry), entry])));
  return [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].flatMap((key) => {
    const [old, now] = [was?.get(key), is?.get(key)];
    const entry = now ?? old;
    if (entry === undefined || held(old) === held(now)) return [];
    const how = old === undefined ? 'new' : now === undefined ? 'gone' : 'changed';
    return [{ what: `${list}.${key}`, before: held(old), after: held(now), words: words(entry, how) }];
  });
};

/** A row that waits for its second person has no effect, not even on the report. */
const inEffect = ({ adjustments }: ReportDocument) => adjustments.filter(({ in_effect }) => in_effect);

const HOW = { new: 'is new', gone: 'is gone', changed: 'has changed' } as const;

export const entryChanges = (before: ReportDocument, after: ReportDocument): ReportChange[] => {
  const zone = after.contract.report_zone;
  return [
    ...adjudicationChanges(before, after),
    ...keyedChanges(
      'adjustments',
      ({ id }) => id,
      [inEffect(before), inEffect(after)],
      (row, how) => {
        const said = adjustmentWords(row, after);
        return how === 'new' ? said : how === 'gone' ? `It is gone: ${said}` : `It has changed: ${said}`;
      },
    ),
    ...keyedChanges(
      'announcements',
      ({ id }) => id,
      [before.announcements, after.announcements],
      ({ id, revisions }, how) => {
        return `Announcement ${id} "${revisions.at(-1)?.title ?? ''}" ${HOW[how]}.`;
      },
    ),
    ...keyedChanges(
      'slots',
      ({ start }) => start,
      [before.slots, after.slots],
      (slot, how) =>
        how === 'gone' ? `The slot of ${instantWords(zone, atOf(slot.start))} is gone.` : `The slot of ${slotWords(slot, zone)}`,
    ),
    ...keyedChanges(
      'releases',
      ({ version, deployed_at }) => `${version}@${deployed_at}`,
      [before.releases, after.releases],
      (one, how) => (how === 'gone' ? `Version ${one.version} is gone.` : releaseWords(one, zone)),
    ),
  ];
};
