/**
 * The reference of G9: as many checks as plain rows of one table, counted and summed by SQLite. `node check-rows.ts PATH PAIRS ROWS`
 * makes the table (the five fields of a check that G5 packs), then scans it at every message: `{"ms","cpuMs","rows"}` a line.
 * In place of the sqlite3 shell, which a newcomer lacks, the same statement by `node:sqlite`.
 */
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';

const [path = '', pairs = '200', rows = '44640'] = process.argv.slice(2);
const store = new DatabaseSync(path);
store.exec('PRAGMA journal_mode=WAL');
store.exec('PRAGMA synchronous=OFF');
// As the product has it.
store.exec('PRAGMA cache_size=-8192');
store.exec(`CREATE TABLE checks (c INTEGER NOT NULL, l INTEGER NOT NULL, at INTEGER NOT NULL, o INTEGER NOT NULL, r INTEGER NOT NULL, s INTEGER,
  u INTEGER, PRIMARY KEY (c, l, at)) WITHOUT ROWID`);
store.exec(`INSERT INTO checks
  WITH RECURSIVE pair(p) AS (SELECT 0 UNION ALL SELECT p + 1 FROM pair WHERE p < ${Number(pairs) - 1}),
    minute(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM minute WHERE n < ${Number(rows) - 1})
  SELECT p / 2, p % 2, 1790000000000 + n * 60000 + (n * 7919 + p) % 12, bad * 2, bad * 17, 200 + bad * 303, 20000 + (n * 104729 + p) % 150000
  FROM (SELECT p, n, (n * 31 + p) % 997 = 0 AS bad FROM pair CROSS JOIN minute)`);
const scan = store.prepare('SELECT count(*) AS rows, sum(o > 1) AS bad FROM checks');
process.on('message', () => {
  const [from, before] = [performance.now(), process.cpuUsage()];
  const counted = scan.get() as { readonly rows: number };
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(`${JSON.stringify({ ms: performance.now() - from, cpuMs: (user + system) / 1_000, rows: counted.rows })}\n`);
});
process.on('disconnect', () => process.exit(0));
process.stdout.write(`${JSON.stringify({ ready: 1 })}\n`);
