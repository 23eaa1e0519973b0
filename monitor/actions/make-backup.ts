/**
 * Makes a backup of the store while it works: a copy as of one instant (page for page by the one connection; commits wait meanwhile,
 * in the recorder's queue; of a stopped Avow without the free pages), hashed, with its manifest behind it, synced, and only then given its name. Overwrites nothing; what a
 * killed backup left is removed by the next one. Refuses a place without room before it begins. Source: reliability P29, house.md.
 */
import { statSync } from 'node:fs';
import { type FileHandle, link, mkdir, open, rename, rm, rmdir, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { readAuditHead } from '#db/queries/audit.ts';
import { readHead } from '#db/queries/chain.ts';
import { insertEvent } from '#db/queries/events.ts';
import { readReportKeys } from '#db/queries/reports.ts';
import { readSchema, readSize } from '#db/queries/store-file.ts';
import type { Store } from '#db/store.ts';
import type { ChainHead } from '#domain/ledger/chain.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Acting } from '#monitor/context.ts';
import { auditOf } from './audit.ts';
import { type BackupManifest, bytesText, endingOf, hashFile, NOT_INCLUDED, syncFolder, tellBytes } from './backup-file.ts';
import type { LongVerb, Told } from './long-verb.ts';
import { thisAvow } from './report-context.ts';
import { badRequest, text } from './request-verb.ts';

export interface BackupContext extends Acting {
  readonly store: Store;
  readonly clock: Clock;
  /** Aborted when Avow stops: the backup is given up at the next piece of it. Absent: nobody is served meanwhile. */
  readonly signal?: AbortSignal;
}
export interface BackupAnswer {
  readonly path: string;
  /** The folder that was made for it; null: it was there. */
  readonly folderMade: string | null;
  readonly bytes: number;
  readonly manifest: BackupManifest;
  /** From the beginning to the name. */
  readonly tookMs: number;
  /** How long commits waited. */
  readonly waitedMs: number;
}

const schema = z.strictObject({
  /** An absolute path: of a folder, in which the backup gets a name with its instant (with a slash at its end it is made), or of the file to make. */
  out: text
    .min(1)
    .max(4_000)
    .startsWith('/')
    .refine((path) => !path.includes('\0')),
});
/** How often it is looked how far the copy is. */
const LOOK_MS = 1_000;
/** For the manifest and what a file system needs besides. */
const MARGIN_BYTES = 2 * 1_024 * 1_024;
/** On the store's own disk this much is left to it. */
const LEFT_BYTES = 16 * 1_024 * 1_024;

/** Stores that are being backed up: one backup of a store at a time, so that the name of the unfinished file is its alone. */
const underWay = new WeakSet<Store>();

/** `2026-11-24T12:05:01.123Z` as `20261124T120501Z`. */
export const stampOf = (at: Instant): string => isoOf(at).replace(/\.\d+/, '').replaceAll(/[-:]/g, '');

interface Target {
  readonly folder: string;
  readonly path: string;
  /** The first folder on the way to `folder` that is not there; null: they all are. */
  readonly missing: string | null;
}
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Of a folder that is to be made, the highest that is missing; null when something that is no folder stands in the way. */
const firstMissing = (folder: string): string | null => {
  const above = dirname(folder);
  if (isFolder(above)) return folder;
  return above === folder || statSync(above, { throwIfNoEntry: false }) ? null : firstMissing(above);
};
const judgeTarget = async (out: string, now: Instant): Promise<Target | Refusal> => {
  const named = resolve(out);
  const path = out.endsWith('/') || isFolder(named) ? join(named, `avow-backup-${stampOf(now)}.db`) : named;
  const folder = dirname(path);
  if (!isFolder(folder)) {
    if (path === named)
      return refuse(
        'no_folder',
        `The folder ${folder} does not exist, so no backup was made. Make it, or name a folder with a / at its end, which is made.`,
      );
    const missing = statSync(folder, { throwIfNoEntry: false }) ? null : firstMissing(folder);
    if (missing === null)
      return refuse(
        'no_folder',
        `${folder} cannot be a folder, because a file stands there or above it; no backup was made. Name another with --out.`,
      );
    return { folder, path, missing };
  }
  if (statSync(path, { throwIfNoEntry: false }))
    return refuse('file_there', `${path} is there already, and a backup overwrites nothing. Choose another name, or name a folder.`);
  return { folder, path, missing: null };
};

const judgeRoom = async (store: Store, target: Target, bytes: number): Promise<Refusal | null> => {
  const folder = target.missing === null ? target.folder : dirname(target.missing);
  const { bavail, bsize } = await statfs(folder);
  const beside = statSync(folder).dev === statSync(dirname(store.info.path), { throwIfNoEntry: false })?.dev;
  const needed = bytes + MARGIN_BYTES + (beside ? LEFT_BYTES : 0);
  if (bavail * bsize >= needed) return null;
  return refuse(
    'no_room',
    `The backup needs ${bytesText(needed)}${beside ? ' (some of it is left to the store, on the same disk)' : ''}, and ${folder} has ${bytesText(bavail * bsize)} free. Nothing was written. Make room, or choose another disk with --out.`,
    { needed, free: bavail * bsize },
  );
};

const endOf = ({ seq, hash }: ChainHead): BackupManifest['chain'] => (seq === 0 ? null : { seq, row_hash: hash });

/** What the copy holds, read while nothing is appended. */
const about = async ({ store, clock }: BackupContext): Promise<Omit<BackupManifest, 'database'>> => {
  const head = await readHead(store);
  const keys = await readReportKeys(store);
  return {
    avow_backup: 1,
    made_at: isoOf(clock.now()),
    made_by: { avow: thisAvow().generator.version, sqlite: store.info.sqliteVersion },
    instance_id: store.info.instanceId,
    schema: await readSchema(store),
    chain: endOf(head),
    audit: endOf(await readAuditHead(store)),
    report_keys: [...keys].map(([id, public_pem]) => ({ id, public_pem })),
    not_included: [...NOT_INCLUDED],
  };
};

/** Says every second how far the copy is, until told to stop. */
const watchCopy = (clock: Clock, temporary: string, total: number, told: Told): { stop(): void } => {
  const look = (): void => {
    const bytes = statSync(temporary, { throwIfNoEntry: false })?.size ?? 0;
    told({ message: `Copying the store: ${bytesText(bytes)} of ${bytesText(total)}`, done: 0, total: 0 });
    timer = clock.after(LOOK_MS, look, { background: true });
  };
  let timer = clock.after(LOOK_MS, look, { background: true });
  return { stop: () => timer.cancel() };
};

/** Gives the finished file its name; never takes it from another that came meanwhile. */
const giveName = async (temporary: string, { folder, path }: Target): Promise<Refusal | null> => {
  try {
    await link(temporary, path);
    await rm(temporary);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') return refuse('file_there', `${path} came into being meanwhile, and a backup overwrites nothing. Try again.`);
    // A file system without hard links.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP') throw cause;
    await rename(temporary, path);
  }
  await syncFolder(folder);
  return null;
};

const finish = async (
  file: FileHandle,
  made: Omit<BackupManifest, 'database'>,
  told: Told,
  signal: AbortSignal | undefined,
): Promise<BackupManifest> => {
  const { size: bytes } = await file.stat();
  told({ message: `Hashing ${bytesText(bytes)}`, done: 0, total: 0 });
  const tell = tellBytes(told, 'Hashing', bytes);
  const sha256 = await hashFile(file, bytes, (piece, done) => {
    signal?.throwIfAborted();
    return tell(piece, done);
  });
  const { avow_backup, made_at, made_by, instance_id, schema: steps, ...rest } = made;
  const manifest = { avow_backup, made_at, made_by, instance_id, schema: steps, database: { bytes, sha256 }, ...rest };
  const ending = endingOf(manifest);
  await file.write(ending, 0, ending.length, bytes);
  told({ message: 'Writing it through to the disk', done: 0, total: 0 });
  await file.sync();
  return manifest;
};

const copyAndName = async (ctx: BackupContext, target: Target, expected: number, told: Told): Promise<BackupAnswer | Refusal> => {
  const { store, clock } = ctx;
  const startUs = clock.monotonicUs();
  if (target.missing !== null) await mkdir(target.folder, { recursive: true, mode: 0o700 });
  const temporary = join(target.folder, `.avow-backup-${store.info.instanceId.slice(0, 8)}.part`);
  await rm(temporary, { force: true });
  // Made here, for its mode; SQLite takes an empty file.
  await (await open(temporary, 'wx', 0o600)).close();
  try {
    told({ message: `Copying the store, ${bytesText(expected)}`, done: 0, total: 0 });
    const watch = watchCopy(clock, temporary, expected, told);
    let waitedUs = 0;
    const made = await store
      .exclusive(async () => {
        const found = await about(ctx);
        const fromUs = clock.monotonicUs();
        await (ctx.signal ? store.copyTo(temporary, ctx.signal) : store.compactTo(temporary));
        waitedUs = clock.monotonicUs() - fromUs;
        return found;
      })
      .finally(() => watch.stop());
    const file = await open(temporary, 'r+');
    const manifest = await finish(file, made, told, ctx.signal).finally(() => file.close());
    told({ message: `Naming it ${target.path}`, done: 0, total: 0 });
    const refused = await giveName(temporary, target);
    if (refused) return refused;
    const { size: bytes } = await stat(target.path);
    const tookMs = Math.round((clock.monotonicUs() - startUs) / 1_000);
    const folderMade = target.missing === null ? null : target.folder;
    return { path: target.path, folderMade, bytes, manifest, tookMs, waitedMs: Math.round(waitedUs / 1_000) };
  } finally {
    await rm(temporary, { force: true });
  }
};

/** A folder that was made for a backup that did not come to be goes again; what others put there meanwhile keeps it. */
const unmake = async ({ folder, missing }: Target): Promise<void> => {
  if (missing === null) return;
  for (let at = folder; at.startsWith(missing); at = dirname(at))
    if (
      !(await rmdir(at).then(
        () => true,
        () => false,
      ))
    )
      return;
};

/** A disk that ran full or went away meanwhile is the world's no, in the words of its own. */
const worldsNo = ({ folder }: Target, fault: unknown): Refusal => {
  const { code, kind, cause } = fault as { code?: string; kind?: string; cause?: { code?: string } };
  const why = code ?? cause?.code ?? kind;
  if (why === undefined) throw fault;
  const full = why === 'ENOSPC' || why === 'SQLITE_FULL' || why === 'EDQUOT';
  return refuse(
    full ? 'no_room' : 'cannot_write',
    full
      ? `The disk of ${folder} ran full, so no backup was made and nothing of it is left. Make room, or choose another disk with --out.`
      : `The backup could not be written to ${folder} (${why}), and nothing of it is left. Make the folder writable for the user that runs Avow, or name another with --out.`,
    { why },
  );
};

export const makeBackup: LongVerb<BackupContext, BackupAnswer> = {
  schema,
  async run(ctx, asked, told) {
    const read = schema.safeParse(asked);
    if (!read.success) return badRequest(read.error);
    const { store, clock } = ctx;
    if (store.info.journalMode === 'remote')
      return refuse('store_is_server', `The store ${store.info.path} is a server, which has its own way of making backups.`);
    if (underWay.has(store)) return refuse('backup_running', 'A backup of this store is being made already. Wait until it is done.');
    underWay.add(store);
    try {
      const target = await judgeTarget(read.data.out, clock.now());
      if (isRefusal(target)) return target;
      const expected = await readSize(store);
      const refused = await judgeRoom(store, target, expected);
      if (refused) return refused;
      const answer = await copyAndName(ctx, target, expected, told).catch((fault: unknown) => {
        if (ctx.signal?.aborted) return refuse('stopped', 'Avow was stopped meanwhile, so no backup was made and nothing of it is left.');
        return worldsNo(target, fault);
      });
      if (isRefusal(answer)) {
        await unmake(target);
        return answer;
      }
      const { path, bytes, manifest, tookMs, waitedMs } = answer;
      const made = { path, bytes, sha256: manifest.database.sha256 };
      const noted = store.exclusive(async () => {
        const entry = { verb: 'store.backup', subject: `store/${store.info.instanceId}`, before: null, after: made };
        await store.write([insertEvent('backup', clock.now(), { ...made, tookMs, waitedMs }), ...(await auditOf(ctx, entry))]);
      });
      // The backup is made; that nobody can note it is the store's trouble, and told there.
      await noted.catch(() => undefined);
      return answer;
    } finally {
      underWay.delete(store);
    }
  },
};
