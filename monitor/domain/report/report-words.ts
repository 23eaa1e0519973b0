/**
 * The statement in sentences: what was promised, what came of it, what is left, what is owed. Plain English, from the document and
 * nothing else; percentages are its text. One function per kind of sentence; those of single lines stand in line-words.ts. Source: semantics D5.
 */
import { instantWords } from '../maintenance/words.ts';
import { HOUR, MINUTE } from '../time/instant.ts';
import { lengthText } from '../time/length-text.ts';
import { allowanceOfReport } from './report-allowance.ts';
import type { ReportDocument } from './report-document.ts';
import { atOf } from './report-times.ts';
import { bpWords, moneyWords, monthWords, percentWords, ppmWords, signedWords, weekdayWord } from './value-words.ts';

const ENDS: Readonly<Record<ReportDocument['figures']['verdict'], (report: ReportDocument) => string>> = {
  met: () => 'Kept',
  missed: () => 'Not kept',
  indeterminate: ({ figures, adjudication }) =>
    adjudication
      ? `Decided as ${adjudication.decision === 'met' ? 'kept' : 'not kept'} by ${signedWords(adjudication)}`
      : `Undecided: it lies between ${percentWords(figures.lower)} and ${percentWords(figures.upper)}`,
  not_applicable: () => 'Nothing was left to measure',
};

const creditSentence = ({ credit, contract }: ReportDocument): string => {
  if (credit === null) return '';
  return credit.credit_minor === 0 ? ' No credit.' : ` Credit ${moneyWords(credit.credit_minor, contract)}.`;
};

/** A headline tells hours and minutes, cut off; the sum below it tells the rest. */
const headlineLength = (ms: number): string => lengthText(ms < HOUR ? ms : ms - (ms % MINUTE));

/** "October 2026: 99.8308 % of 738 h 51 min measured; promised 99.5 %. Kept. No credit." */
export const verdictWords = (report: ReportDocument): string => {
  const { figures, policy, month, state } = report;
  const running = state === 'open' ? ' so far' : '';
  const figure = figures.availability === null ? 'no figure' : `${figures.availability} % of ${headlineLength(figures.known_ms)} measured`;
  const told = figures.verdict === 'not_applicable' ? '' : ` ${figure}; promised ${ppmWords(policy.target_ppm)}.`;
  const credit = state === 'open' ? '' : creditSentence(report);
  return `${monthWords(month)}${running}:${told} ${ENDS[figures.verdict](report)}${told === '' ? '' : running}.${credit}`;
};

/** "2 h 10 min of downtime left of the 3 h 20 min that the whole month may have; one full unannounced Saturday would break the promise." */
export const budgetWords = (report: ReportDocument): string => {
  const { figures, state } = report;
  if (figures.known_ms === 0) return 'Nothing was measured, and there is no budget yet.';
  const { wholeMs, leftMs, slotMs, slotAhead, weekday } = allowanceOfReport(report);
  const running = state === 'open';
  const unmeasured =
    figures.unknown_ms > 0
      ? ` ${lengthText(figures.unknown_ms)} of the month were not measured so far and count in that; the public page counts from when Avow began to watch.`
      : '';
  if (leftMs < 0) return `${lengthText(-leftMs)} over the budget${running ? ` of the whole month.${unmeasured}` : '.'}`;
  const left = leftMs === 0 ? 'No downtime left' : `${lengthText(leftMs)} of downtime left`;
  if (!running) return `${left}.`;
  const breaks = slotAhead && leftMs < slotMs ? `; one full unannounced ${weekdayWord(weekday)} would break the promise` : '';
  return `${left} of the ${lengthText(wholeMs)} that the whole month may have${breaks}.${unmeasured}`;
};

const CLAIMS: Readonly<Record<ReportDocument['claim']['state'], (deadline: string, received: string) => string>> = {
  not_required: () => 'The credit is given without a claim.',
  none_due: () => 'There is no credit to claim.',
  open: (deadline) => `No claim has been received; the credit can be claimed before ${deadline}.`,
  in_time: (deadline, received) => `A claim was received at ${received}, in time: the deadline is ${deadline}.`,
  too_late: (deadline, received) => `A claim was received at ${received}, too late: the deadline was ${deadline}.`,
  expired: (deadline) => `No claim was received before ${deadline}; the credit has expired.`,
};
/** How the claim stands, with its times in the zone of the contract. */
export const claimWords = ({ claim, contract }: ReportDocument): string => {
  const told = (text: string | null): string => (text === null ? 'no time' : instantWords(contract.report_zone, atOf(text)));
  return CLAIMS[claim.state](told(claim.deadline), told(claim.received_at));
};

/** "30 failures were too short to confirm, 30 min together; they count as up." */
export const blipWords = ({ figures: { blips, blip_ms } }: ReportDocument): string => {
  if (blips === 0) return 'No failure was too short to confirm.';
  const those = blips === 1 ? '1 failure was too short to confirm' : `${blips} failures were too short to confirm`;
  return `${those}, ${lengthText(blip_ms)}${blips === 1 ? '' : ' together'}; ${blips === 1 ? 'it counts' : 'they count'} as up.`;
};

/** The rate of the credit as a sentence, with what it was looked up by. */
export const creditWords = ({ credit, contract, figures }: ReportDocument): string => {
  if (credit === null) return 'Nobody can say the credit before the month is decided.';
  if (contract.credit_schedule === null) return 'No credits were agreed.';
  if (credit.tier === null) return 'No tier of the schedule applies.';
  const by = credit.judged_by === 'lower' ? `the lower bound, ${percentWords(figures.lower)}` : percentWords(figures.availability);
  const capped = credit.credit_bp < credit.tier.credit_bp ? `, capped at ${bpWords(credit.credit_bp)}` : '';
  const below = credit.credit_minor < credit.gross_minor ? ' It lies below the minimum and is not paid.' : '';
  return `Judged by ${by}: below ${ppmWords(credit.tier.below_ppm)} the rate is ${bpWords(credit.tier.credit_bp)}${capped}.${below}`;
};
