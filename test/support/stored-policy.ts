/** A policy in a store, as the first start writes it: without one no month can be judged. */
import { addSettings } from '#db/queries/settings.ts';
import type { Store } from '#db/store.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { Policy } from '#domain/sla/terms.ts';
import { instant } from '#domain/time/instant.ts';
import { POLICY } from './maintenance-desk.ts';

/** What the settings say besides. */
const SETTINGS = {
  page: { name: 'Avow', url: null, origin: null, description: '' },
  support: [],
  groups: [],
  sentinels: [],
  evidenceDays: 400,
};

export const storePolicy = async (store: Store, policy: Policy = POLICY, at = 0): Promise<void> => {
  await store.write([addSettings(instant(at), 'of no file', null, canonicalJson({ ...SETTINGS, policy }))]);
};
