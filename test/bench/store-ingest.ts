/**
 * Goal G5: durable ingest through the store (one `json_each` statement per transaction of 100 checks) against a raw
 * `node:sqlite` prepared insert of the same rows with the same pragmas, interleaved; bytes per hot check; memory.
 * `node test/bench/store-ingest.ts [rounds] [transactions per round]` prints one JSON line per figure.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '#db/client.ts';
import { readMigrations } from '#db/migrate.ts';
import { systemClock } from '#monitor/clock.ts';
import { silentLog, tempFolder } from '../support/temp-store.ts';

const ROWS = 100;
const COMPONENTS = 200;
const START = Date.UTC(2026, 6, 1);

type CheckRow = readonly [number, number, number, number, number, number, number, number, null, number, number, string, string | null];

let seed = Number(process.env['AVOW_TEST_SEED'] ?? 7);
const random = (): number => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return seed / 0x7fffffff;
};
const below = (limit: number): number => Math.floor(random() * limit);
const varint = (value: number): number[] => (value > 127 ? [(value & 127) | 128, ...varint(value >>> 7)] : [value]);
const phases = (): string =>
  Buffer.from(
    [20 + below(800), 300 + below(20_000), 3_000 + below(30_000), 5_000 + below(80_000), 20 + below(3_000)].flatMap(varint),
  ).toString('hex');
const offsets = Array.from({ length: COMPONENTS }, () => below(60_000)).sort((a, b) => a - b);

/** Check number `n` of 200 components that are each probed once a minute, in the order in which they come due. */
const check = (n: number): CheckRow => {
  const slot = n % COMPONENTS;
  const took = 20 + below(400);
  const lag = below(40);
  const bad = below(200) === 0;
  const at = START + Math.floor(n / COMPONENTS) * 60_000 + (offsets[slot] ?? 0) + lag;
  const detail = bad ? 'The server answered 503, expected 200' : null;
  return [
    ((slot * 37) % COMPONENTS) + 1,
    1,
    at,
    lag,
    took,
    took + below(60),
    bad ? 2 : 0,
    bad ? 12 : 0,
    null,
    bad ? 503 : 200,
    took * 1_000,
    phases(),
    detail,
  ];
};

const COLUMNS = 'c, l, at, lag, took, delay, o, r, k, s, u, p, d';
const PICK = Array.from({ length: 13 }, (_, i) => (i === 11 ? 'unhex(value->>11)' : `value->>${i}`)).join(', ');
const FROM_JSON = `INSERT INTO checks (${COLUMNS}) SELECT ${PICK} FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`;
const PREPARED = `INSERT INTO checks (${COLUMNS}) VALUES (${Array.from({ length: 13 }, (_, i) => (i === 11 ? 'unhex(?)' : '?')).join(', ')}) ON CONFLICT DO NOTHING`;

const openRaw = (path: string): DatabaseSync => {
  const raw = new DatabaseSync(path);
  for (const pragma of [
    'locking_mode=EXCLUSIVE',
    'journal_mode=WAL',
    'synchronous=FULL',
    'temp_store=MEMORY',
    'cache_size=-16384',
    'wal_autocheckpoint=1000',
  ])
    raw.exec(`PRAGMA ${pragma}`);
  for (const { statements } of readMigrations()) for (const sql of statements) raw.exec(sql);
  return raw;
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const say = (facts: Record<string, unknown>): void => void process.stdout.write(`${JSON.stringify(facts)}\n`);

export const measureIngest = async (rounds: number, transactions: number): Promise<void> => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'avow.db');
  const store = await openStore({ path, clock: systemClock, log: silentLog });
  const raw = openRaw(join(folder.path, 'raw.db'));
  const insert = raw.prepare(PREPARED);
  const ours: number[] = [];
  const theirs: number[] = [];
  const memory: number[] = [];
  let n = 0;
  for (let round = 0; round < rounds; round++) {
    const batches = Array.from({ length: transactions }, () => Array.from({ length: ROWS }, () => check(n++)));
    let from = systemClock.monotonicUs();
    for (const batch of batches) await store.write([{ sql: FROM_JSON, args: [JSON.stringify(batch)] }]);
    ours.push((systemClock.monotonicUs() - from) / (transactions * ROWS));
    from = systemClock.monotonicUs();
    for (const batch of batches) {
      raw.exec('BEGIN IMMEDIATE');
      for (const row of batch) insert.run(...row);
      raw.exec('COMMIT');
    }
    theirs.push((systemClock.monotonicUs() - from) / (transactions * ROWS));
    memory.push(Math.round(process.memoryUsage().rss / 2 ** 20));
  }
  const [storeUs, rawUs] = [median(ours), median(theirs)];
  say({
    figure: 'ingest',
    goal: '>= 0.5',
    ratio: Number((rawUs / storeUs).toFixed(2)),
    store_us_per_check: storeUs,
    raw_us_per_check: rawUs,
    checks: n,
  });
  const stored = await store.read({ sql: 'SELECT count(*) FROM checks' });
  raw.close();
  await store.close();
  say({ figure: 'bytes per hot check', goal: '<= 64', bytes: Number((statSync(path).size / Number(stored.rows[0]?.[0])).toFixed(1)) });
  say({ figure: 'resident MiB after each round', goal: 'flat (+10 %)', memory });
};

if (import.meta.main) await measureIngest(Number(process.argv[2] ?? 7), Number(process.argv[3] ?? 200));
