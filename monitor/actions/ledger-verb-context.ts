/** Puts together what the verbs of the ledger act on, for the server and for the command line alike. */
import { readAgreements } from '#db/queries/contracts.ts';
import type { Store } from '#db/store.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import type { Agreement } from '#domain/sla/agreement.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Policy } from '#monitor/config/config.ts';
import type { LedgerVerbContext } from './ledger-verb.ts';

export interface LedgerBase {
  readonly store: Store;
  readonly clock: Clock;
  readonly policy: Policy;
}

const agreementOf = async ({ store }: LedgerBase, contract: string): Promise<Agreement | Refusal> => {
  const all = (await readAgreements(store)).map(({ agreement }) => agreement);
  const known = all.map(({ id }) => id).join(', ') || 'none';
  return (
    all.find(({ id }) => id === contract) ?? refuse('unknown_contract', `There is no contract ${contract}. Known: ${known}.`, { contract })
  );
};

export const ledgerVerbContext = (base: LedgerBase): LedgerVerbContext => ({
  ...base,
  agreementOf: (contract) => agreementOf(base, contract),
  // Nobody judges months yet: until somebody does, none is open to a decision.
  monthVerdict: async (contract, month) => {
    const agreement = await agreementOf(base, contract);
    return isRefusal(agreement)
      ? agreement
      : refuse('not_judged', `This Avow cannot judge ${month} of ${contract} yet.`, { contract, month });
  },
});
