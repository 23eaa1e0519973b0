/**
 * What two people decide about a month that the evidence leaves open: what is written, or a refusal. Only an indeterminate month is
 * adjudicated; reason and evidence are needed, and a second person before it has any effect. The last approved one stands.
 * Source: semantics D3.
 */
import { readText, readTexts, sameName } from '../maintenance/text-rules.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { type Adjudication, isAdjudicated } from '../sla/credit.ts';
import type { Verdict } from '../sla/verdict.ts';
import { dayOfText } from '../time/iso.ts';
import type { RecordedAdjudication } from './ledger-facts.ts';

export interface NewAdjudication {
  readonly contract: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly decision: Adjudication['decision'];
  readonly reason: string;
  readonly evidence: string;
  readonly author: string;
  readonly authenticated?: boolean;
  /** The second person, when there is one at once. */
  readonly approvedBy: string | null;
}

/** Why the text is no month; null when it is one. */
export const monthFault = (month: string): Refusal | null =>
  /^\d{4}-\d{2}$/.test(month) && dayOfText(`${month}-01`) !== null
    ? null
    : refuse('bad_month', `"${month}" is no month. Write it as 2026-04.`, { month });

const VERDICTS: Readonly<Record<Exclude<Verdict, 'indeterminate'>, string>> = {
  met: 'it is met',
  missed: 'it is missed',
  not_applicable: 'nothing of it was left to measure',
};
/** Why a month is not open to a decision; null when it is. */
const settled = (contract: string, month: string, verdict: Verdict): Refusal | null =>
  verdict === 'indeterminate'
    ? null
    : refuse(
        'not_indeterminate',
        `The evidence decides ${month} of ${contract}: ${VERDICTS[verdict]}. Only an indeterminate month is adjudicated; \`avow override add\` corrects evidence.`,
        { contract, month, verdict },
      );

const samePerson = (author: string): Refusal =>
  refuse('same_person', `${author} decided this; a second person must approve it.`, { author });

/** The words to record, or why it is nothing. `verdict`: of the month as the evidence has it now. */
export const decideAdjudication = (asked: NewAdjudication, verdict: Verdict): NewAdjudication | Refusal => {
  const texts = readTexts({ reason: asked.reason, evidence: asked.evidence, author: asked.author });
  if (isRefusal(texts)) return texts;
  const approvedBy = asked.approvedBy === null ? null : readText('author', asked.approvedBy);
  if (isRefusal(approvedBy)) return approvedBy;
  if (approvedBy !== null && sameName(texts.author, approvedBy)) return samePerson(texts.author);
  return settled(asked.contract, asked.month, verdict) ?? { ...asked, ...texts, approvedBy };
};

export const unknownAdjudication = (id: string): Refusal =>
  refuse('unknown_adjudication', `There is no adjudication ${id}.`, { adjudication: id });
export const findAdjudication = (all: readonly RecordedAdjudication[], id: string): RecordedAdjudication | Refusal =>
  all.find((one) => one.id === id) ?? unknownAdjudication(id);

/** The adjudication with its second person, or why there can be none. */
export const decideAdjudicationApproval = (
  found: RecordedAdjudication,
  approver: string,
  verdict: Verdict,
): RecordedAdjudication | Refusal => {
  const approvedBy = readText('author', approver);
  if (isRefusal(approvedBy)) return approvedBy;
  const { id, contract, month, author } = found;
  if (found.approvedBy !== null)
    return refuse('already_approved', `${id} was approved by ${found.approvedBy} before.`, {
      adjudication: id,
      approved_by: found.approvedBy,
    });
  if (sameName(author, approvedBy)) return samePerson(author);
  return settled(contract, month, verdict) ?? { ...found, approvedBy };
};

/** The one that stands for a month: the last recorded of those that a second person approved; null: none does. */
export const standingAdjudication = (all: readonly RecordedAdjudication[], contract: string, month: string): RecordedAdjudication | null =>
  all.findLast((one) => one.contract === contract && one.month === month && isAdjudicated(one)) ?? null;

export interface AdjudicationAnswer {
  readonly adjudication: RecordedAdjudication;
  /** It is the one that decides the month now. */
  readonly stands: boolean;
  readonly warnings: readonly { readonly code: 'superseded'; readonly message: string }[];
  readonly says: readonly string[];
}

/** `all`: every adjudication, this one among them as it stands now. */
export const adjudicationAnswer = (
  did: 'Recorded' | 'Approved',
  one: RecordedAdjudication,
  all: readonly RecordedAdjudication[],
): AdjudicationAnswer => {
  const standing = standingAdjudication(all, one.contract, one.month);
  const stands = standing?.id === one.id;
  const warnings =
    isAdjudicated(one) && standing && !stands
      ? [{ code: 'superseded' as const, message: `${standing.id} was recorded later and is approved too; it decides the month.` }]
      : [];
  const counts = isAdjudicated(one) ? 'counts' : 'is to count';
  const effect = isAdjudicated(one)
    ? `${one.author} recorded it, and ${one.approvedBy} approved it.`
    : `It has no effect yet: a second person must approve it: \`avow adjudicate approve ${one.id} --as NAME\`.`;
  const says = [
    `${did} ${one.id}: ${one.month} of ${one.contract} ${counts} as ${one.decision}.`,
    effect,
    ...warnings.map(({ message }) => `Warning: ${message}`),
  ];
  return { adjudication: one, stands, warnings, says };
};
