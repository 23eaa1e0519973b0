/**
 * G5: durable ingest through the store (the product's own statement, 100 checks per transaction) against a raw
 * `node:sqlite` prepared insert of the same rows under the same pragmas, interleaved; bytes per check hot and packed;
 * memory of recorder and store over a million stored checks.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { openStore } from '#db/client.ts';
import { readMigrations } from '#db/migrate.ts';
import { insertChecks, type StoredCheck } from '#db/queries/checks.ts';
import { type CheckRow, encodeCore, encodePhases, phasesToBlob } from '#db/queries/pack.ts';
import { DAY, instant } from '#domain/time/instant.ts';
import { systemClock } from '#monitor/clock.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import { writeHistory } from '../../support/history.ts';
import { silentLog } from '../../support/temp-store.ts';
import { ARENAS, YOUNG } from '../support/avow.ts';
import { type Benchmark, type Figure, median, rounded } from '../support/goal.ts';
import { run } from '../support/process.ts';

const ROUNDS = 7;
const TRANSACTIONS = 200;
const ROWS = 100;
const COMPONENTS = 200;
const START = Date.UTC(2026, 6, 1);

const random = seeded(7);
const below = (limit: number): number => Math.floor(random() * limit);
const offsets = Array.from({ length: COMPONENTS }, () => below(60_000)).sort((a, b) => a - b);

/** Check number `n` of 200 components that are each probed once a minute, in the order in which they come due. */
const check = (n: number): StoredCheck => {
  const slot = n % COMPONENTS;
  const took = 20 + below(400);
  const lag = below(40);
  const bad = below(200) === 0;
  return {
    componentId: ((slot * 37) % COMPONENTS) + 1,
    locationId: 1,
    row: {
      at: START + Math.floor(n / COMPONENTS) * 60_000 + (offsets[slot] ?? 0) + lag,
      lag,
      took,
      delay: took + below(60),
      outcome: bad ? 2 : 0,
      reason: bad ? 17 : 0,
      canary: null,
      status: bad ? 503 : 200,
      latencyUs: took * 1_000 + below(1_000),
      phases: [20 + below(800), 300 + below(20_000), 3_000 + below(30_000), 5_000 + below(80_000), 20 + below(3_000)],
      detail: bad ? 'The server answered 503 where 200 to 299 are expected.' : null,
    },
  };
};

const COLUMNS = 'c, l, at, lag, took, delay, o, r, k, s, u, p, d';
const INSERT = `INSERT INTO checks (${COLUMNS}) VALUES (${COLUMNS.replace(/\w+/g, '?')}) ON CONFLICT DO NOTHING`;
const PRAGMAS = 'locking_mode=EXCLUSIVE journal_mode=WAL synchronous=FULL temp_store=MEMORY cache_size=-16384 wal_autocheckpoint=1000';

const openRaw = (path: string): DatabaseSync => {
  const raw = new DatabaseSync(path);
  for (const pragma of PRAGMAS.split(' ')) raw.exec(`PRAGMA ${pragma}`);
  for (const { statements } of readMigrations()) for (const sql of statements) raw.exec(sql);
  return raw;
};
const values = ({ componentId: c, locationId: l, row }: StoredCheck) => {
  const { at, lag, took, delay, outcome, reason, canary, status, latencyUs, phases, detail } = row;
  return [c, l, at, lag, took, delay, outcome, reason, canary, status, latencyUs, phases && phasesToBlob(phases), detail] as const;
};

const ingest = async (folder: string, say: (line: string) => void): Promise<readonly Figure[]> => {
  const path = join(folder, 'avow.db');
  const store = await openStore({ path, clock: systemClock, log: silentLog });
  const raw = openRaw(join(folder, 'raw.db'));
  const insert = raw.prepare(INSERT);
  const ours: number[] = [];
  const theirs: number[] = [];
  let n = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const batches = Array.from({ length: TRANSACTIONS }, () => Array.from({ length: ROWS }, () => check(n++)));
    let from = systemClock.monotonicUs();
    for (const batch of batches) await store.write([insertChecks(batch)]);
    ours.push((systemClock.monotonicUs() - from) / (TRANSACTIONS * ROWS));
    from = systemClock.monotonicUs();
    for (const batch of batches) {
      raw.exec('BEGIN IMMEDIATE');
      for (const one of batch) insert.run(...values(one));
      raw.exec('COMMIT');
    }
    theirs.push((systemClock.monotonicUs() - from) / (TRANSACTIONS * ROWS));
    say(`  round ${round + 1}: ${rounded(ours[round] ?? 0, 1)} µs a check, raw ${rounded(theirs[round] ?? 0, 1)} µs`);
  }
  const [counted] = (await store.read({ sql: 'SELECT count(*) FROM checks' })).rows;
  raw.close();
  await store.close();
  const bytes = statSync(path).size / Number(counted?.[0]);
  return [
    {
      goal: 'G5',
      what: 'durable ingest, 100 checks per transaction, checks a second',
      measured: `${rounded(median(ours), 1)} µs a check`,
      reference: `raw node:sqlite insert: ${rounded(median(theirs), 1)} µs`,
      ratio: median(theirs.map((one, i) => one / (ours[i] ?? Number.NaN))),
      limit: 0.5,
      sense: 'at least',
    },
    bytesFigure('hot check with all its fields, whole file', bytes, 64),
  ];
};

