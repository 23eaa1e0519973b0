/**
 * The key under which secrets lie in the store: `AVOW_SECRETS_KEY`, or 32 random bytes in `secrets.key` of the data folder (0600), made
 * when the first secret is kept. The store never holds it. A key that is missing although secrets were sealed with one is told, never
 * silently replaced: what it sealed cannot be read without it. A key of the folder is rotated (rotate-secrets.ts). Source: reliability
 * section 4 (Webhook secrets), P33.
 */
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fchownSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

export const SECRETS_KEY_FILE = 'secrets.key';
/** Holds the key that follows while a rotation runs, and after one that was cut off until the next start. */
export const NEXT_KEY_FILE = 'secrets-next.key';
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

/** On the disk under its name, also when the power goes. */
const keepFolder = (path: string): void => {
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};
const temporaryOf = (path: string): string => `${path}.tmp`;
/** Written whole or not at all, for its owner alone: whoever owns `like`, where somebody else writes it for them. */
const writeNew = (path: string, text: string, like: string | null = null): void => {
  const temporary = temporaryOf(path);
  rmSync(temporary, { force: true });
  const file = openSync(temporary, 'wx', 0o600);
  try {
    const owner = like === null ? null : statSync(like, { throwIfNoEntry: false });
    if (owner && process.geteuid?.() === 0) fchownSync(file, owner.uid, owner.gid);
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  keepFolder(path);
};
const newKeyText = (): string => randomBytes(32).toString('base64url');
/** Null: there is no such file. Throws a sentence for one that holds no key. */
const readKeyFile = (path: string): SecretsKey | null => {
  if (!existsSync(path)) return null;
  const text = readFileSync(path, 'utf8').trim();
  if (text.length < LEAST_CHARACTERS) throw new Error(`${path} holds no key. Restore it from a backup.`);
  return secretsKeyOf(text);
};

/**
 * A rotation in three steps, each of which may be the last: the key that follows is made beside the other (`makeNextKey`), the store is
 * sealed with it and says so in one transaction, it takes the place of the other (`takeNextKey`). Whichever of the two the store names
 * is there at any moment.
 */
export const makeNextKey = (dataDir: string): SecretsKey => {
  const text = newKeyText();
  writeNew(join(dataDir, NEXT_KEY_FILE), `${text}\n`, join(dataDir, SECRETS_KEY_FILE));
  return secretsKeyOf(text);
};
export const takeNextKey = (dataDir: string): void => {
  const path = join(dataDir, SECRETS_KEY_FILE);
  renameSync(join(dataDir, NEXT_KEY_FILE), path);
  keepFolder(path);
};
/** The store was not sealed with it. */
export const dropNextKey = (dataDir: string): void => rmSync(join(dataDir, NEXT_KEY_FILE), { force: true });

/** What a rotation that was cut off has left: the key that the store names takes its place, one that it never came to name goes. */
const settle = (dataDir: string, known: string | null): void => {
  const path = join(dataDir, NEXT_KEY_FILE);
  rmSync(temporaryOf(path), { force: true });
  const next = readKeyFile(path);
  if (!next) return;
  if (next.id === known) takeNextKey(dataDir);
  else if (known === null || readKeyFile(join(dataDir, SECRETS_KEY_FILE))?.id === known) dropNextKey(dataDir);
};

/**
 * `given`: AVOW_SECRETS_KEY, or null. `known`: the id of the key that the store names, null: none. The key of the folder is made when
 * there is none and `mayMake`; null: none, and none may be made. Throws a sentence for a file that holds no key.
 */
export const openSecretsKey = (dataDir: string, given: string | null, mayMake: boolean, known: string | null = null): SecretsKey | null => {
  if (given !== null) return secretsKeyOf(given);
  settle(dataDir, known);
  const path = join(dataDir, SECRETS_KEY_FILE);
  if (mayMake && !existsSync(path)) writeNew(path, `${newKeyText()}\n`);
  return readKeyFile(path);
};
