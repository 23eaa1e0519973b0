/**
 * The last good views on disk, so that a restart without the store still shows what was known. Written to a temporary
 * file, synced and renamed, at most every 10 s and 8 MiB; a file that cannot be read is no snapshot. Source: reliability P7.
 */
import { constants } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { instant } from '#domain/time/instant.ts';
import type { Clock, Timer } from '#monitor/clock.ts';
import type { Log } from '#monitor/context.ts';
import type { Around } from './prepared.ts';

export const SNAPSHOT_FILE = 'snapshot.json';
const SNAPSHOT_EVERY_MS = 10_000;
const MOST_BYTES = 8 * 1_024 * 1_024;
const MOST_VIEWS = 500;

const keptView = z.object({
  key: z.string().max(2_048),
  pattern: z.string(),
  params: z.record(z.string(), z.string()),
  view: z.looseObject({}),
  asOf: z.number().int(),
});
const at = z.int().transform((ms) => instant(ms));
const frame = z.object({
  window: z
    .object({
      start: at,
      end: at,
      state: z.enum(['running', 'announced', 'reserved']),
      id: z.string().nullable(),
      title: z.string().nullable(),
      components: z.union([z.literal('*'), z.array(z.string())]),
    })
    .nullable(),
  reserveZone: z.string(),
});
const brand = z.object({
  logo: z
    .object({
      href: z.string().regex(/^\/brand\/logo\.(?:svg|png|webp)\?v=[\da-f]{16}$/),
      alt: z.string(),
      width: z.int().positive(),
      height: z.int().positive(),
    })
    .nullable(),
  accent: z
    .string()
    .regex(/^#[\da-f]{6}$/)
    .nullable(),
  links: z.array(z.object({ label: z.string(), link: z.url({ protocol: /^(https|mailto)$/ }) })),
  footer: z.string(),
});
const snapshot = z.object({
  version: z.literal(2),
  around: z.object({
    pageName: z.string(),
    pageUrl: z.url({ protocol: /^https?$/ }).nullable(),
    zone: z.string(),
    support: z.array(
      z.object({
        kind: z.enum(['telephone', 'email', 'chat', 'online']),
        label: z.string(),
        link: z.url({ protocol: /^(tel|mailto|https?)$/ }),
      }),
    ),
    brand: brand.default({ logo: null, accent: null, links: [], footer: '' }),
    frame: frame.nullable(),
  }),
  views: z.array(keptView),
});
/** A view with the time of its facts: what a page can be made of again. */
export interface KeptView {
  readonly key: string;
  readonly pattern: string;
  readonly params: Readonly<Record<string, string>>;
  readonly view: object;
  readonly asOf: number;
}
export interface Snapshot {
  readonly version: 2;
  readonly around: Around;
  readonly views: readonly KeptView[];
}

/** A file of our own folder and nothing else: not what a link names, and never a pipe to wait for. */
const readPlain = async (path: string): Promise<string> => {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { size, isFile } = await file.stat().then((found) => ({ size: found.size, isFile: found.isFile() }));
    if (!isFile) throw new Error('it is not a file');
    if (size > 2 * MOST_BYTES) throw new Error('it is too large');
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
};

/** The snapshot in `dataDir`, or null: none, too large, or not one. */
export const readSnapshot = async (dataDir: string, log: Log): Promise<Snapshot | null> => {
  const path = join(dataDir, SNAPSHOT_FILE);
  try {
    return snapshot.parse(JSON.parse(await readPlain(path)));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT')
      log.warn('The snapshot of the pages cannot be used; pages are made from the store alone.', { path, cause: String(cause) });
    return null;
  }
};

/** As text within the bound: views that no longer fit are left out, the first ones stay. */
const encode = (kept: Snapshot): string => {
  const views: string[] = [];
  let bytes = 0;
  for (const view of kept.views.slice(0, MOST_VIEWS)) {
    const text = JSON.stringify(view);
    bytes += text.length;
    if (bytes > MOST_BYTES) continue;
    views.push(text);
  }
  return `{"version":2,"around":${JSON.stringify(kept.around)},"views":[${views.join(',')}]}`;
};

const writeWhole = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.tmp`;
  // Left by a process that died, or laid there as a link to some other file: never written through.
  await rm(temporary, { force: true });
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
};

export interface SnapshotKeeper {
  /** Something new is worth keeping. */
  touch(): void;
  /** Writes what is pending now. */
  close(): Promise<void>;
}

export const snapshotKeeper = (dataDir: string, take: () => Snapshot, clock: Clock, log: Log): SnapshotKeeper => {
  const path = join(dataDir, SNAPSHOT_FILE);
  let timer: Timer | null = null;
  let writing: Promise<void> = Promise.resolve();
  let dirty = false;
  let lastUs: number | null = null;
  const write = (): Promise<void> => {
    timer = null;
    if (!dirty) return writing;
    dirty = false;
    lastUs = clock.monotonicUs();
    writing = writing
      .then(() => writeWhole(path, encode(take())))
      .catch((cause: unknown) => log.warn('The snapshot of the pages could not be written.', { path, cause: String(cause) }));
    return writing;
  };
  return {
    touch() {
      dirty = true;
      if (timer) return;
      const since = lastUs === null ? SNAPSHOT_EVERY_MS : (clock.monotonicUs() - lastUs) / 1_000;
      timer = clock.after(Math.max(250, SNAPSHOT_EVERY_MS - since), () => void write(), { background: true });
    },
    close() {
      timer?.cancel();
      return write();
    },
  };
};
