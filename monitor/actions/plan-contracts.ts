/**
 * Which contracts of a configuration get a version in the store, and which are removed. Refuses, with a sentence per contract
 * and term, what would rewrite a month whose report is final; a removal rewrites none. Source: semantics D1, D5.
 */
import type { RecordedAgreement } from '#db/queries/contracts.ts';
import type { FinalMonth } from '#db/queries/reports.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { type Refusal, refuse } from '#domain/refusal.ts';
import type { Agreement } from '#domain/sla/agreement.ts';
import { changesOfFinalMonths } from '#domain/sla/agreement-change.ts';
import { compare } from './version-difference.ts';

export interface ContractPlan {
  /** New or different. */
  readonly written: readonly Agreement[];
  /** Ids. */
  readonly removed: readonly string[];
}

/** Compared with the last version of each, removed ones too. */
export const planContracts = (
  wanted: readonly Agreement[],
  stored: readonly RecordedAgreement[],
  finalMonths: readonly FinalMonth[],
): ContractPlan | Refusal => {
  const versions = stored.map((one) => ({ ...one, slug: one.agreement.id, content: canonicalJson(one.agreement) }));
  const { added, changed, removed } = compare(
    wanted.map((agreement) => ({ slug: agreement.id, agreement })),
    versions,
    ({ agreement }) => canonicalJson(agreement),
  );
  const written = [...added, ...changed].map(({ agreement }) => agreement);
  const before = new Map(stored.map(({ agreement }) => [agreement.id, agreement]));
  const monthsOf = Map.groupBy(finalMonths, ({ contract }) => contract);
  const sentences = written.flatMap((after) =>
    changesOfFinalMonths(
      before.get(after.id) ?? after,
      after,
      (monthsOf.get(after.id) ?? []).map(({ month }) => month),
    ),
  );
  if (sentences.length > 0) return refuse('final_months', sentences.join('\n'), { sentences });
  return { written, removed: removed.map(({ slug }) => slug) };
};
