/** Puts together what the verbs of the ledger act on, for the server and for the command line alike. */
import { readAgreement } from '#db/queries/agreements.ts';
import type { Store } from '#db/store.ts';
import { refuse } from '#domain/refusal.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Policy } from '#monitor/config/config.ts';
import type { LedgerVerbContext } from './ledger-verb.ts';

export interface LedgerBase {
  readonly store: Store;
  readonly clock: Clock;
  readonly policy: Policy;
}

const unknownContract = (contract: string) =>
  refuse('unknown_contract', `There is no contract ${contract}, and there never was one.`, { contract });

export const ledgerVerbContext = (base: LedgerBase): LedgerVerbContext => ({
  ...base,
  agreementOf: async (contract) => (await readAgreement(base.store, contract)) ?? unknownContract(contract),
  // Nobody judges months yet: until somebody does, none is open to a decision.
  monthVerdict: async (contract, month) =>
    (await readAgreement(base.store, contract))
      ? refuse('not_judged', `This Avow cannot judge ${month} of ${contract} yet.`, { contract, month })
      : unknownContract(contract),
});