const bytesFigure = (what: string, bytes: number, limit: number): Figure => ({
  goal: 'G5',
  what: `bytes of a ${what}`,
  measured: rounded(bytes, 1),
  reference: `${limit} bytes`,
  ratio: bytes / limit,
  limit: 1,
  sense: 'at most',
});

const FIVE = { lag: 0, canary: null, detail: null, phases: null } as const;
/** Only instant, outcome, reason, status and latency say anything; what else a pack holds costs what silence costs. */
const fiveFields = (row: CheckRow): CheckRow => {
  const took = Math.round((row.latencyUs ?? 0) / 1_000);
  return { ...row, ...FIVE, took, delay: took };
};

const packed = async (folder: string, say: (line: string) => void): Promise<readonly Figure[]> => {
  const days = Array.from({ length: COMPONENTS }, (_, slot) =>
    Array.from({ length: 1_440 }, (_unused, minute) => check(minute * COMPONENTS + slot).row),
  );
  const per = (encode: (rows: readonly CheckRow[]) => number): number =>
    days.reduce((sum, rows) => sum + encode(rows), 0) / (COMPONENTS * 1_440);
  const core = per((rows) => encodeCore(rows).length);
  const phases = per((rows) => encodePhases(rows, () => true)?.length ?? 0);
  const five = per((rows) => encodeCore(rows.map(fiveFields)).length);
  say(
    `  packed: ${rounded(core + phases)} bytes with all fields and phases, ${rounded(core)} without phases, ${rounded(five)} for the five fields`,
  );

  const path = join(folder, 'avow.db');
  const store = await openStore({ path, clock: systemClock, log: silentLog });
  const yaml = `components:\n${Array.from({ length: 20 }, (_, i) => `  - { name: C${i}, http: "http://127.0.0.1:9/" }`).join('\n')}\n`;
  const config = parseConfiguration(Buffer.from(yaml), 'avow.yaml', { secret: () => null, ownPorts: [] });
  if (!isConfig(config)) throw new Error(config.map(({ message }) => message).join('\n'));
  const until = instant(START + 90 * DAY);
  const { checks } = await writeHistory(store, config, { from: instant(START), until, seed: 3 });
  await store.close();
  return [
    bytesFigure('packed check, five fields', five, 12),
    bytesFigure('packed check, all fields but phases', core, 12),
    bytesFigure(
      `check in a file of 90 days (${checks} checks, the last two days hot, spans and rollups included)`,
      statSync(path).size / checks,
      12,
    ),
  ];
};

const memory = async (say: (line: string) => void): Promise<Figure> => {
  const child = run(1, [...YOUNG, fileURLToPath(new URL('../support/million.ts', import.meta.url))], ARENAS);
  const answer = (await child.nextLine()) as unknown as { stored: number; seconds: number; residentMib: number[] };
  await child.stop();
  const { stored, seconds, residentMib } = answer;
  say(`  ${stored} checks recorded in ${rounded(seconds, 0)} s; resident MiB per 100,000: ${residentMib.join(', ')}`);
  const [, warm = Number.NaN] = residentMib;
  const peak = Math.max(...residentMib.slice(2));
  return {
    goal: 'G5',
    what: `resident memory of recorder and store over ${stored} stored checks`,
    measured: `${peak} MiB at most`,
    reference: `after the first 200,000: ${warm} MiB`,
    ratio: peak / warm,
    limit: 1.1,
    sense: 'at most',
  };
};

const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export const benchmark: Benchmark = async (say) => [
  ...(await inFolder((folder) => ingest(folder, say))),
  ...(await inFolder((folder) => packed(folder, say))),
  await memory(say),
];
