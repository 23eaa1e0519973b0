/**
 * The key that signs final reports: Ed25519, made at the first start, in the data folder, readable by its owner alone. A key
 * that is missing although reports were signed with it is told, never silently replaced: whoever relies on the old one must
 * learn of the new one. Source: semantics D5.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export const KEY_FILE = 'report-key.pem';

export interface ReportKey {
  /** SHA-256 of the public half (SPKI), hex. */
  readonly id: string;
  readonly publicPem: string;
  /** 64 bytes. */
  sign(text: string): Uint8Array;
}

const publicOf = (half: KeyObject): { readonly id: string; readonly publicPem: string } => ({
  id: createHash('sha256')
    .update(half.export({ type: 'spki', format: 'der' }))
    .digest('hex'),
  publicPem: half.export({ type: 'spki', format: 'pem' }).toString(),
});

/** A key from its private PEM. Throws a sentence for what is no Ed25519 key. */
export const keyFromPem = (pem: string, source: string): ReportKey => {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw new Error(`${source} is no private key. Restore it from a backup.`, { cause });
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${source} is a key of another kind; reports are signed with Ed25519.`);
  return { ...publicOf(createPublicKey(key)), sign: (text) => sign(null, Buffer.from(text, 'utf8'), key) };
};

/** Written whole or not at all, 0600; an existing file is never touched. */
const writeNew = (path: string, pem: string): void => {
  const temporary = `${path}.${process.pid}.tmp`;
  // A process killed here leaves it behind, and in a container the next one has the same number.
  rmSync(temporary, { force: true });
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(file, pem);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
};

/** The key of a data folder, made when there is none and `mayMake`; null: none, and none may be made. */
export const openReportKey = (dataDir: string, mayMake: boolean): ReportKey | null => {
  const path = join(dataDir, KEY_FILE);
  if (!existsSync(path)) {
    if (!mayMake) return null;
    writeNew(path, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  }
  return keyFromPem(readFileSync(path, 'utf8'), path);
};

/** The id of a public key in PEM; null when it is no Ed25519 public key. */
export const publicKeyId = (pem: string): string | null => {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? publicOf(key).id : null;
  } catch {
    return null;
  }
};

/** Whether `signature` is of `text` by the key; false for anything that is not even a key. */
export const isSignedBy = (publicPem: string, text: string, signature: Uint8Array): boolean => {
  try {
    return verify(null, Buffer.from(text, 'utf8'), createPublicKey(publicPem), signature);
  } catch {
    return false;
  }
};

export const sha256Hex = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
