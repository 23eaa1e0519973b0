/**
 * Seals every secret of the store with a new key: one transaction holds them all, the id of the key and the audit, which names both keys
 * by their ids and never says one. Before it the new key lies durably beside the other, after it takes its place, so that a kill at any
 * moment leaves the key that the store names. Refuses a key that somebody gives by the environment, a key that is missing, and a secret
 * that does not open: nothing is changed then. Source: reliability P33, section 4 (Webhook secrets).
 */
import { readSealed, readSecretsKeyId, setSecretsKeyId } from '#db/queries/sealed.ts';
import type { Statement, Store } from '#db/store.ts';
import { type Refusal, refuse } from '#domain/refusal.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Acting } from '#monitor/context.ts';
import { secretBox } from '#monitor/identity/secret-box.ts';
import { dropNextKey, makeNextKey, openSecretsKey, type SecretsKey, takeNextKey } from '#monitor/identity/secrets-key.ts';
import { auditOf } from './audit.ts';

export interface SecretsContext extends Acting {
  readonly store: Store;
  readonly clock: Clock;
  /** Where the key is: `given` by the environment, or, null, in the data folder. */
  readonly place: { readonly dataDir: string; readonly given: string | null };
  /** From then on whoever runs seals and opens with it. */
  use(key: SecretsKey): void;
}
export interface SecretsRotated {
  /** Ids of keys: they say which, and nothing of it. */
  readonly before: string;
  readonly key: string;
  /** How many were sealed anew. */
  readonly secrets: number;
}

const GIVEN = (): Refusal =>
  refuse(
    'key_given',
    'The key is in the environment (AVOW_SECRETS_KEY), where Avow cannot change it. Stop Avow, write that key into secrets.key in the data folder (chmod 600), take AVOW_SECRETS_KEY out of the environment, and rotate then. If the key is to stay in the environment, put there what secrets.key holds afterwards.',
  );
const MISSING = (known: string | null): Refusal =>
  refuse(
    'no_key',
    known === null
      ? 'There is no key yet, and nothing is sealed. Avow makes one when it is started.'
      : `The key of the secrets in this store (${known}) is missing: secrets.key in the data folder is another, or none. Put it back, or set AVOW_SECRETS_KEY if it lies there.`,
    { key: known },
  );

export const rotateSecrets = (ctx: SecretsContext): Promise<SecretsRotated | Refusal> =>
  ctx.store.exclusive(async () => {
    const { store, place } = ctx;
    if (place.given !== null) return GIVEN();
    const known = await readSecretsKeyId(store);
    const key = openSecretsKey(place.dataDir, null, false, known);
    if (!key || key.id !== known) return MISSING(known);
    const [old, sealed] = [secretBox(key), await readSealed(store)];
    const opened = sealed.map(({ sealed: text, about, replace }) => ({ secret: old.open(text, about), about, replace }));
    const shut = opened.flatMap(({ secret, about }) => (secret === null ? [about] : []));
    if (shut.length > 0)
      return refuse(
        'sealed_otherwise',
        `What is stored for ${shut.slice(0, 5).join(', ')} does not open with the key: it was altered. Nothing was changed. Take it away (a second factor: avow user remove-second-factor), then rotate again.`,
        { about: shut },
      );
    const next = makeNextKey(place.dataDir);
    const box = secretBox(next);
    const anew = opened.map(({ secret, about, replace }): Statement => replace(box.seal(secret ?? '', about)));
    const entry = {
      verb: 'secrets.rotate',
      subject: `key/${next.id}`,
      before: { key: key.id },
      after: { key: next.id, secrets: anew.length },
    };
    await sealedBy(ctx, [...anew, setSecretsKeyId(next.id), ...(await auditOf(ctx, entry))], { key, next });
    ctx.use(next);
    takeNextKey(place.dataDir);
    return { before: key.id, key: next.id, secrets: anew.length };
  });

/** Rejects when the store says that it was not written; where it does not say, both keys stay, and the next start finds out. */
const sealedBy = async (
  { store, place }: SecretsContext,
  statements: readonly Statement[],
  { key, next }: { readonly key: SecretsKey; readonly next: SecretsKey },
): Promise<void> => {
  try {
    await store.write(statements);
  } catch (fault) {
    const named = await readSecretsKeyId(store).catch(() => null);
    if (named === next.id) return;
    if (named === key.id) dropNextKey(place.dataDir);
    throw fault;
  }
};
