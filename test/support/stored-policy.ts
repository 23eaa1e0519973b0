/** The policy of the rig's configuration in a store, as the first start writes it: without one no month can be judged. */
import { addSettings } from '#db/queries/components.ts';
import type { Store } from '#db/store.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { instant } from '#domain/time/instant.ts';
import { config } from './front-rig.ts';

export const storePolicy = async (store: Store, policy = config.policy, at = 0): Promise<void> => {
  const settings = canonicalJson({ policy, sentinels: config.sentinels });
  await store.write([addSettings(instant(at), config.sha256, null, settings)]);
};
