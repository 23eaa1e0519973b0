/**
 * The lines of two reports beside each other. A line is the same when it speaks of the same thing and the two overlap in time: its
 * number is only its place in the list. Every other difference is a line that is gone, or one that is new.
 */
import { canonicalJson } from '../canonical-json.ts';
import { windowWords } from '../maintenance/words.ts';
import { type Interval, overlaps } from '../time/interval.ts';
import { lengthText } from '../time/length-text.ts';
import type { ReportChange, ReportDocument, ReportLine } from './report-document.ts';
import { stretchOf } from './report-times.ts';
import { componentName, listWords } from './value-words.ts';

type Lists = Pick<ReportDocument, 'downtime' | 'exclusions' | 'refused' | 'unknown' | 'blips'>;
interface ListOf<T extends ReportLine> {
  /** "The downtime of Application" */
  readonly name: (line: T, report: ReportDocument) => string;
  /** What it speaks of. */
  readonly subject: (line: T) => unknown;
  /** What of it may differ without a change of the facts: the checks behind it are deleted with time. */
  readonly content: (line: T) => unknown;
}
const bare = <T extends ReportLine>({ id: _id, ...content }: T): unknown => content;

const LISTS: { readonly [K in keyof Lists]: ListOf<Lists[K][number]> } = {
  downtime: {
    name: ({ component }, report) => `The downtime of ${componentName(report, component)}`,
    subject: ({ component }) => component,
    content: ({ id: _id, witnesses: _w, start_uncertainty_ms: _s, end_uncertainty_ms: _e, ...content }) => content,
  },
  exclusions: {
    name: ({ announcements }) => `The exclusion by ${listWords(announcements.map(({ id }) => id))}`,
    subject: ({ announcements }) => announcements.map(({ id }) => id),
    content: bare,
  },
  refused: {
    name: ({ announcement }) => `The refused time of ${announcement}`,
    subject: ({ announcement, reason }) => [announcement, reason],
    content: bare,
  },
  unknown: {
    name: ({ components }, report) => `The unknown time of ${listWords(components.map(({ id }) => componentName(report, id)))}`,
    subject: ({ components }) => components,
    content: bare,
  },
  blips: {
    name: ({ component, location }, report) => `The blip of ${componentName(report, component)} at ${location}`,
    subject: ({ component, location }) => [component, location],
    content: bare,
  },
};

const told = (report: ReportDocument, line: ReportLine): string =>
  `${lengthText(line.ms)}, ${windowWords(report.contract.report_zone, stretchOf(line))}`;

/** Each line of `before` with the first of `after` that is the same one; what is left over stands alone. Both in order of time. */
const paired = <T extends ReportLine>(
  before: readonly T[],
  after: readonly T[],
  { subject }: ListOf<T>,
): (readonly [T | null, T | null])[] => {
  const waiting = new Map<string, (Interval & { readonly line: T })[]>();
  for (const line of after.toReversed()) {
    const key = canonicalJson(subject(line));
    const others = waiting.get(key) ?? [];
    others.push({ ...stretchOf(line), line });
    waiting.set(key, others);
  }
  const taken = new Set<T>();
  const pairs = before.map((line): readonly [T, T | null] => {
    const [part, others] = [stretchOf(line), waiting.get(canonicalJson(subject(line))) ?? []];
    // The next one is last. What ended before this line begins cannot be the same as a later one either.
    for (let next = others.at(-1); next && next.end <= part.start; next = others.at(-1)) others.pop();
    const next = others.at(-1);
    if (!next || !overlaps(part, next)) return [line, null];
    others.pop();
    taken.add(next.line);
    return [line, next.line];
  });
  return [...pairs, ...after.filter((line) => !taken.has(line)).map((line) => [null, line] as const)];
};

/** All times in the zone of the later report. */
const sentence = <T extends ReportLine>(name: string, was: T | null, is: T | null, after: ReportDocument): string => {
  if (was && is && was.start === is.start && was.end === is.end) return `${name}, ${told(after, is)}, has other particulars.`;
  if (was && is) return `${name} is now ${told(after, is)}; it was ${told(after, was)}.`;
  return is ? `${name}, ${told(after, is)}, is new.` : `${name}, ${was ? told(after, was) : ''}, is gone.`;
};

const changesOf = <T extends ReportLine>(
  list: string,
  of: ListOf<T>,
  lines: readonly [readonly T[], readonly T[]],
  before: ReportDocument,
  after: ReportDocument,
): ReportChange[] =>
  paired(...lines, of).flatMap(([was, is]) => {
    const [old, now] = [was && canonicalJson(of.content(was)), is && canonicalJson(of.content(is))];
    const line = is ?? was;
    if (!line || old === now) return [];
    const name = of.name(line, is ? after : before);
    return [{ what: `${list}.${line.id}`, before: old, after: now, words: sentence(name, was, is, after) }];
  });

const listChanges = <K extends keyof Lists>(list: K, before: ReportDocument, after: ReportDocument): ReportChange[] =>
  changesOf(list, LISTS[list] as ListOf<ReportLine>, [before[list], after[list]], before, after);

export const lineChanges = (before: ReportDocument, after: ReportDocument): ReportChange[] =>
  (Object.keys(LISTS) as (keyof Lists)[]).flatMap((list) => listChanges(list, before, after));
