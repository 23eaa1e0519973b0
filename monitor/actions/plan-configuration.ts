/** What applying a document would change, in words, against what is in force. Writes nothing. To whoever does not reach every customer the contracts are as they are. Refuses what cannot be read with every fault by its place, and what only the store knows (apply-configuration.ts). */

import { reachesEvery } from '#domain/access/reach.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { type Difference, differences } from '#monitor/config/difference.ts';
import { isConfig } from '#monitor/config/parse.ts';
import { reachOfActor, readsTheStore } from '#monitor/context.ts';
import { planConfiguration as planned } from './apply-configuration.ts';
import { configurationInForce, knownValues } from './configuration-in-force.ts';
import { badConfiguration, type ConfigurationContext, type GivenDocument } from './configuration-verb.ts';
import { adoptionLines, differenceLines, differenceSummary } from './difference-words.ts';

export interface PlanAnswer {
  readonly different: boolean;
  readonly differences: readonly Difference[];
  /** Slugs of components that the console manages and the file would. */
  readonly adopted: readonly string[];
  readonly warnings: readonly { readonly message: string }[];
  readonly says: readonly string[];
}

const NO_CONTRACTS = 'Contracts were not compared: what was agreed with customers is for admins.';

export const planConfiguration = async (ctx: ConfigurationContext, given: GivenDocument): Promise<PlanAnswer | Refusal> => {
  const read = ctx.parse(given, knownValues(await configurationInForce(ctx.store), readsTheStore(ctx.actor)));
  if (!isConfig(read)) return badConfiguration(read);
  return ctx.store.exclusive(async (): Promise<PlanAnswer | Refusal> => {
    const inForce = await configurationInForce(ctx.store);
    const isWhole = reachesEvery(reachOfActor(ctx.actor));
    // A difference, or a term that is refused, would tell what was agreed.
    const config = isWhole ? read : { ...read, contracts: inForce?.contracts ?? [] };
    const change = await planned(ctx, config);
    if (isRefusal(change)) return change;
    const found = inForce ? differences(inForce, config) : [];
    const { adopted } = change;
    const says =
      found.length === 0
        ? [`${given.name} says what is in force. Nothing would change.`]
        : [`${given.name} would change what is in force: ${differenceSummary(found)}.`, ...differenceLines(found)];
    return {
      different: found.length > 0,
      differences: found,
      adopted,
      warnings: [],
      says: [...says, ...adoptionLines(adopted), ...(isWhole ? [] : [NO_CONTRACTS])],
    };
  });
};
