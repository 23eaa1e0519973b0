/**
 * The book of anchors: `audit-anchors.jsonl` in the data folder, one sealed anchor a line, only ever added to and forced to the disk. The
 * seal is HMAC-SHA256 with a key that is not in the store: derived from AVOW_SECRETS_KEY where that is set, which an intruder who has
 * the data folder does not have, else `audit-anchor.key` beside the book (0600), which keeps out whoever has the store file alone.
 * Each line is also written to the log, so that it stands where the folder's owner does not reach. Source: reliability P18.
 */
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Anchor, anchorText, type SealedAnchor } from '#domain/access/anchor.ts';

export const ANCHOR_FILE = 'audit-anchors.jsonl';
export const ANCHOR_KEY_FILE = 'audit-anchor.key';

export interface ReadAnchors {
  /** Those whose seal holds, in the order of the book. */
  readonly anchors: readonly SealedAnchor[];
  /** A sentence for each line that is none, or whose seal or place is wrong. */
  readonly faults: readonly string[];
  /** How many were sealed with a key that is not at hand: they say nothing. */
  readonly otherKeys: number;
}
export interface AnchorBook {
  /** Seals, adds and answers the next anchor. */
  add(anchor: Omit<Anchor, 'key' | 'prev'>): SealedAnchor;
  read(): ReadAnchors;
}

const readKey = (dataDir: string, secretsKey: string | null): Uint8Array => {
  if (secretsKey !== null) return new Uint8Array(hkdfSync('sha256', secretsKey, '', 'avow audit anchor', 32));
  const path = join(dataDir, ANCHOR_KEY_FILE);
  if (!existsSync(path)) append(path, `${randomBytes(32).toString('hex')}\n`, 'wx');
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
  if (key.length !== 32) throw new Error(`${path} is no key: it must hold 64 hex digits. Restore it from a backup.`);
  return key;
};

const append = (path: string, text: string, flags: 'a' | 'wx'): void => {
  const file = openSync(path, flags, 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

const isHead = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'seq' in value && Number.isInteger(value.seq) && 'hash' in value;
const parse = (line: string): SealedAnchor | null => {
  try {
    const anchor = JSON.parse(line) as SealedAnchor;
    const whole = isHead(anchor.audit) && isHead(anchor.ledger) && typeof anchor.seal === 'string' && Number.isInteger(anchor.at);
    return whole ? anchor : null;
  } catch {
    return null;
  }
};

const sameSeal = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** The book of a data folder; throws when its key cannot be used. */
export const openAnchorBook = (dataDir: string, secretsKey: string | null): AnchorBook => {
  const path = join(dataDir, ANCHOR_FILE);
  const secret = readKey(dataDir, secretsKey);
  const seal = (text: string): string => createHmac('sha256', secret).update(text, 'utf8').digest('hex');
  const key = seal('which key this is').slice(0, 16);
  const lines = (): string[] => (existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []);
  const read = (): ReadAnchors => {
    const anchors: SealedAnchor[] = [];
    const faults: string[] = [];
    let otherKeys = 0;
    let prev: string | null | undefined;
    const all = lines();
    for (const [i, line] of all.entries()) {
      if (line === '') continue;
      const anchor = parse(line);
      const where = `Line ${i + 1} of ${ANCHOR_FILE}`;
      // Avow was killed while it wrote this one.
      if (!anchor && i === all.length - 1) continue;
      if (!anchor) faults.push(`${where} is no anchor. The file was edited.`);
      else if (anchor.key !== key) otherKeys++;
      else if (!sameSeal(seal(anchorText(anchor)), anchor.seal))
        faults.push(`${where} does not bear the seal of this Avow. It was edited.`);
      else {
        if (anchor.prev !== (prev ?? null)) faults.push(`${where} does not follow the one before it. Lines were taken out or exchanged.`);
        anchors.push(anchor);
      }
      prev = anchor?.seal ?? prev;
    }
    return { anchors, faults, otherKeys };
  };
  const lastSeal = (): string | null => {
    const last = lines().findLast((line) => parse(line) !== null);
    return last === undefined ? null : (parse(last)?.seal ?? null);
  };
  return {
    read,
    add: (given) => {
      const anchor: Anchor = { ...given, key, prev: lastSeal() };
      const sealed: SealedAnchor = { ...anchor, seal: seal(anchorText(anchor)) };
      // Avow was killed while it wrote the last line: what is there of it goes.
      const all = lines();
      if (all.length > 0 && all.at(-1) !== '')
        truncateSync(path, Buffer.byteLength(all.slice(0, -1).join('\n')) + (all.length > 1 ? 1 : 0));
      append(path, `${JSON.stringify(sealed)}\n`, 'a');
      return sealed;
    },
  };
};
