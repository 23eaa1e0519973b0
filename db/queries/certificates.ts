/** The certificate each (component, location) presented last; one small row per pair, rewritten when it changes. */
import type { Instant } from '#domain/time/instant.ts';
import type { Statement, Store } from '../store.ts';
import type { Pair } from './checks.ts';

export interface SeenCertificate extends Pair {
  readonly expiresAt: Instant;
  readonly seenAt: Instant;
}

/** Keeps the newest; an older check that comes late changes nothing. */
export const saveCertificates = (seen: readonly SeenCertificate[]): Statement => ({
  sql: `INSERT INTO certificates (component_id, location_id, expires_at_ms, seen_at_ms)
    SELECT CAST(value->>0 AS INTEGER), CAST(value->>1 AS INTEGER), CAST(value->>2 AS INTEGER), CAST(value->>3 AS INTEGER) FROM json_each(?) WHERE true
    ON CONFLICT (component_id, location_id) DO UPDATE SET expires_at_ms = excluded.expires_at_ms, seen_at_ms = excluded.seen_at_ms
    WHERE excluded.seen_at_ms > seen_at_ms`,
  args: [JSON.stringify(seen.map(({ componentId, locationId, expiresAt, seenAt }) => [componentId, locationId, expiresAt, seenAt]))],
});

export const readCertificates = async (store: Store): Promise<SeenCertificate[]> => {
  const { rows } = await store.read({ sql: 'SELECT component_id, location_id, expires_at_ms, seen_at_ms FROM certificates' });
  return rows.map(([componentId, locationId, expiresAt, seenAt]) => ({
    componentId: Number(componentId),
    locationId: Number(locationId),
    expiresAt: Number(expiresAt) as Instant,
    seenAt: Number(seenAt) as Instant,
  }));
};
