/** A token in a real store, with the scopes that a test chooses; answers it as its owner was shown it. */
import { insertApiToken } from '#db/queries/api-tokens.ts';
import type { Store } from '#db/store.ts';
import { writeApiToken } from '#domain/access/api-token.ts';
import type { Permission } from '#domain/access/permission.ts';
import { after, DAY, type Instant, instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import { hashOf, newSecret } from '#monitor/identity/secret.ts';

export interface TokenWish {
  /** 12 characters, a to z and 2 to 9. */
  readonly id: string;
  readonly personId: string;
  readonly scopes: readonly Permission[];
  readonly cidr?: string;
  readonly expiresAt?: Instant;
  readonly revokedAt?: Instant;
}
export const tokenOf = async (
  store: Store,
  clock: Clock,
  { id, personId, scopes, cidr, expiresAt, revokedAt }: TokenWish,
): Promise<string> => {
  const secret = newSecret();
  const recordedAt = expiresAt === undefined ? clock.now() : instant(Math.min(clock.now(), expiresAt - DAY));
  const row = { id, personId, name: id, scopes, cidr: cidr ?? null, recordedAt, expiresAt: expiresAt ?? after(recordedAt, DAY) };
  await store.write([
    insertApiToken({ ...row, lastUsedAt: null, revokedAt: null }, hashOf(secret)),
    ...(revokedAt === undefined ? [] : [{ sql: 'UPDATE api_tokens SET revoked_at_ms = ? WHERE id = ?', args: [revokedAt, id] }]),
  ]);
  return writeApiToken({ id, secret });
};
