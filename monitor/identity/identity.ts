/**
 * What proving who one is needs besides the store, in memory for as long as Avow runs: limits on guessing, room for hashing, the key of
 * secrets, known devices, tickets between password and code, the set-up link. One per process. Source: reliability section 4, P13, ADR 0018.
 */
import { readSealed, readSecretsKeyId, setSecretsKeyId } from '#db/queries/sealed.ts';
import type { Store } from '#db/store.ts';
import { HOUR, MINUTE } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Log } from '#monitor/context.ts';
import { type Flood, flood } from './flood.ts';
import { type GuessLimit, guessLimit } from './guess-limit.ts';
import { type HashRoom, hashRoom } from './hash-room.ts';
import { type KnownDevices, knownDevices } from './known-device.ts';
import { HASH_COST, type HashCost, hashPassword } from './password-hash.ts';
import { newSecret } from './secret.ts';
import { type SecretBox, secretBox } from './secret-box.ts';
import { openSecretsKey, type SecretsKey } from './secrets-key.ts';
import { type SetUpLink, setUpLink } from './set-up-link.ts';
import { type WaitingCodes, waitingCodes } from './waiting-codes.ts';

/** Where links lead, once somebody listens. */
export interface Origins {
  /** Where people type the console. */
  console(): string;
  /** Where the first admin is made: at this machine, unless that is allowed from others. */
  setUp(): string;
}
export interface Identity {
  /** Null: nobody listens (a verb without a server). */
  readonly origins: Origins | null;
  readonly setUp: SetUpLink;
  /** Null: the key that sealed what is stored is missing. */
  readonly box: SecretBox | null;
  readonly devices: KnownDevices;
  /** The store is sealed with another key by now. Devices that the one before vouched for are strangers. */
  useKey(key: SecretsKey): void;
  readonly waiting: WaitingCodes;
  readonly room: HashRoom;
  readonly cost: HashCost;
  /** Guesses by address (or /64), … */
  readonly byAddress: GuessLimit;
  /** … at somebody who is known: there are no more keys than people, so that no flood makes us forget one; … */
  readonly byPerson: GuessLimit;
  /** … at nobody, whose addresses anybody can think of; … */
  readonly byNobody: GuessLimit;
  /** … by whoever has signed in before, from a known device or in a session, whose names we give; … */
  readonly byKnown: GuessLimit;
  /** … at the link that makes the first admin, by address. */
  readonly bySetUp: GuessLimit;
  readonly refusals: Flood;
  /** A hash that no password has, of today's cost: what is checked for nobody. */
  nobodysHash(): Promise<string>;
}

const ACCOUNT_GUESSES = 5;
const ADDRESS_GUESSES = 20;
const GUESS_WINDOW_MS = 15 * MINUTE;
const SET_UP_GUESSES = 5;
const REFUSALS_TOLD_PER_MINUTE = 10;

export interface IdentityParts {
  readonly clock: Clock;
  /** Null: nothing is written there (a verb without a server). */
  readonly dataDir: string | null;
  readonly key: SecretsKey | null;
  readonly origins: Origins | null;
  readonly cost?: HashCost;
}

export const createIdentity = ({ clock, dataDir, key, origins, cost = HASH_COST }: IdentityParts): Identity => {
  let nobodys: Promise<string> | null = null;
  const by = (held: SecretsKey | null) => ({ box: held && secretBox(held), devices: knownDevices(held) });
  let held = by(key);
  return {
    origins,
    setUp: setUpLink(dataDir, () => origins?.setUp() ?? ''),
    get box() {
      return held.box;
    },
    get devices() {
      return held.devices;
    },
    useKey(next) {
      held = by(next);
    },
    waiting: waitingCodes(),
    room: hashRoom(),
    cost,
    byAddress: guessLimit(clock, ADDRESS_GUESSES, GUESS_WINDOW_MS),
    byPerson: guessLimit(clock, ACCOUNT_GUESSES, GUESS_WINDOW_MS, { keys: Number.POSITIVE_INFINITY }),
    byNobody: guessLimit(clock, ACCOUNT_GUESSES, GUESS_WINDOW_MS),
    byKnown: guessLimit(clock, ACCOUNT_GUESSES, GUESS_WINDOW_MS),
    bySetUp: guessLimit(clock, SET_UP_GUESSES, HOUR),
    refusals: flood(clock, REFUSALS_TOLD_PER_MINUTE),
    nobodysHash: () => {
      nobodys ??= hashPassword(newSecret(), cost);
      return nobodys;
    },
  };
};

/**
 * The key of this store, made at the first start. Null, with a sentence in the log, when another sealed what is stored: Avow goes on,
 * and whoever has a second factor signs in with a recovery code, or has it taken away.
 */
export const openStoreKey = async (
  store: Store,
  dataDir: string,
  given: string | null,
  log: Pick<Log, 'warn'>,
): Promise<SecretsKey | null> => {
  const known = await readSecretsKeyId(store);
  const isSealed = (await readSealed(store)).length > 0;
  let key: SecretsKey | null;
  try {
    key = openSecretsKey(dataDir, given, known === null || !isSealed, known);
  } catch (fault) {
    log.warn(fault instanceof Error ? fault.message : String(fault), { dataDir });
    key = null;
  }
  const isOther = key !== null && known !== null && known !== key.id;
  if (!key || (isOther && isSealed)) {
    log.warn(
      'The key of the secrets in this store is missing: AVOW_SECRETS_KEY or secrets.key in the data folder. Put it back. Until then codes of second factors cannot be checked; recovery codes can.',
      { dataDir, key: known },
    );
    return null;
  }
  if (known !== key.id) await store.write([setSecretsKeyId(key.id)]);
  return key;
};
