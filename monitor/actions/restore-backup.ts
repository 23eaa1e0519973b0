/**
 * Puts a backup in the place of the store: copied beside it and held against its manifest, brought up to date, judged by the doctor
 * (file, references, chain, reports, every span and daily figure from the evidence), and only then moved into place, in one rename. A
 * store that is there is moved aside, never deleted. Notices that waited when the backup was made are dead letters afterwards, unless it is
 * asked otherwise: they may have been sent since, and what they tell of may be long over. Killed at any step, the folder holds the store it had or the restored one.
 * Refuses what is no backup, damaged, newer, or without room. Throws `StoreFault` (`held`) while a process has the store.
 * Source: reliability P29.
 */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { link, mkdir, open, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openStore, settleStore } from '#db/client.ts';
import { readMigrations } from '#db/migrate.ts';
import { auditHash } from '#db/queries/audit.ts';
import { linkHash } from '#db/queries/chain.ts';
import { insertEvent } from '#db/queries/events.ts';
import { countUnqueued, holdOutbox, holdWaiting } from '#db/queries/notices.ts';
import { type Store, StoreFault } from '#db/store.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { ANCHOR_FILE } from './anchor-book.ts';
import { auditOf } from './audit.ts';
import { type BackupManifest, bytesText, hashFile, type OpenBackup, openBackup, syncFolder, tellBytes } from './backup-file.ts';
import { doctorReport } from './doctor.ts';
import type { DoctorReport } from './doctor-types.ts';
import type { Told } from './long-verb.ts';
import { stampOf } from './make-backup.ts';
import { KEY_FILE, keyFromPem } from './report-key.ts';

export interface RestoreRequest {
  /** Absolute paths. */
  readonly file: string;
  readonly dataDir: string;
  /** A store that is there is moved aside. */
  readonly replace: boolean;
  /** Looks at everything and puts nothing in place. */
  readonly check: boolean;
  /** Puts it in place although the doctor found differences. */
  readonly despite: boolean;
  /** Leaves the recomputation from the evidence for later. */
  readonly quick: boolean;
  /** Notices that waited when the backup was made are sent at the next start. */
  readonly sendNotices: boolean;
}
export interface RestoreAnswer {
  readonly manifest: BackupManifest;
  readonly report: DoctorReport;
  /** Where the store that was there lies now; null: there was none, or nothing was put in place. */
  readonly movedTo: string | null;
  readonly placed: boolean;
  readonly tookMs: number;
  /** How many notices that waited are dead letters now. */
  readonly held: number;
  /** Things to do or to know before the start. */
  readonly notes: readonly string[];
}
interface RestoreContext {
  readonly clock: Clock;
}

/** Beside the store, so that what is ready moves into place by a rename. What a killed restore left is removed by the next one. */
const PART = 'restore.part';
const STORE = 'avow.db';
/** Of the store that was there: its log, pages that were made from it, and what was noted of its ends. */
const BESIDE = ['avow.db-wal', 'avow.db-shm', 'snapshot.json', ANCHOR_FILE] as const;
const MARGIN_BYTES = 32 * 1_024 * 1_024;

const refusedAtOnce = async ({ file, dataDir, replace, check }: RestoreRequest, manifest: BackupManifest): Promise<Refusal | null> => {
  const known = readMigrations();
  if (manifest.schema.steps > known.length)
    return refuse(
      'backup_newer',
      `${file} was made by Avow ${manifest.made_by.avow}: its schema is at ${manifest.schema.last}, and this Avow knows ${known.at(-1)?.name}. Restore it with that version or a later one.`,
    );
  const there = join(dataDir, STORE);
  if (!check && !replace && existsSync(there))
    return refuse(
      'store_there',
      `There is a store at ${there} already. With --replace it is moved aside (it is not deleted) and the backup takes its place; or use --data for another folder.`,
    );
  const { bavail, bsize } = await statfs(dataDir);
  const needed = manifest.database.bytes + MARGIN_BYTES;
  return bavail * bsize >= needed
    ? null
    : refuse(
        'no_room',
        `The restored store needs ${bytesText(needed)}, and ${dataDir} has ${bytesText(bavail * bsize)} free. Nothing was changed. Make room first.`,
      );
};

