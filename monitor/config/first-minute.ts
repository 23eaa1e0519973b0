/**
 * The configuration of a first start, without any file: Avow watches itself and nobody else. Its kinds `self` and `store`
 * are built in and cannot be written in a file. As soon as a file exists only what the file names is watched: the health of
 * the store then speaks through `/readyz` and the banner of the page, not through a component of the customer's page.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '#domain/canonical-json.ts';
import { BUILT_IN_RHYTHM } from './component.ts';
import type { ComponentSettings, Config } from './config.ts';
import { readLocations } from './locations.ts';
import { NOBODY } from './ops.ts';
import { NO_BRAND } from './page.ts';
import { readPolicy } from './policy.ts';

const builtIn = (kind: 'self' | 'store', slug: string, name: string, description: string, position: number): ComponentSettings => ({
  slug,
  name,
  description,
  group: null,
  critical: true,
  position,
  quorum: 1,
  check: { definition: { kind }, ...BUILT_IN_RHYTHM },
});

/** Page "Avow", two components, no sentinels, no third party. */
export const firstMinuteConfig = (): Config => {
  const never = (): void => {};
  const settings: Omit<Config, 'sha256'> = {
    page: { name: 'Avow', url: null, origin: null, description: '', brand: NO_BRAND },
    ...readPolicy(undefined, never),
    support: [],
    groups: [],
    components: [
      builtIn('self', 'this-status-page', 'This status page', 'Avow answers its own health check.', 0),
      builtIn('store', 'the-record', 'The record', 'Results of checks are written down durably.', 1),
    ],
    contracts: [],
    locations: readLocations(undefined, never),
    sentinels: [],
    probeAllow: [],
    probeSecrets: [],
    evidenceDays: 400,
    ops: NOBODY,
    source: null,
  };
  return { ...settings, sha256: createHash('sha256').update(canonicalJson(settings)).digest('hex') };
};
