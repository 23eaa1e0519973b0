/** Puts together what the verbs of the ledger act on, for the server and for the command line alike. */
import { readAgreements } from '#db/queries/contracts.ts';
import type { Store } from '#db/store.ts';
import { contractFacts, coversMonth } from '#domain/ledger/ledger-facts.ts';
import { instantWords } from '#domain/maintenance/words.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import type { Agreement } from '#domain/sla/agreement.ts';
import { monthStatement } from '#domain/sla/month-statement.ts';
import type { Policy } from '#domain/sla/terms.ts';
import type { Verdict } from '#domain/sla/verdict.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Acting } from '#monitor/context.ts';
import type { LedgerVerbContext } from './ledger-verb.ts';
import type { Naming } from './new-id.ts';
import { reachedBy, settledMonth } from './report-context.ts';

export interface LedgerBase extends Naming, Acting {
  readonly store: Store;
  readonly clock: Clock;
  readonly policy: Policy;
}

const agreementOf = async (base: LedgerBase, contract: string): Promise<Agreement | Refusal> => {
  const all = reachedBy(base, await readAgreements(base.store)).map(({ agreement }) => agreement);
  const known = all.map(({ id }) => id).join(', ') || 'none';
  return (
    all.find(({ id }) => id === contract) ?? refuse('unknown_contract', `There is no contract ${contract}. Known: ${known}.`, { contract })
  );
};

const monthVerdict = async (base: LedgerBase, contract: string, month: string): Promise<Verdict | Refusal> => {
  const agreement = await agreementOf(base, contract);
  if (isRefusal(agreement)) return agreement;
  const { facts } = await settledMonth(base, month);
  const known = facts.agreements.find((one) => one.agreement.id === contract);
  if (!known || !coversMonth(known, month, facts.asOf))
    return refuse('not_covered', `The contract ${contract} does not speak of ${month}.`, { contract, month });
  const statement = monthStatement(contractFacts(facts, agreement, month));
  return statement.stage === 'open'
    ? refuse(
        'month_runs',
        `${month} runs until ${instantWords(statement.zone, statement.monthBounds.end)}; it is settled when it is over.`,
        { contract, month },
      )
    : statement.verdict;
};

export const ledgerVerbContext = (base: LedgerBase): LedgerVerbContext => ({
  ...base,
  agreementOf: (contract) => agreementOf(base, contract),
  monthVerdict: (contract, month) => monthVerdict(base, contract, month),
});