/** The store of the backup under `path`, synced; refused when it is not what the manifest says. */
const copyOut = async ({ file, manifest }: OpenBackup, name: string, path: string, told: Told): Promise<Refusal | null> => {
  const { bytes, sha256 } = manifest.database;
  const tell = tellBytes(told, 'Copying', bytes);
  const copy = await open(path, 'wx', 0o600);
  try {
    const found = await hashFile(file, bytes, async (piece, done) => {
      await copy.write(piece, 0, piece.length, done - piece.length);
      tell(piece, done);
    });
    await copy.sync();
    return found === sha256
      ? null
      : refuse(
          'backup_damaged',
          `${name} is damaged: the store in it has another SHA-256 than its manifest says. Nothing was changed. Use another backup.`,
        );
  } finally {
    await copy.close();
  }
};

/** Whether the ends that the manifest names are still there. */
const endNotes = async (store: Store, { chain, audit }: BackupManifest): Promise<string[]> => [
  ...(chain === null || (await linkHash(store, chain.seq)) === chain.row_hash
    ? []
    : [`The chain of the ledger does not hold link ${chain.seq} as the manifest of the backup names it.`]),
  ...(audit === null || (await auditHash(store, audit.seq)) === audit.row_hash
    ? []
    : [`The audit does not hold row ${audit.seq} as the manifest of the backup names it.`]),
];

const keyNotes = ({ report_keys }: BackupManifest, dataDir: string): string[] => {
  if (report_keys.length === 0) return [];
  const path = join(dataDir, KEY_FILE);
  if (!existsSync(path))
    return [
      `Reports were signed with a key that is not in ${dataDir}. Put your copy at ${path} before the start; without it no month can be made final.`,
    ];
  try {
    const { id } = keyFromPem(readFileSync(path, 'utf8'), path);
    return report_keys.some((key) => key.id === id)
      ? []
      : [`The key at ${path} signed none of the reports in this backup. Put the right one there before the start.`];
  } catch (fault) {
    return [fault instanceof Error ? fault.message : String(fault)];
  }
};

interface Judged {
  readonly report: DoctorReport;
  readonly held: number;
  readonly chain: readonly string[];
}
/** Brings the copy up to date, lets the doctor look, and writes down that and from what it was restored. */
const judge = async (
  { clock }: RestoreContext,
  path: string,
  manifest: BackupManifest,
  { quick, sendNotices }: RestoreRequest,
  told: Told,
): Promise<Judged> => {
  const silent = { info: (): void => undefined, warn: (message: string): void => told({ message, done: 0, total: 0 }) };
  const store = await openStore({
    path,
    clock,
    log: silent,
    progress: ({ name, number, total }) => told({ message: `Bringing the store up to date: ${name}`, done: number, total }),
  });
  try {
    const report = await doctorReport({ store, clock }, told, { alone: true, evidence: !quick });
    const chain = await endNotes(store, manifest);
    const now = clock.now();
    const held = sendNotices ? 0 : await holdNotices(store, now, heldBecause(manifest));
    const restored = { made_at: manifest.made_at, sha256: manifest.database.sha256, differences: report.differences.length, held };
    const entry = { verb: 'store.restore', subject: `store/${store.info.instanceId}`, before: null, after: restored };
    await store.write([insertEvent('restored', now, restored), ...(await auditOf({ store, clock, actor: SOCKET_OWNER }, entry))]);
    return { report, held, chain };
  } finally {
    await store.close();
  }
};

/** What is queued, and what was about to be in the very second of the backup; answers how many deliveries that is. */
const holdNotices = async (store: Store, now: Instant, because: string): Promise<number> => {
  const unqueued = await countUnqueued(store);
  const [queued] = await store.write([holdWaiting(now, because), holdOutbox(because)]);
  return (queued?.rowsAffected ?? 0) + unqueued;
};

/** As the list of dead letters shows it. */
const heldBecause = ({ made_at }: BackupManifest): string =>
  `it waited when the backup of ${made_at} was made; whether it was sent since then, and whether it still holds, nobody knows`;

