/**
 * What people added to the ledger as documents for programs: keys in snake_case, instants ISO 8601 in UTC, lengths integers in ms.
 * The same facts as views and answers, nothing computed here.
 */
import type { AdjudicationAnswer } from '#domain/ledger/adjudicating.ts';
import type { ClaimAnswer } from '#domain/ledger/claiming.ts';
import type { BeforeAndAfter, OverrideView, StateSums } from '#domain/ledger/override-account.ts';
import type { OverrideAnswer } from '#domain/ledger/override-answer.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { OverridesView } from './overrides.ts';

type Document = Readonly<Record<string, unknown>>;

const sums = ({ upMs, downMs, unknownMs }: StateSums): Document => ({ up_ms: upMs, down_ms: downMs, unknown_ms: unknownMs });
const change = ({ before, after }: BeforeAndAfter): Document => ({ before: sums(before), after: sums(after) });

const overrideDocument = (view: OverrideView): Document => ({
  id: view.id,
  kind: view.kind,
  recorded_at: isoOf(view.recordedAt),
  component: view.component,
  start: isoOf(view.start),
  end: view.end === null ? null : isoOf(view.end),
  state: view.state,
  revokes: view.revokes,
  revoked_by: view.revokedBy,
  reason: view.reason,
  evidence: view.evidence === '' ? null : view.evidence,
  author: view.author,
  approved_by: view.approvedBy,
  authenticated: view.authenticated,
  approval_authenticated: view.approvalAuthenticated,
  needs_approval: view.needsApproval,
  in_effect: view.inEffect,
  passed_ms: view.passedMs,
  ...change(view.changes.lenient),
  slow_counts_as_down: change(view.changes.strict),
});

export const overrideAnswerDocument = ({ override, warnings }: OverrideAnswer): Document => ({ ...overrideDocument(override), warnings });

export const overridesDocument = ({ asOf, overrides }: OverridesView): Document => ({
  as_of: isoOf(asOf),
  overrides: overrides.map(overrideDocument),
});

export const adjudicationDocument = ({ adjudication, stands, warnings }: AdjudicationAnswer): Document => ({
  id: adjudication.id,
  recorded_at: isoOf(adjudication.recordedAt),
  contract: adjudication.contract,
  month: adjudication.month,
  decision: adjudication.decision,
  reason: adjudication.reason,
  evidence: adjudication.evidence,
  author: adjudication.author,
  approved_by: adjudication.approvedBy,
  authenticated: adjudication.authenticated ?? false,
  approval_authenticated: adjudication.approvedBy === null ? null : (adjudication.approvalAuthenticated ?? false),
  stands,
  warnings,
});

export const claimDocument = ({ claim, required, deadline, inTime, warnings }: ClaimAnswer): Document => ({
  id: claim.id,
  recorded_at: isoOf(claim.recordedAt),
  contract: claim.contract,
  month: claim.month,
  received_at: isoOf(claim.receivedAt),
  note: claim.note,
  author: claim.author,
  authenticated: claim.authenticated ?? false,
  required,
  deadline: isoOf(deadline),
  in_time: inTime,
  warnings,
});
