/**
 * Who was told of what, noted outside the store, for what is told while there is none: since when, why, and which channels took it. It lies
 * in the data folder; where that takes no note (full, read-only), in a spare folder, so that a supervisor that starts Avow again and again
 * wakes nobody twice. A note that another user of the machine has put there is none.
 */
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, rmSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { z } from 'zod';

export const MOST_REASON = 2_000;
const schema = z.object({
  /** Instant, ms. */
  since: z.int(),
  message: z.string().max(MOST_REASON),
  told: z.array(z.string()),
  /** Of the process that holds the store: it answers. */
  answers: z.boolean().optional(),
});
export type ToldNote = z.output<typeof schema>;

export interface NoteFolders {
  readonly dataDir: string;
  readonly spare: string;
}
/** What systemd keeps for the service over its restarts, else where everybody may write. */
export const spareFolder = (env: Readonly<Record<string, string | undefined>>): string =>
  env['RUNTIME_DIRECTORY']?.split(':')[0] || tmpdir();

export interface NoteBook {
  read(): ToldNote | null;
  /** Rejects where neither folder takes it. */
  write(note: ToldNote): Promise<void>;
  forget(): void;
}

export const noteBook = ({ dataDir, spare }: NoteFolders, name: string): NoteBook => {
  const own = join(dataDir, name);
  const elsewhere = join(spare, `avow-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}-${name}`);
  const readAt = (path: string): ToldNote | null => {
    try {
      const { uid } = lstatSync(path);
      if (process.getuid && uid !== process.getuid()) return null;
      return schema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null;
    } catch {
      return null;
    }
  };
  const writeAt = async (path: string, note: ToldNote): Promise<void> => {
    const part = `${path}.part`;
    await rm(part, { force: true });
    // Never through a link that somebody has laid there.
    await writeFile(part, `${JSON.stringify(note)}\n`, { mode: 0o600, flag: 'wx', flush: true });
    await rename(part, path);
  };
  return {
    // The newer one: the data folder may have become read-only after a note of an earlier trouble.
    read: () => {
      const [first, second] = [readAt(own), readAt(elsewhere)];
      return first && second ? (second.since > first.since ? second : first) : (first ?? second);
    },
    write: (note) => writeAt(own, note).catch(() => writeAt(elsewhere, note)),
    forget: () => {
      for (const path of [own, elsewhere])
        try {
          rmSync(path, { force: true });
        } catch {
          // It cannot be removed: at most somebody is not told twice.
        }
    },
  };
};
