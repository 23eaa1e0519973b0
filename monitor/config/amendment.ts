/** `amendments` of a contract: terms that change on the first of a month; what an amendment does not name stays as it was. Source: semantics D1. */
import { z } from 'zod';
import { canonicalJson } from '#domain/canonical-json.ts';
import { amount, firstOfMonth } from './contract-fields.ts';
import { type ReadTerms, readTerms, slugs, type TermFields, type TermTools } from './contract-terms.ts';
import { flag, oneOf, percentage, slug } from './fields.ts';
import { documented } from './leaf.ts';
import { readList, readMapping, refuseRepeats, writtenKeys } from './mapping.ts';
import type { Path } from './yaml-places.ts';

const AS_BEFORE = 'as before';
const MOST_AMENDMENTS = 1_000;

export const amendmentSchema = z.strictObject({
  from: documented(firstOfMonth(), 'Month in which it takes effect, such as `2026-06`, after the one in which the contract starts.'),
  monthly_fee: documented(amount().optional(), 'The fee from then on.', AS_BEFORE),
  target: documented(percentage().optional(), 'The promised availability.', AS_BEFORE),
  unknown: documented(oneOf('exclude', 'down', 'up').optional(), 'What time without evidence counts as.', AS_BEFORE),
  count_degraded: documented(flag().optional(), 'Whether slow answers count as downtime.', AS_BEFORE),
  components: documented(slugs().optional(), 'All the components from then on.', AS_BEFORE),
  critical: documented(slugs().optional(), 'All the critical ones from then on.', AS_BEFORE),
  credits: documented(slug().optional(), 'The credit schedule, or `none`.', AS_BEFORE),
  claim: documented(z.unknown(), 'The rule for claims; what it does not name stays.', AS_BEFORE),
});

/** Terms and since when they hold, with what is written there. */
export interface Stage {
  readonly path: Path;
  /** Null: the start of the contract. */
  readonly from: string | null;
  readonly written: ReadonlySet<string>;
  readonly fields: TermFields;
  /** What is written there alone … */
  readonly own: Partial<ReadTerms>;
  /** … and what holds from then on. */
  readonly terms: ReadTerms;
}

/** Inclusive local dates of the contract, as far as they can be read. */
export interface ContractDates {
  readonly startDate: string | undefined;
  readonly endDate: string | null | undefined;
}

/** Why an amendment cannot take effect in that month; null when it can. */
const monthFault = (from: string, { startDate, endDate }: ContractDates): string | null => {
  const first = startDate?.slice(0, 7);
  if (first !== undefined && from <= first)
    return `must be a month after ${first}, in which the contract starts, not "${from}"; what holds from the start stands in the contract itself`;
  return endDate && from > endDate.slice(0, 7)
    ? `must be ${endDate.slice(0, 7)} at the latest, when the contract ends, not "${from}"`
    : null;
};

const sameTerms = (own: Partial<ReadTerms>, before: ReadTerms): boolean =>
  Object.entries(own).every(
    ([key, value]) => value !== undefined && canonicalJson(value) === canonicalJson(before[key as keyof ReadTerms] ?? null),
  );

/** Reads the list (absent: none), in the order of the months; `start` is what holds until the first. */
export const readAmendments = (raw: unknown, start: Stage, dates: ContractDates, tools: TermTools): Stage[] => {
  const list: Path = [...start.path, 'amendments'];
  const known = Object.keys(amendmentSchema.shape);
  const entries = readList(raw, list, tools.report, MOST_AMENDMENTS).map((entry, index) => ({
    path: [...list, index],
    fields: readMapping(amendmentSchema, entry, [...list, index], tools.report) ?? {},
    written: writtenKeys(entry, known),
  }));
  refuseRepeats(
    entries.map(({ fields }) => fields.from),
    (index) => [...list, index, 'from'],
    'the month',
    tools.report,
  );
  const inOrder = entries
    .flatMap(({ fields: { from, ...fields }, ...rest }) => (from === undefined ? [] : [{ ...rest, from, fields }]))
    .toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)));
  const stages: Stage[] = [];
  for (const { path, from, fields, written } of inOrder) {
    const fault = monthFault(from, dates);
    if (fault !== null) tools.report([...path, 'from'], fault);
    const before = (stages.at(-1) ?? start).terms;
    const own = readTerms(fields, written, before, path, tools);
    if (sameTerms(own, before) && [...written].every((key) => known.includes(key)))
      tools.report(path, 'changes nothing; name a term that is different from then on, or remove it', 'key');
    stages.push({ path, from, fields, written, own, terms: { ...before, ...own } });
  }
  return stages;
};
