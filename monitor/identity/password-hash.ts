/**
 * Passwords at rest: Argon2id, 19 MiB, two passes, one lane (about 50 ms), as a PHC string with a salt of its own. A hash of other
 * parameters is still checked by its own, and made anew at the next sign-in. Source: reliability section 4 (Passwords); ASVS 11.4.2.
 */
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';

export interface HashCost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
}
export const HASH_COST: HashCost = { memory: 19_456, passes: 2, lanes: 1 };
const SALT_BYTES = 16;
const TAG_BYTES = 32;
/** More than this no string of ours asks for: a row that was altered does not take the machine. */
const MOST: HashCost = { memory: 262_144, passes: 10, lanes: 4 };

const PHC =
  /^\$argon2id\$v=19\$m=(?<memory>\d{1,7}),t=(?<passes>\d{1,3}),p=(?<lanes>\d{1,2})\$(?<salt>[A-Za-z0-9+/]{11,86})\$(?<tag>[A-Za-z0-9+/]{22,86})$/;

const derive = (password: string, salt: Uint8Array, { memory, passes, lanes }: HashCost, tagLength: number): Promise<Buffer> => {
  const parameters: Argon2Parameters = { message: password, nonce: salt, memory, passes, parallelism: lanes, tagLength };
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (fault, tag) => (fault ? reject(fault) : resolve(tag)));
  });
};
const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

interface Read {
  readonly cost: HashCost;
  readonly salt: Buffer;
  readonly tag: Buffer;
}
const read = (phc: string): Read | null => {
  const parts = PHC.exec(phc)?.groups;
  if (!parts) return null;
  const cost: HashCost = { memory: Number(parts['memory']), passes: Number(parts['passes']), lanes: Number(parts['lanes']) };
  const isBearable = cost.memory <= MOST.memory && cost.passes <= MOST.passes && cost.lanes <= MOST.lanes;
  return isBearable ? { cost, salt: Buffer.from(String(parts['salt']), 'base64'), tag: Buffer.from(String(parts['tag']), 'base64') } : null;
};

/** As typed, byte for byte: nothing is trimmed, folded or cut. */
export const hashPassword = async (password: string, cost: HashCost = HASH_COST): Promise<string> => {
  const salt = randomBytes(SALT_BYTES);
  const tag = await derive(password, salt, cost, TAG_BYTES);
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.lanes}$${base64(salt)}$${base64(tag)}`;
};

/** Always takes the time of the hash. Throws for a string that is no PHC string of ours. */
export const isPassword = async (password: string, phc: string): Promise<boolean> => {
  const known = read(phc);
  if (!known)
    throw new Error('A password of the store is in no form that Avow knows. Give that person a new one: avow user reset-password.');
  return timingSafeEqual(await derive(password, known.salt, known.cost, known.tag.length), known.tag);
};

export const isOutdated = (phc: string, cost: HashCost = HASH_COST): boolean => {
  const known = read(phc);
  return !known || known.cost.memory !== cost.memory || known.cost.passes !== cost.passes || known.cost.lanes !== cost.lanes;
};
