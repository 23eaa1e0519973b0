/**
 * Whether a backup is what was written: its end is there, its manifest is whole, and the store before it has the hash that the
 * manifest names. Needs no data folder and opens no store; what the store says of itself is judged when it is restored.
 */
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { type BackupManifest, bytesText, hashFile, openBackup, tellBytes } from './backup-file.ts';
import type { Told } from './long-verb.ts';

export interface BackupFinding {
  readonly what: 'file' | 'hash' | 'store' | 'schema';
  readonly ok: boolean | null;
  readonly says: string;
}
export interface VerifiedBackup {
  readonly ok: boolean;
  readonly manifest: BackupManifest;
  readonly findings: readonly BackupFinding[];
}

/** `steps`: how many steps of the schema this Avow knows. */
export const verifyBackup = async (path: string, steps: number, told: Told): Promise<VerifiedBackup | Refusal> => {
  const backup = await openBackup(path);
  if (isRefusal(backup)) return backup;
  await using open = backup;
  const { manifest } = open;
  const { bytes, sha256 } = manifest.database;
  const same = (await hashFile(open.file, bytes, tellBytes(told, 'Hashing', bytes))) === sha256;
  const newer = manifest.schema.steps > steps;
  const findings: BackupFinding[] = [
    {
      what: 'file',
      ok: true,
      says: `Made at ${manifest.made_at} by Avow ${manifest.made_by.avow} of the store ${manifest.instance_id}, ${bytesText(bytes)}.`,
    },
    {
      what: 'hash',
      ok: same,
      says: same
        ? `SHA-256 ${sha256}, as its manifest says.`
        : 'The store in it has another SHA-256 than its manifest says: the file was damaged or changed.',
    },
    {
      what: 'schema',
      ok: !newer,
      says: newer
        ? `Its schema is at ${manifest.schema.last}, newer than this Avow knows. Restore it with Avow ${manifest.made_by.avow} or a later one.`
        : `Its schema is at ${manifest.schema.last}, which this Avow can read.`,
    },
    {
      what: 'store',
      ok: null,
      says: 'What the store says of itself is judged by a restore; `avow restore FILE --check` restores it aside, looks, and puts nothing in place.',
    },
  ];
  return { ok: same && !newer, manifest, findings };
};
