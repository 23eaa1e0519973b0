/**
 * The file of a backup: a SQLite file as SQLite wrote it, behind its last page a manifest (JSON), and a last line that says how long the
 * manifest is and its SHA-256. SQLite reads by the length in its own header, so any SQLite opens a backup as it is; `tail` shows the
 * manifest. What was cut short has no last line, and what was changed has another hash. Paths and bytes in, values or refusals out.
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import { type Refusal, refuse } from '#domain/refusal.ts';
import { shortened, unreadableWords } from '#monitor/config/fault.ts';
import type { Told } from './long-verb.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const end = z.object({ seq: z.int().min(1), row_hash: hash });
const manifest = z.object({
  avow_backup: z.literal(1),
  made_at: z.iso.datetime(),
  made_by: z.object({ avow: z.string(), sqlite: z.string() }),
  instance_id: z.string(),
  /** The last step of the schema, and how many there are: an Avow that knows fewer cannot read the store. */
  schema: z.object({ last: z.string(), steps: z.int().min(1) }),
  /** What lies before the manifest. */
  database: z.object({ bytes: z.int().min(512), sha256: hash }),
  /** The ends of the ledger's chain and of the audit in it, null before the first: a later store must still hold them. */
  chain: end.nullable(),
  audit: end.nullable(),
  /** Public halves of the keys that signed reports. */
  report_keys: z.array(z.object({ id: hash, public_pem: z.string() })),
  not_included: z.array(z.string()),
});
export type BackupManifest = z.output<typeof manifest>;

/** What no backup holds, as its manifest says it. */
export const NOT_INCLUDED: readonly string[] = [
  'report-key.pem of the data folder, the private key that signs reports: keep a copy where the backups are not',
  'AVOW_SECRETS_KEY, or secrets.key of the data folder, without which stored secrets cannot be read: likewise',
  'audit-anchors.jsonl and audit-anchor.key of the data folder, which say where audit and ledger ended: likewise',
  'avow.yaml and the environment: keep them where you keep configuration',
];

/** A named pipe that nobody writes would hold an open without O_NONBLOCK for ever. */
const READ = constants.O_RDONLY | constants.O_NONBLOCK;
const MAGIC = 'SQLite format 3\0';
/** `AVOW-BACKUP 1 000000001234 <sha256 of the manifest>` on a line of its own. */
const LAST_LINE = /^\nAVOW-BACKUP 1 (\d{12}) ([0-9a-f]{64})\n$/;
const LAST_LINE_BYTES = 93;
const MOST_MANIFEST_BYTES = 1_024 * 1_024;
/** Between two turns of the event loop: hashed in about a millisecond. */
const PIECE_BYTES = 1_024 * 1_024;

export const sha256OfText = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
/** `1.2 GB`, `68.1 MB`, `340 kB`: decimal, as disks are sold. */
export const bytesText = (bytes: number): string => {
  const [size, unit] = bytes >= 1e9 ? [1e9, 'GB'] : bytes >= 1e6 ? [1e6, 'MB'] : [1e3, 'kB'];
  return `${(bytes / size).toFixed(unit === 'kB' ? 0 : 1)} ${unit}`;
};

/** Reads `file` from its beginning to `end` a piece at a time, answers its SHA-256, and hands each piece on. */
export const hashFile = async (
  file: FileHandle,
  end: number,
  each: (piece: Uint8Array, done: number) => Promise<unknown> | undefined,
): Promise<string> => {
  const hashing = createHash('sha256');
  const buffer = Buffer.alloc(PIECE_BYTES);
  for (let done = 0; done < end; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(PIECE_BYTES, end - done), done);
    if (bytesRead === 0) throw new Error(`The file ended after ${done} of ${end} bytes.`);
    const piece = buffer.subarray(0, bytesRead);
    hashing.update(piece);
    done += bytesRead;
    await each(piece, done);
  }
  return hashing.digest('hex');
};
/** Progress about once in this many bytes. */
export const tellEvery = 256 * 1_024 * 1_024;
export const tellBytes = (told: Told, doing: string, total: number): ((piece: Uint8Array, done: number) => undefined) => {
  let next = tellEvery;
  return (_, done) => {
    if (done < next) return;
    next += tellEvery;
    told({ message: `${doing}: ${bytesText(done)} of ${bytesText(total)}`, done: 0, total: 0 });
  };
};

/** What stands behind the last page. */
export const endingOf = (about: BackupManifest): Buffer => {
  const text = Buffer.from(`\n${JSON.stringify(about, null, 2)}`);
  return Buffer.concat([text, Buffer.from(`\nAVOW-BACKUP 1 ${String(text.length).padStart(12, '0')} ${sha256OfText(text)}\n`)]);
};

export interface OpenBackup extends AsyncDisposable {
  readonly file: FileHandle;
  readonly manifest: BackupManifest;
}

const piece = async (file: FileHandle, from: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
  return buffer.subarray(0, bytesRead);
};

/** Whether the file begins as every SQLite file does. */
export const looksLikeBackup = async (path: string): Promise<boolean> => {
  const file = await open(path, READ).catch(() => null);
  if (!file) return false;
  try {
    return (await file.stat()).isFile() && (await piece(file, 0, MAGIC.length)).toString('latin1') === MAGIC;
  } finally {
    await file.close();
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const readManifest = async (path: string, file: FileHandle): Promise<BackupManifest | Refusal> => {
  const { size } = await file.stat();
  const begins = (await piece(file, 0, MAGIC.length)).toString('latin1') === MAGIC;
  const [, length = '', sha256 = ''] =
    LAST_LINE.exec((await piece(file, Math.max(0, size - LAST_LINE_BYTES), LAST_LINE_BYTES)).toString('latin1')) ?? [];
  if (!begins && length === '') return refuse('not_a_backup', `${path} is no backup of Avow. \`avow backup\` makes one.`);
  if (length === '')
    return refuse(
      'backup_damaged',
      `${path} is a SQLite file without the end of a backup: it was cut short, or \`avow backup\` did not make it.`,
    );
  const bytes = Number(length);
  const start = size - LAST_LINE_BYTES - bytes;
  const text = bytes > MOST_MANIFEST_BYTES || start < 0 ? Buffer.alloc(0) : await piece(file, start, bytes);
  if (sha256OfText(text) !== sha256) return refuse('backup_damaged', `${path} is damaged: its manifest is not the one that was written.`);
  const read = manifest.safeParse(parsed(text.toString()));
  if (!read.success)
    return refuse(
      'backup_newer',
      `${path} was written by another version of Avow, in a form that this one does not know (${shortened(read.error.issues[0]?.message ?? '', 200)}). Use that version or a later one.`,
    );
  if (!begins || read.data.database.bytes !== start)
    return refuse(
      'backup_damaged',
      `${path} is damaged: its manifest speaks of ${read.data.database.bytes} bytes, and ${start} lie before it.`,
    );
  return read.data;
};

/** The backup at `path` with its manifest; refused for what is none, was cut short, or has another form. The store in it is not judged. */
export const openBackup = async (path: string): Promise<OpenBackup | Refusal> => {
  let file: FileHandle;
  try {
    file = await open(path, READ);
  } catch (cause) {
    return refuse('not_a_backup', unreadableWords(path, cause));
  }
  const close = (): Promise<void> => file.close();
  const isFile = (await file.stat()).isFile();
  const read = isFile ? await readManifest(path, file) : refuse('not_a_backup', `${path} is no file.`);
  if ('refused' in read) {
    await close();
    return read;
  }
  return { file, manifest: read, [Symbol.asyncDispose]: close };
};

/** Makes the names in a folder durable. */
export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