const seqOf = (line: string, of: 'audit' | 'ledger'): number => {
  try {
    return (JSON.parse(line) as Record<typeof of, { readonly seq: number }>)[of].seq;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
};

/** Of what was noted outside the store that part which speaks of the restored one; notes of later rows stay with the store that has them. */
const keepAnchors = async (dataDir: string, aside: string, { audit, chain }: BackupManifest): Promise<void> => {
  const text = await readFile(join(aside, ANCHOR_FILE), 'utf8').catch(() => null);
  if (text === null) return;
  const lines = text.split('\n').filter((line) => line !== '');
  const later = lines.findIndex((line) => seqOf(line, 'audit') > (audit?.seq ?? 0) || seqOf(line, 'ledger') > (chain?.seq ?? 0));
  const kept = later < 0 ? lines : lines.slice(0, later);
  if (kept.length > 0) await writeFile(join(dataDir, ANCHOR_FILE), `${kept.join('\n')}\n`, { mode: 0o600, flag: 'wx', flush: true });
};

/** A folder that was not there; what another restore moved aside is never touched. */
const newFolder = async (path: string, turn = 1): Promise<string> => {
  const named = turn === 1 ? path : `${path}-${turn}`;
  try {
    await mkdir(named, { mode: 0o700 });
    return named;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    return newFolder(path, turn + 1);
  }
};

/**
 * Moves the new store into place. The old one gets a second name before it loses its first, so that there is a store at every
 * moment; what lies beside it goes first, so that the new one never meets a log that is not its own.
 */
const place = async (dataDir: string, ready: string, stamp: string, manifest: BackupManifest, told: Told): Promise<string | null> => {
  const current = join(dataDir, STORE);
  const say = (message: string): void => told({ message, done: 0, total: 0 });
  if (!existsSync(current)) {
    say('Putting it in place');
    // Never over a store that came into being meanwhile.
    await link(ready, current).catch(async (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EEXIST')
        throw new StoreFault('held', `A store came into being at ${current} meanwhile. Stop what made it, and restore with --replace.`);
      await rename(ready, current);
    });
    await syncFolder(dataDir);
    return null;
  }
  const aside = await newFolder(join(dataDir, `replaced-${stamp}`));
  say(`Moving the store that is there to ${aside}`);
  const linked = await link(current, join(aside, STORE)).then(
    () => true,
    () => false,
  );
  say('Moving what lies beside it');
  for (const name of BESIDE) if (existsSync(join(dataDir, name))) await rename(join(dataDir, name), join(aside, name));
  await syncFolder(aside);
  say('Putting it in place');
  if (!linked) await rename(current, join(aside, STORE));
  await rename(ready, current);
  await keepAnchors(dataDir, aside, manifest);
  say('Writing the names through to the disk');
  await syncFolder(dataDir);
  return aside;
};

/** What the doctor says of a store that was not put in place for it. */
const differs = ({ report, chain }: Judged): Refusal | null => {
  const found = [...chain, ...report.differences.map(({ message }) => message)];
  if (found.length === 0) return null;
  const [first = ''] = found;
  return refuse(
    'store_differs',
    `The store of this backup does not hold: ${first}${found.length > 1 ? ` And ${found.length - 1} more.` : ''} Nothing was changed. Use an earlier backup, or put this one in place all the same with --despite-differences.`,
    { differences: found },
  );
};

export const restoreBackup = async (ctx: RestoreContext, request: RestoreRequest, told: Told): Promise<RestoreAnswer | Refusal> => {
  const { file, dataDir, replace, check, despite } = request;
  const startUs = ctx.clock.monotonicUs();
  const opened = await openBackup(file);
  if (isRefusal(opened)) return opened;
  await using backup = opened;
  const { manifest } = backup;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const refused = await refusedAtOnce(request, manifest);
  if (refused) return refused;
  const current = join(dataDir, STORE);
  if (!check && replace && existsSync(current)) await settleOld(current);
  const part = join(dataDir, PART);
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { mode: 0o700 });
  try {
    const ready = join(part, STORE);
    told({ message: `Copying ${bytesText(manifest.database.bytes)}`, done: 0, total: 0 });
    const damaged = await copyOut(backup, file, ready, told);
    if (damaged) return damaged;
    const judged = await judge(ctx, ready, manifest, request, told);
    if (!check && !despite) {
      const no = differs(judged);
      if (no) return no;
    }
    const movedTo = check ? null : await place(dataDir, ready, stampOf(ctx.clock.now()), manifest, told);
    const { report, held, chain } = judged;
    const tookMs = Math.round((ctx.clock.monotonicUs() - startUs) / 1_000);
    return { manifest, report, movedTo, placed: !check, tookMs, held, notes: [...chain, ...keyNotes(manifest, dataDir)] };
  } finally {
    await rm(part, { recursive: true, force: true });
  }
};

/** What the log of the old store holds goes into the file, and nobody has it; an old store that is damaged is what restores are for. */
const settleOld = async (path: string): Promise<void> => {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  try {
    await settleStore(path);
  } catch (fault) {
    if (fault instanceof StoreFault && fault.kind !== 'held') return;
    throw fault;
  }
};
