/**
 * The terms that a contract and its amendments share, from the keys of the file to those of the domain. What is written and
 * cannot be read is undefined, so that the fault is told once and the rest is still judged. Source: semantics D1.
 */

import { z } from 'zod';
import type { AgreedTerms, ClaimRule } from '#domain/sla/agreement.ts';
import type { UnknownPolicy } from '#domain/sla/terms.ts';
import { inCurrency } from './contract-fields.ts';
import { NO_CREDITS, type ScheduleSettings } from './credit-schedule.ts';
import type { Report } from './fault.ts';
import { flag, slug, wholeNumber } from './fields.ts';
import { documented, Wrong } from './leaf.ts';
import { readMapping, refuseRepeats, writtenKeys } from './mapping.ts';
import { lookUp, type Named } from './named.ts';
import type { Path } from './yaml-places.ts';

export const claimSchema = z.strictObject({
  required: documented(flag().prefault(false), 'Whether a credit is given only when it is claimed in time.'),
  days: documented(wholeNumber(1, 366).prefault(30), 'Days after the end of the month by whose end the claim must have been received.'),
});

/** Names of components: of those of the file, or of those that it had. */
export const slugs = () => z.array(slug()).min(1).max(10_000);

/** Terms as far as they can be read. */
export type ReadTerms = { readonly [K in keyof AgreedTerms]: AgreedTerms[K] | undefined };

/** The keys of the file, as the schemas of contract and amendment give them. */
export interface TermFields {
  readonly monthly_fee?: string | undefined;
  readonly target?: number | undefined;
  readonly unknown?: UnknownPolicy | undefined;
  readonly count_degraded?: boolean | undefined;
  readonly components?: readonly string[] | undefined;
  readonly critical?: readonly string[] | undefined;
  readonly credits?: string | undefined;
  readonly claim?: unknown;
}

export interface TermTools {
  readonly report: Report;
  readonly schedules: Named<ScheduleSettings>;
  /** Undefined: it cannot be read, and amounts with it. */
  readonly currency: string | undefined;
}

const readFee = (text: string | undefined, path: Path, { currency, report }: TermTools): ReadTerms['monthlyFee'] => {
  if (text === undefined || currency === undefined) return undefined;
  const fee = inCurrency(text, currency);
  if (!(fee instanceof Wrong)) return fee;
  report(path, fee.predicate);
  return undefined;
};

const readCredits = (id: string | undefined, path: Path, { schedules, currency, report }: TermTools): ReadTerms['schedule'] => {
  if (id === NO_CREDITS) return null;
  const found = id === undefined ? null : lookUp(schedules, id, path, report);
  if (id === undefined || found === null || currency === undefined) return undefined;
  const minCredit = inCurrency(found.minCredit, currency);
  if (!(minCredit instanceof Wrong)) return { id, tiers: found.tiers, capBp: found.capBp, minCredit };
  report(path, `is "${id}", whose "min_credit" ${minCredit.predicate}`);
  return undefined;
};

/** What a claim does not name stays as it was. */
const readClaim = (raw: unknown, before: ClaimRule | undefined, path: Path, { report }: TermTools): ReadTerms['claim'] => {
  const fields = readMapping(claimSchema, raw, path, report);
  if (fields === null || before === undefined) return undefined;
  const written = writtenKeys(raw, Object.keys(claimSchema.shape));
  const rule = {
    required: written.has('required') ? fields.required : before.required,
    days: written.has('days') ? fields.days : before.days,
  };
  return rule.required === undefined || rule.days === undefined ? undefined : { required: rule.required, days: rule.days };
};

/** Names in one order whatever the file's, so that moving a line is no change. */
const readSlugs = (names: readonly string[] | undefined, path: Path, { report }: TermTools): readonly string[] | undefined => {
  refuseRepeats(names ?? [], (index) => [...path, index], 'the name', report);
  return names && [...new Set(names)].toSorted();
};

/** The terms that are written at `path`, and no others; `before` are those that held until then. */
export const readTerms = (
  fields: TermFields,
  written: ReadonlySet<string>,
  before: ReadTerms,
  path: Path,
  tools: TermTools,
): Partial<ReadTerms> => ({
  ...(written.has('monthly_fee') && { monthlyFee: readFee(fields.monthly_fee, [...path, 'monthly_fee'], tools) }),
  ...(written.has('target') && { targetPpm: fields.target }),
  ...(written.has('unknown') && { unknownPolicy: fields.unknown }),
  ...(written.has('count_degraded') && { countDegraded: fields.count_degraded }),
  ...(written.has('components') && { components: readSlugs(fields.components, [...path, 'components'], tools) }),
  ...(written.has('critical') && { critical: readSlugs(fields.critical, [...path, 'critical'], tools) }),
  ...(written.has('credits') && { schedule: readCredits(fields.credits, [...path, 'credits'], tools) }),
  ...(written.has('claim') && { claim: readClaim(fields.claim, before.claim, [...path, 'claim'], tools) }),
});
