/** Another program at the store file, as a shell, a backup tool or a checkpointer would be. Prints what each attempt got. */
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';

const [, , path = ''] = process.argv;
const attempts = ['SELECT count(*) FROM meta', 'BEGIN IMMEDIATE', 'PRAGMA wal_checkpoint(TRUNCATE)', 'PRAGMA journal_mode=DELETE'];
for (const sql of attempts) {
  const other = new DatabaseSync(path);
  try {
    other.prepare(sql).all();
    process.stdout.write(`${sql}: ok\n`);
  } catch (error) {
    process.stdout.write(`${sql}: ${(error as Error).message}\n`);
  } finally {
    other.close();
  }
}
