/** What the verbs of the ledger act on. What a month comes to and what was agreed is handed in: those who judge months know it. */
import type { Statement } from '#db/store.ts';
import type { RecordedAdjudication } from '#domain/ledger/ledger-facts.ts';
import type { Refusal } from '#domain/refusal.ts';
import type { Agreement } from '#domain/sla/agreement.ts';
import type { Verdict } from '#domain/sla/verdict.ts';
import { auditOf } from './audit.ts';
import type { OverrideContext } from './override-verb.ts';

export interface LedgerVerbContext extends OverrideContext {
  /**
   * The verdict of a month as the evidence has it now, whatever was adjudicated. Refuses a contract that it does not know
   * (`unknown_contract`), and a month that is not over. Asked outside `store.exclusive`.
   */
  readonly monthVerdict: (contract: string, month: string) => Promise<Verdict | Refusal>;
  /** What was agreed, as last applied; refuses a contract that there never was (`unknown_contract`). */
  readonly agreementOf: (contract: string) => Promise<Agreement | Refusal>;
}

const auditForm = ({ contract, month, decision, reason, evidence, author, approvedBy }: RecordedAdjudication): object => ({
  contract,
  month,
  decision,
  reason,
  evidence,
  author,
  approvedBy,
});
export const auditedAdjudication = (
  ctx: LedgerVerbContext,
  verb: 'record' | 'approve',
  before: RecordedAdjudication | null,
  after: RecordedAdjudication,
): Promise<Statement[]> =>
  auditOf(ctx, {
    verb: `adjudication.${verb}`,
    subject: `adjudication/${after.id}`,
    before: before && auditForm(before),
    after: auditForm(after),
  });
