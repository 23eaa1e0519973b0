/**
 * A customer's claim for the credit of a month, as somebody says it was received: what is written, or a refusal. A claim that came
 * too late, or that the contract does not ask for, is recorded too and says so; what is owed is for the month's report to say.
 * Instants ms UTC. Source: semantics D4.
 */
import { readTexts } from '../maintenance/text-rules.ts';
import { instantWords } from '../maintenance/words.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { type Agreement, agreedIn } from '../sla/agreement.ts';
import { claimDeadline } from '../sla/claim.ts';
import { contractMonth } from '../sla/contract-month.ts';
import type { Instant } from '../time/instant.ts';
import { isoOf } from '../time/iso.ts';
import { monthFault } from './adjudicating.ts';

export interface NewClaim {
  readonly contract: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly receivedAt: Instant;
  readonly note: string;
  readonly author: string;
  /** The name was proved by signing in; not, or absent: it is what somebody said of themselves. */
  readonly authenticated?: boolean;
}
export interface ClaimRow extends NewClaim {
  readonly id: string;
  readonly recordedAt: Instant;
}

/** The words to record, or why there is nothing to claim. */
export const decideClaim = (asked: NewClaim, agreement: Agreement, now: Instant): NewClaim | Refusal => {
  const { month, receivedAt } = asked;
  const bad = monthFault(month);
  if (bad) return bad;
  const texts = readTexts({ note: asked.note, author: asked.author });
  if (isRefusal(texts)) return texts;
  if (receivedAt > now)
    return refuse('in_the_future', `${isoOf(receivedAt)} is still to come. A claim is recorded when it was received.`, {
      received_ms: receivedAt,
      now_ms: now,
    });
  const { coveredDays, month: whole } = contractMonth(month, agreement, null);
  if (coveredDays === 0)
    return refuse('not_covered', `The contract ${agreement.id} does not cover ${month}.`, { contract: agreement.id, month });
  if (receivedAt < whole.start)
    return refuse('before_the_month', `The claim was received at ${isoOf(receivedAt)}, before ${month} began at ${isoOf(whole.start)}.`, {
      received_ms: receivedAt,
      month_start_ms: whole.start,
    });
  return { ...asked, ...texts };
};

export interface ClaimAnswer {
  readonly claim: ClaimRow;
  /** Whether the contract asks for claims in that month. */
  readonly required: boolean;
  /** Received before this, it is in time. */
  readonly deadline: Instant;
  readonly inTime: boolean;
  readonly warnings: readonly { readonly code: 'not_required' | 'too_late'; readonly message: string }[];
  readonly says: readonly string[];
}

export const claimAnswer = (claim: ClaimRow, agreement: Agreement): ClaimAnswer => {
  const { month, contract, receivedAt } = claim;
  const { claim: rule } = agreedIn(agreement, month);
  const zone = agreement.reportZone;
  const deadline = claimDeadline(month, zone, rule.days);
  const inTime = receivedAt < deadline;
  const warnings: ClaimAnswer['warnings'][number][] = [];
  if (!rule.required)
    warnings.push({ code: 'not_required', message: `${contract} asks for no claims: what a missed month gives back is owed without one.` });
  else if (!inTime)
    warnings.push({ code: 'too_late', message: 'It was received too late; it earns nothing, unless an earlier one was in time.' });
  const when = rule.required ? [`It had to be received before ${instantWords(zone, deadline)}, and ${inTime ? 'was' : 'was not'}.`] : [];
  const says = [
    `Recorded ${claim.id}: ${month} of ${contract} was claimed, received at ${instantWords(zone, receivedAt)}.`,
    ...when,
    ...warnings.map(({ message }) => `Warning: ${message}`),
  ];
  return { claim, required: rule.required, deadline, inTime, warnings, says };
};
