/** Whether records are whole, and what was copied of the store, as documents for programs: keys in snake_case, lengths in ms. */
import type { BackupAnswer } from '#monitor/actions/make-backup.ts';
import type { RestoreAnswer } from '#monitor/actions/restore-backup.ts';
import type { RecordsReport } from '#monitor/actions/verify-records.ts';

type Document = Readonly<Record<string, unknown>>;

export const recordsDocument = ({ ok, faults, firstWrong, rows, notes }: RecordsReport): Document => ({
  ok,
  faults,
  first_wrong: firstWrong,
  rows,
  notes,
});

export const backupDocument = ({ path, folderMade, bytes, manifest, tookMs, waitedMs }: BackupAnswer): Document => ({
  path,
  folder_made: folderMade,
  bytes,
  took_ms: tookMs,
  waited_ms: waitedMs,
  manifest,
});

export const restoreDocument = ({ manifest, report, movedTo, placed, tookMs, held, notes }: RestoreAnswer): Document => ({
  placed,
  moved_to: movedTo,
  took_ms: tookMs,
  held_notices: held,
  manifest,
  report,
  notes,
});
