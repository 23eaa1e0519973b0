/**
 * The key under which secrets lie in the store: `AVOW_SECRETS_KEY`, or 32 random bytes in `secrets.key` of the data folder (0600), made
 * when the first secret is kept. The store never holds it. A key that is missing although secrets were sealed with one is told, never
 * silently replaced: what it sealed cannot be read without it. Source: reliability section 4 (Webhook secrets), P33.
 */
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

export const SECRETS_KEY_FILE = 'secrets.key';
const LEAST_CHARACTERS = 32;

/** What a key is used for: nothing learnt of one helps with another. */
type Purpose = 'seal' | 'device' | 'audit';
export interface SecretsKey {
  /** 16 hex digits that say which key it is, and nothing of it. */
  readonly id: string;
  /** 32 bytes. */
  keyFor(purpose: Purpose): Uint8Array;
}

export const secretsKeyOf = (text: string): SecretsKey => {
  const derive = (info: string): Buffer => Buffer.from(hkdfSync('sha256', text, '', `avow ${info}`, 32));
  return { id: createHash('sha256').update(derive('name')).digest('hex').slice(0, 16), keyFor: derive };
};

/** Written whole or not at all. */
const writeNew = (path: string, text: string): void => {
  const temporary = `${path}.${process.pid}.tmp`;
  rmSync(temporary, { force: true });
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
};

/**
 * `given`: AVOW_SECRETS_KEY, or null. The key of the folder is made when there is none and `mayMake`; null: none, and none may be
 * made. Throws a sentence for a file that holds no key.
 */
export const openSecretsKey = (dataDir: string, given: string | null, mayMake: boolean): SecretsKey | null => {
  if (given !== null) return secretsKeyOf(given);
  const path = join(dataDir, SECRETS_KEY_FILE);
  if (!existsSync(path)) {
    if (!mayMake) return null;
    writeNew(path, `${randomBytes(32).toString('base64url')}\n`);
  }
  const text = readFileSync(path, 'utf8').trim();
  if (text.length < LEAST_CHARACTERS) throw new Error(`${path} holds no key. Restore it from a backup.`);
  return secretsKeyOf(text);
};
